"""How true the directory is: a random sample of each month, called and compared."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from finder.enums import CareCategory
from finder.models.directory import ServiceAtLocation
from finder.upkeep.accuracy import Found


class AccuracySample(models.Model):
    month = models.DateField(unique=True, help_text=_("The first day of its month."))
    drawn_at = models.DateTimeField(help_text=_("When it was drawn."))
    seed = models.BigIntegerField(help_text=_("Draws the same sample again from the same listings."))
    frame = models.JSONField(help_text=_("How many published listings it was drawn from, by category."))

    class Meta:
        ordering = ["-month"]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class AccuracyCheckQuerySet(models.QuerySet["AccuracyCheck"]):
    def done(self) -> Self:
        return self.filter(checked_at__isnull=False)

    def waiting(self) -> Self:
        return self.filter(checked_at__isnull=True)

    def drawn_since(self, month: date) -> Self:
        return self.filter(sample__month__gte=month)


class AccuracyCheck(models.Model):
    """One listing of the sample: what was right when someone called or went."""

    sample = models.ForeignKey(
        AccuracySample, models.CASCADE, related_name="checks", help_text=_("Of which month.")
    )
    listing = models.ForeignKey(
        ServiceAtLocation, models.CASCADE, related_name="accuracy_checks", help_text=_("Which listing.")
    )
    category = models.CharField(
        max_length=30, choices=CareCategory.choices, help_text=_("Drawn as which kind of help.")
    )
    shown = models.JSONField(help_text=_("What the page said on the day of the draw."))
    was_reached = models.BooleanField(null=True, blank=True, help_text=_("Somebody answered, or was there."))
    name_is_right = models.BooleanField(null=True, blank=True, help_text=_("It goes by this name."))
    phone_is_right = models.BooleanField(null=True, blank=True, help_text=_("This number reaches it."))
    address_is_right = models.BooleanField(null=True, blank=True, help_text=_("It is at this address."))
    service_is_right = models.BooleanField(
        null=True, blank=True, help_text=_("It offers this kind of help; of a meeting: it meets then.")
    )
    takes_new_people = models.BooleanField(null=True, blank=True, help_text=_("One can come now."))
    checked_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was checked."))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who of us checked."),
    )

    objects = AccuracyCheckQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "listing"], name="accuracy_check_once"),
            models.CheckConstraint(
                name="accuracy_check_done_by_someone",
                condition=Q(checked_at__isnull=True, checked_by__isnull=True, was_reached__isnull=True)
                | Q(checked_at__isnull=False, checked_by__isnull=False, was_reached__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sample_id}: {self.listing_id}"

    @property
    def found(self) -> Found:
        return Found(
            was_reached=bool(self.was_reached),
            name_is_right=self.name_is_right,
            phone_is_right=self.phone_is_right,
            address_is_right=self.address_is_right,
            service_is_right=self.service_is_right,
        )
