"""What people tell us of listings: what came of a call, and what is wrong or missing."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from finder.enums import Outcome, ReportKind, ReviewStatus, VerifiedPart, Voice
from finder.models.directory import ServiceAtLocation
from finder.models.upkeep import Decision, decided_by_someone
from finder.upkeep.disputes import DOUBTED_BY, LAPSES_AFTER, LAPSING, doubts_of


class CallOutcomeQuerySet(models.QuerySet["CallOutcome"]):
    def unresolved(self) -> Self:
        return self.filter(resolved_at__isnull=True)

    def doubting(self) -> Self:
        """What puts something of the listing in doubt."""
        return self.filter(outcome__in=list(DOUBTED_BY))

    def doubting_parts(self, parts: Collection[VerifiedPart]) -> Self:
        return self.filter(outcome__in=doubts_of(parts))

    def lapsed(self, today: date) -> Self:
        """By the rule of `finder.upkeep.disputes`."""
        return self.doubting_parts(LAPSING).filter(reported_at__date__lt=today - LAPSES_AFTER)

    def since(self, moment: datetime) -> Self:
        return self.filter(reported_at__gte=moment)

    def by_reporter(self, reporter_key: str) -> Self:
        return self.filter(reporter_key=reporter_key)

    def newest_first(self) -> Self:
        return self.order_by("-reported_at", "-pk")


class CallOutcome(models.Model):
    """What one person found who called or went. Append-only, but for its resolution."""

    listing = models.ForeignKey(
        ServiceAtLocation, models.CASCADE, related_name="call_outcomes", help_text=_("Which listing.")
    )
    outcome = models.CharField(max_length=20, choices=Outcome.choices, help_text=_("What came of it."))
    wait_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("How many days they said to wait; empty when they did not say.")
    )
    voice = models.CharField(
        max_length=12, choices=Voice.choices, default=Voice.PUBLIC, help_text=_("In what role.")
    )
    reported_at = models.DateTimeField(help_text=_("When we were told."))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who of us; empty for readers."),
    )
    reporter_key = models.CharField(
        max_length=64,
        blank=True,
        help_text=_("Tells two readers of one day apart: a hash whose key is thrown away each day."),
    )
    resolved_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When someone looked into it, or it grew too old to say anything.")
    )
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who of us; empty where the program itself confirmed the listing, or time did it."),
    )

    objects = CallOutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["-reported_at", "-pk"]
        indexes = [
            models.Index(fields=["listing", "-reported_at"], name="call_outcome_newest"),
            models.Index(
                fields=["listing"], condition=Q(resolved_at__isnull=True), name="call_outcome_unresolved"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="call_outcome_waits_where_full",
                condition=Q(wait_days__isnull=True) | Q(outcome__in=[Outcome.NO_BED, Outcome.NOT_TAKING]),
            ),
            models.CheckConstraint(
                name="call_outcome_of_readers_names_no_person",
                condition=Q(voice=Voice.PUBLIC, reported_by__isnull=True) & ~Q(reporter_key="")
                | ~Q(voice=Voice.PUBLIC) & Q(reporter_key=""),
            ),
            models.CheckConstraint(
                name="call_outcome_resolved_by_someone_at_some_time",
                condition=Q(resolved_at__isnull=False) | Q(resolved_by__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, {self.reported_at:%Y-%m-%d}"


SUGGESTED_WORDS = ["name", "place", "phone", "website"]
"""What a reader typed of a missing place; its `category` is one of a closed set, and stays."""


class ReportQuerySet(models.QuerySet["ListingReport"]):
    def waiting(self) -> Self:
        return self.filter(status=ReviewStatus.PROPOSED)

    def by_reporter(self, reporter_key: str) -> Self:
        return self.filter(reporter_key=reporter_key)

    def decided_before(self, moment: datetime) -> Self:
        return self.filter(decided_at__lt=moment)

    def still_worded(self) -> Self:
        """With something that a reader typed."""
        return self.filter(~Q(text="") | Q(suggestion__has_any_keys=SUGGESTED_WORDS))


class ListingReport(Decision):
    """A reader says that something is wrong, unsafe or missing, and may look up what became of it."""

    reference = models.CharField(
        max_length=12, unique=True, help_text=_("What the reader keeps, to look it up.")
    )
    kind = models.CharField(max_length=12, choices=ReportKind.choices, help_text=_("What it is about."))
    listing = models.ForeignKey(
        ServiceAtLocation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reports",
        help_text=_("Which listing; empty for a place that is missing."),
    )
    text = models.TextField(
        max_length=2000,
        blank=True,
        help_text=_("In the reader's words; emptied some time after it is decided."),
    )
    suggestion = models.JSONField(
        default=dict, blank=True, help_text=_("Of a missing place: name, phone and the like.")
    )
    answer = models.CharField(
        max_length=500, blank=True, help_text=_("What the reader sees under the reference, in plain words.")
    )
    reporter_key = models.CharField(max_length=64, help_text=_("As in the outcome of a call."))

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        indexes = [
            models.Index(fields=["listing"], condition=Q(status=ReviewStatus.PROPOSED), name="report_waiting")
        ]
        constraints = [
            decided_by_someone("report_decided_by_someone"),
            models.CheckConstraint(
                name="report_names_a_listing_or_suggests_one",
                condition=Q(kind=ReportKind.SUGGESTION) & ~Q(suggestion={})
                | ~Q(kind=ReportKind.SUGGESTION) & Q(listing__isnull=False, suggestion={}),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reference}"


class ReporterKey(models.Model):
    """The secret of one day, by which two readers are told apart. Yesterday's is thrown away."""

    date = models.DateField(primary_key=True, help_text=_("The day it serves."))
    secret = models.BinaryField(help_text=_("Random."))

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return str(self.date)
