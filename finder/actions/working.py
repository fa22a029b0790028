"""Working through the queue: an editor takes an item for a while, calls, and writes down what came of it."""

import math
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from finder.actions.archiving import archive_listing
from finder.actions.indexing import index_listings
from finder.actions.locking import lock_listings
from finder.actions.queueing import refresh_queue_items
from finder.actions.refusals import Refused
from finder.actions.verifying import verify_parts
from finder.enums import Outcome, QueueOutcome, QueueReason, StatementMethod, VerifiedPart, Voice
from finder.models import CallOutcome, QueueItem, ServiceAtLocation
from finder.permissions import area_of

LEASE = timedelta(minutes=20)
NEXT_DAY = timedelta(hours=18)
"""Called in the afternoon, it is there again the next morning."""
NEXT_MONTH = timedelta(days=30)
TRIES_DAY_AFTER_DAY = 3


class Result(TextChoices):
    """What came of working on an item."""

    ALL_RIGHT = "ALL_RIGHT", gettext_lazy("All right, as far as I ticked")
    CORRECTED = "CORRECTED", gettext_lazy("Something had changed, and I put it right")
    NO_ANSWER = "NO_ANSWER", gettext_lazy("Nobody answered")
    WRONG_NUMBER = "WRONG_NUMBER", gettext_lazy("Wrong number")
    CLOSED = "CLOSED", gettext_lazy("Closed for good")


ENDS_AS = {
    Result.ALL_RIGHT: QueueOutcome.CONFIRMED,
    Result.CORRECTED: QueueOutcome.CORRECTED,
    Result.CLOSED: QueueOutcome.ARCHIVED,
}
CALLED_AGAIN = {Result.NO_ANSWER: Outcome.NO_ANSWER, Result.WRONG_NUMBER: Outcome.WRONG_NUMBER}
"""What ends nothing: it is written down, and someone calls another day."""


class Found(NamedTuple):
    """`parts` and `method` of what was found right; `reason` of what is archived."""

    result: Result
    parts: Collection[VerifiedPart] = ()
    method: StatementMethod = StatementMethod.PHONE
    reason: str = ""


class LeaseLost(Refused):
    """Someone else has the item by now, or it is done."""


@transaction.atomic
def claim_next(*, by: User, now: datetime, passing_over: Collection[int] = ()) -> QueueItem | None:
    """The item that this person holds already, else the most pressing free one of their area.

    Rows that others take this moment are skipped. Where nothing else is left, they are waited for: only then
    it is sure that nothing waits.
    """
    items = QueueItem.objects.within(area_of(by)).exclude(pk__in=passing_over).most_pressing_first()
    free = items.free(now)
    item = (
        items.held_by(by.pk, now).select_for_update(of=("self",)).first()
        or free.select_for_update(of=("self",), skip_locked=True).first()
        or free.select_for_update(of=("self",)).first()
    )
    if item:
        hold(item, by, now)
    return item


@transaction.atomic
def claim(*, item: QueueItem, by: User, now: datetime) -> QueueItem:
    """This one, put off or not."""
    current = QueueItem.objects.select_for_update().get(pk=item.pk)
    refuse_if_lost(current, by, now)
    hold(current, by, now)
    return current


def hold(item: QueueItem, by: User, now: datetime) -> None:
    item.claimed_by, item.claimed_until = by, now + LEASE
    item.save(update_fields=["claimed_by", "claimed_until"])


def keep_claim(*, item: QueueItem, by: User, now: datetime) -> bool:
    """Twenty minutes more, unless someone else has it by now."""
    own = QueueItem.objects.open().filter(pk=item.pk, claimed_by=by)
    return bool(own.update(claimed_until=now + LEASE))


def release(*, item: QueueItem, by: User, now: datetime) -> None:
    """Free for others at once; what is not held stays as it is."""
    own = QueueItem.objects.open().filter(pk=item.pk, claimed_by=by)
    own.update(claimed_by=None, claimed_until=None)


@transaction.atomic
def expire_leases(*, now: datetime) -> int:
    """An ended lease hinders nobody; this only clears the names away. How many there were."""
    ended = QueueItem.objects.open().filter(claimed_until__lte=now)
    ids = list(ended.select_for_update(skip_locked=True).order_by("pk").values_list("pk", flat=True))
    return QueueItem.objects.filter(pk__in=ids).update(claimed_by=None, claimed_until=None)


def name_of(person: User | None) -> str:
    return (person.get_full_name() or person.get_username()) if person else ""


def minutes_left(item: QueueItem, now: datetime) -> int:
    """Of its lease, the last one counted whole."""
    seconds = (item.claimed_until - now).total_seconds() if item.claimed_until else 0
    return max(math.ceil(seconds / 60), 0)


def refuse_if_lost(item: QueueItem, by: User, now: datetime) -> None:
    """A lease that ended is still good as long as nobody else took the item."""
    if item.closed_at:
        raise LeaseLost(_("This item is done: someone finished it, or nothing was left to do."))
    if item.claimed_by_id not in (None, by.pk) and item.claimed_until and item.claimed_until > now:
        raise LeaseLost(
            ngettext(
                "%(name)s has taken this item, for %(count)d more minute.",
                "%(name)s has taken this item, for %(count)d more minutes.",
                minutes_left(item, now),
            )
            % {"name": name_of(item.claimed_by), "count": minutes_left(item, now)}
        )


@transaction.atomic
def finish(*, item: QueueItem, found: Found, by: User, now: datetime) -> QueueItem:
    """Returns the item as it is then: still open and held where something is left to decide."""
    lock_listings([item.listing_id])
    listing = ServiceAtLocation.objects.get(pk=item.listing_id)
    held = QueueItem.objects.select_for_update(of=("self",)).select_related("claimed_by").get(pk=item.pk)
    refuse_if_lost(held, by, now)
    if found.result in CALLED_AGAIN:
        note_call(listing, CALLED_AGAIN[found.result], by, now)
    elif found.result == Result.CLOSED:
        archive_listing(listing=listing, reason=found.reason, by=by, now=now)
    else:
        verify_parts(
            listing=listing, parts=found.parts, voice=Voice.EDITOR, method=found.method, by=by, now=now
        )
    refresh_queue_items(listing_ids=[listing.pk], now=now)
    return settled(held, found.result, by, now)


def note_call(listing: ServiceAtLocation, outcome: Outcome, by: User, now: datetime) -> None:
    CallOutcome.objects.create(
        listing=listing, outcome=outcome, voice=Voice.EDITOR, reported_at=now, reported_by=by
    )
    index_listings([listing.pk])


def settled(held: QueueItem, result: Result, by: User, now: datetime) -> QueueItem:
    """Who ended it and how, where its listing waits for nothing more; else when to call again."""
    held.refresh_from_db()
    if held.closed_at:
        held.closed_by = by
        held.outcome = ENDS_AS.get(result, QueueOutcome.RESOLVED)
    elif result in CALLED_AGAIN:
        call_again(held, now)
    else:
        held.claimed_by, held.claimed_until = by, now + LEASE
    held.save()
    return held


def call_again(item: QueueItem, now: datetime) -> None:
    """The next day, after three calls a month later. What may be unsafe does not wait for that."""
    item.tries += 1
    item.claimed_by, item.claimed_until = None, None
    if QueueReason.UNSAFE not in item.reasons:
        item.not_before = now + (NEXT_DAY if item.tries < TRIES_DAY_AFTER_DAY else NEXT_MONTH)
