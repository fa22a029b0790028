"""One row of any feed as it is understood, and the meeting that it makes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from finder.enums import Attending, Frequency, LocationType
from finder.meetings.addresses import Address, Point
from finder.meetings.attendance import Attendance, attendance
from finder.meetings.grouping import MeetingRow
from finder.meetings.meeting import Joining, MeetingPlace, MeetingTime
from finder.meetings.repeats import monthly_byday
from finder.meetings.types import MeetingType, says_closed_place, stated_types

MOST_LETTERS_OF_A_NAME = 245
NO_ADDRESS, NO_POINT, NOT_ONLINE = Address(), Point(), Joining()
BY_APPOINTMENT = "By appointment"


@dataclass(frozen=True, slots=True)
class StatedMeeting:
    """Texts are free of persons and of ways to join. `days` are a slug for each day; '' is by appointment.

    `is_virtual` where the feed itself says so; links and numbers make a meeting online too.
    """

    number: int
    days: tuple[tuple[str, str], ...]
    name: str
    row: Mapping[str, object]
    group: str = ""
    address: Address = NO_ADDRESS
    point: Point = NO_POINT
    location: str = ""
    location_notes: str = ""
    notes: str = ""
    description: str = ""
    website: str = ""
    updated_on: date | None = None
    timezone: str = ""
    starts_at: time | None = None
    closes_at: time | None = None
    joining: Joining = NOT_ONLINE
    types: tuple[MeetingType, ...] = ()
    unknown: tuple[str, ...] = ()
    is_closed: bool = False
    is_online: bool = False
    is_approximate: bool = False

    @property
    def attendance(self) -> Attendance:
        return attendance(
            is_online=self.is_online,
            is_closed=self.is_closed or says_closed_place(self.types),
            is_approximate=self.is_approximate,
        )

    @property
    def is_online_only(self) -> bool:
        return self.attendance.attending_type == Attending.ONLINE


def faults_of(stated: StatedMeeting) -> list[str]:
    """Why a row cannot become a meeting, in plain words; empty for one which can."""
    faults = []
    if not stated.group and not stated.name:
        faults.append("it has no name")
    longest = max(len(stated.group), len(stated.name))
    if longest > MOST_LETTERS_OF_A_NAME:
        faults.append(f"its name has {longest} letters, more than {MOST_LETTERS_OF_A_NAME}")
    if not stated.is_online and not (stated.address.is_known or stated.point.latitude is not None):
        faults.append("it says neither where it meets nor how to join from home")
    elif not stated.is_online and _is_nowhere(stated):
        faults.append("its address has no state and no ZIP Code")
    return faults


def doubts_of(stated: StatedMeeting) -> list[str]:
    """What a person may want to look at in a row that was accepted."""
    doubts = {
        "Coordinates zero, left out": stated.point.fault == "zero",
        "Coordinates outside the state, left out": stated.point.fault == "outside",
        "Neither a whole address nor a way to join online": stated.attendance.attending_type == "",
        "Closed for now, with nothing online": stated.attendance.is_suspended,
    }
    return [doubt for doubt, holds in doubts.items() if holds]


def meeting_row(stated: StatedMeeting) -> MeetingRow:
    return MeetingRow(
        number=stated.number,
        name=stated.name or stated.group,
        group=stated.group,
        place=_place(stated),
        times=tuple(_time(stated, day, slug) for day, slug in stated.days),
        row=stated.row,
        description=stated.description,
        website=stated.website,
        updated_on=stated.updated_on,
    )


def _is_nowhere(stated: StatedMeeting) -> bool:
    address = stated.address
    is_placed = bool(address.state or address.postal_code) or stated.point.latitude is not None
    return address.country == "US" and not is_placed


def _place(stated: StatedMeeting) -> MeetingPlace:
    """A meeting that is only online has no place to go to: whatever its position, it is approximate."""
    address, point = stated.address, stated.point
    location_type = LocationType.VIRTUAL if stated.is_online_only else LocationType.PHYSICAL
    return MeetingPlace(
        location_type=location_type.value,
        name=stated.location,
        address_1=address.street,
        city=address.city,
        state_province=address.state,
        postal_code=address.postal_code,
        country=address.country,
        latitude=point.latitude,
        longitude=point.longitude,
        position_is_approximate=stated.is_approximate or point.is_approximate or stated.is_online_only,
        notes=stated.location_notes,
    )


def _time(stated: StatedMeeting, day: str, slug: str) -> MeetingTime:
    terms, unknown = stated_types(stated.types, is_online_only=stated.is_online_only)
    is_scheduled = bool(day) and stated.starts_at is not None
    monthly = monthly_byday(stated.notes, day, stated.starts_at) if is_scheduled else ""
    return MeetingTime(
        slug=slug,
        byday=(monthly or day) if is_scheduled else "",
        opens_at=stated.starts_at if is_scheduled else None,
        closes_at=stated.closes_at if is_scheduled else None,
        freq=(Frequency.MONTHLY if monthly else Frequency.WEEKLY).value,
        timezone=stated.timezone,
        attending_type=stated.attendance.attending_type,
        is_suspended=stated.attendance.is_suspended,
        description="" if is_scheduled else BY_APPOINTMENT,
        notes=stated.notes,
        terms=terms,
        unknown=tuple(dict.fromkeys((*unknown, *stated.unknown))),
        joining=stated.joining,
    )
