"""Which facility of a file is which listing: by natural key, then by street, ZIP and phone."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from finder.actions.entries import Entry
from finder.models import SourceRecord


@dataclass(frozen=True, slots=True)
class Known:
    """What is needed of a record to match by, without its rows."""

    pk: int
    source: str
    key: str
    pairing_key: str
    listing: UUID
    edition: date
    content_hash: str
    missing_since: date | None
    slugs: Sequence[str] | None = None
    """Only of a feed's groups."""


@dataclass(slots=True)
class Matches:
    known: dict[tuple[str, str], Known]
    """The record that an entry continues, by source and key of the entry."""
    listings: dict[str, UUID] = field(default_factory=dict)
    """By natural key, whichever directory it stands in: a key is one listing."""
    near: list[tuple[Entry, UUID]] = field(default_factory=list)
    """A new facility and a listing on the same street that its edition no longer names: for people."""

    def record(self, entry: Entry) -> Known | None:
        return self.known.get((entry.source, entry.key))

    def listing(self, entry: Entry) -> UUID | None:
        return self.listings.get(entry.key)


COLUMNS = ("pk", "source_id", "key", "pairing_key", "listing_id", "edition", "content_hash", "missing_since")


def known_records(sources: Collection[str]) -> list[Known]:
    records = SourceRecord.objects.filter(source__in=sources).order_by("pk")
    return [Known(*row) for row in records.values_list(*COLUMNS)]


def match(facilities: Sequence[Entry], known: Sequence[Known]) -> Matches:
    matches = Matches({(record.source, record.key): record for record in known})
    by_key = {record.key: record.listing for record in known}
    for facility in facilities:
        if facility.key in by_key:
            matches.listings[facility.key] = by_key[facility.key]
    present = set(matches.listings.values())
    left = [record for record in known if record.listing not in present]
    unmatched = [facility for facility in facilities if facility.key not in matches.listings]
    matches.listings |= renamed(unmatched, left)
    leave_to_people(unmatched, left, matches)
    return matches


def renamed(unmatched: Iterable[Entry], left: Iterable[Known]) -> dict[str, UUID]:
    """Only half of the keys survive two editions: the same street, ZIP and phone is the same place.

    Only where a key has one such listing and the listing one such key: then the order in which two
    editions come does not matter.
    """
    listings_at: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    for record in left:
        if record.pairing_key:
            listings_at[record.source, record.pairing_key].add(record.listing)
    listings_for: dict[str, set[UUID]] = defaultdict(set)
    keys_for: dict[UUID, set[str]] = defaultdict(set)
    for facility in unmatched:
        for listing in listings_at.get((facility.source, facility.pairing_key), ()):
            listings_for[facility.key].add(listing)
            keys_for[listing].add(facility.key)
    only_listing = {key: min(found) for key, found in listings_for.items() if len(found) == 1}
    return {key: listing for key, listing in only_listing.items() if len(keys_for[listing]) == 1}


def leave_to_people(unmatched: Iterable[Entry], left: Iterable[Known], matches: Matches) -> None:
    """The same street and ZIP, but not surely the same place."""
    paired = set(matches.listings.values())
    at_address: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    for record in left:
        if record.listing not in paired:
            at_address[record.source, address(record.key)].add(record.listing)
    for facility in unmatched:
        if matches.listing(facility) is None:
            found = at_address.get((facility.source, address(facility.key)), ())
            matches.near += [(facility, listing) for listing in sorted(found)]


def address(key: str) -> str:
    return "|".join(key.rsplit("|", 2)[1:])
