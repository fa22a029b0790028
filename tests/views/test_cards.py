"""What a card says of how sure it is."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from finder.enums import CareCategory, Outcome, VerifiedPart
from finder.models import ServiceAtLocation
from tests.made_up_checks import checked, doubted, told_of_room

Make = Callable[..., ServiceAtLocation]
DETOX = [CareCategory.WITHDRAWAL_MANAGEMENT]

pytestmark = pytest.mark.usefixtures("vocabulary")


def page_of(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_card_says_what_was_checked_what_is_disputed_and_what_room_there_is(
    client: Client, listed: Make
) -> None:
    listing = listed(name="Quiet House", categories=DETOX, stated_on=date(2026, 1, 1))
    checked(listing, VerifiedPart.CONTACT, at=timezone.now() - timedelta(days=3))
    told_of_room(listing, available=2)
    doubted(listing, Outcome.NEEDS_REFERRAL)
    said = words_of(page_of(client, "/search/?near=28801"))
    assert "Phone confirmed 3 days ago by call; services and payment from a directory of 2026." in said
    assert "2 detox beds free, said by the program in the last hour; call to be sure." in said
    assert "Two people who called were told that you need a referral. Call first, or try the next" in said


def test_a_card_asks_the_database_nothing_for_it(client: Client, listed: Make) -> None:
    listings = [listed(name=f"House {number}", categories=DETOX) for number in range(5)]
    client.get("/search/?near=28801")
    with CaptureQueriesContext(connection) as before:
        client.get("/search/?near=28801")
    for listing in listings:
        checked(listing, VerifiedPart.CONTACT)
        told_of_room(listing, available=2)
        doubted(listing, Outcome.WRONG_NUMBER)
    with CaptureQueriesContext(connection) as after:
        client.get("/search/?near=28801")
    assert len(after) == len(before)


def test_why_this_order_names_disputes(client: Client, listed: Make) -> None:
    listed()
    assert "one that people who called dispute sinks more" in page_of(client, "/search/?near=28801")
