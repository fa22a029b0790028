from datetime import UTC, datetime, timedelta

import pytest

from finder.actions.contacts import allow_letters, forget_contacts, stop_letters
from finder.enums import ClaimStatus
from finder.models import Claim, Contact
from tests.programs import AskFactory, ClaimFactory, ContactFactory, kept_listing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_stopping_ends_every_claim_of_the_contact_and_of_nobody_else() -> None:
    mine = [kept_listing(), kept_listing()]
    waiting = ClaimFactory(contact=mine[0].contact)
    other = kept_listing(email="other@example.org")
    stop_letters(contact=mine[0].contact, now=NOW)
    assert mine[0].contact.unsubscribed_at == NOW
    assert set(Claim.objects.open()) == {other}
    assert Claim.objects.filter(pk=waiting.pk, status=ClaimStatus.ENDED).exists()


def test_stopping_twice_keeps_the_first_day() -> None:
    contact = ContactFactory()
    stop_letters(contact=contact, now=NOW)
    stop_letters(contact=contact, now=NOW + timedelta(days=1))
    assert contact.unsubscribed_at == NOW


def test_whoever_allows_letters_again_claims_again() -> None:
    claim = kept_listing()
    stop_letters(contact=claim.contact, now=NOW)
    allow_letters(contact=claim.contact)
    assert claim.contact.unsubscribed_at is None
    assert not Claim.objects.open().exists()


def test_addresses_that_came_to_nothing_are_forgotten_after_half_a_year() -> None:
    """Kept are programs, whoever still waits, whoever was refused lately, and whoever wants no letters."""
    long_ago = NOW - timedelta(days=181)
    forgotten = ClaimFactory(contact__created_at=long_ago, ended=True, asked_at=long_ago).contact
    kept = [
        kept_listing().contact,
        ClaimFactory(contact__created_at=long_ago).contact,
        ClaimFactory(contact__created_at=long_ago, ended=True, asked_at=NOW - timedelta(days=179)).contact,
        ContactFactory(stopped=True, created_at=long_ago),
        AskFactory(contact__created_at=long_ago).contact,
        ContactFactory(created_at=NOW),
    ]
    assert forget_contacts(now=NOW) == 1
    assert not Contact.objects.filter(pk=forgotten.pk).exists()
    assert set(Contact.objects.all()) == set(kept)
