"""Questions for people: what an import would change or join, and cannot decide."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from finder.enums import ReviewStatus
from finder.models.directory import ServiceAtLocation
from finder.models.exchange import Source


def decided_by_someone(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(status=ReviewStatus.PROPOSED, decided_at__isnull=True, decided_by__isnull=True)
        | ~Q(status=ReviewStatus.PROPOSED) & Q(decided_at__isnull=False, decided_by__isnull=False),
    )


class Decision(models.Model):
    """Proposed until a person decides; the decision carries who and when."""

    status = models.CharField(
        max_length=10,
        choices=ReviewStatus.choices,
        default=ReviewStatus.PROPOSED,
        help_text=_("Waiting until a person decides."),
    )
    proposed_at = models.DateTimeField(help_text=_("When the question came up."))
    decided_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was decided."))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who decided."),
    )

    class Meta:
        abstract = True


class ChangeRequest(Decision):
    """A source says something else than a person wrote: both are kept, side by side."""

    listing = models.ForeignKey(
        ServiceAtLocation,
        models.CASCADE,
        related_name="change_requests",
        help_text=_("The listing in question."),
    )
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="change_requests", help_text=_("Who says otherwise.")
    )
    field = models.CharField(max_length=60, help_text=_("Which part of the listing."))
    current_value = models.JSONField(help_text=_("What a person wrote."))
    proposed_value = models.JSONField(help_text=_("What the source says."))

    class Meta:
        ordering = ["proposed_at", "pk"]
        constraints = [
            decided_by_someone("change_request_decided_by_someone"),
            models.UniqueConstraint(
                fields=["listing", "field"],
                condition=Q(status=ReviewStatus.PROPOSED),
                name="change_request_one_open_per_field",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.current_value} / {self.proposed_value}"


class Merge(Decision):
    """Two listings that may be one place: the same street and ZIP, another name or phone."""

    listing = models.ForeignKey(
        ServiceAtLocation,
        models.CASCADE,
        related_name="merges",
        help_text=_("The listing that would be kept."),
    )
    duplicate = models.ForeignKey(
        ServiceAtLocation,
        models.CASCADE,
        related_name="merges_as_duplicate",
        help_text=_("The listing that would be archived."),
    )
    reason = models.CharField(max_length=250, help_text=_("Why they may be one place."))

    class Meta:
        ordering = ["proposed_at", "pk"]
        constraints = [
            decided_by_someone("merge_decided_by_someone"),
            models.UniqueConstraint(fields=["listing", "duplicate"], name="merge_pair_once"),
            models.CheckConstraint(name="merge_of_two_listings", condition=~Q(listing=F("duplicate"))),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} / {self.duplicate_id}"
