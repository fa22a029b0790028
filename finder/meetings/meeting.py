"""One shape for the meetings that fellowships' feeds list: rows of one group at one place are one listing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from finder.enums import Attending, Frequency, LocationType
from finder.facilities.facility import Reject


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed does not say of itself: whose it is, whose codes it speaks, and its clock."""

    source: str
    fellowship: str
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class Joining:
    """How to take part from home: shown to a person who asks, and nowhere else."""

    url: str = ""
    phone: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class MeetingTime:
    """One row of a feed: when a group meets. HSDS words; a row without a time is by appointment.

    `terms` are slugs of the vocabulary; `unknown` are codes that it has no term for, by their names.
    `timezone` is empty where the row names none: the place's then counts.
    """

    slug: str
    byday: str = ""
    opens_at: time | None = None
    closes_at: time | None = None
    freq: str = Frequency.WEEKLY.value
    interval: int = 1
    timezone: str = ""
    attending_type: str = Attending.IN_PERSON.value
    is_suspended: bool = False
    name: str = ""
    description: str = ""
    notes: str = ""
    terms: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    joining: Joining = Joining()


@dataclass(frozen=True, slots=True)
class MeetingPlace:
    """HSDS names; '' where the feed says nothing. `region` is the county as the feed or the ZIP Code has it.

    `name` is the building's, `notes` how to find the room. No coordinates where the feed's are zero,
    outside the state or absent: the ZIP Code's middle then serves, and is approximate.
    """

    location_type: str = LocationType.PHYSICAL.value
    name: str = ""
    address_1: str = ""
    city: str = ""
    state_province: str = ""
    postal_code: str = ""
    country: str = "US"
    latitude: float | None = None
    longitude: float | None = None
    position_is_approximate: bool = False
    notes: str = ""


@dataclass(frozen=True, slots=True)
class MeetingGroup:
    """One listing. `terms` are what every reader may know of it: fellowship, attendance, and what any of its
    times states. `rows` are the source's, without what is personal and without how to join."""

    key: str
    name: str
    place: MeetingPlace
    times: tuple[MeetingTime, ...]
    terms: tuple[str, ...]
    rows: tuple[Mapping[str, object], ...]
    row_numbers: tuple[int, ...]
    description: str = ""
    website: str = ""
    updated_on: date | None = None
    """When the newest of its rows was changed, as the feed says."""
    unknown: tuple[str, ...] = ()

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(each.slug for each in self.times)


@dataclass(frozen=True, slots=True)
class MeetingFile:
    """What one feed says. `rows_merged` counts rows folded into a group that another row began.

    Where it is not complete, a group which it lacks may still meet.
    """

    groups: tuple[MeetingGroup, ...]
    rejects: tuple[Reject, ...]
    warnings: tuple[str, ...]
    rows_read: int
    rows_merged: int
    is_complete: bool = True
    entity: Mapping[str, str] = field(default_factory=dict)
    """The service body that the feed names: name, url; never a person's."""
