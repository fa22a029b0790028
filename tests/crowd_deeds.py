"""What one of a crowd may do to one of a few listings."""

import random
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import User
from django.utils import timezone

from finder.actions.answering import answer_report
from finder.actions.archiving import archive_listing, restore_listing
from finder.actions.calling import tell_outcome
from finder.actions.proposing import propose_changes_of
from finder.actions.publishing import publish_listing
from finder.actions.queueing import refresh_whole_queue
from finder.actions.reporting import report_listing
from finder.actions.resolving import resolve_outcomes
from finder.actions.reviewing import accept_change
from finder.actions.verifying import verify_parts
from finder.actions.working import Found, Result, claim_next, finish
from finder.enums import (
    ChangeOrigin,
    Outcome,
    ReportKind,
    ReviewStatus,
    StatementMethod,
    VerifiedPart,
    Voice,
)
from finder.models import ChangeRequest, ListingReport, ServiceAtLocation


class Someone(NamedTuple):
    user: User
    chance: random.Random

    def listing(self) -> ServiceAtLocation:
        return self.chance.choice(list(ServiceAtLocation.objects.with_parts().order_by("pk")))

    def network(self) -> str:
        return f"10.0.{self.chance.randrange(200)}.{self.chance.randrange(200)}"


def now() -> datetime:
    return timezone.now()


def work(me: Someone) -> None:
    item = claim_next(by=me.user, now=now())
    result = me.chance.choice([Result.ALL_RIGHT, Result.NO_ANSWER, Result.WRONG_NUMBER])
    if item:
        finish(item=item, found=Found(result, [VerifiedPart.CONTACT]), by=me.user, now=now())


def call(me: Someone) -> None:
    outcome = me.chance.choice([Outcome.WRONG_NUMBER, Outcome.NEEDS_REFERRAL, Outcome.ANSWERED])
    tell_outcome(listing=me.listing(), outcome=outcome, by=None, network=me.network(), now=now())


def report(me: Someone) -> None:
    kind = me.chance.choice([ReportKind.PROBLEM, ReportKind.UNSAFE])
    report_listing(listing=me.listing(), kind=kind, text="Wrong", network=me.network(), now=now())


def answer(me: Someone) -> None:
    waiting = ListingReport.objects.waiting().order_by("pk").first()
    if waiting:
        answer_report(report=waiting, is_right=True, answer="Mended.", by=me.user, now=now())


def propose(me: Someone) -> None:
    said = {"service.description": f"{me.chance.random()}"}
    listing, origin = me.listing(), ChangeOrigin.PROVIDER
    propose_changes_of(listing=listing, values=said, origin=origin, source="provider", now=now())


def accept(me: Someone) -> None:
    waiting = ChangeRequest.objects.filter(status=ReviewStatus.PROPOSED).first()
    if waiting:
        accept_change(request=waiting, by=me.user, now=now())


def check(me: Someone) -> None:
    verify_parts(
        listing=me.listing(),
        parts=[VerifiedPart.HOURS],
        voice=Voice.PROVIDER,
        method=StatementMethod.PROVIDER,
        by=None,
        now=now(),
    )


def resolve(me: Someone) -> None:
    resolve_outcomes(listing=me.listing(), parts=list(VerifiedPart), by=me.user, now=now())


def take_out_and_back(me: Someone) -> None:
    listing = me.listing()
    archive_listing(listing=listing, reason="Closed", by=me.user, now=now())
    restore_listing(listing=listing, by=me.user, now=now())
    publish_listing(listing=listing, by=me.user, now=now())


def night(me: Someone) -> None:
    refresh_whole_queue(now=now())


DEEDS: list[Callable[[Someone], None]] = [
    work,
    work,
    call,
    report,
    answer,
    propose,
    accept,
    check,
    resolve,
    take_out_and_back,
    night,
]
