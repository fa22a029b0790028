"""Rows of one group at one place become one listing; each of its times keeps the slug of its row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from finder.enums import LocationType
from finder.meetings.attendance import attendance_terms
from finder.meetings.cells import first_filled
from finder.meetings.meeting import MeetingGroup, MeetingPlace, MeetingTime
from finder.text import folded


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


def grouped(rows: Iterable[MeetingRow], fellowship_terms: tuple[str, ...]) -> tuple[MeetingGroup, ...]:
    """In the order in which a feed first names them."""
    groups: dict[str, list[MeetingRow]] = {}
    for row in rows:
        groups.setdefault(row.key, []).append(row)
    return tuple(_group(key, members, fellowship_terms) for key, members in groups.items())


def _group(key: str, rows: list[MeetingRow], fellowship_terms: tuple[str, ...]) -> MeetingGroup:
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
    return replace(time, name="" if folded(name) == folded(group_name) else name)


def _united_place(places: list[MeetingPlace]) -> MeetingPlace:
    """The first row's, with what it leaves out from the others."""
    placed = next((place for place in places if place.latitude is not None), places[0])
    return replace(
        places[0],
        name=first_filled(place.name for place in places),
        notes=first_filled(place.notes for place in places),
        latitude=placed.latitude,
        longitude=placed.longitude,
    )
