"""The rows behind imported listings, in bulk."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from finder.actions.composing import (
    Difference,
    Settlement,
    Values,
    composed,
    current_values,
    rank,
    settled,
    write,
)
from finder.actions.due_dates import first_due_date
from finder.actions.indexing import batches
from finder.actions.owned import (
    SCHEDULES_WITH_JOINING,
    create_phones,
    create_schedules,
    replace_owned,
    without_joining,
)
from finder.actions.recalling import Recall, Recalled, nothing_recalled
from finder.enums import ChangeOrigin, EditorialStatus, ReviewStatus
from finder.models import (
    ChangeRequest,
    Location,
    Merge,
    Organization,
    Service,
    ServiceAtLocation,
    SourceRecord,
)

BATCH = 1000
UPDATE_BATCH = 250

SERVICE_FIELDS = ["name", "description", "url", "status", "categories"]
LOCATION_FIELDS = [
    "location_type",
    "address_1",
    "address_2",
    "city",
    "region",
    "state_province",
    "postal_code",
    "country",
    "latitude",
    "longitude",
    "position_is_approximate",
    "timezone",
    "transportation",
]


def create_listings(records: Mapping[str, Sequence[SourceRecord]], *, now: datetime) -> list[UUID]:
    """One published listing for each natural key, and the unsaved records pointed to it."""
    listings: list[ServiceAtLocation] = []
    for members in records.values():
        listing = new_listing(members, now=now)
        listings.append(listing)
        for record in members:
            record.listing = listing
    Organization.objects.bulk_create((listing.service.organization for listing in listings), batch_size=BATCH)
    Service.objects.bulk_create((listing.service for listing in listings), batch_size=BATCH)
    Location.objects.bulk_create((listing.location for listing in listings), batch_size=BATCH)
    ServiceAtLocation.objects.bulk_create(listings, batch_size=BATCH)
    create_phones({listing.pk: listing.imported["phones"] for listing in listings})
    create_schedules({listing.pk: listing.imported.get("schedules", ()) for listing in listings})
    return [listing.pk for listing in listings]


def new_listing(records: Sequence[SourceRecord], *, now: datetime) -> ServiceAtLocation:
    """Due for its first check on a day of its own: a directory is not due all at once."""
    values = composed(records)
    listing = ServiceAtLocation(
        service=Service(organization=Organization()),
        location=Location(),
        editorial_status=EditorialStatus.PUBLISHED,
        imported=values,
    )
    write(listing, values)
    listing.verification_due_date = first_due_date(listing, now=now)
    return listing


def update_listings(listing_ids: Iterable[UUID], *, now: datetime, recall: Recall = nothing_recalled) -> int:
    """Bring listings up to what their sources say; returns how many fields a person's edit kept."""
    ids = list(listing_ids)
    return sum(update_batch(part, recall(part), now=now) for part in batches(ids, BATCH))


def update_batch(ids: Sequence[UUID], recalled: Recalled, *, now: datetime) -> int:
    """Listings are locked first: what a person is saving this moment is then seen, not overwritten."""
    records: dict[UUID, list[SourceRecord]] = defaultdict(list)
    for record in SourceRecord.objects.filter(listing__in=ids).defer("rows").order_by("pk"):
        records[record.listing_id].append(record)
    listings = ServiceAtLocation.objects.with_parts().select_for_update()
    owned = ("phones", SCHEDULES_WITH_JOINING)
    changed: dict[str, list[ServiceAtLocation]] = defaultdict(list)
    values: dict[UUID, Values] = {}
    differences: list[tuple[ServiceAtLocation, str, Difference]] = []
    standing: set[tuple[UUID, str]] = set()
    for listing in listings.prefetch_related(*owned).filter(pk__in=ids).order_by("pk"):
        settlement = settlement_of(listing, records[listing.pk], recalled)
        write(listing, settlement.changes)
        values[listing.pk] = settlement.changes
        for owner in {field.partition(".")[0] for field in settlement.changes}:
            changed["location" if owner == "position" else owner].append(listing)
        if listing.imported != settlement.base:
            listing.imported = settlement.base
            changed["listing"].append(listing)
        lead = min(records[listing.pk], key=rank)
        differences += [(listing, lead.source_id, difference) for difference in settlement.differences]
        standing |= {(listing.pk, field) for field in settlement.asked_before}
    save(changed)
    replace_owned(values)
    withdraw_questions(ids, standing=standing)
    propose_changes(differences, now=now)
    return len(differences)


def settlement_of(
    listing: ServiceAtLocation, records: Iterable[SourceRecord], recalled: Recalled
) -> Settlement:
    current = current_values(listing, listing.phones.all(), listing.schedules.all())
    settlement = settled(current, recalled.base_of(listing), composed(records))
    news = [found for found in settlement.differences if recalled.is_news(listing.pk, found)]
    return settlement._replace(differences=news)


def save(changed: Mapping[str, Sequence[ServiceAtLocation]]) -> None:
    organizations = [listing.service.organization for listing in changed.get("organization", ())]
    services = [listing.service for listing in changed.get("service", ())]
    by_pk = {listing.location_id: listing.location for listing in changed.get("location", ())}
    Organization.objects.bulk_update(organizations, ["name"], batch_size=UPDATE_BATCH)
    Service.objects.bulk_update(services, SERVICE_FIELDS, batch_size=UPDATE_BATCH)
    Location.objects.bulk_update(by_pk.values(), LOCATION_FIELDS, batch_size=UPDATE_BATCH)
    ServiceAtLocation.objects.bulk_update(changed.get("listing", ()), ["imported"], batch_size=UPDATE_BATCH)


def withdraw_questions(ids: Sequence[UUID], *, standing: Collection[tuple[UUID, str]]) -> None:
    """A newer edition's value replaces the older one's, and agreement ends the question."""
    waiting = ChangeRequest.objects.filter(
        listing__in=ids, status=ReviewStatus.PROPOSED, origin=ChangeOrigin.IMPORT
    )
    gone = [
        pk
        for pk, listing, field in waiting.values_list("pk", "listing_id", "field")
        if (listing, field) not in standing
    ]
    ChangeRequest.objects.filter(pk__in=gone).delete()


def propose_changes(
    differences: Sequence[tuple[ServiceAtLocation, str, Difference]], *, now: datetime
) -> None:
    """At most one open question for each field of a listing."""
    ChangeRequest.objects.bulk_create(
        ChangeRequest(
            listing=listing,
            source_id=source,
            field=difference.field,
            current_value=without_joining(difference.field, difference.current),
            proposed_value=without_joining(difference.field, difference.proposed),
            proposed_at=now,
        )
        for listing, source, difference in differences
    )


def propose_merges(pairs: Iterable[tuple[UUID, UUID]], *, now: datetime) -> None:
    Merge.objects.bulk_create(
        (
            Merge(
                listing_id=listing,
                duplicate_id=duplicate,
                reason="The same street and ZIP; another name or phone in a newer edition.",
                proposed_at=now,
            )
            for listing, duplicate in pairs
        ),
        ignore_conflicts=True,
    )
