"""What taking an import back would do, worked out before anything is written, and what it cannot do."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.actions.earlier_runs import standing_runs
from finder.actions.peoples_work import worked_on
from finder.actions.refusals import Refused
from finder.actions.restoring import (
    OlderEdition,
)
from finder.enums import ReviewStatus, StatementMethod
from finder.models import (
    ImportRun,
    Merge,
    RecordBefore,
    SourceRecord,
    Statement,
)


@dataclass(slots=True)
class Takeback:
    """Records and listings by id."""

    run: ImportRun
    restored: set[int]
    """Records that say again what they said."""
    deleted: set[int]
    """Records that only this run made."""
    handed_over: dict[int, int]
    """Records that it made and a later run, given here, has read since."""
    left_to_older: dict[int, OlderEdition]
    """Records that it made and of which an older edition spoke, too."""
    leaving: set[UUID]
    """Listings that nobody else speaks of, and nobody worked on."""
    worked_on: set[UUID]
    merged: set[UUID]
    """Two reasons to stay with all that the run said of them."""
    touched: set[UUID]
    """Listings that are composed again from what is left."""

    @property
    def staying(self) -> set[UUID]:
        return self.worked_on | self.merged

    @property
    def words(self) -> list[str]:
        return list(left_over(self))


def left_over(plan: Takeback) -> Iterator[str]:
    """What cannot be taken back, and why."""
    if count := len(plan.worked_on):
        yield ngettext(
            "%(count)d listing stays as it is, since people worked on it.",
            "%(count)d listings stay as they are, since people worked on them.",
            count,
        ) % {"count": count}
    if count := len(plan.merged):
        yield ngettext(
            "%(count)d listing keeps what it got, since it was merged with another.",
            "%(count)d listings keep what they got, since they were merged with others.",
            count,
        ) % {"count": count}
    if count := len(plan.handed_over):
        yield ngettext(
            "%(count)d record stays, since a later import has read it anew.",
            "%(count)d records stay, since later imports have read them anew.",
            count,
        ) % {"count": count}
    if count := len(plan.left_to_older):
        yield ngettext(
            "%(count)d record keeps its name and address, since an older edition speaks of it too: "
            "bring that in again to set them right.",
            "%(count)d records keep their names and addresses, since older editions speak of them too: "
            "bring those in again to set them right.",
            count,
        ) % {"count": count}
    if count := same_file_again(plan.run):
        yield ngettext(
            "%(count)d later import of the same file still counts: take it back, too.",
            "%(count)d later imports of the same file still count: take them back, too.",
            count,
        ) % {"count": count}
    if count := plan.run.demo_removed:
        yield ngettext(
            "%(count)d made-up listing that made way does not come back.",
            "%(count)d made-up listings that made way do not come back.",
            count,
        ) % {"count": count}


def planned_takeback(*, run: ImportRun) -> Takeback:
    """Reads only. Refuses what was taken back before, and what left no trace of what it did."""
    if run.reverted_at:
        day = date_format(run.reverted_at, "DATE_FORMAT")
        raise Refused(_("This import was taken back already, on %(day)s.") % {"day": day})
    created = SourceRecord.objects.filter(created_in=run)
    restored = set(RecordBefore.objects.filter(run=run).values_list("record", flat=True))
    spoken = set(Statement.objects.filter(import_run=run).values_list("listing", flat=True))
    handed_over = read_anew(run)
    left_to_older = told_by_older_editions(run, handed_over)
    given_away = {*handed_over, *left_to_older}
    at_stake = dict(created.exclude(pk__in=given_away).values_list("pk", "listing"))
    if (run.created or run.updated or run.missing) and not (at_stake or given_away or restored or spoken):
        raise Refused(_("This import is too old: what it changed was not kept then."))
    merged = merged_since(run, set(at_stake.values()))
    alone = set(at_stake.values()) - merged - with_other_records(at_stake)
    busy = worked_on(alone)
    leaving = alone - busy
    touched = spoken | set(at_stake.values())
    others = SourceRecord.objects.filter(pk__in=given_away | restored)
    touched |= set(others.values_list("listing", flat=True))
    return Takeback(
        run=run,
        restored=restored,
        deleted={record for record, listing in at_stake.items() if listing not in merged | busy},
        handed_over=handed_over,
        left_to_older=left_to_older,
        leaving=leaving,
        worked_on=busy,
        merged=merged,
        touched=touched - leaving,
    )


def same_file_again(run: ImportRun) -> int:
    later = standing_runs().filter(pk__gt=run.pk, format=run.format, edition=run.edition)
    return later.filter(file_hash=run.file_hash).count()


def read_anew(run: ImportRun) -> dict[int, int]:
    """By record that the run made: the first later run that wrote the whole of it."""
    later = RecordBefore.objects.filter(record__created_in=run, before__has_key="edition")
    return dict(later.order_by("-run_id", "pk").values_list("record", "run"))


def merged_since(run: ImportRun, listing_ids: Collection[UUID]) -> set[UUID]:
    """What a person joined is for people to part; the records of both stand on the listing that was kept."""
    merges = Merge.objects.filter(
        listing__in=listing_ids,
        status=ReviewStatus.ACCEPTED,
        undone_at__isnull=True,
        decided_at__gte=run.started_at,
    )
    return set(merges.values_list("listing", flat=True))


def with_other_records(at_stake: dict[int, UUID]) -> set[UUID]:
    """Listings that keep a record."""
    records = SourceRecord.objects.filter(listing__in=set(at_stake.values())).exclude(pk__in=at_stake)
    return set(records.values_list("listing", flat=True))


def told_by_older_editions(run: ImportRun, handed_over: Collection[int]) -> dict[int, OlderEdition]:
    """An older edition that came later left a statement, and no record of its own."""
    statements = Statement.objects.filter(
        listing__source_records__created_in=run, method=StatementMethod.IMPORT
    ).filter(~Q(import_run=run) | Q(import_run__isnull=True))
    told = {
        (listing, source): OlderEdition(number, edition)
        for listing, source, number, edition in statements.order_by("stated_on", "pk").values_list(
            "listing", "source", "import_run", "stated_on"
        )
    }
    records = SourceRecord.objects.filter(listing__in={listing for listing, _source in told})
    others = records.exclude(created_in=run) | records.filter(pk__in=handed_over)
    for place in others.values_list("listing", "source"):
        told.pop(place, None)
    own = records.filter(created_in=run).order_by("pk").values_list("pk", "listing", "source")
    return {pk: told.pop((listing, source)) for pk, listing, source in own if (listing, source) in told}
