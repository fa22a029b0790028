"""Never a dead end: what a search with few answers would find if one thing were asked otherwise.

One statement. It counts every change that stays in or around the place over one base, and over another what
that base does not reach: the place without the words, else what is online.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, TextChoices

from finder.enums import CareCategory, Fit
from finder.geography.neighbors import neighbors
from finder.geography.places import ONLINE, Place, PlaceKind
from finder.geography.position import chord
from finder.geography.readings import Reading
from finder.models import ListingIndex, TaxonomyTerm
from finder.models.listing_queries import ListingIndexQuerySet, zones_in_use
from finder.search.facet_bits import FacetBits
from finder.search.order import fetched
from finder.search.question import SearchQuestion, Sort
from finder.search.statement import Need, fits_of, needs_by_taxonomy, needs_of, placed
from finder.search.vocabulary import Vocabulary
from finder.search.windows import depends_on_clock, times_wanted
from finder.search.words import ideas

FEW = 3
"""A search with fewer answers is repaired."""
WIDER_MILES = (50, 100, 250)
MOST_WIDER = 2
AROUND = frozenset({PlaceKind.ZIP, PlaceKind.CITY, PlaceKind.POINT})

Sql = tuple[str, list[Any]]
"""With its parameters."""


class Change(TextChoices):
    NEED = "need"
    TIME = "time"
    ROOM = "room"
    WIDER = "wider"
    NEIGHBOR = "neighbor"
    CATEGORY = "category"
    WORDS = "words"
    REMOTE = "remote"


@dataclass(frozen=True, slots=True)
class Repair:
    """Another search, and how many listings fit it."""

    change: Change
    question: SearchQuestion
    count: int = 0
    dropped: tuple[TaxonomyTerm, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Changes of one question that one base can answer."""

    question: SearchQuestion
    changes: Sequence[Repair]


def repairs(
    question: SearchQuestion, vocabulary: Vocabulary, *, found: int, now: datetime
) -> tuple[Repair, ...]:
    """Those that find more than the `found` of the question itself."""
    return repairs_of_each([question], vocabulary, found=found, now=now)[0]


def repairs_of_each(
    questions: Sequence[SearchQuestion],
    vocabulary: Vocabulary,
    *,
    found: int,
    now: datetime,
    only: Collection[Change] = tuple(Change),
    zones: Sequence[str] = (),
) -> list[tuple[Repair, ...]]:
    """Of many in one statement; `zones` where those in use are known already."""
    asked = [list(parts_of(question, only)) for question in questions]
    parts = [part for parts in asked for part in parts]
    counted = iter(counted_over(parts, vocabulary, zones=zones, now=now))
    return [
        tuple(repair for _ in parts for repair in next(counted) if repair.count > opened_by(repair, found))
        for parts in asked
    ]


def parts_of(question: SearchQuestion, only: Collection[Change]) -> Iterator[Part]:
    near = [each for each in changes_near(question) if each.change in only]
    if near:
        yield Part(question, near)
    for change in changes_far(question):
        if change.change in only:
            yield Part(change.question, [change])


def opened_by(repair: Repair, found: int) -> int:
    """What it must exceed: another kind of help or another place adds whatever it has."""
    return (
        found if repair.change in {Change.NEED, Change.TIME, Change.ROOM, Change.WIDER, Change.WORDS} else 0
    )


def changes_near(question: SearchQuestion) -> Iterator[Repair]:
    for need in needs_by_taxonomy(question.needs):
        kept = tuple(term for term in question.needs if term.taxonomy_id != need.taxonomy)
        dropped = tuple(term for term in question.needs if term.taxonomy_id == need.taxonomy)
        yield Repair(Change.NEED, replace(question, needs=kept, page=1), dropped=dropped)
    if question.asks_when:
        untimed = replace(question, when=None, start_from=None, start_until=None, zone="", page=1)
        yield Repair(Change.TIME, untimed)
    if question.has_room:
        yield Repair(Change.ROOM, replace(question, has_room=False, page=1))
    for miles in wider(question):
        yield Repair(Change.WIDER, replace(question, within=miles, page=1))
    for place in neighbors_of(question):
        yield Repair(Change.NEIGHBOR, replace(question, reading=Reading(place), page=1))
    if question.categories:
        for category in CareCategory.values:
            if category not in question.categories:
                yield Repair(Change.CATEGORY, replace(question, categories=(category,), page=1))


def neighbors_of(question: SearchQuestion) -> list[Place]:
    """Where time matters only those of one clock: elsewhere "today" is another span than the one counted."""
    if question.reading is None:
        return []
    here = question.reading.place
    return [each for each in neighbors(here) if not question.asks_when or each.timezone == here.timezone]


