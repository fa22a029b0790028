"""When a listing is open, admits people or meets, and how to join a meeting from home."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from finder.enums import Attending, Frequency, ScheduleKind
from finder.models.directory import OwnedByListing, belongs_to_one_owner
from finder.models.history import tracked
from finder.models.terms_field import TermIdsField
from finder.schedules import Recurrence


@tracked()
class Schedule(OwnedByListing):
    """HSDS `schedule`: opening hours, intake windows and meetings, on the place's own wall clock."""

    kind = models.CharField(
        max_length=10,
        choices=ScheduleKind.choices,
        default=ScheduleKind.HOURS,
        help_text=_("When it is open, when it admits people, or when it meets."),
    )
    freq = models.CharField(
        max_length=10,
        choices=Frequency.choices,
        default=Frequency.WEEKLY,
        help_text=_("Weekly, or on certain days of the month."),
    )
    interval = models.PositiveSmallIntegerField(
        default=1, help_text=_("1 is every week or month, 2 every other.")
    )
    byday = models.CharField(max_length=40, blank=True, help_text=_("iCalendar days: MO,WE or 2TH."))
    bymonthday = models.CharField(
        max_length=40, blank=True, help_text=_("Days of the month: 1,15; -1 is its last.")
    )
    bymonth = models.CharField(
        max_length=40, blank=True, help_text=_("Months of its season: 9,10,11; empty is all year.")
    )
    opens_at = models.TimeField(null=True, blank=True, help_text=_("On the place's own clock."))
    closes_at = models.TimeField(
        null=True,
        blank=True,
        help_text=_("Earlier than it opens: the next day. The same: for 24 hours."),
    )
    dtstart = models.DateField(
        null=True, blank=True, help_text=_("A day it meets, to count every other week from.")
    )
    valid_from = models.DateField(null=True, blank=True, help_text=_("First day it holds; empty is always."))
    valid_to = models.DateField(
        null=True, blank=True, help_text=_("Last day it holds; empty is until further notice.")
    )
    except_dates = ArrayField(
        models.DateField(),
        default=list,
        blank=True,
        help_text=_("Days on which it falls out: 2026-12-25, with commas between them."),
    )
    timezone = models.CharField(max_length=50, blank=True, help_text=_("IANA name; empty is the location's."))
    attending_type = models.CharField(
        max_length=10,
        choices=Attending.choices,
        blank=True,
        help_text=_("How people take part; empty where nobody said."),
    )
    is_suspended = models.BooleanField(
        default=False, help_text=_("The place is closed for now: it does not meet until this is taken off.")
    )
    name = models.CharField(
        max_length=255, blank=True, help_text=_("Where a group names this meeting apart from its others.")
    )
    description = models.CharField(
        max_length=250, blank=True, help_text=_("What the times leave out: By appointment.")
    )
    notes = models.TextField(blank=True, help_text=_("What the group says of this meeting."))
    terms = TermIdsField(
        default=list, blank=True, help_text=_("What is stated of this meeting, beside its listing.")
    )
    source_slug = models.CharField(
        max_length=255, blank=True, help_text=_("What its source calls it; a feed of ours keeps it.")
    )

    class Meta:
        ordering = ["kind", "pk"]
        indexes = [
            models.Index(fields=["source_slug"], condition=~Q(source_slug=""), name="schedule_source_slug")
        ]
        constraints = [
            belongs_to_one_owner("schedule_has_one_owner"),
            models.CheckConstraint(name="schedule_interval_at_least_one", condition=Q(interval__gte=1)),
            models.CheckConstraint(
                name="schedule_ends_after_it_starts",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__isnull=False, valid_from__isnull=False, valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="schedule_attending_is_known", condition=Q(attending_type__in=["", *Attending.values])
            ),
        ]

    def __str__(self) -> str:
        return self.description or f"{self.byday} {self.opens_at}"

    def recurrence(self, default_timezone: str) -> Recurrence:
        """What says when it occurs. `default_timezone`: the location's, where this names none."""
        return Recurrence(
            freq=self.freq,
            interval=self.interval,
            byday=self.byday,
            bymonthday=self.bymonthday,
            bymonth=self.bymonth,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            dtstart=self.dtstart,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            except_dates=tuple(self.except_dates),
            timezone=self.timezone or default_timezone,
            is_suspended=self.is_suspended,
        )


@tracked()
class HowToJoin(models.Model):
    """The link, number and password of an online meeting: apart from its schedule, so that no list, feed or
    index of schedules carries them along. Only the listing page shows them, to a person who asks."""

    schedule = models.OneToOneField(
        Schedule,
        models.CASCADE,
        primary_key=True,
        related_name="how_to_join",
        help_text=_("Of which meeting."),
    )
    url = models.URLField(max_length=1000, blank=True, help_text=_("The link that opens the meeting."))
    phone = models.CharField(
        max_length=255, blank=True, help_text=_("Digits, with + * # and a comma for a pause.")
    )
    notes = models.TextField(blank=True, help_text=_("Password, meeting number, how to get in."))

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "how to join"

    def __str__(self) -> str:
        return str(self.schedule)
