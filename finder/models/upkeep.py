"""Questions for people: what an import would change or join, and cannot decide."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from finder.enums import ChangeOrigin, ReviewStatus
from finder.models.directory import ServiceAtLocation
from finder.models.exchange import Source
from finder.models.history import tracked


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


@tracked()
class ChangeRequest(Decision):
    """A source says something else than a person wrote, or a program or person proposes a change: both
    values are kept, side by side. Its history tells of questions that an import withdrew."""

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
    current_value = models.JSONField(help_text=_("What the listing said then."))
    proposed_value = models.JSONField(help_text=_("What the source says."))
    origin = models.CharField(
        max_length=12,
        choices=ChangeOrigin.choices,
        default=ChangeOrigin.IMPORT,
        help_text=_("Where the proposal comes from."),
    )
    called_back_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the old number was called about a new one.")
    )
    called_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who called the old number."),
    )

    class Meta:
        ordering = ["proposed_at", "pk"]
        constraints = [
            decided_by_someone("change_request_decided_by_someone"),
            models.UniqueConstraint(
                fields=["listing", "field", "origin"],
                condition=Q(status=ReviewStatus.PROPOSED),
                name="change_request_one_open_per_field",
            ),
            models.CheckConstraint(
                name="change_request_called_back_by_someone",
                condition=Q(called_back_at__isnull=True, called_back_by__isnull=True)
                | Q(called_back_at__isnull=False, called_back_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.current_value} / {self.proposed_value}"


class Merge(Decision):
    """Two listings that may be one place. Merged, what they were before is kept, to part them again."""

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
    before = models.JSONField(
        null=True, blank=True, editable=False, help_text=_("Both as they were when they were merged.")
    )
    undone_at = models.DateTimeField(null=True, blank=True, help_text=_("When they were parted again."))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who parted them."),
    )

    class Meta:
        ordering = ["proposed_at", "pk"]
        constraints = [
            decided_by_someone("merge_decided_by_someone"),
            models.UniqueConstraint(fields=["listing", "duplicate"], name="merge_pair_once"),
            models.CheckConstraint(name="merge_of_two_listings", condition=~Q(listing=F("duplicate"))),
            models.CheckConstraint(
                name="merge_undone_by_someone",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False, status=ReviewStatus.ACCEPTED),
            ),
        ]
        permissions = [("undo_merge", "Can part merged listings again")]

    def __str__(self) -> str:
        return f"{self.listing_id} / {self.duplicate_id}"


class Redirect(models.Model):
    """Where the address of a merged listing leads, for as long as they are merged."""

    old_listing = models.OneToOneField(
        ServiceAtLocation, models.CASCADE, related_name="redirect", help_text=_("The duplicate.")
    )
    listing = models.ForeignKey(
        ServiceAtLocation, models.CASCADE, related_name="redirects", help_text=_("What is shown instead.")
    )
    created_at = models.DateTimeField(help_text=_("Since when."))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="redirect_leads_elsewhere", condition=~Q(old_listing=F("listing")))
        ]

    def __str__(self) -> str:
        return f"{self.old_listing_id} → {self.listing_id}"
