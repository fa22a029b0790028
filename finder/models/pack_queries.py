"""What a county pack asks of the index: which counties there are, how large one is, what is printed."""

from typing import Self
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q

from finder.enums import CareCategory, ScheduleKind
from finder.models.nearest_queries import NearestQuerySet
from finder.models.schedules import Schedule

REAL, EXAMPLES = Q(listing__is_demo=False), Q(listing__is_demo=True)
CountyRow = tuple[str, str, int, int]
"""State, county, and how many real and how many made-up listings it has."""


class PackQuerySet(NearestQuerySet):
    """Of `ListingIndex`, as `PackQuerySet(ListingIndex)`."""

    def real(self) -> Self:
        return self.filter(REAL)

    def demonstration(self) -> Self:
        return self.filter(EXAMPLES)

    def of_public_addresses(self) -> Self:
        return self.filter(listing__location__address_is_public=True)

    def states(self) -> list[str]:
        """Those with a county that has listings."""
        return sorted(
            set(self.exclude(county="").order_by().values_list("state_province", flat=True).distinct())
        )

    def counted_by_county(self) -> list[CountyRow]:
        counted = self.of_published().exclude(county="").values_list("state_province", "county").order_by()
        counts = {"real": Count("pk", filter=REAL), "examples": Count("pk", filter=EXAMPLES)}
        return sorted(counted.annotate(**counts))

    def detox_nearest_to(self, position: tuple[float, float, float]) -> Self:
        detox = self.of_published().in_categories([CareCategory.WITHDRAWAL_MANAGEMENT.value])
        return detox.of_active().of_public_addresses().nearest_to(position)

    def meetings_of(self, owner: str) -> list[tuple[UUID, str]]:
        """The listing and the days of every meeting that belongs to it, its service or its location."""
        path = {"listing": "listing", "service": "listing__service", "location": "listing__location"}[owner]
        meetings = self.filter(**{f"{path}__schedules__kind": ScheduleKind.MEETING}).order_by()
        return list(meetings.values_list("pk", F(f"{path}__schedules__byday")))

    def with_all_that_is_printed(self) -> Self:
        schedules = Schedule.objects.order_by("kind", "pk")
        return self.with_listings().prefetch_related(
            "listing__service__phones",
            "listing__location__phones",
            Prefetch("listing__schedules", schedules),
            Prefetch("listing__service__schedules", schedules),
            Prefetch("listing__location__schedules", schedules),
        )
