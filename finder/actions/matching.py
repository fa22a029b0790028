"""Which facility of a file is which listing: by natural key, then by street, ZIP and phone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from finder.facilities.facility import Facility
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


@dataclass(slots=True)
class Matches:
    known: dict[tuple[str, str], Known]
    listings: dict[tuple[str, str], UUID] = field(default_factory=dict)
    """(directory, key) of each facility that is a listing already."""
    near: list[tuple[Facility, UUID]] = field(default_factory=list)
    """A new facility and a listing on the same street that its edition no longer names: for people."""

    def record(self, facility: Facility) -> Known | None:
        return self.known.get((facility.directory, facility.key))

    def listing(self, facility: Facility) -> UUID | None:
        return self.listings.get((facility.directory, facility.key))


def known_records() -> list[Known]:
    columns = (
        "pk",
        "source_id",
        "key",
        "pairing_key",
        "listing_id",
        "edition",
        "content_hash",
        "missing_since",
    )
    return [Known(*row) for row in SourceRecord.objects.order_by("pk").values_list(*columns)]


def match(facilities: Sequence[Facility], known: Sequence[Known]) -> Matches:
    matches = Matches({(record.source, record.key): record for record in known})
    by_key: dict[str, UUID] = {}
    for record in known:
        by_key.setdefault(record.key, record.listing)
    for facility in facilities:
        record_of_it = matches.record(facility)
        listing = record_of_it.listing if record_of_it else by_key.get(facility.key)
        if listing:
            matches.listings[facility.directory, facility.key] = listing
    for directory in sorted({facility.directory for facility in facilities}):
        members = [facility for facility in facilities if facility.directory == directory]
        pair_renamed(members, [record for record in known if record.source == directory], matches)
    share_by_key(facilities, matches)
    return matches


def share_by_key(facilities: Sequence[Facility], matches: Matches) -> None:
    """A place paired under a new name in one directory has that name in the other too."""
    found = {key: listing for (_, key), listing in matches.listings.items()}
    for facility in facilities:
        if facility.key in found:
            matches.listings.setdefault((facility.directory, facility.key), found[facility.key])


def pair_renamed(facilities: Sequence[Facility], known: Sequence[Known], matches: Matches) -> None:
    """Only half of the keys survive two editions: the same street, ZIP and phone is the same place."""
    present = {matches.listing(facility) for facility in facilities}
    left = [record for record in known if record.listing not in present]
    unmatched = [facility for facility in facilities if matches.listing(facility) is None]
    listings = unique_pairs(left)
    counts = Counter(facility.pairing_key for facility in unmatched)
    paired: set[UUID] = set()
    for facility in unmatched:
        listing = listings.get(facility.pairing_key or "")
        if listing and counts[facility.pairing_key] == 1:
            matches.listings[facility.directory, facility.key] = listing
            paired.add(listing)
    leave_to_people(unmatched, [record for record in left if record.listing not in paired], matches)


def unique_pairs(left: Iterable[Known]) -> dict[str, UUID]:
    listings: dict[str, set[UUID]] = defaultdict(set)
    for record in left:
        if record.pairing_key:
            listings[record.pairing_key].add(record.listing)
    return {key: found.pop() for key, found in listings.items() if len(found) == 1}


def leave_to_people(unmatched: Iterable[Facility], left: Iterable[Known], matches: Matches) -> None:
    """The same street and ZIP, but not surely the same place."""
    by_address: dict[str, set[UUID]] = defaultdict(set)
    for record in left:
        by_address[address(record.key)].add(record.listing)
    for facility in unmatched:
        if matches.listing(facility) is None:
            for listing in sorted(by_address.get(address(facility.key), ())):
                matches.near.append((facility, listing))


def address(key: str) -> str:
    return "|".join(key.rsplit("|", 2)[1:])
