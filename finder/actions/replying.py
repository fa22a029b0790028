"""What a program answers by the link of a letter: about one listing, and nothing twice.

Each verb locks the row that the link is about and looks whether its form is still about what the page
showed. What is chosen from a closed set is taken at once, as the program's own word. What is typed waits
for a person, since words can hold another number or address than the one a person would check.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from finder.actions.capacity import state_capacity
from finder.actions.claiming import end_claims
from finder.actions.due_dates import refresh_due_dates
from finder.actions.proposed_fields import PAYMENT
from finder.actions.proposing import propose_changes_of
from finder.actions.queueing import refresh_queue_items
from finder.actions.refusals import Refused
from finder.actions.reviewing import record, write_statement
from finder.actions.seen import (
    ALL,
    AVAILABILITY,
    CADENCE,
    COLLEAGUE,
    FIELDS,
    LASTING_PARTS,
    NOT_US,
    is_as_seen,
)
from finder.actions.verifying import verify_parts
from finder.enums import (
    CapacityCode,
    CapacityUnit,
    ChangeOrigin,
    EditorialStatus,
    ProviderAnswer,
    ReviewStatus,
    StatementMethod,
    VerifiedPart,
    Voice,
)
from finder.letters.letter import mail_of
from finder.letters.posting import post
from finder.letters.texts import colleague_letter
from finder.models import AskedListing, ChangeRequest, Claim, ServiceAtLocation
from finder.models.answers import PROVIDER, answers
from finder.models.history import one_change

RANK = {ProviderAnswer.PART_RIGHT: 0, ProviderAnswer.ALL_RIGHT: 1, ProviderAnswer.CHANGED: 2}
"""Who confirmed all and then proposed a change, proposed a change."""


class SeenBefore(Refused):
    """The form was answered already, or what it is about is no longer as the page showed it."""


def serves(asked: AskedListing) -> bool:
    """Whether its link still opens anything: its contact keeps the listing, and readers see it."""
    contact = asked.ask.contact
    claims = Claim.objects.confirmed().filter(listing=asked.listing_id, contact=contact)
    is_published = asked.listing.editorial_status == EditorialStatus.PUBLISHED
    return contact.unsubscribed_at is None and is_published and claims.exists()


def lock(asked: AskedListing, subject: str, mark: str) -> AskedListing:
    current = AskedListing.objects.with_parts().select_for_update(of=("self",)).get(pk=asked.pk)
    if not serves(current) or not is_as_seen(current, subject, mark):
        raise SeenBefore(_("This was answered already, or the listing has changed. Please look again."))
    return current


@transaction.atomic
def confirm_all(*, asked: AskedListing, mark: str, now: datetime) -> None:
    """All but room for new people."""
    current = lock(asked, ALL, mark)
    confirm(current, [part for part in LASTING_PARTS if may_confirm(current, part)], now)


@transaction.atomic
def confirm_part(*, asked: AskedListing, part: VerifiedPart, mark: str, now: datetime) -> None:
    current = lock(asked, part, mark)
    confirm(current, [part] if may_confirm(current, part) else [], now)


def may_confirm(asked: AskedListing, part: VerifiedPart) -> bool:
    """Once, and not while a change of it waits that the program proposed itself."""
    return part not in asked.parts and not proposed(asked.listing).filter(field__in=FIELDS[part]).exists()


def proposed(listing: ServiceAtLocation) -> QuerySet[ChangeRequest]:
    """What programs proposed of it, and nobody has decided."""
    return ChangeRequest.objects.filter(
        listing=listing, origin=ChangeOrigin.PROVIDER, status=ReviewStatus.PROPOSED
    ).order_by("pk")


def confirm(asked: AskedListing, parts: Collection[VerifiedPart], now: datetime) -> None:
    if not parts:
        raise SeenBefore(_("You have said so already."))
    listing = asked.listing
    if VerifiedPart.SERVICES in parts:
        repeat_facts(listing, now)
    verify_parts(
        listing=listing,
        parts=parts,
        voice=Voice.PROVIDER,
        method=StatementMethod.PROVIDER,
        by=None,
        now=now,
    )
    said = [part.value for part in VerifiedPart if part in parts or part in asked.parts]
    is_all = set(LASTING_PARTS) <= set(said)
    keep(asked, ProviderAnswer.ALL_RIGHT if is_all else ProviderAnswer.PART_RIGHT, said, now)


def repeat_facts(listing: ServiceAtLocation, now: datetime) -> None:
    """What is known of it is from now on the program's own word."""
    known = answers(listing.statements.all())
    if known:
        yes = {term for term, answer in known.items() if answer.is_yes}
        write_statement(listing, yes, set(known) - yes, StatementMethod.PROVIDER, by=None, now=now)


