from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StaffArea(models.Model):
    """Where a member of staff may edit; whoever has none may edit everywhere."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="area", help_text=_("Whose area.")
    )
    states = ArrayField(
        models.CharField(max_length=2), default=list, blank=True, help_text=_("Whole states: NC, VA.")
    )
    counties = ArrayField(
        models.CharField(max_length=110),
        default=list,
        blank=True,
        help_text=_("Single counties, with their state: Buncombe County, NC."),
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return "; ".join([*self.states, *self.counties])

    def condition(self, location: str) -> Q:
        """On rows that reach a location by this path. What has no state is in nobody's area."""
        found = Q(**{f"{location}__state_province__in": self.states})
        for county in self.counties:
            name, _comma, state = county.rpartition(", ")
            found |= Q(**{f"{location}__region": name, f"{location}__state_province": state})
        return found
