"""A program claims its listing: an e-mail address is tied to it by a code, read out to the listed number."""

import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from enum import Enum, auto

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from finder.actions.asking import open_ask
from finder.actions.refusals import Refused
from finder.enums import AskKind, CareCategory, ClaimStatus
from finder.letters.letter import Letter, mail_of
from finder.letters.posting import NotSent, post
from finder.letters.texts import claim_letter, wanted_letter
from finder.models import Ask, AskedListing, Claim, Contact, Phone, ServiceAtLocation

A_DAY = timedelta(days=1)
MOST_OPEN = 3
"""Of one listing."""
MOST_TO_ONE_ADDRESS, MOST_IN_ALL = 5, 200
"""Requests in a day: nobody's mailbox is filled by us, nor the day of those who call."""

DIGITS = 6
MOST_WRONG = 5
CODE_LASTS, REQUEST_LASTS = timedelta(days=7), timedelta(days=30)


class Typed(Enum):
    """What came of a code."""

    RIGHT = auto()
    WRONG = auto()
    NOTHING = auto()
    """None was awaited: not yet, or no longer."""


def can_be_claimed(listing: ServiceAtLocation) -> bool:
    """Meetings are kept by their own source; and a code needs a number to be read to."""
    is_care = set(listing.service.categories) != {CareCategory.SUPPORT_GROUP}
    return is_care and bool(listed_numbers(listing))


def listed_numbers(listing: ServiceAtLocation) -> list[Phone]:
    """Whole numbers: a short code such as 211 is nobody's own."""
    return [phone for phone in listing.speaking_phones if phone.number_e164]


def has_enough_claims(listing: ServiceAtLocation) -> bool:
    return listing.claims.open().count() >= MOST_OPEN


@transaction.atomic
def claim_listing(*, listing: ServiceAtLocation, email: str, language: str, now: datetime) -> None:
    """Writes to the address. What is known of it decides what the letter says and whether there is one, and
    nobody but its reader learns that.
    """
    ServiceAtLocation.objects.select_for_update(no_key=True).get(pk=listing.pk)
    if Claim.objects.asked_since(now - A_DAY).count() >= MOST_IN_ALL:
        raise Refused(_("Many people wrote to us today. Please try again tomorrow."))
    contact = Contact.objects.at(email).first()
    letter = letter_for(listing, contact, email=email, language=language, now=now)
    if letter is None:
        post(None)
        return
    contact = contact or Contact.objects.at(email).get()
    with override(contact.language):
        post(mail_of(letter, to=contact.email))


def letter_for(
    listing: ServiceAtLocation, contact: Contact | None, *, email: str, language: str, now: datetime
) -> Letter | None:
    """None for whoever wants no letters, had one today, or comes when others wait already."""
    if contact and (contact.unsubscribed_at or asked_enough(contact, now)):
        return None
    claim = Claim.objects.open().filter(listing=listing, contact=contact).first() if contact else None
    if claim is None:
        if has_enough_claims(listing):
            return None
        claim = make_claim(listing, contact or new_contact(email, language, now), now)
    elif claim.status == ClaimStatus.CONFIRMED:
        return letter_with_link(claim, now)
    elif claim.asked_at > now - A_DAY:
        return None
    else:
        Claim.objects.filter(pk=claim.pk).update(asked_at=now)
    with override(claim.contact.language):
        return claim_letter(claim, key=f"claim-{claim.pk}-{now:%Y%m%d}")


def asked_enough(contact: Contact, now: datetime) -> bool:
    return contact.claims.asked_since(now - A_DAY).count() >= MOST_TO_ONE_ADDRESS


def new_contact(email: str, language: str, now: datetime) -> Contact:
    """Of two that are made at once for one address, the first stays."""
    made = Contact(email=email, language=language, created_at=now)
    Contact.objects.bulk_create([made], ignore_conflicts=True)
    return Contact.objects.at(email).get()


def make_claim(listing: ServiceAtLocation, contact: Contact, now: datetime) -> Claim:
    return Claim.objects.create(listing=listing, contact=contact, asked_at=now)


def letter_with_link(claim: Claim, now: datetime) -> Letter | None:
    """A program that lost its link asks for it here, once a day."""
    asked = open_ask(contact=claim.contact, listing_ids=[claim.listing_id], kind=AskKind.FIRST, now=now)
    if not asked:
        return None
    mark_as_sent(asked[0], now)
    with override(claim.contact.language):
        return wanted_letter(asked[0])


