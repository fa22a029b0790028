"""How far a case worker has come with a listing, and what it tells of the listing to everyone."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from finder.actions.calling import outcomes_of, tell_outcome
from finder.enums import ItemStatus, Outcome, Refusal
from finder.models import CallOutcome, ReferralItem

TELLS = {
    ItemStatus.CALLED: Outcome.ANSWERED,
    ItemStatus.LEFT_MESSAGE: Outcome.NO_ANSWER,
    ItemStatus.BED_HELD: Outcome.ANSWERED,
    ItemStatus.ACCEPTED: Outcome.ANSWERED,
}
REFUSAL_TELLS = {
    Refusal.NO_BED: Outcome.NO_BED,
    Refusal.NOT_TAKING: Outcome.NOT_TAKING,
    Refusal.NEEDS_REFERRAL: Outcome.NEEDS_REFERRAL,
    Refusal.WRONG_NUMBER: Outcome.WRONG_NUMBER,
    Refusal.CLOSED: Outcome.CLOSED,
}
"""Other refusals are of one person's case, and tell only that they answered."""


@transaction.atomic
def set_status(
    *,
    item: ReferralItem,
    status: ItemStatus | None,
    refusal: Refusal | None = None,
    held_until: datetime | None = None,
    by: User,
    now: datetime,
) -> CallOutcome | None:
    """None for `status` takes it away again; what was told of the listing stays told."""
    item.status = status or ""
    item.refusal = (refusal or Refusal.OTHER) if status == ItemStatus.REFUSED else ""
    item.held_until = held_until if status == ItemStatus.BED_HELD else None
    item.status_at, item.status_by = (now, by) if status else (None, None)
    item.save()
    outcome = outcome_of(item)
    if outcome is None or outcome not in outcomes_of(item.listing):
        return None
    return tell_outcome(listing=item.listing, outcome=outcome, by=by, network="", now=now)


def outcome_of(item: ReferralItem) -> Outcome | None:
    if item.status == ItemStatus.REFUSED:
        return REFUSAL_TELLS.get(Refusal(item.refusal), Outcome.ANSWERED)
    return TELLS[ItemStatus(item.status)] if item.status else None
