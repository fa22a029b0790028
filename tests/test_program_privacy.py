"""Of programs that keep their listings nothing leaves: not who they are, nor a link that answers for them."""

import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from finder.actions.indexing import rebuild_index
from finder.models import AskedListing, Claim, DirectoryWord, ListingIndex
from finder.private_log import PrivateFormatter
from tests.factories import ScheduleFactory, make_listing
from tests.outputs import addresses, told
from tests.programs import SECRET, AskedListingFactory, ClaimFactory, code_page_of, page_of, stop_page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

KEEPER = ("intake", "riverside.example.org")
"""Of the address of whoever keeps a listing right."""


PLACE = ("Hidden Hollow", "Zebra", "Black Mountain", "28711", "35.648", "82.298", "170 bus")


@pytest.fixture
def kept() -> AskedListing:
    """A confidential place, with a claim that waits and one that was refused by addresses of its program."""
    call_command("loaddata", "crisis_lines", "guidance", verbosity=0)
    safe_house = make_listing(
        name="Safe House",
        zip_code="28711",
        confidential=True,
        yes=["medicaid"],
        location__address_1="4711 Hidden Hollow Lane",
        location__address_2="Unit Zebra",
        location__latitude=35.648217,
        location__longitude=-82.298431,
        location__transportation="Take the 170 bus to Hidden Hollow.",
    )
    ScheduleFactory(listing=safe_house)
    asked = AskedListingFactory(listing=safe_house, ask__contact__email=SECRET)
    ClaimFactory(listing=safe_house, contact__email=f"other-{SECRET}")
    ClaimFactory(listing=safe_house, contact__email=f"former-{SECRET}", ended=True)
    rebuild_index()
    return asked


def pages_by_link(asked: AskedListing) -> dict[str, str]:
    """What opens with a letter in hand, in both languages."""
    page = page_of(asked)
    changes = {part: f"{page}?change={part}" for part in ("contact", "hours", "services", "words")}
    claims = {f"claim {claim.status}": code_page_of(claim) for claim in Claim.objects.all()}
    found = {"page": page, "stop": stop_page_of(asked.ask.contact), **changes, **claims}
    return found | {f"{name}, in Spanish": f"/es{address}" for name, address in found.items()}


def test_the_address_of_whoever_keeps_a_listing_is_in_no_output(client: Client, kept: AskedListing) -> None:
    walked = addresses(kept.listing) | pages_by_link(kept)
    leaks = [
        f"{name}: {part}"
        for name, address in walked.items()
        for part in KEEPER
        if part in told(client.get(address)).replace("intake windows", "").casefold()
    ]
    assert not leaks, "\n".join(leaks)


def test_not_even_with_a_letter_in_hand_is_a_confidential_address_shown(
    client: Client, kept: AskedListing
) -> None:
    shown = {name: told(client.get(address)) for name, address in pages_by_link(kept).items()}
    assert sum("Safe House" in page for page in shown.values()) >= 10
    assert [f"{name}: {secret}" for name, page in shown.items() for secret in PLACE if secret in page] == []


def test_pages_by_link_are_kept_by_nobody_and_give_no_cookie(client: Client, kept: AskedListing) -> None:
    for name, address in pages_by_link(kept).items():
        response = client.get(address)
        assert response.headers["Cache-Control"] == "no-store", name
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow", name
        assert response.headers["Referrer-Policy"] == "no-referrer", name
        assert not response.cookies, name


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the site's log would hold: all that Django says, through the formatter of the settings."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(PrivateFormatter("{levelname} {name} {message}", style="{"))
    logging.getLogger("django").addHandler(handler)
    yield written
    logging.getLogger("django").removeHandler(handler)


def test_neither_a_link_nor_who_it_was_sent_to_is_written_into_the_log(
    client: Client, kept: AskedListing, log: StringIO
) -> None:
    client.raise_request_exception = False
    page = page_of(kept)
    client.post(f"/listings/{kept.listing_id}/claim/", {"email": f"new-{SECRET}", "language": "en"})
    client.post(page, {"verb": "colleague", "subject": "COLLEAGUE", "email": f"kim-{SECRET}"})
    client.get(page)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("finder.views.program.whole_page", break_down)
        assert client.get(page).status_code == 500
    written = log.getvalue()
    assert "Internal Server Error: /program/…/" in written
    assert page.split("/")[2] not in written
    assert not [part for part in KEEPER if part in written]


def break_down(*_: object, **__: object) -> None:
    raise RuntimeError(SECRET)


def test_the_index_knows_nothing_of_whoever_keeps_a_listing(kept: AskedListing) -> None:
    row = str(ListingIndex.objects.filter(pk=kept.listing_id).values().get())
    words = set(DirectoryWord.objects.values_list("word", flat=True))
    assert not [part for part in KEEPER if part in row]
    assert not words & set(KEEPER)
