from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from finder.enums import CareCategory, ProviderAnswer, ReviewStatus
from finder.models import AskedListing, Capacity, ChangeRequest, Statement, TaxonomyTerm, Verification
from tests.every_row import every_row, tables_that_differ
from tests.factories import make_listing
from tests.programs import SECRET, AskedListingFactory, asked_of_riverside, page_of
from tests.views.sending import button, opened, sent, words_of

pytestmark = pytest.mark.usefixtures("vocabulary")
NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def tuesday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def asked() -> AskedListing:
    return asked_of_riverside(ask__sent_on=NOW.date())


# Reading


def test_a_program_reads_what_readers_read(client: Client, asked: AskedListing) -> None:
    page = words_of(opened(client, page_of(asked)))
    for said in (
        "Riverside Detox",
        "828-555-0142",
        "ext. 14",
        "Main Street",
        "https://riverside.example.org/",
        "Monday to Friday, 9 a.m. to 5 p.m.",
        "Medicaid",
        "Twelve beds by the river.",
        "Readers see: not known, call.",
    ):
        assert said in page, said


def test_its_own_address_is_not_in_its_page(client: Client, asked: AskedListing) -> None:
    for change in ("", "?change=contact", "?change=hours", "?change=services", "?change=words"):
        assert SECRET not in opened(client, page_of(asked) + change)


def test_the_page_is_kept_by_nobody_and_tells_nobody(client: Client, asked: AskedListing) -> None:
    headers = client.get(page_of(asked)).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers


def test_it_speaks_spanish(client: Client, asked: AskedListing) -> None:
    assert '<html lang="es">' in opened(client, f"/es{page_of(asked)}")


def test_a_confidential_address_is_neither_shown_nor_asked_for(client: Client) -> None:
    listing = make_listing(
        name="Safe House",
        confidential=True,
        location__address_1="4711 Hidden Hollow Lane",
        location__transportation="Take the 170 bus.",
    )
    asked = AskedListingFactory(listing=listing)
    for change in ("", "?change=contact", "?change=words"):
        page = opened(client, page_of(asked) + change)
        assert "Hidden Hollow" not in page
        assert "170 bus" not in page
        assert "28801" not in page
    assert "Buncombe County" in opened(client, page_of(asked))


# Answers


def test_one_press_confirms_all_and_the_page_says_so_from_then_on(
    client: Client, asked: AskedListing
) -> None:
    response = sent(client, page_of(asked), "all_right")
    assert response.status_code == 302
    page = opened(client, page_of(asked))
    assert "You said on Nov. 24, 2026 that this is right. Thank you." in page
    assert 'value="all_right"' not in page
    assert 'value="part_right"' not in page


def test_a_press_sent_again_does_nothing_and_says_so(client: Client, asked: AskedListing) -> None:
    form = button(opened(client, page_of(asked)), "all_right")
    client.post(page_of(asked), form)
    before = every_row()
    response = client.post(page_of(asked), form)
    assert response.status_code == 409
    page = unescape(response.content.decode())
    assert "This was answered already" in page
    assert "You said on Nov. 24, 2026" in page
    assert tables_that_differ(before) == []


def test_each_part_is_confirmed_by_itself(client: Client, asked: AskedListing) -> None:
    sent(client, page_of(asked), "part_right", subject="HOURS")
    assert Verification.objects.get().parts == ["HOURS"]
    page = opened(client, page_of(asked))
    hours = page.split('id="hours"')[1].split("</section>")[0]
    assert "You said on" in hours
    assert "part_right" not in hours


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"verb": "delete"},
        {"verb": "part_right", "subject": "AVAILABILITY"},
        {"verb": "part_right", "subject": "WORDS"},
        {"verb": "change", "subject": "ALL"},
        {"verb": "room", "unit": "SUITES"},
    ],
)
def test_what_no_button_says_changes_nothing(
    client: Client, asked: AskedListing, form: dict[str, str]
) -> None:
    before = every_row()
    response = client.post(page_of(asked), form)
    assert response.status_code == 400
    assert "Nothing was changed" in response.content.decode()
    assert tables_that_differ(before) == []


