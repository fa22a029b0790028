"""What a support group's page says beside the facts: what to expect, when it meets, how fresh its list is."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import Max, QuerySet
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from finder.enums import Attending, LocationType, ScheduleKind, ServiceStatus
from finder.models import HowToJoin, ImportRun, Schedule, ServiceAtLocation, Source, TaxonomyTerm
from finder.schedules import DAYS, Occurrence, next_occurrence
from finder.search.facts import Fact
from finder.search.vocabulary import current_vocabulary
from finder.views.facts import Topic, topics
from finder.views.moments import is_under_way, until_words, when_words, zone_words
from finder.views.times import DAY_OF_MONTH, bounds, days, exceptions, hours, names_a_day, season

EXPLAINED = {"fellowship", "meeting_type"}
"""Taxonomies whose terms a newcomer has to be told the meaning of."""

TOLD_TO_READERS = [
    field.attname for field in Schedule._meta.concrete_fields if field.name not in {"id", "source_slug"}
]
JOINED_FROM_HOME = {Attending.ONLINE, Attending.HYBRID}


@dataclass(frozen=True, slots=True)
class Meeting:
    """One time at which a group meets, as its page shows it."""

    schedule: Schedule
    days: str
    hours: str
    limits: str
    """Its season, its first and last day, and the days on which it falls out."""
    attendance: str
    is_from_home: bool
    terms: tuple[TaxonomyTerm, ...]
    zone: str
    """An IANA name."""
    takes_place: bool
    """Neither the meeting nor its group is closed for now."""
    next: Occurrence | None

    @property
    def zone_words(self) -> str:
        return zone_words(self.zone)


@dataclass(frozen=True, slots=True)
class NextMeeting:
    meeting: Meeting
    when: str
    starts_at: datetime
    is_under_way: bool


@dataclass(frozen=True, slots=True)
class Group:
    who_may_come: str
    topics: tuple[Topic, ...]
    not_stated: tuple[TaxonomyTerm, ...]
    meetings: tuple[Meeting, ...]
    next: NextMeeting | None
    has_ways_in: bool
    """Whether it says how to join from home; what it says is not here."""
    is_closed_for_now: bool
    """None of its meetings takes place at the moment."""

    @property
    def lines(self) -> tuple[Meeting, ...]:
        return once_each(self.meetings)

    @property
    def has_one_meeting(self) -> bool:
        return len(self.lines) == 1

    @property
    def has_several_zones(self) -> bool:
        return len({meeting.zone for meeting in self.meetings}) > 1

    @property
    def only_zone(self) -> str:
        return "" if self.has_several_zones else next((each.zone_words for each in self.meetings), "")


def group_of(found: ServiceAtLocation, facts: Sequence[Fact], *, now: datetime) -> Group:
    meetings = meetings_of(found, now=now)
    is_closed = bool(meetings) and not any(meeting.takes_place for meeting in meetings)
    explained = [fact for fact in facts if fact.term.taxonomy_id in EXPLAINED]
    return Group(
        who_may_come=who_may_come(facts, has_a_door=not is_closed and not is_online(found)),
        topics=topics(fact for fact in explained if fact.statement),
        not_stated=tuple(fact.term for fact in explained if is_worth_asking(fact)),
        meetings=meetings,
        next=next_meeting(meetings, now=now),
        has_ways_in=ways_in_of(meetings).exists(),
        is_closed_for_now=is_closed,
    )


def is_worth_asking(fact: Fact) -> bool:
    """Of the many things that a group might state: what people look for, and is not said already."""
    term = fact.term
    is_type = term.taxonomy_id == "meeting_type" and term.slug not in {"open_meeting", "closed_meeting"}
    return fact.statement is None and term.is_facet and is_type


def is_online(found: ServiceAtLocation) -> bool:
    return found.location.location_type == LocationType.VIRTUAL


def who_may_come(facts: Iterable[Fact], *, has_a_door: bool) -> str:
    """In the words of what is stated; what nobody stated is said to be so."""
    stated = {fact.term.slug: fact.term for fact in facts if fact.is_yes}
    if {"open_meeting", "closed_meeting"} <= stated.keys():
        return _("Some of its meetings are open to anyone, and some are not. Ask which you may come to.")
    if "open_meeting" in stated:
        return _("Open: anyone may come. You do not have to speak.")
    if "closed_meeting" in stated:
        return _("Closed: %(explanation)s") % {"explanation": stated["closed_meeting"].explained}
    if has_a_door:
        return _("It does not say whether visitors may come. Ask, or come and ask at the door.")
    return _("It does not say whether visitors may come. Ask first.")


def meetings_of(found: ServiceAtLocation, *, now: datetime) -> tuple[Meeting, ...]:
    """In the order of the reader's week; those by appointment last."""
    schedules = [each for each in found.speaking_schedules if each.kind == ScheduleKind.MEETING]
    return tuple(meeting_of(each, found, now=now) for each in sorted(schedules, key=place_in_week))


