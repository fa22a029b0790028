"""Links that serve no longer, or never did: they do nothing, reveal nothing, and say so kindly."""

from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from finder.enums import ClaimStatus
from finder.letters.links import Purpose, token_of
from finder.models import AskedListing, Claim
from tests.every_row import every_row, tables_that_differ
from tests.programs import asked_of_riverside, page_of
from tests.views.sending import button, opened

pytestmark = pytest.mark.usefixtures("vocabulary")
NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def tuesday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def asked() -> AskedListing:
    return asked_of_riverside(ask__sent_on=NOW.date())


@pytest.mark.parametrize("suffix", ["", "?change=contact"])
def test_an_expired_link_says_so_kindly(client: Client, asked: AskedListing, suffix: str) -> None:
    address = page_of(asked)
    with time_machine.travel(NOW + timedelta(days=46), tick=False):
        page = opened(client, address + suffix, status=410)
        assert "This link does not work any more" in page
        assert "Is this your program?" in page
        assert "Riverside" not in page


def altered(token: str) -> str:
    return token[:-1] + ("A" if token[-1] != "A" else "B")


@pytest.mark.parametrize("how", ["altered", "of another purpose", "of nothing", "of no row"])
def test_a_foreign_link_reveals_nothing(client: Client, asked: AskedListing, how: str) -> None:
    token = {
        "altered": altered(token_of(Purpose.LISTING, asked.pk)),
        "of another purpose": token_of(Purpose.STOP, asked.pk),
        "of nothing": "4711",
        "of no row": token_of(Purpose.LISTING, asked.pk + 4711),
    }[how]
    response = client.get(f"/program/{token}/")
    assert response.status_code == (410 if how == "of no row" else 404)
    page = unescape(response.content.decode())
    assert "This link does not work any more" in page
    assert "Riverside" not in page
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "verb", ["all_right", "part_right", "change", "room", "cadence", "colleague", "not_us"]
)
@pytest.mark.parametrize("how", ["expired", "altered", "claim ended"])
def test_a_link_that_serves_no_longer_takes_no_answer(
    client: Client, asked: AskedListing, verb: str, how: str
) -> None:
    page, token = opened(client, page_of(asked)), token_of(Purpose.LISTING, asked.pk)
    later = NOW + timedelta(days=46 if how == "expired" else 0)
    if how == "claim ended":
        Claim.objects.update(status=ClaimStatus.ENDED, ended_at=NOW)
    address = f"/program/{altered(token) if how == 'altered' else token}/"
    before = every_row()
    with time_machine.travel(later, tick=False):
        response = client.post(address, button(page, "all_right") | {"verb": verb})
    assert response.status_code in {404, 410}
    assert tables_that_differ(before) == []
    assert not mail.outbox
