"""A county's support-group meetings as paper has them: under each day of the week, in the order of time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time

from django.utils.dates import WEEKDAYS
from django.utils.formats import get_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from finder.enums import Attending, Frequency, ScheduleKind
from finder.exporters.pack import Day, Meeting
from finder.models import ListingIndex, Schedule
from finder.schedules import DAYS
from finder.search.vocabulary import current_vocabulary
from finder.views.groups import is_online
from finder.views.packs_places import address_of, doubts_of, number_of, short_checked_words
from finder.views.times import DAY_OF_MONTH, bounds, days, exceptions, hours, season

OTHER_TIMES = 7
"""After the days of the week: by appointment, on days of the month, or not stated."""
KINDS = 2
WHO_MAY_COME = {"open_meeting", "closed_meeting"}
SAID = (
    *("beginners_meeting", "women_meeting", "men_meeting", "lgbtq_meeting", "young_people_meeting"),
    *("seniors_meeting", "spanish_meeting", "sign_language_meeting", "medication_welcome_meeting"),
    *("family_friends_meeting", "wheelchair_accessible"),
)
LONGEST_NOTES = 160


@dataclass(frozen=True, slots=True)
class Placed:
    """A meeting and where in the week it stands."""

    day: int
    starts: time
    meeting: Meeting

    @property
    def order(self) -> tuple[time, str, str]:
        return self.starts, self.meeting.name, self.meeting.address


@dataclass(frozen=True, slots=True)
class Week:
    days: tuple[Day, ...]
    suspended: int
    """Meetings left out since they do not take place at the moment."""


def week_of(groups: Iterable[ListingIndex], *, today: date) -> Week:
    found: defaultdict[int, dict[Placed, None]] = defaultdict(dict)
    suspended = 0
    for index in groups:
        schedules = [each for each in index.listing.speaking_schedules if each.kind == ScheduleKind.MEETING]
        taking_place = [each for each in schedules if takes_place(each, today)]
        suspended += len(schedules) - len(taking_place)
        for placed in lines_of(index, taking_place, today=today, is_silent=not schedules):
            found[placed.day].setdefault(placed)
    return Week(tuple(named_days(found)), suspended)


def takes_place(schedule: Schedule, today: date) -> bool:
    return not schedule.is_suspended and (schedule.valid_to is None or schedule.valid_to >= today)


def named_days(found: dict[int, dict[Placed, None]]) -> Iterator[Day]:
    """From the first day of the reader's week."""
    first = int(get_format("FIRST_DAY_OF_WEEK")) - 1  # Django counts from Sunday, Python from Monday
    for number in [(first + step) % 7 for step in range(7)]:
        yield from day_of(found, number, str(WEEKDAYS[number]))
    yield from day_of(found, OTHER_TIMES, _("Other times, or times not stated"))


def day_of(found: dict[int, dict[Placed, None]], number: int, name: str) -> Iterator[Day]:
    if placed := sorted(found.get(number, ()), key=lambda each: each.order):
        yield Day(capfirst(name), tuple(each.meeting for each in placed))


def lines_of(
    index: ListingIndex, schedules: Iterable[Schedule], *, today: date, is_silent: bool
) -> Iterator[Placed]:
    """Of a group that states no times, one line too: people can ask it."""
    for schedule in schedules:
        line = meeting_of(index, schedule, today=today)
        for day in weekdays(schedule):
            yield Placed(day, schedule.opens_at or time.max, line)
    if is_silent:
        yield Placed(OTHER_TIMES, time.max, meeting_of(index, None, today=today))


def weekdays(schedule: Schedule) -> list[int]:
    named = [DAYS.index(found[2]) for found in DAY_OF_MONTH.finditer(schedule.byday) if found[2] in DAYS]
    if schedule.opens_at is None:
        return [OTHER_TIMES]
    if named:
        return list(dict.fromkeys(named))
    return list(range(7)) if schedule.freq == Frequency.WEEKLY else [OTHER_TIMES]


def meeting_of(index: ListingIndex, schedule: Schedule | None, *, today: date) -> Meeting:
    listing = index.listing
    own_name = schedule.name if schedule else ""
    return Meeting(
        hours=capfirst(hours(schedule)) if schedule and schedule.opens_at else "",
        name=f"{listing.service.name}: {own_name}" if own_name else listing.service.name,
        kind=", ".join(kinds(index)),
        address=address_of(listing),
        number=number_of(listing),
        notes=Truncator(". ".join(notes(index, schedule))).chars(LONGEST_NOTES),
        is_doubted=bool(doubts_of(index)),
        checked=short_checked_words(index, today=today),
    )


def kinds(index: ListingIndex) -> list[str]:
    stated = current_vocabulary().named(index.yes)
    return [str(term) for term in stated if term.taxonomy_id == "fellowship"][:KINDS]


def notes(index: ListingIndex, schedule: Schedule | None) -> list[str]:
    """Who may come first: it decides whether to set out."""
    found = [*who_may_come(index, schedule), *attendance(index, schedule)]
    if schedule is not None:
        when = days(schedule) if is_special(schedule) else ""
        dated = [when, season(schedule), *bounds(schedule), exceptions(schedule)]
        found = [*dated, *found, schedule.description]
    return [capfirst(each) for each in found if each]


def is_special(schedule: Schedule) -> bool:
    """Its heading does not say all of when it meets."""
    is_plain = schedule.freq == Frequency.WEEKLY and schedule.interval == 1
    return not is_plain and bool(schedule.opens_at)


def who_may_come(index: ListingIndex, schedule: Schedule | None) -> list[str]:
    """What is said of this meeting counts before what is said of some of its group's."""
    terms = current_vocabulary().by_slug
    own = {slug for slug in WHO_MAY_COME if schedule and slug in terms and terms[slug].pk in schedule.terms}
    of_group = {slug for slug in WHO_MAY_COME if slug in terms and terms[slug].pk in index.yes}
    said = own or of_group
    stated = {*index.yes, *(schedule.terms if schedule else ())}
    found = [str(terms[slug]) for slug in sorted(said)] if len(said) == 1 else []
    return found + [str(terms[slug]) for slug in SAID if slug in terms and terms[slug].pk in stated]


def attendance(index: ListingIndex, schedule: Schedule | None) -> list[str]:
    """Where the address does not say it."""
    attending = schedule.attending_type if schedule else ""
    is_said = attending in {"", Attending.IN_PERSON} or is_online(index.listing)
    return [] if is_said else [str(Attending(attending).label)]
