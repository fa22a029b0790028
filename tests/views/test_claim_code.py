from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client

from finder.enums import ClaimStatus
from finder.models import AskedListing, Claim
from finder.views.claim_code import MOST_TRIES
from tests.factories import make_listing
from tests.programs import CODE, PHONE, ClaimFactory, code_page_of

pytestmark = pytest.mark.usefixtures("vocabulary")
NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def tuesday() -> Any:
    """And nobody has asked in this minute."""
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def claim() -> Claim:
    listing = make_listing(name="Riverside Detox", phone=PHONE)
    return ClaimFactory(listing=listing, code_read=True, asked_at=NOW)


def get(client: Client, claim: Claim, status: int = 200) -> str:
    response = client.get(code_page_of(claim))
    assert response.status_code == status
    return unescape(response.content.decode())


def type_in(client: Client, claim: Claim, code: str) -> Any:
    return client.post(code_page_of(claim), {"code": code})


def test_before_the_call_the_page_says_what_to_wait_for(client: Client) -> None:
    claim = ClaimFactory(listing=make_listing(phone=PHONE))
    page = get(client, claim)
    assert "Nothing to do yet." in page
    assert PHONE in page
    assert 'name="code"' not in page


@pytest.mark.parametrize("code", [CODE, "048 291", " 048-291 "])
def test_the_right_code_opens_the_listing_s_page(client: Client, claim: Claim, code: str) -> None:
    response = type_in(client, claim, code)
    asked = AskedListing.objects.get()
    assert response.status_code == 302
    assert response.headers["Location"].startswith(f"/program/{asked.pk}.")
    assert client.get(response.headers["Location"]).status_code == 200
    assert "/program/" in mail.outbox[0].body
    assert "You confirmed on Nov. 24, 2026 that this is your listing." in get(client, claim)


def test_a_wrong_code_says_how_many_tries_are_left(client: Client, claim: Claim) -> None:
    response = type_in(client, claim, "000000")
    assert response.status_code == 400
    assert "Tries left: 4." in response.content.decode()


@pytest.mark.parametrize("code", ["", "12345", "12345a", "1234567", "٠٤٨٢٩١"])
def test_what_is_no_code_is_no_try(client: Client, claim: Claim, code: str) -> None:
    assert type_in(client, claim, code).status_code == 400
    assert Claim.objects.get().attempts == 0


def test_after_five_wrong_codes_it_ends_with_kind_words(client: Client, claim: Claim) -> None:
    pages = [type_in(client, claim, f"00000{number}").content.decode() for number in range(5)]
    assert "This request has ended." in pages[-1]
    assert "Nothing is lost" in pages[-1]
    type_in(client, claim, CODE)
    assert Claim.objects.get().status == ClaimStatus.ENDED
    assert "Ask once more" in get(client, claim)


def test_after_a_week_it_ends(client: Client, claim: Claim) -> None:
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        assert "This request has ended." in get(client, claim)
        type_in(client, claim, CODE)
    assert Claim.objects.get().status == ClaimStatus.ENDED


def test_a_confirmed_claim_is_not_confirmed_again(client: Client, claim: Claim) -> None:
    type_in(client, claim, CODE)
    before = list(Claim.objects.values()) + list(AskedListing.objects.values())
    assert type_in(client, claim, CODE).status_code == 200
    assert list(Claim.objects.values()) + list(AskedListing.objects.values()) == before
    assert len(mail.outbox) == 1


def test_the_tries_of_one_network_are_counted(client: Client, claim: Claim) -> None:
    answers = [type_in(client, claim, "").status_code for _ in range(MOST_TRIES + 1)]
    assert answers == [400] * MOST_TRIES + [429]


def test_the_link_ends_after_thirty_days(client: Client, claim: Claim) -> None:
    address = code_page_of(claim)
    with time_machine.travel(NOW + timedelta(days=31), tick=False):
        assert client.get(address).status_code == 410
        assert client.post(address, {"code": CODE}).status_code == 410


def test_the_page_shows_nobody_s_address_and_is_kept_by_nobody(client: Client, claim: Claim) -> None:
    response = client.get(code_page_of(claim))
    assert claim.contact.email not in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
