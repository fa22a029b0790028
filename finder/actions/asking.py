"""Programs are asked by e-mail whether their listings are still right.

A letter is claimed first: a row for this contact and this day, which the database allows once. It is then
sent while that row is locked, and marked as sent in the same transaction. A process that dies between the
two leaves an unsent row, which the next run of the same day sends. So a letter goes out at least once, and
twice only where death came in the moment between the mail server's yes and the commit; both then carry the
same Message-ID. A letter that was not sent on its day is void, and another day's takes its place.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby, islice
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from finder.enums import AskKind, EditorialStatus
from finder.letters.letter import mail_of
from finder.letters.posting import NotSent, post
from finder.letters.texts import asking_letter
from finder.models import Ask, AskedListing, Claim, Contact
from finder.upkeep.letters import Sent, letter_wanted

logger = logging.getLogger(__name__)


class DueLetter(NamedTuple):
    contact: Contact
    kind: AskKind
    """A reminder where all of its listings were asked about before."""
    listing_ids: list[UUID]


class Written(NamedTuple):
    letters: int
    listings: int
    not_sent: list[int]
    """The contacts whose letter the mail server did not take; tried again by the next run."""


def due_letters(*, now: datetime) -> Iterator[DueLetter]:
    """To each subscribed contact with a confirmed claim of something due, but for those written to today."""
    today = timezone.localdate(now)
    sent = sent_letters()
    written_today = set(Ask.objects.of_day(today).values_list("contact_id", flat=True))
    by_contact = standing_claims().select_related("contact", "listing").order_by("contact_id", "pk")
    for contact, claims in groupby(by_contact, key=lambda claim: claim.contact):
        if contact.pk in written_today:
            continue
        kinds = {
            claim.listing_id: letter_wanted(
                due=claim.listing.verification_due_date,
                cadence_days=claim.listing.cadence_days,
                sent=sent.get((contact.pk, claim.listing_id), ()),
                today=today,
            )
            for claim in claims
        }
        wanted = {listing: kind for listing, kind in kinds.items() if kind}
        if wanted:
            kind = AskKind.FIRST if AskKind.FIRST in wanted.values() else AskKind.REMINDER
            yield DueLetter(contact, kind, list(wanted))


def standing_claims() -> QuerySet[Claim]:
    """By which we may write: confirmed, of a published listing, by someone who wants letters."""
    return Claim.objects.confirmed().filter(
        contact__unsubscribed_at__isnull=True, listing__editorial_status=EditorialStatus.PUBLISHED
    )


def sent_letters() -> Mapping[tuple[int, UUID], Sequence[Sent]]:
    """By contact and listing. An answer of anyone counts for all who were asked about the listing before."""
    answers = AskedListing.objects.exclude(answer="").order_by("answered_at", "pk")
    answered = dict(answers.values_list("listing_id", "answered_at"))
    found: dict[tuple[int, UUID], list[Sent]] = defaultdict(list)
    columns = ("ask__contact_id", "listing_id", "ask__sent_on", "ask__sent_at")
    for contact, listing, on, at in AskedListing.objects.sent().order_by("pk").values_list(*columns):
        is_answered = listing in answered and answered[listing] >= at
        found[contact, listing].append(Sent(on, is_answered))
    return found


@transaction.atomic
def open_ask(
    *, contact: Contact, listing_ids: Collection[UUID], kind: AskKind, now: datetime
) -> list[AskedListing]:
    """Today's letter to this contact, with these listings in it; returns those that were not in it before.

    Of two who do it at once, the second waits for the first and finds its letter there.
    """
    ask, _made = Ask.objects.get_or_create(
        contact=contact, sent_on=timezone.localdate(now), defaults={"kind": kind}
    )
    asked = AskedListing.objects.filter(ask=ask)
    held = set(asked.values_list("listing_id", flat=True))
    AskedListing.objects.bulk_create(
        [AskedListing(ask=ask, listing_id=listing) for listing in listing_ids if listing not in held],
        ignore_conflicts=True,
    )
    return list(with_their_listings(asked.exclude(listing__in=held)))


def with_their_listings(asked: QuerySet[AskedListing]) -> QuerySet[AskedListing]:
    return asked.select_related("ask__contact", "listing__service", "listing__location").order_by(
        "listing__service__name", "pk"
    )


def ask_providers(*, now: datetime, limit: int | None = None) -> Written:
    """Writes every letter that is due today and not written yet; run twice, the second finds nothing."""
    today = timezone.localdate(now)
    for due in islice(due_letters(now=now), limit):
        open_ask(contact=due.contact, listing_ids=due.listing_ids, kind=due.kind, now=now)
    letters = listings = 0
    not_sent = []
    for ask in Ask.objects.of_day(today).unsent().order_by("pk")[:limit]:
        try:
            told = send_ask(ask=ask, now=now)
        except NotSent as fault:
            logger.warning("A letter was not sent: %s", fault)
            not_sent.append(ask.contact_id)
        else:
            letters, listings = letters + bool(told), listings + told
    return Written(letters, listings, not_sent)


@transaction.atomic
def send_ask(*, ask: Ask, now: datetime) -> int:
    """Of how many listings it told. None, where another process has it in hand or its contact stopped."""
    mine = Ask.objects.unsent().filter(contact__unsubscribed_at__isnull=True)
    current = mine.select_for_update(skip_locked=True, of=("self",)).filter(pk=ask.pk).first()
    if current is None:
        return 0
    asked = standing(with_their_listings(AskedListing.objects.filter(ask=current)), current.contact)
    if not asked:
        return 0
    with override(current.contact.language):
        post(mail_of(asking_letter(current, asked), to=current.contact.email))
    Ask.objects.filter(pk=current.pk).update(sent_at=now)
    return len(asked)


def standing(asked: Iterable[AskedListing], contact: Contact) -> list[AskedListing]:
    """Without those whose claim ended, or which were taken out, since the letter was claimed."""
    held = set(standing_claims().filter(contact=contact).values_list("listing_id", flat=True))
    return [each for each in asked if each.listing_id in held]
