from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from finder.models import Claim, Contact
from tests.programs import SECRET, kept_listing, stop_page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact() -> Contact:
    return kept_listing().contact


def test_opening_the_link_stops_nothing(client: Client, contact: Contact) -> None:
    for method in (client.get, client.head):
        assert method(stop_page_of(contact)).status_code == 200
    contact.refresh_from_db()
    assert contact.unsubscribed_at is None


def test_a_press_stops_the_letters_and_ends_the_claims(client: Client, contact: Contact) -> None:
    page = client.post(stop_page_of(contact), {"verb": "stop"}).content.decode()
    contact.refresh_from_db()
    assert contact.unsubscribed_at is not None
    assert not Claim.objects.open().exists()
    assert "We stopped writing to you" in page
    assert SECRET not in page


def test_a_mail_program_stops_them_in_one_press(contact: Contact) -> None:
    """As RFC 8058 says: without a cookie, a page before it, or a redirect after it."""
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(stop_page_of(contact), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert not response.cookies
    contact.refresh_from_db()
    assert contact.unsubscribed_at is not None


def test_pressed_again_the_first_day_stays(client: Client, contact: Contact) -> None:
    client.post(stop_page_of(contact))
    first = Contact.objects.get().unsubscribed_at
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        client.post(stop_page_of(contact))
    assert Contact.objects.get().unsubscribed_at == first


def test_whoever_changes_their_mind_may_be_written_to_again(client: Client, contact: Contact) -> None:
    client.post(stop_page_of(contact))
    page = unescape(client.post(stop_page_of(contact), {"verb": "again"}).content.decode())
    contact.refresh_from_db()
    assert contact.unsubscribed_at is None
    assert "We may write to you again." in page
    assert not Claim.objects.open().exists()


@pytest.mark.parametrize("token", ["4711", "4711.1vH000.AAAA"])
def test_a_foreign_link_reveals_nothing(client: Client, contact: Contact, token: str) -> None:
    response = client.post(f"/program/stop/{token}/")
    assert response.status_code == 404
    contact.refresh_from_db()
    assert contact.unsubscribed_at is None
