"""Addresses of searches: each way to change a question is a link, and every link is a whole question."""

from urllib.parse import urlencode

from django.urls import reverse

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
    if question.words:
        pairs.append(("q", question.words))
    if question.sort != Sort.BEST:
        pairs.append(("sort", question.sort.value))
    return tuple(pairs)


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
    """What leans on the place goes with it: how far, and nearest first."""
    kept = tuple(pair for pair in pairs if pair[0] != name or value not in {None, pair[1]})
    if name != "near":
        return kept
    return tuple(pair for pair in kept if pair[0] != "within" and pair != ("sort", Sort.DISTANCE.value))


def changed(pairs: Pairs, name: str, value: str) -> Pairs:
    return (*(pair for pair in pairs if pair[0] != name), (name, value))
