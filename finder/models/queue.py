"""What editors work through: at most one open item for each listing, claimed for a while by one of them."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import ExpressionWrapper, Q
from django.utils.translation import gettext_lazy as _

from finder.enums import QueueOutcome, QueueReason
from finder.models.directory import ServiceAtLocation
from finder.models.staff import StaffArea


class QueueItemQuerySet(models.QuerySet["QueueItem"]):
    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def free(self, now: datetime) -> Self:
        """Open, not put off, and in nobody's hands."""
        return self.not_put_off(now).filter(Q(claimed_until__isnull=True) | Q(claimed_until__lte=now))

    def not_put_off(self, now: datetime) -> Self:
        return self.open().filter(Q(not_before__isnull=True) | Q(not_before__lte=now))

    def held_by(self, person: int, now: datetime) -> Self:
        return self.open().filter(claimed_by=person, claimed_until__gt=now)

    def within(self, area: StaffArea | None) -> Self:
        """Without an area, everywhere."""
        return self.filter(area.condition("listing__location")) if area else self

    def with_listings(self) -> Self:
        return self.select_related("listing__service__organization", "listing__location", "listing__index")

    def most_pressing_first(self) -> Self:
        """What is reported as unsafe comes before all else, whatever its priority."""
        return self.order_by(IS_UNSAFE.desc(), "-priority", "pk")


IS_UNSAFE = ExpressionWrapper(
    Q(reasons__contains=[QueueReason.UNSAFE.value]), output_field=models.BooleanField()
)


class QueueItem(models.Model):
    listing = models.ForeignKey(
        ServiceAtLocation, models.CASCADE, related_name="queue_items", help_text=_("Which listing waits.")
    )
    reasons = ArrayField(
        models.CharField(max_length=16, choices=QueueReason.choices), help_text=_("Why it waits.")
    )
    priority = models.FloatField(help_text=_("The product of what is said under “why”; higher comes first."))
    why = models.JSONField(default=dict, help_text=_("The factors of its priority, by name."))
    opened_at = models.DateTimeField(help_text=_("Since when."))
    not_before = models.DateTimeField(
        null=True, blank=True, help_text=_("Put off until then, as when nobody answered.")
    )
    tries = models.PositiveSmallIntegerField(default=0, help_text=_("Calls that nobody answered."))
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who works on it."),
    )
    claimed_until = models.DateTimeField(null=True, blank=True, help_text=_("When it is free again."))
    closed_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was done."))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who did it; empty where nothing was left to do."),
    )
    outcome = models.CharField(
        max_length=12, blank=True, choices=QueueOutcome.choices, help_text=_("How it ended.")
    )

    objects = QueueItemQuerySet.as_manager()

    class Meta:
        ordering = ["-priority", "pk"]
        permissions = [("work_queue", "Can work on the queue")]
        indexes = [
            models.Index(
                fields=["-priority", "id"], condition=Q(closed_at__isnull=True), name="queue_most_pressing"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["listing"], condition=Q(closed_at__isnull=True), name="queue_one_open_per_listing"
            ),
            models.CheckConstraint(
                name="queue_item_has_known_reasons",
                condition=Q(reasons__contained_by=QueueReason.values)
                & Q(reasons__len__gte=1)
                & Q(reasons__len__isnull=False),
            ),
            models.CheckConstraint(
                name="queue_item_claimed_by_someone_for_a_while",
                condition=Q(claimed_by__isnull=True, claimed_until__isnull=True)
                | Q(claimed_by__isnull=False, claimed_until__isnull=False),
            ),
            models.CheckConstraint(
                name="queue_item_closed_with_its_outcome",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, outcome="")
                | Q(closed_at__isnull=False) & ~Q(outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing}: {', '.join(self.reasons)}"
