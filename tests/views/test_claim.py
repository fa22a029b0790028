from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from finder.actions.indexing import index_listings
from finder.enums import CareCategory
from finder.models import Claim, Contact, ServiceAtLocation
from finder.views.claim import MOST_REQUESTS
from tests.factories import make_listing
from tests.programs import PHONE, SECRET, ClaimFactory, ContactFactory, kept_listing
from tests.views.sending import words_of

pytestmark = pytest.mark.usefixtures("vocabulary")
NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def tuesday() -> Any:
    """And nobody has asked in this minute."""
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def listing() -> ServiceAtLocation:
    made = make_listing(name="Riverside Detox", phone=PHONE)
    index_listings([made.pk])
    return made


def claim_page(listing: ServiceAtLocation) -> str:
    return reverse("claim", args=[listing.pk])


def ask(client: Client, listing: ServiceAtLocation, email: str = SECRET, **more: str) -> Any:
    return client.post(claim_page(listing), {"email": email, "language": "en", **more})


def test_the_listing_leads_there(client: Client, listing: ServiceAtLocation) -> None:
    page = client.get(listing.get_absolute_url()).content.decode()
    assert f'href="{claim_page(listing)}" rel="nofollow"' in page
    assert "Is this your program? Keep it right" in page


@pytest.mark.parametrize(
    "other", [{"categories": [CareCategory.SUPPORT_GROUP]}, {"phone": ""}], ids=["a group", "no phone"]
)
def test_what_cannot_be_claimed_says_so_and_takes_nothing(client: Client, other: dict[str, Any]) -> None:
    made = make_listing(**other)
    index_listings([made.pk])
    assert claim_page(made) not in client.get(made.get_absolute_url()).content.decode()
    page = ask(client, made).content.decode()
    assert "This listing cannot be taken over here" in page
    assert "<form" not in page.split("<main")[1]
    assert not mail.outbox


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_what_readers_do_not_see_is_not_there(client: Client, state: str) -> None:
    hidden = make_listing(**{state: True})
    assert client.get(claim_page(hidden)).status_code == 404
    assert ask(client, hidden).status_code == 404


def test_the_page_names_the_number_that_will_be_called(client: Client, listing: ServiceAtLocation) -> None:
    assert PHONE in words_of(client.get(claim_page(listing)).content.decode())


def test_asking_sends_a_letter(client: Client, listing: ServiceAtLocation) -> None:
    response = ask(client, listing)
    assert response.status_code == 200
    assert "Look into your mail" in response.content.decode()
    assert SECRET not in response.content.decode()
    assert not response.cookies
    assert Claim.objects.get().listing == listing
    assert len(mail.outbox) == 1


def test_the_answer_does_not_tell_whether_an_address_is_known(client: Client) -> None:
    """New, confirmed, asked today, refused before, or stopped: the same words."""
    kept = kept_listing(email="keeper@example.org")
    index_listings([kept.listing_id])
    ClaimFactory(listing=kept.listing, contact=ContactFactory(email="waits@example.org"), asked_at=NOW)
    ClaimFactory(listing=kept.listing, contact=ContactFactory(email="before@example.org"), ended=True)
    ContactFactory(email="stopped@example.org", stopped=True)
    names = ("new", "keeper", "waits", "before", "stopped")
    answers = {ask(client, kept.listing, f"{name}@example.org").content for name in names}
    assert len(answers) == 1
    assert b"Look into your mail" in answers.pop()


def test_what_is_no_address_is_named(client: Client, listing: ServiceAtLocation) -> None:
    response = ask(client, listing, "riverside.example.org")
    page = unescape(response.content.decode())
    assert response.status_code == 400
    assert page.count("Enter a valid email address.") == 2
    assert 'value="riverside.example.org"' in page
    assert not Claim.objects.exists()


@pytest.mark.parametrize("email", ["a@b.org\nBcc: c@d.org", "a@b.org, c@d.org", f"{'x' * 250}@b.org"])
def test_one_address_is_written_to_and_no_more(
    client: Client, listing: ServiceAtLocation, email: str
) -> None:
    assert ask(client, listing, email).status_code == 400
    assert not mail.outbox


def test_what_fills_in_the_hidden_field_is_thanked_and_not_heard(
    client: Client, listing: ServiceAtLocation
) -> None:
    response = ask(client, listing, leave_empty="https://spam.example.org/")
    assert "Look into your mail" in response.content.decode()
    assert not mail.outbox
    assert not Contact.objects.exists()


def test_one_network_asks_only_so_often(client: Client, listing: ServiceAtLocation) -> None:
    answers = [ask(client, listing, "no address").status_code for _ in range(MOST_REQUESTS + 1)]
    assert answers == [400] * MOST_REQUESTS + [429]
    assert client.get(claim_page(listing)).status_code == 200


def test_where_mail_does_not_work_the_page_says_so_and_keeps_what_was_typed(
    client: Client, listing: ServiceAtLocation
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("django.core.mail.backends.locmem.EmailBackend.open", refuse, raising=False)
        response = ask(client, listing)
    assert response.status_code == 503
    assert "We cannot send mail at the moment" in response.content.decode()
    assert f'value="{SECRET}"' in response.content.decode()
    assert not Claim.objects.exists()


def refuse(*_: object) -> None:
    raise ConnectionRefusedError(SECRET)


def test_a_listing_that_enough_people_asked_for_says_so(client: Client, listing: ServiceAtLocation) -> None:
    for _ in range(3):
        ClaimFactory(listing=listing)
    assert "Several people have asked" in client.get(claim_page(listing)).content.decode()


def test_whoever_asks_in_spanish_is_offered_letters_in_spanish(
    client: Client, listing: ServiceAtLocation
) -> None:
    page = client.get(f"/es{claim_page(listing)}").content.decode()
    assert '<option value="es" selected>' in page


def test_another_site_asks_for_nobody(client: Client, listing: ServiceAtLocation) -> None:
    sent = {"email": SECRET, "language": "en"}
    response = client.post(claim_page(listing), sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert not mail.outbox