def test_facts_show_at_once_and_payment_waits(client: Client, asked: AskedListing) -> None:
    ids = {slug: TaxonomyTerm.objects.get(slug=slug).pk for slug in ("methadone", "medicaid", "walk_in")}
    answers = {
        f"term_{ids['methadone']}": "yes",
        f"term_{ids['walk_in']}": "no",
        f"term_{ids['medicaid']}": "no",
    }
    sent(client, f"{page_of(asked)}?change=services", "change", **answers)
    statement = Statement.objects.get(source="provider")
    assert (statement.affirmed, statement.denied) == ([ids["methadone"]], [ids["walk_in"]])
    assert ChangeRequest.objects.get().field == "payment"
    assert "Medicaid: no" in words_of(opened(client, page_of(asked)))


def test_room_is_said_for_each_kind_of_it(client: Client, asked: AskedListing) -> None:
    page = opened(client, page_of(asked))
    assert {unit for unit in ("Detox beds", "Residential beds", "New outpatients") if unit in page} == {
        "Detox beds",
        "Residential beds",
        "New outpatients",
    }
    sent(
        client,
        page_of(asked),
        "room",
        unit="DETOX_BEDS",
        **{"DETOX_BEDS-code": "YES", "DETOX_BEDS-available": "3"},
    )
    assert "Readers see: There is room (3), until Nov. 25, 2026" in opened(client, page_of(asked))


def test_a_number_that_contradicts_its_answer_is_refused(client: Client, asked: AskedListing) -> None:
    form = {"DETOX_BEDS-code": "NO", "DETOX_BEDS-available": "3"}
    response = sent(client, page_of(asked), "room", unit="DETOX_BEDS", **form)
    assert response.status_code == 400
    assert "do not agree" in response.content.decode()
    assert not Capacity.objects.exists()


def test_a_support_group_has_no_beds(client: Client) -> None:
    asked = AskedListingFactory(listing=make_listing(categories=[CareCategory.SUPPORT_GROUP]))
    assert "Room for new people" not in opened(client, page_of(asked))


def test_a_program_chooses_how_often_it_is_asked(client: Client, asked: AskedListing) -> None:
    sent(client, page_of(asked), "cadence", days="30")
    asked.listing.refresh_from_db()
    assert asked.listing.cadence_days == 30
    assert '<option value="30" selected>' in opened(client, page_of(asked))


def test_a_colleague_is_written_to_once(client: Client, asked: AskedListing) -> None:
    address = page_of(asked)
    sent(client, address, "colleague", email="kim@riverside.example.org")
    (letter,) = mail.outbox
    assert letter.to == ["kim@riverside.example.org"]
    assert address in letter.body
    page = opened(client, address)
    assert "You sent this link to a colleague on Nov. 24, 2026." in page
    assert "kim@" not in page


def test_not_us_says_thank_you_and_ends_the_link(client: Client, asked: AskedListing) -> None:
    response = sent(client, page_of(asked), "not_us")
    assert "Thank you" in response.content.decode()
    assert AskedListing.objects.get().answer == ProviderAnswer.NOT_US
    opened(client, page_of(asked), status=410)


def test_a_page_opened_before_the_listing_changed_is_shown_again(client: Client, asked: AskedListing) -> None:
    form = button(opened(client, page_of(asked)), "all_right")
    asked.listing.phones.update(number="828-555-0177")
    response = client.post(page_of(asked), form)
    assert response.status_code == 409
    assert "828-555-0177" in response.content.decode()
    assert not Verification.objects.exists()


def test_what_was_typed_meanwhile_stays_in_its_form(client: Client, asked: AskedListing) -> None:
    address = f"{page_of(asked)}?change=contact"
    form = button(opened(client, address), "change") | {"address_1": "9 Elm Street"}
    asked.listing.phones.update(number="828-555-0177")
    response = client.post(address, form)
    assert response.status_code == 409
    assert "9 Elm Street" in response.content.decode()
    again = button(unescape(response.content.decode()), "change")
    client.post(address, again)
    assert "address" in set(ChangeRequest.objects.values_list("field", flat=True))


def test_what_became_of_a_change_is_shown(client: Client, asked: AskedListing) -> None:
    sent(client, f"{page_of(asked)}?change=contact", "change", service__name="Riverside House")
    ChangeRequest.objects.update(status=ReviewStatus.PROPOSED)
    assert "Waits until one of us has looked at it." in opened(client, page_of(asked))
