from collections.abc import Collection
from datetime import date
from typing import NamedTuple, Self

from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from finder.enums import CareCategory


class MonthlyCount(NamedTuple):
    """The finest cell that anyone is shown."""

    month: date
    state_province: str
    county: str
    category: str
    need: str
    times: int


class UnmetNeedQuerySet(models.QuerySet["UnmetNeed"]):
    def since(self, day: date) -> Self:
        return self.filter(date__gte=day)

    def before(self, day: date) -> Self:
        return self.filter(date__lt=day)

    def in_state(self, code: str) -> Self:
        return self.filter(state_province=code)

    def around(self, counties: Collection[tuple[str, str]]) -> Self:
        """Of these counties by state and name, and of some that share a name or a state with them."""
        states, names = {state for state, _ in counties}, {name for _, name in counties if name}
        return self.filter(state_province__in=states, county__in=names)

    def oldest_day(self) -> date | None:
        return self.values_list("date", flat=True).order_by("pk").first()

    def states(self) -> list[str]:
        codes = self.exclude(state_province="").values_list("state_province", flat=True)
        return sorted(codes.order_by().distinct())

    def by_month(self) -> list[MonthlyCount]:
        cells = self.annotate(month=TruncMonth("date")).order_by()
        grouped = cells.values_list("month", "state_province", "county", "category", "need")
        return [MonthlyCount(*row) for row in grouped.annotate(times=Sum("count"))]


class UnmetNeed(models.Model):
    """How often one day's searches and plans found nothing, in one county, for one need.

    There is nothing else to a row, and no number to it: a serial one would tell the order within the day.
    """

    pk = models.CompositePrimaryKey("date", "state_province", "county", "category", "need")
    date = models.DateField(help_text=_("The day; never a time of day."))
    state_province = models.CharField(
        max_length=2, blank=True, help_text=_("Two letters; empty for online and for everywhere.")
    )
    county = models.CharField(max_length=80, blank=True, help_text=_("Empty where a whole state was asked."))
    category = models.CharField(
        max_length=30, blank=True, choices=CareCategory.choices, help_text=_("Empty for any kind of help.")
    )
    need = models.CharField(
        max_length=60, blank=True, help_text=_("A term's slug; empty where nothing more was asked.")
    )
    count = models.PositiveIntegerField(help_text=_("Times that a search or plan found nothing."))

    objects = UnmetNeedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="unmet_need_counted", condition=Q(count__gte=1)),
            models.CheckConstraint(
                name="unmet_need_place_is_a_county_or_wider",
                condition=Q(state_province__regex=r"^([A-Z]{2})?$", county__regex=r"^[^0-9]*$")
                & (Q(county="") | ~Q(state_province="")),
            ),
            models.CheckConstraint(
                name="unmet_need_category_is_known", condition=Q(category__in=["", *CareCategory.values])
            ),
            models.CheckConstraint(
                name="unmet_need_is_a_slug", condition=Q(need__regex=r"^([a-z][a-z0-9_-]*)?$")
            ),
        ]

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.county, self.state_province) if part)
        return " · ".join(part for part in (str(self.date), place, self.category, self.need) if part)
