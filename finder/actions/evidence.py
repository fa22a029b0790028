"""What a file says of each listing, row by row: records and statements, with the run that wrote them.

What a record said before is kept, so that the run can be taken back.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from uuid import UUID

from django.db import connection
from django.db.models import TextField, Value
from django.db.models.functions import Cast, Concat

from finder.actions.entries import Entry
from finder.actions.matching import Known
from finder.actions.planning import Origin, Plan
from finder.actions.writing import create_listings
from finder.enums import StatementMethod
from finder.models import SourceRecord, Statement

BATCH = 500

SAID = ["key", "pairing_key", "edition", "content_hash", "fields", "unknown", "rows", "missing_since"]
"""The columns of a record that a newer edition writes."""

MISSING = ["missing_since"]


@dataclass(frozen=True, slots=True)
class Writing:
    """By which run, from what file and when. `newest_whole`: see `Plan`."""

    run: int
    origin: Origin
    newest_whole: Mapping[str, date]
    now: datetime


def next_run() -> int:
    """Its number is taken first, since what it writes names it; its own row is written last, and once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('finder_importrun', 'id'))")
        return int(cursor.fetchone()[0])


def make_way(plan: Plan, known: Sequence[Known], writing: Writing) -> None:
    """Before anything is changed: keeps what the records said, and frees the keys that others take."""
    freed = held_by_another(plan, known)
    changing = {record.pk for _, record in plan.changing}
    missing = {record.pk for record in plan.missing}
    keep_before(changing, SAID, writing)
    keep_before(missing - freed, MISSING, writing)
    keep_before(missing & freed, ["key", *MISSING], writing)
    keep_before(freed - missing - changing, ["key"], writing)
    set_apart(freed)


def held_by_another(plan: Plan, known: Sequence[Known]) -> set[int]:
    """Groups trade names and rooms: a key that now belongs to another is given up before it is taken."""
    renamed = {record.pk: entry for entry, record in plan.changing if entry.key != record.key}
    wanted = {(entry.source, entry.key) for entry in renamed.values()}
    wanted |= {(entry.source, entry.key) for members in plan.creating.values() for entry in members}
    return {record.pk for record in known if (record.source, record.key) in wanted}


def set_apart(record_ids: Collection[int]) -> None:
    """Their keys are then free for others."""
    if record_ids:
        apart = Concat("key", Value("#"), Cast("pk", TextField()), output_field=TextField())
        SourceRecord.objects.filter(pk__in=record_ids).update(key=apart)


def keep_before(record_ids: Collection[int], columns: Sequence[str], writing: Writing) -> None:
    """By the database alone: a directory's rows would fill the memory."""
    if not record_ids:
        return
    said = ", ".join(f"'{column}', {connection.ops.quote_name(column)}" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO finder_recordbefore (run_id, record_id, before)"
            f" SELECT %s, id, jsonb_build_object({said}) FROM finder_sourcerecord WHERE id = ANY(%s)",
            [writing.run, sorted(record_ids)],
        )


def create(creating: Mapping[str, Sequence[Entry]], writing: Writing) -> dict[str, UUID]:
    """In batches, so that a national directory never stands in memory as rows of seven tables."""
    records = {key: [source_record(entry, writing) for entry in members] for key, members in creating.items()}
    create_listings(records, now=writing.now)
    SourceRecord.objects.bulk_create(chain.from_iterable(records.values()))
    created = {key: members[0].listing_id for key, members in records.items()}
    write_statements(
        ((entry, created[key]) for key, members in creating.items() for entry in members), writing
    )
    return created


def add(adding: Sequence[tuple[Entry, UUID]], writing: Writing) -> None:
    SourceRecord.objects.bulk_create(
        source_record(entry, writing, listing=listing) for entry, listing in adding
    )
    write_statements(adding, writing)


def change(changing: Sequence[tuple[Entry, Known]], writing: Writing) -> None:
    records = [source_record(entry, writing, listing=was.listing, pk=was.pk) for entry, was in changing]
    SourceRecord.objects.bulk_update(records, SAID)
    write_statements(((entry, was.listing) for entry, was in changing), writing)


def source_record(
    entry: Entry, writing: Writing, *, listing: UUID | None = None, pk: int | None = None
) -> SourceRecord:
    """What a newer whole edition of its source does not hold is missing from the start."""
    edition = writing.origin.edition
    whole = writing.newest_whole.get(entry.source, edition)
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
        missing_since=whole if whole > edition else None,
        created_in_id=writing.run,
    )


def write_statements(said: Iterable[tuple[Entry, UUID]], writing: Writing) -> None:
    Statement.objects.bulk_create(
        (
            Statement(
                listing_id=listing,
                source_id=entry.source,
                method=StatementMethod.IMPORT,
                stated_on=entry.edition,
                recorded_at=writing.now,
                import_run_id=writing.run,
                affirmed=entry.affirmed,
                denied=entry.denied,
            )
            for entry, listing in said
        ),
        batch_size=BATCH,
    )
