"""One file of facilities becomes listings: all of it or nothing, and what did not change is not written."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from itertools import chain
from types import MappingProxyType
from uuid import UUID

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from finder.actions.composing import stated_fields
from finder.actions.demonstration import remove_demonstration
from finder.actions.indexing import batches, index_listings, refresh_words
from finder.actions.matching import Known, Matches, known_records, match
from finder.actions.planning import Origin, Plan, Stated, counts, newest_editions, planned
from finder.actions.writing import create_listings, propose_merges, update_listings
from finder.enums import StatementMethod
from finder.facilities.facility import FacilityFile
from finder.models import (
    ImportRun,
    Location,
    Organization,
    Phone,
    Service,
    ServiceAtLocation,
    SourceRecord,
    Statement,
)

IMPORT_LOCK = 7_302_024
"""One import at a time; the lock ends with its transaction."""

BATCH = 500
REJECTS_KEPT = 1000


@transaction.atomic
def import_facilities(
    *,
    file: FacilityFile,
    origin: Origin,
    by: User | None,
    now: datetime,
    dry_run: bool = False,
) -> ImportRun:
    """Write the file and the one `ImportRun` that tells of it; a dry run writes and takes all back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
    demo_removed = remove_demonstration(now=now) if file.facilities else 0
    known = known_records()
    matches = match(file.facilities, known)
    plan = planned(file, origin, known, matches)
    differences = carry_out(plan, origin, matches, known, now=now)
    if plan.writes or demo_removed:
        refresh_words()
    run = ImportRun.objects.create(
        format=origin.format,
        file_name=origin.file_name,
        file_hash=origin.file_hash,
        edition=origin.edition,
        by=by,
        started_at=now,
        finished_at=max(now, timezone.now()),
        demo_removed=demo_removed,
        differences=differences,
        rejects=[asdict(reject) | {"row": dict(reject.row)} for reject in file.rejects[:REJECTS_KEPT]],
        warnings=list(file.warnings),
        **counts(file, plan),
    )
    if dry_run:
        transaction.set_rollback(True)
    return run


def carry_out(plan: Plan, origin: Origin, matches: Matches, known: Sequence[Known], *, now: datetime) -> int:
    """Returns how many fields were left as a person wrote them."""
    if not plan.writes:
        return 0
    newest = newest_editions(known)
    created: dict[str, UUID] = {}
    for keys in batches(list(plan.creating), BATCH):
        created |= create({key: plan.creating[key] for key in keys}, origin, newest, now=now)
    add_and_change(plan, origin, newest, now=now)
    analyze()
    missing = {record.listing for record in plan.missing}
    differences = update_listings(sorted(plan.touched | missing), now=now)
    propose_merges(
        [(listing, created[facility.key]) for facility, listing in matches.near if facility.key in created],
        now=now,
    )
    index_listings([*created.values(), *plan.touched, *missing])
    return differences


def create(
    creating: Mapping[str, Sequence[Stated]], origin: Origin, newest: Mapping[str, date], *, now: datetime
) -> dict[str, UUID]:
    """In batches, so that a national directory never stands in memory as rows of seven tables."""
    records = {
        key: [source_record(stated, origin, newest=newest) for stated in members]
        for key, members in creating.items()
    }
    create_listings(records)
    SourceRecord.objects.bulk_create(chain.from_iterable(records.values()))
    created = {key: members[0].listing_id for key, members in records.items()}
    write_statements(
        [(stated, created[key]) for key, members in creating.items() for stated in members], origin, now=now
    )
    return created


def add_and_change(plan: Plan, origin: Origin, newest: Mapping[str, date], *, now: datetime) -> None:
    for added in batches(plan.adding, BATCH):
        SourceRecord.objects.bulk_create(
            source_record(stated, origin, newest=newest, listing=listing) for stated, listing in added
        )
        write_statements(added, origin, now=now)
    for changed in batches(plan.changing, BATCH):
        SourceRecord.objects.bulk_update(
            [
                source_record(stated, origin, newest=newest, listing=was.listing, pk=was.pk)
                for stated, was in changed
            ],
            ["pairing_key", "edition", "content_hash", "fields", "unknown", "rows", "missing_since"],
        )
        write_statements([(stated, was.listing) for stated, was in changed], origin, now=now)
    write_statements([(stated, was.listing) for stated, was in plan.restating], origin, now=now)
    SourceRecord.objects.filter(pk__in=[was.pk for was in plan.missing]).update(missing_since=origin.edition)


def analyze() -> None:
    """Tables that were empty a moment ago would be read by plans made for empty tables."""
    with connection.cursor() as cursor:
        for model in (ServiceAtLocation, Service, Organization, Location, Phone, SourceRecord, Statement):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def source_record(
    stated: Stated,
    origin: Origin,
    *,
    listing: UUID | None = None,
    newest: Mapping[str, date] = MappingProxyType({}),
    pk: int | None = None,
) -> SourceRecord:
    """A row that a newer edition of its directory does not hold is missing from the start."""
    edition = newest.get(stated.facility.directory, origin.edition)
    facility = stated.facility
    return SourceRecord(
        pk=pk,
        source_id=facility.directory.value,
        key=facility.key,
        pairing_key=facility.pairing_key or "",
        listing_id=listing,  # type: ignore[misc]
        edition=origin.edition,
        content_hash=stated.content_hash,
        fields=stated_fields(facility),
        unknown=[text[:250] for text in facility.unknown],
        rows=[dict(row) for row in facility.rows],
        missing_since=edition if edition > origin.edition else None,
    )


def write_statements(stated_of: Sequence[tuple[Stated, UUID]], origin: Origin, *, now: datetime) -> None:
    Statement.objects.bulk_create(
        (
            Statement(
                listing_id=listing,
                source_id=stated.facility.directory.value,
                method=StatementMethod.IMPORT,
                stated_on=origin.edition,
                recorded_at=now,
                affirmed=stated.affirmed,
                denied=stated.denied,
            )
            for stated, listing in stated_of
        ),
        batch_size=BATCH,
    )
