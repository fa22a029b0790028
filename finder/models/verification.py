"""What people found when they checked a listing, and whether it has room."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from finder.enums import CapacityCode, CapacityUnit, StatementMethod, VerifiedPart, Voice
from finder.models.directory import ServiceAtLocation


class VerificationQuerySet(models.QuerySet["Verification"]):
    def newest_first(self) -> Self:
        return self.order_by("-verified_at", "-pk")


class Verification(models.Model):
    """Someone checked these parts of a listing and found them right. Append-only.

    The public page says the role, never the person. Imports verify nothing: an edition's date is in its
    records.
    """

    listing = models.ForeignKey(
        ServiceAtLocation, models.CASCADE, related_name="verifications", help_text=_("Which listing.")
    )
    parts = ArrayField(
        models.CharField(max_length=12, choices=VerifiedPart.choices), help_text=_("What was found right.")
    )
    voice = models.CharField(max_length=12, choices=Voice.choices, help_text=_("In what role."))
    method = models.CharField(max_length=12, choices=StatementMethod.choices, help_text=_("How."))
    verified_at = models.DateTimeField(help_text=_("When."))
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who of us; empty for the program itself. Never shown to readers."),
    )

    objects = VerificationQuerySet.as_manager()

    class Meta:
        ordering = ["-verified_at", "-pk"]
        indexes = [models.Index(fields=["listing", "-verified_at"], name="verification_newest")]
        constraints = [
            models.CheckConstraint(
                name="verification_of_known_parts",
                condition=Q(parts__contained_by=VerifiedPart.values)
                & Q(parts__len__gte=1)
                & Q(parts__len__isnull=False),
            ),
            models.CheckConstraint(
                name="verification_is_no_import", condition=~Q(method=StatementMethod.IMPORT)
            ),
            models.CheckConstraint(
                name="verification_of_a_program_names_no_person",
                condition=~Q(voice=Voice.PROVIDER) | Q(verified_by__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_voice_display()}, {self.verified_at:%Y-%m-%d}"


class CapacityQuerySet(models.QuerySet["Capacity"]):
    def holding(self, now: datetime) -> Self:
        """What is not expired."""
        return self.filter(expires_at__gt=now)


class Capacity(models.Model):
    """HSDS `service_capacity` of a listing: whether there is room; expired, it is not known again."""

    listing = models.ForeignKey(
        ServiceAtLocation, models.CASCADE, related_name="capacities", help_text=_("Which listing.")
    )
    unit = models.CharField(max_length=20, choices=CapacityUnit.choices, help_text=_("Room for what."))
    code = models.CharField(max_length=10, choices=CapacityCode.choices, help_text=_("Is there room?"))
    available = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("How many are free, where they are counted.")
    )
    updated = models.DateTimeField(help_text=_("When it was said."))
    expires_at = models.DateTimeField(help_text=_("After this it reads: not known, call."))
    voice = models.CharField(max_length=12, choices=Voice.choices, help_text=_("Who said it, as a role."))

    objects = CapacityQuerySet.as_manager()

    class Meta:
        ordering = ["unit", "pk"]
        verbose_name_plural = "capacities"
        constraints = [
            models.UniqueConstraint(fields=["listing", "unit"], name="capacity_once_per_unit"),
            models.CheckConstraint(
                name="capacity_expires_after_it_was_said", condition=Q(expires_at__gt=F("updated"))
            ),
            models.CheckConstraint(
                name="capacity_count_agrees_with_its_code",
                condition=Q(available__isnull=True)
                | Q(available__isnull=False, available=0) & ~Q(code=CapacityCode.YES)
                | Q(available__isnull=False, available__gt=0, code=CapacityCode.YES),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_unit_display()}: {self.get_code_display()}"