def changes_far(question: SearchQuestion) -> Iterator[Repair]:
    """Only one, the likelier to help: each costs a statement."""
    is_somewhere = question.reading is not None and question.reading.place.kind != PlaceKind.ONLINE
    if question.words and question.reading:
        yield Repair(Change.WORDS, replace(question, words="", page=1))
    elif is_somewhere:
        sort = Sort.BEST if question.sort == Sort.DISTANCE else question.sort
        yield Repair(Change.REMOTE, replace(question, reading=Reading(ONLINE), sort=sort, page=1))


def wider(question: SearchQuestion) -> list[int]:
    if question.reading is None or question.reading.place.kind not in AROUND:
        return []
    return [miles for miles in WIDER_MILES if miles > question.within][:MOST_WIDER]


def base_of(part: Part, vocabulary: Vocabulary) -> ListingIndexQuerySet:
    """All that any of the changes may find."""
    question = part.question
    asked = [question, *(change.question for change in part.changes)]
    place = question.reading.place if question.reading else None
    places = [each.reading.place for each in asked if each.reading]
    categories = {category for each in asked for category in each.categories}
    listings = ListingIndex.objects.in_categories(sorted(categories) if question.categories else [])
    listings = listings.affirming_none_of([term.pk for term in question.excluded])
    for idea in ideas(question.words, vocabulary):
        listings = listings.mentioning(idea.query, terms=idea.terms, categories=idea.categories)
    if place and place.kind in {PlaceKind.COUNTY, PlaceKind.STATE}:
        return listings.filter(in_any_of(places))
    return placed(listings, place, max(each.within for each in asked))


def in_any_of(places: Sequence[Place]) -> Q:
    found = Q(pk__in=[])
    for place in dict.fromkeys(places):
        area = {"state_province": place.state}
        found |= Q(**area, county=place.county) if place.kind == PlaceKind.COUNTY else Q(**area)
    return found


def counted_over(
    parts: Sequence[Part], vocabulary: Vocabulary, *, zones: Sequence[str], now: datetime
) -> list[list[Repair]]:
    """Each base is read once, and each change counts what it allows of it."""
    if not parts:
        return []
    if not zones and any(depends_on_clock(part.question) for part in parts):
        zones = zones_in_use()
    bases, counts = zip(
        *(statements(part, f"base_{n}", vocabulary, zones, now=now) for n, part in enumerate(parts)),
        strict=True,
    )
    statement = f"WITH {', '.join(sql for sql, _ in bases)} SELECT {', '.join(sql for sql, _ in counts)}"
    found = fetched(statement, [value for _, values in (*bases, *counts) for value in values])
    return [
        [replace(change, count=count) for change, count in zip(part.changes, counted, strict=True)]
        for part, counted in zip(parts, found, strict=True)
    ]


def statements(
    part: Part, name: str, vocabulary: Vocabulary, zones: Sequence[str], *, now: datetime
) -> tuple[Sql, Sql]:
    """The base under this name, and the counts over it as an array."""
    question = part.question
    place = question.reading.place if question.reading else None
    needs = needs_of(question, vocabulary)
    wanted = times_wanted(question, zones, now=now)
    fits = fits_of(needs, wanted, FacetBits(vocabulary.terms.values()))
    columns = ["categories", "state_province", "county", "chord", *(f"fit_{n}" for n in range(len(fits)))]
    listings = base_of(part, vocabulary).with_distance(place.position if place else None).with_fits(fits)
    if question.has_room:
        columns.append("has_room")
        listings = listings.annotate(has_room=Q(available_until__gt=now, available_until__isnull=False))
    inner, parameters = listings.order_by().values_list(*columns).query.sql_with_params()
    conditions = [
        allowed(change.question, needs, needs_of(change.question, vocabulary), fits=len(fits))
        for change in part.changes
    ]
    counts = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition, _ in conditions)
    return (
        (f"{name} ({', '.join(columns)}) AS MATERIALIZED ({inner})", list(parameters)),
        (f"(SELECT ARRAY[{counts}] FROM {name})", [value for _, values in conditions for value in values]),
    )


def allowed(question: SearchQuestion, needs: Sequence[Need], kept: Sequence[Need], *, fits: int) -> Sql:
    """What of the base the changed question allows; the fit beyond those of the needs is that in time."""
    asked = [n for n, need in enumerate(needs) if need in kept]
    asked += range(len(needs), fits) if question.asks_when else []
    tests = [f"fit_{n} = {Fit.YES:d}" for n in asked]
    values: list[Any] = []
    if question.has_room:
        tests.append("has_room")
    if question.categories:
        tests.append("categories && %s::varchar[]")
        values.append(list(question.categories))
    place = question.reading.place if question.reading else None
    if place and place.kind in {PlaceKind.STATE, PlaceKind.COUNTY}:
        tests.append("state_province = %s")
        values.append(place.state)
    if place and place.kind == PlaceKind.COUNTY:
        tests.append("county = %s")
        values.append(place.county)
    if place and place.kind in AROUND:
        tests.append("chord <= %s")
        values.append(chord(question.within))
    return " AND ".join(tests) or "true", values
