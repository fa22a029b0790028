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

from finder.actions.composing import composed, owners_of, write
from finder.actions.due_dates import refresh_due_dates
from finder.actions.indexing import index_listings
from finder.actions.locking import lock_listings
from finder.actions.owned import replace_owned
from finder.actions.proposed_fields import PAYMENT, PHONES, plain_changes, terms_said
from finder.actions.queueing import refresh_queue_items
from finder.actions.refusals import Refused
from finder.actions.verifying import verify_parts, voice_of
from finder.enums import ChangeOrigin, ReviewStatus, StatementMethod, VerifiedPart, Voice
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
    """The proposed value replaces what the listing says; the history keeps both."""
    lock_listings([request.listing_id])
    listing = ServiceAtLocation.objects.with_parts().get(pk=request.listing_id)
    with one_change(user=by.pk, decision="accept", change_request=request.pk):
        decide(request, ReviewStatus.ACCEPTED, by=by, now=now)
        if must_be_called_back(request, listing):
            raise Refused(_("A new number is taken once someone has called the old one. Call it first."))
        changes = plain_changes(listing, request.field, proposed_value(request))
        write(listing, changes)
        save_owners(listing, changes)
        replace_owned({listing.pk: changes})
    if request.field == PAYMENT:
        record(listing, *terms_said(request.proposed_value), StatementMethod.PROVIDER, by=by, now=now)
    sharing = sharing_parts_with(listing)
    index_listings(sharing)
    refresh_due_dates(listing_ids=[listing.pk], now=now)
    refresh_queue_items(listing_ids=sharing, now=now)


def must_be_called_back(request: ChangeRequest, listing: ServiceAtLocation) -> bool:
    """Whoever takes over a program's mailbox changes its number first: the old one is asked about the new."""
    is_new_number = request.origin == ChangeOrigin.PROVIDER and request.field == PHONES
    return is_new_number and request.called_back_at is None and bool(listing.speaking_phones)


@transaction.atomic
def record_call_back(*, request: ChangeRequest, by: User, now: datetime) -> None:
    """Someone called the number that the listing shows, and was told that the new one is right."""
    waiting = ChangeRequest.objects.filter(
        pk=request.pk, status=ReviewStatus.PROPOSED, called_back_at__isnull=True
    )
    if not waiting.update(called_back_at=now, called_back_by=by):
        raise Refused(_("Someone has called or decided already."))
    request.refresh_from_db()


def save_owners(listing: ServiceAtLocation, changes: Collection[str]) -> None:
    changed = {"location" if name == "position" else name.partition(".")[0] for name in changes}
    owners = owners_of(listing)
    for name in sorted(changed & set(owners)):
        owners[name].save()


def proposed_value(request: ChangeRequest) -> Any:
    """A source's question of meetings leaves out how to join them: its record has it."""
    if request.field != "schedules" or request.origin != ChangeOrigin.IMPORT:
        return request.proposed_value
    return composed(SourceRecord.objects.filter(listing=request.listing_id))["schedules"]


@transaction.atomic
def reject_change(*, request: ChangeRequest, by: User, now: datetime) -> None:
    """What a person wrote stays; the same value of the same source is not asked about again."""
    lock_listings([request.listing_id])
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
    by: User | None,
    now: datetime,
) -> Statement:
    """`by` is empty for a program that answers by its link."""
    statement = write_statement(listing, yes, no, method, by=by, now=now)
    verify_parts(
        listing=listing,
        parts=[VerifiedPart.SERVICES],
        voice=voice_of(by) if by else Voice.PROVIDER,
        method=method,
        by=by,
        now=now,
    )
    return statement


def write_statement(
    listing: ServiceAtLocation,
    yes: Collection[int],
    no: Collection[int],
    method: StatementMethod,
    *,
    by: User | None,
    now: datetime,
) -> Statement:
    """For whoever verifies the services with other parts of the listing."""
    if method == StatementMethod.IMPORT:
        raise Refused(_("A person checks by phone, by a visit or with the program."))
    if set(yes) & set(no):
        raise Refused(_("The same fact cannot be both yes and no."))
    return Statement.objects.create(
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