def once_each(meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """Feeds list a meeting twice: of rows that differ only in what their source calls them, the first."""
    found: dict[tuple[str, ...], Meeting] = {}
    for meeting in meetings:
        said = tuple(str(getattr(meeting.schedule, name)) for name in TOLD_TO_READERS)
        found.setdefault(said, meeting)
    return tuple(found.values())


def place_in_week(schedule: Schedule) -> tuple[bool, int, time, int]:
    first_day = int(get_format("FIRST_DAY_OF_WEEK")) - 1  # Django counts from Sunday, iCalendar from Monday
    named = [DAYS.index(found[2]) for found in DAY_OF_MONTH.finditer(schedule.byday) if found[2] in DAYS]
    day = min(((day - first_day) % len(DAYS) for day in named), default=0)
    return schedule.opens_at is None, day, schedule.opens_at or time.min, schedule.pk


def meeting_of(schedule: Schedule, found: ServiceAtLocation, *, now: datetime) -> Meeting:
    attending = schedule.attending_type or (Attending.ONLINE.value if is_online(found) else "")
    recurrence = schedule.recurrence(found.location.timezone)
    takes_place = found.service.status == ServiceStatus.ACTIVE and not schedule.is_suspended
    return Meeting(
        schedule=schedule,
        days=days(schedule) if schedule.opens_at or names_a_day(schedule) else "",
        hours=hours(schedule),
        limits=", ".join(filter(None, (season(schedule), *bounds(schedule), exceptions(schedule)))),
        attendance=str(Attending(attending).label) if attending else "",
        is_from_home=attending in JOINED_FROM_HOME,
        terms=current_vocabulary().named(schedule.terms),
        zone=recurrence.timezone,
        takes_place=takes_place,
        next=next_occurrence(recurrence, now=now) if takes_place else None,
    )


def next_meeting(meetings: Iterable[Meeting], *, now: datetime) -> NextMeeting | None:
    """Under way, else the soonest."""
    coming = [(each.next.starts_at.astimezone(UTC), each) for each in meetings if each.next]
    if not coming:
        return None
    starts_at, soonest = min(coming, key=lambda pair: pair[0])
    assert soonest.next
    under_way = is_under_way(soonest.next, now)
    return NextMeeting(
        meeting=soonest,
        when=until_words(soonest.next.ends_at) if under_way else when_words(soonest.next.starts_at, now),
        starts_at=starts_at,
        is_under_way=under_way,
    )


def ways_in_of(meetings: Iterable[Meeting]) -> QuerySet[HowToJoin]:
    """Of meetings that take place."""
    return HowToJoin.objects.filter(schedule__in=[each.schedule for each in meetings if each.takes_place])


def stale_since(sources: Collection[Source], *, today: date) -> dict[str, date]:
    """The day of their last reading, for those whose feed should have been read again since."""
    feeds = {source.pk: source for source in sources if source.format}
    runs = ImportRun.objects.filter(source__in=feeds)
    read_last = runs.order_by().values_list("source").annotate(Max("finished_at"))
    read_on = {slug: finished_at.date() for slug, finished_at in read_last}
    return {slug: day for slug, day in read_on.items() if (today - day).days > feeds[slug].stale_after_days}