def mark_as_sent(asked: AskedListing, now: datetime) -> None:
    """But for a letter of today that still waits: it is sent with all that it holds."""
    if asked.ask.asked.count() == 1:
        Ask.objects.unsent().filter(pk=asked.ask_id).update(sent_at=now)


@transaction.atomic
def make_code(*, claim: Claim, number: str, by: User, now: datetime) -> str:
    """To be read out to `number`, one of those that the listing shows at this moment. Only here is it known:
    what is kept is its hash. A new code replaces the one before.
    """
    current = Claim.objects.select_for_update().get(pk=claim.pk)
    if current.status not in {ClaimStatus.ASKED, ClaimStatus.CODE_READ}:
        raise Refused(_("This claim is decided already."))
    if number not in {phone.number_e164 for phone in listed_numbers(current.listing)}:
        raise Refused(_("The listing shows another number now. Look at it again before you call."))
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    Claim.objects.filter(pk=current.pk).update(
        status=ClaimStatus.CODE_READ,
        code_hash=make_password(code),
        code_made_at=now,
        called_number=number,
        called_by=by,
        attempts=0,
    )
    claim.refresh_from_db()
    return code


@transaction.atomic
def type_code(*, claim: Claim, code: str, now: datetime) -> Typed:
    """The right one confirms the claim. After a week, or too many that were wrong, it ends."""
    current = Claim.objects.select_for_update().get(pk=claim.pk)
    if current.status != ClaimStatus.CODE_READ:
        return Typed.NOTHING
    if is_over(current, now):
        end_claims(claim_ids=[current.pk], reason="The code was not typed in within a week.", now=now)
        return Typed.NOTHING
    if check_password(code, current.code_hash):
        Claim.objects.filter(pk=current.pk).update(status=ClaimStatus.CONFIRMED, confirmed_at=now)
        return Typed.RIGHT
    Claim.objects.filter(pk=current.pk).update(attempts=current.attempts + 1)
    if current.attempts + 1 >= MOST_WRONG:
        end_claims(claim_ids=[current.pk], reason="Too many wrong codes.", now=now)
    return Typed.WRONG


@transaction.atomic
def first_link(*, claim: Claim, now: datetime) -> AskedListing:
    """Its page at once, and by mail; where that fails now, it goes out with the day's letters."""
    kind, listings = AskKind.FIRST, [claim.listing_id]
    made = open_ask(contact=claim.contact, listing_ids=listings, kind=kind, now=now)
    if made:
        with suppress(NotSent), override(claim.contact.language):
            post(mail_of(wanted_letter(made[0]), to=claim.contact.email))
            mark_as_sent(made[0], now)
    day = timezone.localdate(now)
    return AskedListing.objects.get(ask__contact=claim.contact, ask__sent_on=day, listing=claim.listing_id)


def is_over(claim: Claim, now: datetime) -> bool:
    return claim.code_made_at is not None and claim.code_made_at + CODE_LASTS <= now


@transaction.atomic
def refuse_claim(*, claim: Claim, reason: str, by: User, now: datetime) -> None:
    """Whoever was called knows nothing of it, or the address is nobody's of the program."""
    if not reason.strip():
        raise Refused(_("Say why: the reason is kept with the claim."))
    open_claims = Claim.objects.open().filter(pk=claim.pk)
    if not open_claims.update(status=ClaimStatus.REFUSED, ended_at=now, ended_reason=reason.strip()):
        raise Refused(_("This claim is decided already."))
    LogEntry.objects.log_actions(by.pk, [claim], CHANGE, change_message="Refused.", single_object=True)
    claim.refresh_from_db()


def end_claims(*, claim_ids: list[int], reason: str, now: datetime) -> int:
    return (
        Claim.objects.open()
        .filter(pk__in=claim_ids)
        .update(status=ClaimStatus.ENDED, ended_at=now, ended_reason=reason)
    )


@transaction.atomic
def end_old_claims(*, now: datetime) -> int:
    """Requests that came to nothing; returns how many."""
    unread = Claim.objects.filter(status=ClaimStatus.ASKED, asked_at__lte=now - REQUEST_LASTS)
    untyped = Claim.objects.filter(status=ClaimStatus.CODE_READ, code_made_at__lte=now - CODE_LASTS)
    ended = end_claims(
        claim_ids=list(unread.values_list("pk", flat=True)), reason="Nobody called in time.", now=now
    )
    return ended + end_claims(
        claim_ids=list(untyped.values_list("pk", flat=True)),
        reason="The code was not typed in within a week.",
        now=now,
    )
