"""Whether a listing has room for new people: who is asked of what, and how long an answer holds."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from finder.enums import CapacityCode, CapacityUnit, CareCategory

HOLDS_FOR: Mapping[CapacityUnit, timedelta] = {
    CapacityUnit.DETOX_BEDS: timedelta(hours=24),
    CapacityUnit.RESIDENTIAL_BEDS: timedelta(hours=24),
    CapacityUnit.OUTPATIENT: timedelta(days=7),
}
"""A bed is gone by tomorrow; an outpatient program fills up more slowly."""

ASKED_OF: Mapping[CapacityUnit, frozenset[CareCategory]] = {
    CapacityUnit.DETOX_BEDS: frozenset({CareCategory.WITHDRAWAL_MANAGEMENT}),
    CapacityUnit.RESIDENTIAL_BEDS: frozenset({CareCategory.BEHAVIORAL_HEALTH}),
    CapacityUnit.OUTPATIENT: frozenset({CareCategory.WITHDRAWAL_MANAGEMENT, CareCategory.BEHAVIORAL_HEALTH}),
}
"""A support group has no beds, and room for everyone."""


class Room(NamedTuple):
    """What was said of one unit."""

    unit: str
    code: str
    available: int | None
    updated: datetime
    expires_at: datetime
    voice: str


def units_of(categories: Collection[str]) -> list[CapacityUnit]:
    return [unit for unit, asked in ASKED_OF.items() if not asked.isdisjoint(categories)]


def expires_at(unit: CapacityUnit, said_at: datetime) -> datetime:
    return said_at + HOLDS_FOR[unit]


def holding(rooms: Iterable[Room], now: datetime) -> list[Room]:
    """What is older is not known again, whatever it said."""
    return [room for room in rooms if room.expires_at > now]


def has_room_until(rooms: Iterable[Room], now: datetime) -> datetime | None:
    """None where it is not known to have room."""
    ends = [room.expires_at for room in holding(rooms, now) if room.code == CapacityCode.YES]
    return max(ends, default=None)
