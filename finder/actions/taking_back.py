"""An import is taken back: its evidence goes, and listings say again what their other sources say."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from finder.actions.due_dates import refresh_due_dates
from finder.actions.duplicates import propose_duplicates
from finder.actions.importing import wait_for_other_imports
from finder.actions.indexing import index_listings, refresh_words
from finder.actions.queueing import refresh_queue_items
from finder.actions.recalling import before_run
from finder.actions.removing import remove_listings
from finder.actions.reopening import reopen_questions
from finder.actions.restoring import (
    delete_records,
    hand_over_records,
    leave_to_older_editions,
    look_again_for_missing,
    restore_records,
)
from finder.actions.takeback import Takeback, planned_takeback
from finder.actions.writing import update_listings
from finder.enums import ReviewStatus
from finder.models import (
    ImportRun,
    Merge,
    ServiceAtLocation,
    SourceRecord,
    Statement,
)
from finder.models.history import one_change


@transaction.atomic
def revert_import(*, run: ImportRun, by: User | None, now: datetime) -> Takeback:
    """All of it or nothing, and no import meanwhile. `by`: empty for the command line."""
    wait_for_other_imports()
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    at_stake = ServiceAtLocation.objects.filter(source_records__created_in=run).order_by("pk")
    list(at_stake.select_for_update(of=("self",)).values_list("pk", flat=True))
    plan = planned_takeback(run=run)
    run.reverted_at, run.reverted_by, run.reverted_words = now, by, plan.words
    run.save(update_fields=["reverted_at", "reverted_by", "reverted_words"])
    told = {"decision": "revert_import", "reverted_run": run.pk}
    with one_change(**told, **({"user": by.pk} if by else {})):
        carry_out(plan, now=now)
    return plan


def carry_out(plan: Takeback, *, now: datetime) -> None:
    run = plan.run
    sources = set(Statement.objects.filter(import_run=run).values_list("source", flat=True))
    sources |= {run.source_id} if run.source_id else set()
    remove_listings(plan.leaving)
    Statement.objects.filter(import_run=run).exclude(listing__in=plan.staying).delete()
    delete_records(plan.deleted)
    hand_over_records(plan.handed_over)
    leave_to_older_editions(plan.left_to_older)
    restored = restore_records(run)
    touched = plan.touched | look_again_for_missing(run, sources, restored)
    touched -= plan.worked_on
    update_listings(sorted(with_records(touched)), now=now, recall=before_run(run))
    reopen_questions(run, touched)
    withdraw_merges(run)
    index_listings(touched)
    propose_duplicates(listing_ids=touched, now=now)
    refresh_words()
    refresh_due_dates(listing_ids=touched, now=now)
    refresh_queue_items(listing_ids=touched, now=now)


def with_records(listing_ids: Collection[UUID]) -> set[UUID]:
    return set(SourceRecord.objects.filter(listing__in=listing_ids).values_list("listing", flat=True))


def withdraw_merges(run: ImportRun) -> None:
    """Pairs that are still alike are found again."""
    Merge.objects.filter(status=ReviewStatus.PROPOSED, proposed_at=run.started_at).delete()
