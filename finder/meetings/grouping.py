"""Rows of one group at one place become one listing; each of its times keeps the slug of its row."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from finder.enums import LocationType
from finder.meetings.attendance import attendance_terms
from finder.meetings.cells import first_filled
from finder.meetings.meeting import MeetingGroup, MeetingPlace, MeetingTime
from finder.text import folded

MOST_LETTERS_OF_A_SLUG = 255


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One row that can become a meeting; a list of days gives it several times. `name` is the meeting's."""

    number: int
    name: str
    place: MeetingPlace
    times: tuple[MeetingTime, ...]
    row: Mapping[str, object]
    group: str = ""
    description: str = ""
    website: str = ""
    updated_on: date | None = None

    @property
    def group_name(self) -> str:
        return self.group or self.name

    @property
    def key(self) -> str:
        """Equal for rows of one listing, whatever their order. Only online is another way to take part."""
        place = self.place
        is_online_only = place.location_type == LocationType.VIRTUAL
        parts = (
            place.address_1 or place.name,
            place.city,
            place.state_province,
            place.postal_code,
            place.country,
        )
        return "|".join((folded(self.group_name), *map(folded, parts), "online" if is_online_only else ""))


def told_apart(rows: Sequence[MeetingRow]) -> list[MeetingRow]:
    """Of times with one slug the first keeps it, the others end in -1, -2.

    First by what they say: a feed that shuffles its rows must not give them to one another.
    """
    own = [[time.slug[:MOST_LETTERS_OF_A_SLUG] for time in row.times] for row in rows]
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, slugs in enumerate(own):
        for number, slug in enumerate(slugs):
            places[slug].append((at, number))
    taken = set(places)
    for slug in sorted(slug for slug, same in places.items() if len(same) > 1):
        same = sorted(places[slug], key=lambda place: _words_of(rows[place[0]], place[1]))
        for at, number in same[1:]:
            own[at][number] = _next_free(slug, taken)
            taken.add(own[at][number])
    return [_with_slugs(row, slugs) for row, slugs in zip(rows, own, strict=True)]


def _words_of(row: MeetingRow, number: int) -> tuple[str, ...]:
    time = row.times[number]
    return (time.byday, str(time.opens_at), row.key, row.name, repr(time), repr(sorted(row.row.items())))


def _next_free(slug: str, taken: Container[str]) -> str:
    beginning = slug[: MOST_LETTERS_OF_A_SLUG - 8]
    return next(own for number in count(1) if (own := f"{beginning}-{number}") not in taken)


def _with_slugs(row: MeetingRow, slugs: list[str]) -> MeetingRow:
    if slugs == [time.slug for time in row.times]:
        return row
    times = tuple(replace(time, slug=slug) for time, slug in zip(row.times, slugs, strict=True))
    return replace(row, times=times)


def grouped(rows: Iterable[MeetingRow], fellowship_terms: tuple[str, ...]) -> tuple[MeetingGroup, ...]:
    """In the order in which a feed first names them."""
    groups: dict[str, list[MeetingRow]] = {}
    for row in rows:
        groups.setdefault(row.key, []).append(row)
    return tuple(_group(key, members, fellowship_terms) for key, members in groups.items())


def _group(key: str, members: list[MeetingRow], fellowship_terms: tuple[str, ...]) -> MeetingGroup:
    """Where rows of one group differ, the first slug speaks, wherever in the feed it stands."""
    rows = sorted(members, key=lambda row: row.times[0].slug)
    name = rows[0].group_name
    times = tuple(_named_apart(time, row.name, name) for row in rows for time in row.times)
    stated = dict.fromkeys(term for time in times for term in time.terms)
    return MeetingGroup(
        key=key,
        name=name,
        place=_united_place([row.place for row in rows]),
        times=times,
        terms=tuple(dict.fromkeys((*fellowship_terms, *attendance_terms(times), *stated))),
        rows=tuple(row.row for row in rows),
        row_numbers=tuple(row.number for row in rows),
        description="\n\n".join(dict.fromkeys(row.description for row in rows if row.description)),
        website=first_filled(row.website for row in rows),
        updated_on=max((row.updated_on for row in rows if row.updated_on), default=None),
        unknown=tuple(dict.fromkeys(name for time in times for name in time.unknown)),
    )


def _named_apart(time: MeetingTime, name: str, group_name: str) -> MeetingTime:
    own = "" if folded(name) == folded(group_name) else name
    return time if time.name == own else replace(time, name=own)


def _united_place(places: list[MeetingPlace]) -> MeetingPlace:
    """The first's, with what it leaves out from the others."""
    placed = next((place for place in places if place.latitude is not None), places[0])
    return replace(
        places[0],
        name=first_filled(place.name for place in places),
        notes=first_filled(place.notes for place in places),
        latitude=placed.latitude,
        longitude=placed.longitude,
    )
