"""What came of a call, or of going to a meeting, as someone tells us who called or went."""

from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from finder.actions.indexing import index_listings
from finder.actions.queueing import refresh_queue_items
from finder.actions.reporters import Reporter, TooManyToday, one_at_a_time, reporter_of
from finder.actions.verifying import verify_parts
from finder.enums import CareCategory, Outcome, StatementMethod, VerifiedPart, Voice
from finder.models import CallOutcome, ServiceAtLocation
from finder.models.reports import CallOutcomeQuerySet
from finder.permissions import methods_of
from finder.upkeep.disputes import DOUBTED_BY

CALLED = (
    Outcome.ANSWERED,
    Outcome.NO_ANSWER,
    Outcome.WRONG_NUMBER,
    Outcome.NOT_TAKING,
    Outcome.NO_BED,
    Outcome.NEEDS_REFERRAL,
    Outcome.CLOSED,
)
WENT = (Outcome.MET, Outcome.NOBODY_THERE, Outcome.WRONG_PLACE_OR_TIME, Outcome.LINK_DEAD)
WITH_A_WAIT = (Outcome.NOT_TAKING, Outcome.NO_BED)
OUTCOMES_A_DAY = 20


class Checked(NamedTuple):
    part: VerifiedPart
    method: StatementMethod


CHECKED_BY = {
    Outcome.ANSWERED: Checked(VerifiedPart.CONTACT, StatementMethod.PHONE),
    Outcome.MET: Checked(VerifiedPart.HOURS, StatementMethod.SITE_VISIT),
}
"""What one of us has checked who found this, if their role checks in this way."""


def outcomes_of(listing: ServiceAtLocation) -> list[Outcome]:
    """What may come of calling or going there: meetings are gone to, all else is phoned."""
    categories = set(listing.service.categories)
    is_phoned = categories != {CareCategory.SUPPORT_GROUP} and bool(listing.speaking_phones)
    is_gone_to = CareCategory.SUPPORT_GROUP in categories
    return [*(CALLED if is_phoned else ()), *(WENT if is_gone_to else ())]


@transaction.atomic
def tell_outcome(
    *,
    listing: ServiceAtLocation,
    outcome: Outcome,
    wait_days: int | None = None,
    by: User | None,
    network: str,
    now: datetime,
) -> CallOutcome:
    """The same thing told twice in a day is kept once. `by` and `network`: see `reporter_of`.

    The listing is locked, or two readers who tell at once would each be taken for the only one.
    """
    reporter = reporter_of(by=by, network=network, now=now)
    one_at_a_time(reporter)
    ServiceAtLocation.objects.select_for_update(no_key=True).get(pk=listing.pk)
    told_today = told_by(reporter, now=now)
    told_before = told_today.unresolved().filter(listing=listing, outcome=outcome).first()
    if told_before:
        return told_before
    if reporter.voice == Voice.PUBLIC and told_today.count() >= OUTCOMES_A_DAY:
        raise too_many_calls()
    told = CallOutcome.objects.create(
        listing=listing,
        outcome=outcome,
        wait_days=wait_days if outcome in WITH_A_WAIT else None,
        voice=reporter.voice,
        reported_at=now,
        reported_by=reporter.person,
        reporter_key=reporter.key,
    )
    follow_up(told, reporter, now=now)
    return told


def told_by(reporter: Reporter, *, now: datetime) -> CallOutcomeQuerySet:
    """Today: for so long the key of a reader holds."""
    if reporter.person is None:
        return CallOutcome.objects.by_reporter(reporter.key)
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return CallOutcome.objects.since(midnight).filter(reported_by=reporter.person)


def too_many_calls() -> TooManyToday:
    return TooManyToday(
        _(
            "Thank you. We can take word of %(count)d calls a day from one network, and yours has sent them. "
            "Please tell us this one tomorrow."
        )
        % {"count": OUTCOMES_A_DAY}
    )


def follow_up(told: CallOutcome, reporter: Reporter, *, now: datetime) -> None:
    """A doubt may dispute the listing; a good word of one of us verifies, one of a reader is only said."""
    person, checked = reporter.person, CHECKED_BY.get(Outcome(told.outcome))
    if person and checked and checked.method in methods_of(person):
        verify_parts(
            listing=told.listing,
            parts=[checked.part],
            voice=reporter.voice,
            method=checked.method,
            by=person,
            now=now,
        )
    if told.outcome in DOUBTED_BY:
        index_listings([told.listing_id])
        refresh_queue_items(listing_ids=[told.listing_id], now=now)
