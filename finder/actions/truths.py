"""What is known of listings, read for many at once from the tables that people and imports write."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from finder.enums import StatementMethod, VerifiedPart, Voice
from finder.models import (
    CallOutcome,
    Capacity,
    Schedule,
    ServiceAtLocation,
    SourceRecord,
    Statement,
    Verification,
)
from finder.upkeep.disputes import Finding
from finder.upkeep.freshness import Check, Edition
from finder.upkeep.rooms import Room


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known of one listing."""

    listing: ServiceAtLocation
    statements: Sequence[Statement]
    schedules: Sequence[Schedule]
    missing_since: date | None = None
    editions: Sequence[Edition] = ()
    """In which its sources' records stand."""
    findings: Sequence[Finding] = ()
    """What people found who called, and nobody has resolved."""
    verified: Sequence[Check] = ()
    """Oldest first."""
    rooms: Sequence[Room] = ()

    @property
    def checks(self) -> list[Check]:
        """By people and the program: of a day's, those that say in what role come last."""
        stated = [check_of(each) for each in self.statements if each.method != StatementMethod.IMPORT]
        return [*stated, *self.verified]

    @property
    def newest_edition(self) -> Edition | None:
        stated = [
            Edition(each.stated_on, each.source_id)
            for each in self.statements
            if each.method == StatementMethod.IMPORT
        ]
        return max([*self.editions, *stated], default=None)


def check_of(statement: Statement) -> Check:
    voice = Voice.PROVIDER.value if statement.method == StatementMethod.PROVIDER else ""
    return Check((VerifiedPart.SERVICES.value,), statement.stated_on, statement.method, voice)


def truths(listing_ids: Sequence[UUID]) -> Iterator[Truth]:
    """Of those that are published."""
    listings = ServiceAtLocation.objects.published().with_parts().with_schedules().filter(pk__in=listing_ids)
    statements: dict[UUID, list[Statement]] = defaultdict(list)
    for statement in Statement.objects.filter(listing__in=listing_ids).newest_first().iterator():
        statements[statement.listing_id].append(statement)
    records = records_of(listing_ids)
    findings, verified, rooms = (
        unresolved_findings(listing_ids),
        checks_of(listing_ids),
        rooms_of(listing_ids),
    )
    for listing in listings:
        own = records.get(listing.pk, ())
        yield Truth(
            listing,
            statements[listing.pk],
            listing.speaking_schedules,
            missing_since([missing for _edition, missing in own]),
            editions=[edition for edition, _missing in own],
            findings=findings.get(listing.pk, ()),
            verified=verified.get(listing.pk, ()),
            rooms=rooms.get(listing.pk, ()),
        )


def records_of(listing_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[tuple[Edition, date | None]]]:
    found: dict[UUID, list[tuple[Edition, date | None]]] = defaultdict(list)
    records = SourceRecord.objects.filter(listing__in=listing_ids).order_by("pk")
    columns = ("listing_id", "edition", "source_id", "missing_since")
    for listing, edition, source, missing in records.values_list(*columns):
        found[listing].append((Edition(edition, source), missing))
    return found


def missing_since(records: Sequence[date | None]) -> date | None:
    """Only when no source holds it any longer."""
    dates = [found for found in records if found is not None]
    return max(dates) if dates and len(dates) == len(records) else None


def unresolved_findings(listing_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Finding]]:
    found: dict[UUID, list[Finding]] = defaultdict(list)
    columns = ("listing_id", "outcome", "voice", "reporter_key", "reported_at")
    outcomes = CallOutcome.objects.unresolved().doubting().filter(listing__in=listing_ids)
    for listing, *finding in outcomes.order_by("pk").values_list(*columns):
        found[listing].append(Finding(*finding))
    return found


def checks_of(listing_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[Check]]:
    """Oldest first."""
    found: dict[UUID, list[Check]] = defaultdict(list)
    columns = ("listing_id", "parts", "verified_at", "method", "voice")
    rows = Verification.objects.filter(listing__in=listing_ids).order_by("verified_at", "pk")
    for listing, parts, at, method, voice in rows.values_list(*columns):
        found[listing].append(Check(parts, timezone.localdate(at), method, voice))
    return found


def rooms_of(listing_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Room]]:
    found: dict[UUID, list[Room]] = defaultdict(list)
    columns = ("listing_id", "unit", "code", "available", "updated", "expires_at", "voice")
    rows = Capacity.objects.filter(listing__in=listing_ids).order_by("unit", "pk")
    for listing, *room in rows.values_list(*columns):
        found[listing].append(Room(*room))
    return found
