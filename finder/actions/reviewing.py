"""What people decide: whose word is taken where a source and a person differ, and what they checked."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from finder.actions.composing import composed, write
from finder.actions.indexing import index_listings
from finder.actions.owned import replace_owned
from finder.actions.queueing import refresh_queue_items
from finder.actions.refusals import Refused
from finder.actions.verifying import verify_parts, voice_of
from finder.enums import ReviewStatus, StatementMethod, VerifiedPart
from finder.models import (
    ChangeRequest,
    Merge,
    ServiceAtLocation,
    SourceRecord,
    Statement,
    TaxonomyTerm,
)
from finder.models.answers import PROVIDER, STAFF, answers
from finder.models.history import one_change


@transaction.atomic
def accept_change(*, request: ChangeRequest, by: User, now: datetime) -> None:
    """The source's value replaces what a person wrote; the history keeps both."""
    listing = ServiceAtLocation.objects.with_parts().select_for_update().get(pk=request.listing_id)
    with one_change(user=by.pk, decision="accept", change_request=request.pk):
        decide(request, ReviewStatus.ACCEPTED, by=by, now=now)
        changes = {request.field: proposed_value(request)}
        write(listing, changes)
        match request.field.partition(".")[0]:
            case "organization":
                listing.service.organization.save()
            case "service":
                listing.service.save()
            case "location" | "position":
                listing.location.save()
        replace_owned({listing.pk: changes})
    sharing = sharing_parts_with(listing)
    index_listings(sharing)
    refresh_queue_items(listing_ids=sharing, now=now)


def proposed_value(request: ChangeRequest) -> Any:
    """A question of meetings leaves out how to join them: the source's record has it."""
    if request.field != "schedules":
        return request.proposed_value
    return composed(SourceRecord.objects.filter(listing=request.listing_id))["schedules"]


@transaction.atomic
def reject_change(*, request: ChangeRequest, by: User, now: datetime) -> None:
    """What a person wrote stays; the same value of the same source is not asked about again."""
    with one_change(user=by.pk, decision="reject", change_request=request.pk):
        decide(request, ReviewStatus.REJECTED, by=by, now=now)
    refresh_queue_items(listing_ids=[request.listing_id], now=now)


def decide(question: ChangeRequest | Merge, status: ReviewStatus, *, by: User, now: datetime) -> None:
    """Of two people who decide at once, the first is heard and the second told."""
    waiting = type(question)._default_manager.filter(pk=question.pk, status=ReviewStatus.PROPOSED)
    if not waiting.update(status=status, decided_by=by, decided_at=now):
        raise Refused(_("Someone has decided this already."))
    question.refresh_from_db()


@transaction.atomic
def state_facts(
    *,
    listing: ServiceAtLocation,
    affirmed: Collection[TaxonomyTerm],
    denied: Collection[TaxonomyTerm],
    method: StatementMethod,
    by: User,
    now: datetime,
) -> Statement:
    """What a person found out, today; it outranks every import."""
    yes, no = {term.pk for term in affirmed}, {term.pk for term in denied}
    if not yes | no:
        raise Refused(_("Name at least one fact."))
    return record(listing, yes, no, method, by=by, now=now)


@transaction.atomic
def confirm_facts(
    *, listing: ServiceAtLocation, method: StatementMethod, by: User, now: datetime
) -> Statement:
    """All that the listing says now is right, as a person found today."""
    known = answers(listing.statements.all())
    if not known:
        raise Refused(_("This listing says nothing yet that could be confirmed."))
    yes = {term for term, answer in known.items() if answer.is_yes}
    return record(listing, yes, set(known) - yes, method, by=by, now=now)


def record(
    listing: ServiceAtLocation,
    yes: Collection[int],
    no: Collection[int],
    method: StatementMethod,
    *,
    by: User,
    now: datetime,
) -> Statement:
    if method == StatementMethod.IMPORT:
        raise Refused(_("A person checks by phone, by a visit or with the program."))
    if set(yes) & set(no):
        raise Refused(_("The same fact cannot be both yes and no."))
    statement = Statement.objects.create(
        listing=listing,
        source_id=PROVIDER if method == StatementMethod.PROVIDER else STAFF,
        method=method,
        stated_on=timezone.localdate(now),
        stated_by=by,
        recorded_at=now,
        categories=listing.service.categories,
        affirmed=sorted(yes),
        denied=sorted(no),
    )
    verify_parts(
        listing=listing,
        parts=[VerifiedPart.SERVICES],
        voice=voice_of(by),
        method=method,
        by=by,
        now=now,
    )
    return statement


@transaction.atomic
def keep_check(
    *,
    listing: ServiceAtLocation,
    all_is_right: bool,
    affirmed: Collection[TaxonomyTerm],
    denied: Collection[TaxonomyTerm],
    parts: Collection[VerifiedPart],
    method: StatementMethod,
    by: User,
    now: datetime,
) -> None:
    """All that one call or visit found out, or nothing of it."""
    if all_is_right:
        confirm_facts(listing=listing, method=method, by=by, now=now)
    if affirmed or denied or not (all_is_right or parts):
        state_facts(listing=listing, affirmed=affirmed, denied=denied, method=method, by=by, now=now)
    if parts:
        verify_parts(listing=listing, parts=parts, voice=voice_of(by), method=method, by=by, now=now)


def sharing_parts_with(listing: ServiceAtLocation) -> list[UUID]:
    """Every listing that says something of the same organization or location, this one among them."""
    return list(
        ServiceAtLocation.objects.filter(
            Q(service__organization=listing.service.organization_id) | Q(location=listing.location_id)
        ).values_list("pk", flat=True)
    )
