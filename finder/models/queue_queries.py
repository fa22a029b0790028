"""What is known of listings that may wait for an editor, read for many at once."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from finder.enums import CareCategory, LocationType, ReportKind, ReviewStatus, Voice
from finder.geography.position import chord
from finder.models.directory import ListingQuerySet, ServiceAtLocation
from finder.models.reports import CallOutcome, ListingReport
from finder.models.upkeep import ChangeRequest, Merge
from finder.models.verification import Verification
from finder.upkeep.priority import ENOUGH_OTHERS, MILES_AROUND, Options

OTHERS_AROUND = """
    SELECT here.listing_id, category, (
        SELECT count(*) FROM (
            SELECT FROM finder_listingindex other
            WHERE other.position <@ cube_enlarge(here.position, %(chord)s, 3)
              AND other.position <-> here.position <= %(chord)s
              AND other.categories && ARRAY[category]
              AND other.listing_id <> here.listing_id
              AND NOT other.is_closed
            ORDER BY other.position <-> here.position LIMIT %(enough)s) AS near)
    FROM finder_listingindex here, unnest(here.categories) category
    WHERE here.listing_id = ANY(%(ids)s) AND here.position IS NOT NULL"""
"""A confidential place stands in the index at the middle of its county, and is counted from and at it."""


class WaitingQuerySet(ListingQuerySet):
    """Of listings, as `WaitingQuerySet(ServiceAtLocation)`."""

    def worked_on(self) -> Self:
        """Published; made-up ones only as long as there is nothing else, so that the queue can be tried."""
        real = ServiceAtLocation.objects.published().real()
        return self.published().filter(Q(is_demo=False) | ~Exists(real))  # type: ignore[return-value]

    def with_reasons(self, today: date) -> Self:
        """Numbers and truths by the names of `finder.upkeep.priority.Conflicts`, and `is_due`."""
        reports = ListingReport.objects.waiting()
        merges = Merge.objects.filter(status=ReviewStatus.PROPOSED)
        return self.annotate(
            unsafe=how_many(reports.filter(kind=ReportKind.UNSAFE)),
            problems=how_many(reports.filter(kind=ReportKind.PROBLEM)),
            doubters=how_many(CallOutcome.objects.unresolved().doubting(), WHO_TOLD),
            changes=how_many(ChangeRequest.objects.filter(status=ReviewStatus.PROPOSED)),
            duplicates=how_many(merges) + how_many(merges, of="duplicate"),
            is_disputed=Coalesce(F("index__is_disputed"), False),
            is_missing=Q(index__missing_since__isnull=False) & ~Exists(checked_since_it_went_missing()),
            is_unplaced=Q(location__latitude__isnull=True, location__location_type=LocationType.PHYSICAL),
            is_due=Q(verification_due_date__isnull=False, verification_due_date__lte=today),
        )


WHO_TOLD = Concat(Cast("reported_by", TextField()), Value("/"), "reporter_key")
"""One of us, or one reader of one day."""


def how_many(rows: "QuerySet[Any]", counted: Any = "pk", *, of: str = "listing") -> Coalesce:
    grouped = rows.filter(**{of: OuterRef("pk")}).order_by().values(of)
    return Coalesce(Subquery(grouped.annotate(total=Count(counted, distinct=True)).values("total")), 0)


def checked_since_it_went_missing() -> "QuerySet[Verification]":
    """Someone found it there all the same."""
    missing_since = OuterRef("index__missing_since")
    return Verification.objects.filter(listing=OuterRef("pk"), verified_at__date__gte=missing_since)


def options_of(ids: Collection[UUID]) -> Mapping[UUID, Options]:
    """Of each listing that has a place, by its rarest category around there, detox before the rest."""
    asked: dict[str, Any] = {"ids": list(ids), "chord": chord(MILES_AROUND), "enough": ENOUGH_OTHERS}
    found: dict[UUID, Options] = {}
    with connection.cursor() as cursor:
        cursor.execute(OTHERS_AROUND, asked)
        for listing, category, others in sorted(cursor.fetchall(), key=detox_last):
            if listing not in found or others <= found[listing].others:
                found[listing] = Options(category, others)
    return found


def detox_last(row: tuple[UUID, str, int]) -> int:
    return -CareCategory.values.index(row[1])


def calls_told(ids: Collection[UUID], since: datetime) -> Mapping[UUID, int]:
    """By readers and case workers; our own calls say nothing of demand."""
    told = CallOutcome.objects.since(since).filter(
        listing__in=ids, voice__in=[Voice.PUBLIC, Voice.CASE_WORKER]
    )
    return dict(told.order_by().values_list("listing").annotate(Count("pk")))
