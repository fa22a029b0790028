"""One letter of each kind, in both languages, with whatever its links lead to."""

from datetime import date

from django.test import Client
from django.utils import timezone

from finder.actions.asking import ask_providers
from finder.actions.claiming import claim_listing
from finder.actions.indexing import index_listings
from finder.enums import CareCategory
from finder.letters.links import Purpose, token_of
from finder.models import AskedListing, Claim, Contact
from tests.factories import ScheduleFactory, make_listing
from tests.programs import PHONE, ClaimFactory, kept_listing
from tests.views.sending import sent

LONG_AGO = date(2026, 1, 5)


def send_one_of_each() -> None:
    for language in ("en", "es"):
        keeper = kept_listing(
            name="Riverside Detox",
            categories=CareCategory.values,
            yes=["medicaid", "medically_supervised"],
            due=LONG_AGO,
            email=f"keeper-{language}@example.org",
        )
        ScheduleFactory(listing=keeper.listing)
        index_listings([keeper.listing_id])
        Contact.objects.filter(pk=keeper.contact_id).update(language=language)
        waiting = make_listing(name="Hillside House", phone=PHONE)
        called = ClaimFactory(
            listing=make_listing(phone=PHONE), contact__email=f"called-{language}@example.org", code_read=True
        )
        for listing, email in (
            (waiting, f"new-{language}@example.org"),
            (called.listing, called.contact.email),
        ):
            claim_listing(listing=listing, email=email, language=language, now=timezone.now())
    ask_providers(now=timezone.now())
    for asked in AskedListing.objects.order_by("pk"):
        prefix = "" if asked.ask.contact.language == "en" else "/es"
        address = f"{prefix}/program/{token_of(Purpose.LISTING, asked.pk)}/"
        sent(Client(), address, "colleague", email=f"colleague{asked.pk}@example.org")
        claim_listing(listing=asked.listing, email=asked.ask.contact.email, language="en", now=timezone.now())
    assert Claim.objects.count() == 6
