"""A search that a case worker keeps: the question and the last look, never what it found."""

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from finder.enums import AlertRhythm

LONGEST_NAME = 120
LONGEST_QUERY = 2000
MONDAY = 0
"""As Python counts it."""


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def kept_by(self, owner: AbstractBaseUser) -> Self:
        return self.filter(owner=owner.pk)

    def writing_on(self, day: date) -> Self:
        """To people who still work here and gave an address; a week's letter goes out on Mondays."""
        rhythms = [AlertRhythm.DAILY, *([AlertRhythm.WEEKLY] if day.weekday() == MONDAY else [])]
        reachable = self.filter(owner__is_active=True, owner__is_staff=True).exclude(owner__email="")
        return reachable.filter(rhythm__in=rhythms)

    def not_written_since(self, moment: datetime) -> Self:
        return self.filter(Q(last_alert_at__isnull=True) | Q(last_alert_at__lt=moment))


class SavedSearch(models.Model):
    """Its name is made from the question. There is no field for whom it is for."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="saved_searches",
        help_text=_("Who keeps it; nobody else sees it."),
    )
    name = models.CharField(
        max_length=LONGEST_NAME, help_text=_("What is searched for, never for whom: Asheville, Medicaid.")
    )
    query = models.CharField(
        max_length=LONGEST_QUERY,
        blank=True,
        help_text=_("The question as it stands in the search's address."),
    )
    language = models.CharField(
        max_length=2,
        choices=settings.LANGUAGES,
        default="en",
        help_text=_("In which its letters are written."),
    )
    created_at = models.DateTimeField(help_text=_("When it was saved."))
    looked_at = models.DateTimeField(help_text=_("Up to when its owner has seen what it finds."))
    rhythm = models.CharField(
        max_length=10,
        choices=AlertRhythm.choices,
        default=AlertRhythm.NONE,
        help_text=_("How often news is mailed."),
    )
    last_alert_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When news was last mailed; empty for never.")
    )

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "saved searches"
        permissions = [("keep_searches", "Can keep searches and be written to about them")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_search_name_once_per_owner"),
            models.CheckConstraint(name="saved_search_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="saved_search_rhythm_is_known", condition=Q(rhythm__in=AlertRhythm.values)
            ),
            models.CheckConstraint(
                name="saved_search_looked_at_after_saving", condition=Q(looked_at__gte=F("created_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def told_until(self) -> datetime:
        """What happened later is news for a letter."""
        return max(self.looked_at, self.last_alert_at or self.looked_at)
