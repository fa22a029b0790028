"""One file becomes listings: all of it or nothing, and what did not change is not written."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from finder.actions.demonstration import remove_demonstration
from finder.actions.duplicates import propose_duplicates
from finder.actions.entries import Intake
from finder.actions.evidence import Writing, add, change, create, make_way, next_run, write_statements
from finder.actions.facility_entries import facility_entries
from finder.actions.feeds import Credit, credit_source
from finder.actions.group_matching import known_groups, match_groups
from finder.actions.indexing import batches, index_listings, refresh_words
from finder.actions.matching import Known, Matches, known_records, match
from finder.actions.meeting_entries import meeting_entries
from finder.actions.planning import Origin, Plan, counts, planned
from finder.actions.queueing import refresh_queue_items
from finder.actions.writing import propose_merges, update_listings
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
from finder.models.history import one_change

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
    number = next_run()
    with one_change(import_run=number, **({"user": by.pk} if by else {})):
        demo_removed = remove_demonstration(now=now) if intake.entries else 0
        plan = planned(intake, origin, known, matches)
        writing = Writing(number, origin, plan.newest_whole, now)
        differences = carry_out(plan, writing, matches, known)
        if plan.writes or demo_removed:
            refresh_words()
    run = ImportRun.objects.create(
        pk=number,
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


def carry_out(plan: Plan, writing: Writing, matches: Matches, known: Sequence[Known]) -> int:
    """Returns how many fields were left as a person wrote them."""
    if not plan.writes:
        return 0
    now = writing.now
    make_way(plan, known, writing)
    created: dict[str, UUID] = {}
    for keys in batches(list(plan.creating), BATCH):
        created |= create({key: plan.creating[key] for key in keys}, writing)
    add_and_change(plan, writing)
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


def add_and_change(plan: Plan, writing: Writing) -> None:
    for added in batches(plan.adding, BATCH):
        add(added, writing)
    for changed in batches(plan.changing, BATCH):
        change(changed, writing)
    write_statements(((entry, was.listing) for entry, was in plan.restating), writing)
    missing = SourceRecord.objects.filter(pk__in=[was.pk for was in plan.missing])
    missing.update(missing_since=writing.origin.edition)


def analyze() -> None:
    """Tables that were empty a moment ago would be read by plans made for empty tables."""
    with connection.cursor() as cursor:
        for model in WRITTEN:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