@transaction.atomic
def propose(
    *, asked: AskedListing, subject: str, values: Mapping[str, Any], mark: str, now: datetime
) -> list[ChangeRequest]:
    """`subject` is the part that the fields belong to; what says the same as the listing is left out."""
    current = lock(asked, subject, mark)
    if not set(values) <= set(FIELDS[subject]):
        raise Refused(_("This form is about another part of the listing."))
    made = propose_changes_of(
        listing=current.listing,
        values=values,
        origin=ChangeOrigin.PROVIDER,
        source=PROVIDER,
        now=now,
    )
    if made:
        keep(current, ProviderAnswer.CHANGED, current.parts, now)
    return made


@transaction.atomic
def state_services(
    *,
    asked: AskedListing,
    affirmed: Collection[int],
    denied: Collection[int],
    payment: Mapping[str, str],
    mark: str,
    now: datetime,
) -> None:
    """Facts are taken at once, by term; those of payment, by slug, wait for a person."""
    current = lock(asked, VerifiedPart.SERVICES, mark)
    listing = current.listing
    if affirmed or denied:
        record(listing, affirmed, denied, StatementMethod.PROVIDER, by=None, now=now)
        refresh_due_dates(listing_ids=[listing.pk], now=now)
    if payment:
        values = {PAYMENT: dict(payment)}
        propose_changes_of(
            listing=listing, values=values, origin=ChangeOrigin.PROVIDER, source=PROVIDER, now=now
        )
    if affirmed or denied or payment:
        keep(current, ProviderAnswer.CHANGED, current.parts, now)
        refresh_queue_items(listing_ids=[listing.pk], now=now)


@transaction.atomic
def state_room(
    *,
    asked: AskedListing,
    unit: CapacityUnit,
    code: CapacityCode,
    available: int | None,
    mark: str,
    now: datetime,
) -> None:
    current = lock(asked, AVAILABILITY, mark)
    state_capacity(
        listing=current.listing,
        unit=unit,
        code=code,
        available=available,
        voice=Voice.PROVIDER,
        by=None,
        now=now,
    )
    parts = [part.value for part in VerifiedPart if part == AVAILABILITY or part in current.parts]
    keep(current, ProviderAnswer(current.answer or ProviderAnswer.PART_RIGHT), parts, now)


@transaction.atomic
def choose_cadence(*, asked: AskedListing, days: int | None, mark: str, now: datetime) -> None:
    """How often the program wants to be asked; None leaves it to the rule."""
    listing = lock(asked, CADENCE, mark).listing
    with one_change(decision="cadence"):
        ServiceAtLocation.objects.filter(pk=listing.pk).update(cadence_days=days)
    refresh_due_dates(listing_ids=[listing.pk], now=now)


@transaction.atomic
def say_not_us(*, asked: AskedListing, mark: str, now: datetime) -> None:
    """The claim ends, and with it every link to this listing that this contact was sent."""
    current = lock(asked, NOT_US, mark)
    claims = Claim.objects.open().filter(listing=current.listing, contact=current.ask.contact)
    end_claims(
        claim_ids=list(claims.values_list("pk", flat=True)), reason="“Not us”, the program says.", now=now
    )
    AskedListing.objects.filter(pk=current.pk).update(answer=ProviderAnswer.NOT_US, answered_at=now)


@transaction.atomic
def send_to_colleague(*, asked: AskedListing, token: str, email: str, mark: str, now: datetime) -> None:
    """Once. The address is in the letter and nowhere else."""
    current = lock(asked, COLLEAGUE, mark)
    if current.forwarded_at:
        raise SeenBefore(_("This link was sent to a colleague already."))
    AskedListing.objects.filter(pk=current.pk).update(forwarded_at=now)
    with override(current.ask.contact.language):
        post(mail_of(colleague_letter(current, token=token, key=f"colleague-{current.pk}"), to=email))


def keep(asked: AskedListing, answer: ProviderAnswer, parts: Collection[str], now: datetime) -> None:
    before = RANK.get(ProviderAnswer(asked.answer)) if asked.answer else None
    said = asked.answer if before is not None and before > RANK[answer] else answer
    AskedListing.objects.filter(pk=asked.pk).update(
        answer=said, parts=list(parts), answered_at=asked.answered_at or now
    )
    asked.refresh_from_db(fields=["answer", "parts", "answered_at"])
