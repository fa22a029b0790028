"""Records get back what they said before an import; what a later import wrote over them stays."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Greatest

from finder.actions.earlier_runs import whole_editions
from finder.actions.evidence import SAID, set_apart
from finder.actions.indexing import batches
from finder.enums import StatementMethod
from finder.models import ImportRun, RecordBefore, SourceRecord, Statement

BATCH = 500

SPOKEN_OF = Statement.objects.filter(
    method=StatementMethod.IMPORT, source=OuterRef("source"), listing=OuterRef("listing")
)
LAST_SEEN = Greatest(
    "edition",
    "created_in__edition",
    Max("earlier__run__edition", filter=Q(earlier__before__has_key="edition")),
    Subquery(SPOKEN_OF.order_by("-stated_on", "-pk").values("stated_on")[:1]),
)
"""The newest edition that is known to hold a record: a feed's groups give themselves an older date."""


Value = TypeVar("Value")


class OlderEdition(NamedTuple):
    """That spoke of a record after a newer one had. Its import, where that is known."""

    run: int | None
    edition: date


class Restored(NamedTuple):
    """Records that the run had changed, and of these the ones that it had only called missing."""

    records: Collection[int]
    unmarked: Collection[int]


def restore_records(run: ImportRun) -> Restored:
    hand_on_what_was_before(run)
    kept = RecordBefore.objects.filter(run=run)
    restored = Restored(
        set(kept.values_list("record", flat=True)),
        set(marked_missing(run).values_list("record", flat=True)),
    )
    renamed = kept.filter(before__has_key="key").exclude(record__key=KT("before__key"))
    set_apart(renamed.values_list("record", flat=True))
    leave_keys_to_their_holders(run)
    write_back(run)
    kept.delete()
    return restored


def hand_on_what_was_before(run: ImportRun) -> None:
    """To the import that wrote over it, for the day when that one is taken back."""
    written_over = RecordBefore.objects.filter(run=run, record__earlier__run__gt=run.pk)
    ids = sorted(set(written_over.values_list("pk", flat=True)))
    for part in batches(ids, BATCH):
        mine = {row.record_id: row for row in RecordBefore.objects.filter(pk__in=part)}
        later = RecordBefore.objects.filter(record__in=mine, run__gt=run.pk).order_by("run_id", "pk")
        changed: list[RecordBefore] = []
        for row in later:
            own = mine[row.record_id]
            shared = own.before.keys() & row.before.keys()
            row.before |= {column: own.before[column] for column in shared}
            own.before = {name: said for name, said in own.before.items() if name not in shared}
            changed.append(row)
        RecordBefore.objects.bulk_update([*changed, *mine.values()], ["before"])


def leave_keys_to_their_holders(run: ImportRun) -> None:
    """A key that a newer record took stays with it; the older one keeps the name that sets it apart."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE finder_recordbefore kept SET before = kept.before - 'key'"
            " FROM finder_sourcerecord mine, finder_sourcerecord holder"
            " WHERE kept.run_id = %s AND mine.id = kept.record_id AND holder.id <> mine.id"
            " AND holder.source_id = mine.source_id AND holder.key = kept.before ->> 'key'",
            [run.pk],
        )


def write_back(run: ImportRun) -> None:
    """By the database alone, as it was kept."""
    columns = ", ".join(map(connection.ops.quote_name, SAID))
    values = ", ".join(f"was.{connection.ops.quote_name(name)}" for name in SAID)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE finder_sourcerecord record SET ({columns}) = ROW({values})"
            " FROM finder_recordbefore kept"
            " JOIN finder_sourcerecord said ON said.id = kept.record_id"
            " CROSS JOIN LATERAL jsonb_populate_record(said, kept.before) was"
            " WHERE kept.run_id = %s AND record.id = said.id",
            [run.pk],
        )


def hand_over_records(later_runs: Mapping[int, int]) -> None:
    """By record: it was first read by an import that is taken back, and is now its later reader's."""
    for run, ids in grouped(later_runs).items():
        SourceRecord.objects.filter(pk__in=ids).update(created_in=run)
        RecordBefore.objects.filter(record__in=ids, run__lte=run).delete()


def leave_to_older_editions(editions: Mapping[int, OlderEdition]) -> None:
    """By record. What else such an edition said was not kept: brought in again, it is written anew."""
    for (run, edition), ids in grouped(editions).items():
        SourceRecord.objects.filter(pk__in=ids).update(created_in=run, edition=edition, content_hash="")


def grouped(values: Mapping[int, Value]) -> Mapping[Value, list[int]]:
    found: dict[Value, list[int]] = defaultdict(list)
    for record, value in values.items():
        found[value].append(record)
    return found


def delete_records(record_ids: Collection[int]) -> None:
    for ids in batches(sorted(record_ids), BATCH):
        SourceRecord.objects.filter(pk__in=ids).only("pk").delete()


def marked_missing(run: ImportRun) -> "QuerySet[RecordBefore]":
    """Records that were there before the run and that it no longer held."""
    marks = RecordBefore.objects.filter(run=run, before__has_key="missing_since")
    return marks.filter(before__missing_since=None, record__missing_since=run.edition)


def look_again_for_missing(run: ImportRun, sources: Iterable[str], restored: Restored) -> set[UUID]:
    """What only this run lacked is no longer missing; what others lack is missing since theirs.

    Returns the listings that were looked at.
    """
    found: set[UUID] = set()
    for source in sources:
        runs = whole_editions(source)
        by_date: dict[date | None, list[int]] = defaultdict(list)
        records = perhaps_missing(run, source, restored).annotate(seen_on=LAST_SEEN).order_by("pk")
        for pk, listing, seen_on in records.values_list("pk", "listing_id", "seen_on"):
            later = {when for when in lacking(pk, run, runs, restored) if when > seen_on}
            by_date[run.edition if run.edition in later else min(later, default=None)].append(pk)
            found.add(listing)
        for since, ids in by_date.items():
            other = SourceRecord.objects.filter(pk__in=ids).exclude(missing_since=since)
            other.update(missing_since=since)
    return found


def perhaps_missing(run: ImportRun, source: str, restored: Restored) -> "QuerySet[SourceRecord]":
    """A feed that is fetched day by day leaves no trace of what it still holds: only its own marks count."""
    in_doubt = Q(pk__in=restored.unmarked)
    in_doubt |= Q(pk__in=restored.records, missing_since=None, source__fellowship="")
    if run.is_whole:
        in_doubt |= Q(missing_since=run.edition)
    return SourceRecord.objects.filter(in_doubt, source=source)


def lacking(
    record: int, run: ImportRun, runs: Iterable[tuple[int, date]], restored: Restored
) -> Iterator[date]:
    """Editions that do not hold it, if they are newer than those that do. An earlier import would have
    called it missing; another of the same edition holds what this one held."""
    for number, edition in runs:
        is_later = number > run.pk
        if record in restored.unmarked:
            if is_later:
                yield edition
        elif record not in restored.records or (is_later and edition != run.edition):
            yield edition
