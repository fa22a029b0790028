"""Addresses of searches: each way to change a question is a link, and every link is a whole question."""

from datetime import time
from urllib.parse import urlencode

from django.urls import reverse

from finder.enums import Attending
from finder.filters import HAS_ROOM
from finder.geography.places import PlaceKind
from finder.search.question import DEFAULT_MILES, SearchQuestion, Sort

Pairs = tuple[tuple[str, str], ...]


def pairs_of(question: SearchQuestion) -> Pairs:
    """The question's parameters without those that say nothing, and without the page."""
    pairs: list[tuple[str, str]] = []
    if question.reading:
        pairs.append(("near", question.reading.place.query))
    if question.within != DEFAULT_MILES and uses_distance(question):
        pairs.append(("within", f"{question.within:g}"))
    pairs += [("category", category) for category in question.categories]
    pairs += [("need", term.slug) for term in question.needs]
    pairs += [("not", term.slug) for term in question.excluded]
    pairs += times_of(question)
    if question.is_hybrid:
        pairs.append(("attend", Attending.HYBRID.value))
    if question.has_room:
        pairs.append(("available", HAS_ROOM))
    if question.words:
        pairs.append(("q", question.words))
    if question.sort != Sort.BEST:
        pairs.append(("sort", question.sort.value))
    return tuple(pairs)


def times_of(question: SearchQuestion) -> Pairs:
    said = {
        "when": question.when.value if question.when else "",
        "zone": question.zone,
        "from": clock_words(question.start_from),
        "until": clock_words(question.start_until),
    }
    return tuple((name, value) for name, value in said.items() if value)


def clock_words(moment: time | None) -> str:
    return f"{moment:%H:%M}" if moment else ""


def uses_distance(question: SearchQuestion) -> bool:
    """A county or a state means the addresses in it, and online is no distance."""
    return question.reading is not None and question.reading.place.kind in {
        PlaceKind.ZIP,
        PlaceKind.CITY,
        PlaceKind.POINT,
    }


def search_address(pairs: Pairs) -> str:
    return reverse("search") + ("?" + urlencode(pairs) if pairs else "")


def without(pairs: Pairs, name: str, value: str | None = None) -> Pairs:
    """What leans on it goes with it: on a place how far and nearest first, on "today" whose day that is."""
    kept = tuple(pair for pair in pairs if pair[0] != name or value not in {None, pair[1]})
    if name == "when":
        return tuple(pair for pair in kept if pair[0] != "zone")
    if name == "near":
        return tuple(pair for pair in kept if pair[0] != "within" and pair != ("sort", Sort.DISTANCE.value))
    return kept


def changed(pairs: Pairs, name: str, value: str) -> Pairs:
    return (*(pair for pair in pairs if pair[0] != name), (name, value))
