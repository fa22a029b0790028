"""One file becomes listings: all of it or nothing, and what did not change is not written."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from itertools import chain
from types import MappingProxyType
from uuid import UUID

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from finder.actions.demonstration import remove_demonstration
from finder.actions.duplicates import propose_duplicates
from finder.actions.entries import Entry, Intake
from finder.actions.facility_entries import facility_entries
from finder.actions.feeds import Credit, credit_source
from finder.actions.group_matching import known_groups, match_groups
from finder.actions.indexing import batches, index_listings, refresh_words
from finder.actions.matching import Known, Matches, known_records, match
from finder.actions.meeting_entries import meeting_entries
from finder.actions.planning import Origin, Plan, counts, planned
from finder.actions.queueing import refresh_queue_items
from finder.actions.writing import create_listings, propose_merges, update_listings
from finder.enums import StatementMethod
from finder.facilities.facility import Directory, FacilityFile
from finder.meetings.meeting import Feed, MeetingFile
from finder.models import (
    HowToJoin,
    ImportRun,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    SourceRecord,
    Statement,
)

IMPORT_LOCK = 7_302_024
"""One import at a time; the lock ends with its transaction."""

BATCH = 500
REJECTS_KEPT = 1000

WRITTEN = (
    *(ServiceAtLocation, Service, Organization, Location),
    *(Phone, Schedule, HowToJoin, SourceRecord, Statement),
)


@transaction.atomic
def import_facilities(
    *, file: FacilityFile, origin: Origin, by: User | None, now: datetime, dry_run: bool = False
) -> ImportRun:
    """Write the file and the one `ImportRun` that tells of it; a dry run writes and takes all back."""
    wait_for_other_imports()
    intake = Intake(
        entries=list(facility_entries(file, origin.edition)),
        rejects=file.rejects,
        warnings=file.warnings,
        rows_read=file.rows_read,
        is_whole=origin.is_whole and file.is_complete and bool(file.facilities),
    )
    known = known_records(list(Directory))
    matches = match(intake.entries, known)
    return import_intake(intake, origin, known, matches, by=by, now=now, dry_run=dry_run)


@transaction.atomic
def import_meetings(
    *,
    file: MeetingFile,
    feed: Feed,
    origin: Origin,
    credit: Credit,
    by: User | None,
    now: datetime,
    dry_run: bool = False,
) -> ImportRun:
    """The same for a fellowship's feed, and its source is credited.

    A feed without one group is taken for a fault of its server: nothing goes missing by it.
    """
    wait_for_other_imports()
    credit_source(feed=feed, format=origin.format, credit=credit, entity=file.entity)
    intake = Intake(
        entries=list(meeting_entries(file, feed, origin.edition)),
        rejects=file.rejects,
        warnings=file.warnings,
        rows_read=file.rows_read,
        is_whole=origin.is_whole and file.is_complete and bool(file.groups),
        feed=feed.source,
    )
    known = known_groups(feed.source)
    matches = match_groups(intake.entries, known)
    return import_intake(intake, origin, known, matches, by=by, now=now, dry_run=dry_run)


def wait_for_other_imports() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


def import_intake(
    intake: Intake,
    origin: Origin,
    known: Sequence[Known],
    matches: Matches,
    *,
    by: User | None,
    now: datetime,
    dry_run: bool,
) -> ImportRun:
    demo_removed = remove_demonstration(now=now) if intake.entries else 0
    plan = planned(intake, origin, known, matches)
    differences = carry_out(plan, origin, matches, known, now=now)
    if plan.writes or demo_removed:
        refresh_words()
    run = ImportRun.objects.create(
        format=origin.format,
        source_id=intake.only_source,
        is_whole=intake.is_whole,
        file_name=origin.file_name,
        file_hash=origin.file_hash,
        edition=origin.edition,
        by=by,
        started_at=now,
        finished_at=max(now, timezone.now()),
        demo_removed=demo_removed,
        differences=differences,
        rejects=[asdict(reject) | {"row": dict(reject.row)} for reject in intake.rejects[:REJECTS_KEPT]],
        warnings=list(intake.warnings),
        **counts(intake, plan),
    )
    if dry_run:
        transaction.set_rollback(True)
    return run


def carry_out(plan: Plan, origin: Origin, matches: Matches, known: Sequence[Known], *, now: datetime) -> int:
    """Returns how many fields were left as a person wrote them."""
    if not plan.writes:
        return 0
    free_keys(plan, known)
    created: dict[str, UUID] = {}
    for keys in batches(list(plan.creating), BATCH):
        created |= create({key: plan.creating[key] for key in keys}, origin, plan.newest_whole, now=now)
    add_and_change(plan, origin, now=now)
    analyze()
    missing = {record.listing for record in plan.missing}
    differences = update_listings(sorted(plan.touched | missing), now=now)
    near = [(listing, created[entry.key]) for entry, listing in matches.near if entry.key in created]
    propose_merges(near, now=now)
    written = [*created.values(), *plan.touched, *missing]
    index_listings(written)
    propose_duplicates(listing_ids={*created.values(), *plan.touched}, now=now)
    refresh_queue_items(listing_ids=[*written, *(listing for listing, _new in near)], now=now)
    return differences


def free_keys(plan: Plan, known: Sequence[Known]) -> None:
    """Groups trade names and rooms: a key that now belongs to another is given up before it is taken."""
    renamed = {record.pk: entry for entry, record in plan.changing if entry.key != record.key}
    wanted = {(entry.source, entry.key) for entry in renamed.values()}
    wanted |= {(entry.source, entry.key) for members in plan.creating.values() for entry in members}
    held_by_another = [record.pk for record in known if (record.source, record.key) in wanted]
    if held_by_another:
        apart = Concat("key", Value("#"), Cast("pk", TextField()), output_field=TextField())
        SourceRecord.objects.filter(pk__in=held_by_another).update(key=apart)


def create(
    creating: Mapping[str, Sequence[Entry]], origin: Origin, newest: Mapping[str, date], *, now: datetime
) -> dict[str, UUID]:
    """In batches, so that a national directory never stands in memory as rows of seven tables."""
    records = {
        key: [source_record(entry, origin, newest=newest) for entry in members]
        for key, members in creating.items()
    }
    create_listings(records)
    SourceRecord.objects.bulk_create(chain.from_iterable(records.values()))
    created = {key: members[0].listing_id for key, members in records.items()}
    write_statements(
        [(entry, created[key]) for key, members in creating.items() for entry in members], now=now
    )
    return created


def add_and_change(plan: Plan, origin: Origin, *, now: datetime) -> None:
    newest = plan.newest_whole
    for added in batches(plan.adding, BATCH):
        SourceRecord.objects.bulk_create(
            source_record(entry, origin, newest=newest, listing=listing) for entry, listing in added
        )
        write_statements(added, now=now)
    for changed in batches(plan.changing, BATCH):
        SourceRecord.objects.bulk_update(
            [
                source_record(entry, origin, newest=newest, listing=was.listing, pk=was.pk)
                for entry, was in changed
            ],
            ["key", "pairing_key", "edition", "content_hash", "fields", "unknown", "rows", "missing_since"],
        )
        write_statements([(entry, was.listing) for entry, was in changed], now=now)
    write_statements([(entry, was.listing) for entry, was in plan.restating], now=now)
    SourceRecord.objects.filter(pk__in=[was.pk for was in plan.missing]).update(missing_since=origin.edition)


def analyze() -> None:
    """Tables that were empty a moment ago would be read by plans made for empty tables."""
    with connection.cursor() as cursor:
        for model in WRITTEN:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def source_record(
    entry: Entry,
    origin: Origin,
    *,
    listing: UUID | None = None,
    newest: Mapping[str, date] = MappingProxyType({}),
    pk: int | None = None,
) -> SourceRecord:
    """What a newer whole edition of its source does not hold is missing from the start."""
    whole = newest.get(entry.source, origin.edition)
    return SourceRecord(
        pk=pk,
        source_id=entry.source,
        key=entry.key,
        pairing_key=entry.pairing_key,
        listing_id=listing,  # type: ignore[misc]
        edition=entry.edition,
        content_hash=entry.content_hash,
        fields=entry.fields(),
        unknown=[text[:250] for text in entry.unknown],
        rows=[dict(row) for row in entry.rows],
        missing_since=whole if whole > origin.edition else None,
    )


def write_statements(said: Sequence[tuple[Entry, UUID]], *, now: datetime) -> None:
    Statement.objects.bulk_create(
        (
            Statement(
                listing_id=listing,
                source_id=entry.source,
                method=StatementMethod.IMPORT,
                stated_on=entry.edition,
                recorded_at=now,
                affirmed=entry.affirmed,
                denied=entry.denied,
            )
            for entry, listing in said
        ),
        batch_size=BATCH,
    )
