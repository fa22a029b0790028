"""Programs that keep their own listings: contacts, claims and letters, in the state that a test is about."""

from datetime import UTC, date, datetime, time
from typing import Any

import factory
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.urls import reverse
from factory.django import DjangoModelFactory

from finder.actions.indexing import index_listings
from finder.enums import AskKind, CareCategory, ClaimStatus
from finder.letters.links import Purpose, token_of
from finder.models import Ask, AskedListing, Claim, Contact, ServiceAtLocation
from tests.factories import ListingFactory, PhoneFactory, ScheduleFactory, make_listing

SECRET = "intake@riverside.example.org"
"""An address that nobody but its reader may ever see."""
PHONE, E164 = "828-555-0142", "+18285550142"
CODE, CODE_HASH = "048291", make_password("048291")
LONG_AGO = datetime(2026, 1, 5, 12, tzinfo=UTC)


class ContactFactory(DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    class Params:
        stopped = factory.Trait(unsubscribed_at=LONG_AGO)

    email = factory.Sequence(lambda number: f"intake{number}@riverside.example.org")
    language = "en"
    created_at = LONG_AGO


class ClaimFactory(DjangoModelFactory[Claim]):
    """Asked for, and nobody has called yet."""

    class Meta:
        model = Claim

    class Params:
        code_read = factory.Trait(
            status=ClaimStatus.CODE_READ,
            code_hash=CODE_HASH,
            code_made_at=factory.SelfAttribute("asked_at"),
            called_number=E164,
            called_by=factory.LazyFunction(lambda: User.objects.get_or_create(username="caller")[0]),
        )
        confirmed = factory.Trait(
            code_read=True, status=ClaimStatus.CONFIRMED, confirmed_at=factory.SelfAttribute("asked_at")
        )
        ended = factory.Trait(
            status=ClaimStatus.ENDED, ended_at=factory.SelfAttribute("asked_at"), ended_reason="Over"
        )

    listing = factory.SubFactory(ListingFactory)
    contact = factory.SubFactory(ContactFactory)
    asked_at = LONG_AGO


class AskFactory(DjangoModelFactory[Ask]):
    class Meta:
        model = Ask

    class Params:
        unsent = factory.Trait(sent_at=None)

    contact = factory.SubFactory(ContactFactory)
    kind = AskKind.FIRST
    sent_on = date(2026, 11, 20)
    sent_at = factory.LazyAttribute(lambda ask: datetime.combine(ask.sent_on, time(12), tzinfo=UTC))


class AskedListingFactory(DjangoModelFactory[AskedListing]):
    """Whose contact has confirmed that it keeps the listing."""

    class Meta:
        model = AskedListing
        skip_postgeneration_save = True

    ask = factory.SubFactory(AskFactory)
    listing = factory.SubFactory(ListingFactory)

    @factory.post_generation
    def claim(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        known = {"listing": self.listing, "contact": self.ask.contact}
        if create and not Claim.objects.filter(**known).exists():
            ClaimFactory(confirmed=True, **known)


def kept_listing(
    *, email: str = SECRET, due: date | None = None, contact: Contact | None = None, **listing: Any
) -> Claim:
    """A listing that readers see, kept right by its program."""
    made: ServiceAtLocation = make_listing(**listing)
    if due:
        ServiceAtLocation.objects.filter(pk=made.pk).update(verification_due_date=due)
        made.refresh_from_db()
    keeper = contact or Contact.objects.filter(email=email).first() or ContactFactory(email=email)
    return ClaimFactory(listing=made, contact=keeper, confirmed=True)


def asked_of_riverside(**ask: Any) -> AskedListing:
    """A program with something of every part of its page."""
    listing = make_listing(
        name="Riverside Detox",
        categories=[CareCategory.WITHDRAWAL_MANAGEMENT, CareCategory.BEHAVIORAL_HEALTH],
        yes=["medicaid", "medically_supervised"],
        no=["methadone"],
        phone="",
        service__url="https://riverside.example.org/",
        service__description="Twelve beds by the river.",
    )
    PhoneFactory(listing=listing, number=PHONE, extension="14")
    ScheduleFactory(listing=listing)
    index_listings([listing.pk])
    return AskedListingFactory(listing=listing, ask__contact__email=SECRET, **ask)


def page_of(asked: AskedListing) -> str:
    return reverse("program", args=[token_of(Purpose.LISTING, asked.pk)])


def code_page_of(claim: Claim) -> str:
    return reverse("claim_code", args=[token_of(Purpose.CODE, claim.pk)])


def stop_page_of(contact: Contact) -> str:
    return reverse("stop_letters", args=[token_of(Purpose.STOP, contact.pk)])
