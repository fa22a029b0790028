"""A merge that was wrong is undone: both listings come back as they were."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from finder.actions.due_dates import refresh_due_dates
from finder.actions.indexing import index_listings
from finder.actions.merging import lock, records_of
from finder.actions.moving import move_back
from finder.actions.queueing import refresh_queue_items
from finder.actions.refusals import Refused
from finder.actions.snapshots import (
    PARTS,
    Row,
    Snapshot,
    put_back,
    replace_owned_rows,
    replace_questions,
    snapshot,
)
from finder.actions.writing import update_listings
from finder.enums import ReviewStatus
from finder.models import Merge, Redirect, ServiceAtLocation
from finder.models.history import one_change

SET_BY_RULE = {"verification_due_date"}


@transaction.atomic
def undo_merge(*, merge: Merge, by: User, now: datetime) -> list[str]:
    """Returns, in words, what was changed since the merge and therefore stays as it is now."""
    lock(merge)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    memory = memory_of(merge)
    kept, duplicate = merge.listing_id, merge.duplicate_id
    was, became = Snapshot(**memory["was"]), Snapshot(**memory["became"])
    has_newer_evidence = records_of(kept) != memory["records"]
    with one_change(user=by.pk, decision="undo_merge", merge=merge.pk):
        current = snapshot(kept, duplicate)
        changed = restore_parts(was, became, current)
        if current.questions == became.questions:
            replace_questions(kept, was.questions)
        if current.owned == became.owned:
            replace_owned_rows(kept, was.owned)
        else:
            changed.append(_("phones and times of the listing that was kept"))
        move_back(memory["moved"], kept, to=duplicate)
        Redirect.objects.filter(old_listing=duplicate).delete()
        Merge.objects.filter(pk=merge.pk).update(undone_at=now, undone_by=by)
        if has_newer_evidence:
            update_listings(with_records(kept, duplicate), now=now)
    refresh_due_dates(listing_ids=[kept, duplicate], now=now)
    index_listings([kept, duplicate])
    refresh_queue_items(listing_ids=[kept, duplicate], now=now)
    return changed


def memory_of(merge: Merge) -> dict[str, Any]:
    """What the merge kept of both, unless they cannot be parted."""
    if merge.status != ReviewStatus.ACCEPTED:
        raise Refused(_("These two are not merged."))
    if merge.undone_at is not None:
        raise Refused(_("These two were parted already."))
    if not merge.before:
        raise Refused(_("They were merged before this site kept what they were, and cannot be parted."))
    if Redirect.objects.filter(old_listing=merge.listing_id).exists():
        raise Refused(_("The listing that was kept is merged into another one itself. Part that first."))
    memory: dict[str, Any] = merge.before
    return memory


def restore_parts(was: Snapshot, became: Snapshot, now: Snapshot) -> list[str]:
    """Column by column: what nobody changed since the merge goes back, what somebody did stays."""
    changed = []
    for key, old in was.parts.items():
        name, _slash, pk = key.partition("/")
        model = PARTS[name]
        after, current = became.parts.get(key, old), now.parts.get(key, old)
        back = restorable(old, after, current)
        if back:
            put_back(model, pk, back)
        for column in edited_since(after, current):
            field = next(each for each in model._meta.concrete_fields if each.column == column)
            changed.append(f"{model._meta.verbose_name}: {field.verbose_name}")
    return changed


def restorable(old: Row, after: Row, current: Row) -> dict[str, Any]:
    return {
        column: value
        for column, value in old.items()
        if current[column] != value and (current[column] == after[column] or column in SET_BY_RULE)
    }


def edited_since(after: Row, current: Row) -> list[str]:
    return [
        column for column, value in after.items() if current[column] != value and column not in SET_BY_RULE
    ]


def with_records(*listings: UUID) -> list[UUID]:
    found = ServiceAtLocation.objects.filter(pk__in=listings, source_records__isnull=False)
    return list(found.order_by("pk").distinct().values_list("pk", flat=True))
