"""Whether one takes part in person, from home, either way, or not for now."""

from collections.abc import Iterable
from typing import NamedTuple

from finder.enums import Attending
from finder.meetings.meeting import MeetingTime


class Attendance(NamedTuple):
    attending_type: str
    is_suspended: bool


def attendance(*, is_online: bool, is_closed: bool, is_approximate: bool) -> Attendance:
    """As the Meeting Guide's own reader derives it: an approximate address is no place to go to.

    A closed place with nothing online is suspended. Nowhere to go and nothing online: nobody said how.
    """
    if is_closed and not is_online:
        return Attendance(Attending.IN_PERSON.value, is_suspended=True)
    in_person = not is_closed and not is_approximate
    if in_person and is_online:
        return Attendance(Attending.HYBRID.value, is_suspended=False)
    if in_person or is_online:
        return Attendance((Attending.IN_PERSON if in_person else Attending.ONLINE).value, is_suspended=False)
    return Attendance("", is_suspended=False)


def attendance_terms(times: Iterable[MeetingTime]) -> tuple[str, ...]:
    """What a group may say of itself: a time that is suspended says nothing."""
    ways = {each.attending_type for each in times if not each.is_suspended}
    stated = {
        "in_person": {Attending.IN_PERSON.value, Attending.HYBRID.value},
        "online": {Attending.ONLINE.value, Attending.HYBRID.value},
    }
    return tuple(term for term, by in stated.items() if ways & by)
