"""From the truth to the index: one row per published listing."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from finder.actions.locking import lock_listings
from finder.actions.times import TIMES, differ_in_times, times_of
from finder.actions.truths import Truth, truths
from finder.enums import LocationType, ServiceStatus, VerifiedPart
from finder.geography.gazetteer import county_centroid
from finder.geography.position import Position, unit_vector
from finder.models import ListingIndex, Location, ServiceAtLocation
from finder.models.answers import answers, last_checked
from finder.search.facet_bits import FacetBits
from finder.text import folded
from finder.upkeep.disputes import disputed_parts
from finder.upkeep.freshness import doubts, freshness, parts_of
from finder.upkeep.kept_freshness import kept, without_expired
from finder.upkeep.rooms import has_room_until, holding

BATCH = 500

Item = TypeVar("Item")

DERIVED = [
    field.name
    for field in ListingIndex._meta.concrete_fields
    if not field.primary_key and not field.generated
]
TIMELESS = [name for name in DERIVED if name not in TIMES]


@transaction.atomic
def index_listings(listing_ids: Iterable[UUID]) -> None:
    """Make the index rows of these listings true again; the unpublished lose theirs."""
    for ids in batches(sorted(set(listing_ids))):
        lock_listings(ids)
        rows = index_rows(ids)
        hidden = set(ids) - {row.listing_id for row in rows}
        ListingIndex.objects.filter(pk__in=hidden).delete()
        ListingIndex.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["listing"], update_fields=DERIVED
        )


@transaction.atomic
def rebuild_index() -> int:
    """All rows anew; returns how many. Neighbors side by side: a search reads fewer pages of the table."""
    ListingIndex.objects.all().delete()
    published = (
        ServiceAtLocation.objects.published()
        .order_by("location__postal_code", "pk")
        .values_list("pk", flat=True)
    )
    for ids in batches(list(published)):
        ListingIndex.objects.bulk_create(index_rows(ids))
    refresh_words()
    return ListingIndex.objects.count()


def untrue_rows() -> list[UUID]:
    """Listings whose index row is absent, left over or differs from the truth."""
    found: list[UUID] = []
    now = timezone.now()
    published = set(ServiceAtLocation.objects.published().values_list("pk", flat=True))
    indexed = set(ListingIndex.objects.values_list("pk", flat=True))
    for ids in batches(sorted(published)):
        kept = ListingIndex.objects.in_bulk(ids)
        for row in index_rows(ids, now=now):
            twin = kept.get(row.listing_id)
            if twin is None or differ(twin, row, now=now):
                found.append(row.listing_id)
    return found + sorted(indexed - published)


def differ(twin: ListingIndex, row: ListingIndex, *, now: datetime) -> bool:
    """Room that expired since the twin was written makes it no less true: whoever reads it asks the clock."""
    twin.freshness = without_expired(twin.freshness, now)
    if twin.available_until and twin.available_until <= now:
        twin.available_until = None
    return any(getattr(twin, name) != getattr(row, name) for name in TIMELESS) or differ_in_times(
        twin, row, now=now
    )


def index_rows(listing_ids: Sequence[UUID], *, now: datetime | None = None) -> list[ListingIndex]:
    bits, now = FacetBits.now(), now or timezone.now()
    return [index_row(truth, bits, now=now) for truth in truths(listing_ids)]


def index_row(truth: Truth, bits: FacetBits, *, now: datetime) -> ListingIndex:
    listing, service, location = truth.listing, truth.listing.service, truth.listing.location
    known = answers(truth.statements)
    yes = sorted(term for term, answer in known.items() if answer.is_yes)
    checked = last_checked(truth.statements, truth.verified)
    times = times_of(listing, truth.schedules, now=now)
    return ListingIndex(
        listing=listing,
        categories=sorted(service.categories),
        name=folded(service.name),
        state_province=location.state_province,
        county=location.region,
        position=public_position(location),
        is_online=location.location_type == LocationType.VIRTUAL,
        yes=yes,
        no=sorted(term for term, answer in known.items() if not answer.is_yes),
        facets=bits.packed(yes, service.categories),
        checked_on=checked.on,
        checked_method=checked.method,
        checked_source=checked.source,
        **times._asdict(),
        missing_since=truth.missing_since,
        is_closed=service.status != ServiceStatus.ACTIVE,
        **freshness_columns(truth, now=now),
        words=" ".join(
            dict.fromkeys(
                part for part in (service.name, service.organization.name, service.description) if part
            )
        ),
    )


def freshness_columns(truth: Truth, *, now: datetime) -> dict[str, Any]:
    """How old each part is, what is in doubt, and until when it is known to have room."""
    disputed = disputed_parts(truth.findings, now=now)
    parts = freshness(truth.checks, truth.newest_edition, parts_of(has_schedules=bool(truth.schedules)))
    in_doubt = doubts(truth.findings, disputed, now=now)
    is_full = VerifiedPart.AVAILABILITY in disputed
    return {
        "freshness": kept(parts, in_doubt, holding(truth.rooms, now)),
        "disputed": [part.value for part in disputed],
        "is_disputed": bool(disputed),
        "available_until": None if is_full else has_room_until(truth.rooms, now),
    }


def public_position(location: Location) -> Position | None:
    """A confidential address is known to the index only as the middle of its county."""
    if not location.address_is_public:
        middle = county_centroid(location.state_province, location.region)
        return unit_vector(*middle) if middle else None
    if location.latitude is None or location.longitude is None:
        return None
    return unit_vector(location.latitude, location.longitude)


def refresh_words() -> None:
    """The directory's own words, by which misspelt searches are mended."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM finder_directoryword")
        cursor.execute("""
            INSERT INTO finder_directoryword (word, listings)
            SELECT word, ndoc
            FROM ts_stat('SELECT to_tsvector(''simple'', unaccent(words)) FROM finder_listingindex')
            WHERE word ~ '^[a-z]{4,60}$'""")


def batches(items: Sequence[Item], size: int = BATCH) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
