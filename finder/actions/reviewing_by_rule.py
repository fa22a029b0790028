"""Questions that an import left, answered alike for one field of one source: all taken, or all kept."""

from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, QuerySet

from finder.actions.composing import current_values
from finder.actions.owned import without_joining
from finder.actions.refusals import Refused
from finder.actions.reviewing import accept_change, reject_change
from finder.enums import ChangeOrigin, ReviewStatus
from finder.models import ChangeRequest, ServiceAtLocation


class Rule(NamedTuple):
    """What one source says of one field, wherever a person wrote something else."""

    source: str
    field: str

    def questions(self) -> "QuerySet[ChangeRequest]":
        return waiting().filter(source=self.source, field=self.field).order_by("pk")


class Outcome(NamedTuple):
    decided: int
    left: int
    """Of listings that say something else by now than when it was asked, or that someone decided."""


def waiting() -> "QuerySet[ChangeRequest]":
    """What programs and readers propose is never decided by a rule."""
    return ChangeRequest.objects.filter(status=ReviewStatus.PROPOSED, origin=ChangeOrigin.IMPORT)


def rules() -> list[tuple[Rule, int]]:
    """Each with how many questions it would answer, the most first."""
    counted = waiting().order_by().values_list("source", "field").annotate(Count("pk"))
    found = [(Rule(source, field), count) for source, field, count in counted]
    return sorted(found, key=lambda each: (-each[1], each[0]))


def decide_by_rule(
    *, rule: Rule, verdict: ReviewStatus, up_to: int, most: int, by: User, now: datetime
) -> Outcome:
    """Listing by listing: each is decided wholly or not at all.

    `up_to` is the last question that the person saw; newer ones are not meant. `most` bounds the work.
    """
    questions = list(rule.questions().filter(pk__lte=up_to)[:most])
    decided = sum(decide_one(question, verdict, by=by, now=now) for question in questions)
    return Outcome(decided, len(questions) - decided)


def decide_one(question: ChangeRequest, verdict: ReviewStatus, *, by: User, now: datetime) -> bool:
    try:
        with transaction.atomic():
            if verdict == ReviewStatus.REJECTED:
                reject_change(request=question, by=by, now=now)
            elif says_what_it_said(question):
                accept_change(request=question, by=by, now=now)
            else:
                return False
    except Refused:
        return False
    return True


def says_what_it_said(question: ChangeRequest) -> bool:
    """Locked: nobody changes it between this look and the decision."""
    listings = ServiceAtLocation.objects.with_parts().select_for_update()
    listing = listings.get(pk=question.listing_id)
    current: Any = current_values(listing, listing.phones.all(), listing.schedules.all())
    return bool(without_joining(question.field, current.get(question.field)) == question.current_value)
