"""Groups as an import leaves them: a listing, its meetings, and the source's rows behind them."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from finder.enums import CareCategory
from finder.models import HowToJoin, Schedule, ServiceAtLocation, Source
from tests.factories import ListingFactory, ScheduleFactory, SourceRecordFactory, TaxonomyTermFactory

ROW: Mapping[str, object] = {"slug": "tuesday-night", "region": "West", "updated": "2026-10-02 11:30:00"}


def fellowship_source(slug: str = "example-intergroup", **fields: Any) -> Source:
    said = {
        "name": "Example Intergroup",
        "format": "meeting_guide",
        "fellowship": "aa",
        "url": "https://intergroup.example.org/",
    }
    return Source.objects.get_or_create(slug=slug, defaults=said | fields)[0]


def make_group(
    *,
    source: Source | None = None,
    row: Mapping[str, object] = ROW,
    terms: tuple[str, ...] = ("open_meeting",),
    join: Mapping[str, str] | None = None,
    meeting: Mapping[str, Any] | None = None,
    **listing: Any,
) -> ServiceAtLocation:
    """One meeting on Tuesdays at seven, unless `meeting` says otherwise. `listing` goes to the factory."""
    said = {"location__timezone": "America/New_York", "service__name": "Tuesday Night Group", **listing}
    made = ListingFactory(service__categories=[CareCategory.SUPPORT_GROUP], **said)
    if row:
        SourceRecordFactory(listing=made, source=source or fellowship_source(), rows=[dict(row)])
    add_meeting(made, terms=terms, join=join, **{"source_slug": row.get("slug", ""), **(meeting or {})})
    return made


def add_meeting(
    listing: ServiceAtLocation,
    *,
    terms: tuple[str, ...] = (),
    join: Mapping[str, str] | None = None,
    **fields: Any,
) -> Schedule:
    said = {"opens_at": time(19), "closes_at": time(20), "attending_type": "in_person", "timezone": ""}
    ids = [TaxonomyTermFactory(slug=slug).pk for slug in terms]
    meeting = ScheduleFactory(listing=listing, meeting=True, **{**said, "terms": ids, **fields})
    if join:
        HowToJoin.objects.create(schedule=meeting, **join)
    return meeting
