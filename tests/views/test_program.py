from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from finder.actions.indexing import index_listings
from finder.enums import CareCategory, ClaimStatus, ProviderAnswer, ReviewStatus
from finder.letters.links import Purpose, token_of
from finder.models import (
    AskedListing,
    Capacity,
    ChangeRequest,
    Claim,
    Schedule,
    ServiceAtLocation,
    Statement,
    TaxonomyTerm,
    Verification,
)
from tests.factories import PhoneFactory, ScheduleFactory, make_listing
from tests.programs import SECRET, AskedListingFactory, page_of
from tests.views.sending import button, sent, words_of

pytestmark = pytest.mark.usefixtures("vocabulary")
NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def tuesday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def asked() -> AskedListing:
    listing = make_listing(
        name="Riverside Detox",
        categories=[CareCategory.WITHDRAWAL_MANAGEMENT, CareCategory.BEHAVIORAL_HEALTH],
        yes=["medicaid", "medically_supervised"],
        no=["methadone"],
        phone="",
        service__url="https://riverside.example.org/",
        service__description="Twelve beds by the river.",
    )
    PhoneFactory(listing=listing, number="828-555-0142", extension="14")
    ScheduleFactory(listing=listing)
    index_listings([listing.pk])
    return AskedListingFactory(listing=listing, ask__contact__email=SECRET, ask__sent_on=NOW.date())


def get(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return unescape(response.content.decode())


# Reading


def test_a_program_reads_what_readers_read(client: Client, asked: AskedListing) -> None:
    page = words_of(get(client, page_of(asked)))
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
        assert SECRET not in get(client, page_of(asked) + change)


def test_the_page_is_kept_by_nobody_and_tells_nobody(client: Client, asked: AskedListing) -> None:
    headers = client.get(page_of(asked)).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers


def test_it_speaks_spanish(client: Client, asked: AskedListing) -> None:
    assert '<html lang="es">' in get(client, f"/es{page_of(asked)}")


def test_a_confidential_address_is_neither_shown_nor_asked_for(client: Client) -> None:
    listing = make_listing(
        name="Safe House",
        confidential=True,
        location__address_1="4711 Hidden Hollow Lane",
        location__transportation="Take the 170 bus.",
    )
    asked = AskedListingFactory(listing=listing)
    for change in ("", "?change=contact", "?change=words"):
        page = get(client, page_of(asked) + change)
        assert "Hidden Hollow" not in page
        assert "170 bus" not in page
        assert "28801" not in page
    assert "Buncombe County" in get(client, page_of(asked))


# Links that serve no longer


@pytest.mark.parametrize("suffix", ["", "?change=contact"])
def test_an_expired_link_says_so_kindly(client: Client, asked: AskedListing, suffix: str) -> None:
    address = page_of(asked)
    with time_machine.travel(NOW + timedelta(days=46), tick=False):
        page = get(client, address + suffix, status=410)
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
    page, token = get(client, page_of(asked)), token_of(Purpose.LISTING, asked.pk)
    later = NOW + timedelta(days=46 if how == "expired" else 0)
    if how == "claim ended":
        Claim.objects.update(status=ClaimStatus.ENDED, ended_at=NOW)
    address = f"/program/{altered(token) if how == 'altered' else token}/"
    before = everything()
    with time_machine.travel(later, tick=False):
        response = client.post(address, button(page, "all_right") | {"verb": verb})
    assert response.status_code in {404, 410}
    assert everything() == before
    assert not mail.outbox


def everything() -> list[Any]:
    models = (AskedListing, Capacity, ChangeRequest, Claim, ServiceAtLocation, Statement, Verification)
    return [list(model._default_manager.order_by("pk").values()) for model in models]


# Answers


def test_one_press_confirms_all_and_the_page_says_so_from_then_on(
    client: Client, asked: AskedListing
) -> None:
    response = sent(client, page_of(asked), "all_right")
    assert response.status_code == 302
    page = get(client, page_of(asked))
    assert "You said on Nov. 24, 2026 that this is right. Thank you." in page
    assert 'value="all_right"' not in page
    assert 'value="part_right"' not in page


def test_a_press_sent_again_does_nothing_and_says_so(client: Client, asked: AskedListing) -> None:
    form = button(get(client, page_of(asked)), "all_right")
    client.post(page_of(asked), form)
    before = everything()
    response = client.post(page_of(asked), form)
    assert response.status_code == 409
    page = unescape(response.content.decode())
    assert "This was answered already" in page
    assert "You said on Nov. 24, 2026" in page
    assert everything() == before


def test_each_part_is_confirmed_by_itself(client: Client, asked: AskedListing) -> None:
    sent(client, page_of(asked), "part_right", subject="HOURS")
    assert Verification.objects.get().parts == ["HOURS"]
    page = get(client, page_of(asked))
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
    before = everything()
    response = client.post(page_of(asked), form)
    assert response.status_code == 400
    assert "Nothing was changed" in response.content.decode()
    assert everything() == before


def test_a_changed_number_waits_and_stands_beside_the_old_one(client: Client, asked: AskedListing) -> None:
    response = sent(client, f"{page_of(asked)}?change=contact", "change", phone_0="(828) 555-0199")
    assert response.status_code == 302
    request = ChangeRequest.objects.get()
    assert request.current_value == [["828-555-0142", "14", "+18285550142", "MAIN"]]
    assert request.proposed_value == [["828-555-0199", "", "+18285550199", "MAIN"]]
    page = words_of(get(client, page_of(asked)))
    assert "Before: 828-555-0142 ext. 14 You say: 828-555-0199" in page
    assert "One of us calls the old number first" in page
    assert [phone.number for phone in asked.listing.phones.all()] == ["828-555-0142"]


def test_a_second_number_keeps_the_first_with_what_people_wrote_of_it(
    client: Client, asked: AskedListing
) -> None:
    PhoneFactory(listing=asked.listing, number="828-555-0150", description="Spanish", position=1)
    sent(client, f"{page_of(asked)}?change=contact", "change", phone_2="828-555-0199")
    assert ChangeRequest.objects.get().proposed_value == [
        ["828-555-0142", "14", "+18285550142", "MAIN"],
        ["828-555-0150", "", "+18285550150", "MAIN", "Spanish"],
        ["828-555-0199", "", "+18285550199", "MAIN"],
    ]


def test_an_address_is_changed_as_a_whole(client: Client, asked: AskedListing) -> None:
    sent(client, f"{page_of(asked)}?change=contact", "change", city="Arden", postal_code="28704")
    request = ChangeRequest.objects.get()
    assert request.field == "address"
    assert request.proposed_value["city"] == "Arden"
    assert request.proposed_value["address_1"] == asked.listing.location.address_1


def test_sent_without_a_change_it_changes_nothing(client: Client, asked: AskedListing) -> None:
    before = everything()
    for part in ("contact", "hours", "services", "words"):
        assert sent(client, f"{page_of(asked)}?change={part}", "change").status_code == 302
    assert everything() == before


@pytest.mark.parametrize(
    ("change", "wrong", "fault"),
    [
        ("contact", {"phone_0": "ask at the desk"}, "Give the whole number with its area code"),
        ("contact", {"phone_0": ""}, "Leave one number at least"),
        ("contact", {"postal_code": "00000"}, "We do not know this ZIP code"),
        ("contact", {"service__name": ""}, "This field is required"),
        ("contact", {"service__url": "javascript:alert(1)"}, "Enter a valid URL"),
        ("hours", {"MO_closes": ""}, "Give both times"),
    ],
)
def test_a_fault_is_named_beside_its_field_and_nothing_is_lost(
    client: Client, asked: AskedListing, change: str, wrong: dict[str, str], fault: str
) -> None:
    typed = {"address_1": "9 Elm Street"} if change == "contact" else {"note": "Closed at noon"}
    response = sent(client, f"{page_of(asked)}?change={change}", "change", **typed, **wrong)
    page = unescape(response.content.decode())
    assert response.status_code == 400
    assert page.count(fault) == 2
    assert 'aria-invalid="true"' in page
    assert next(iter(typed.values())) in page
    assert not ChangeRequest.objects.exists()


def test_hours_are_proposed_as_a_week(client: Client, asked: AskedListing) -> None:
    sent(
        client,
        f"{page_of(asked)}?change=hours",
        "change",
        SA_opens="10:00",
        SA_closes="14:00",
        note="By call",
    )
    request = ChangeRequest.objects.get()
    zone = {"timezone": "America/New_York"}
    assert request.proposed_value == [
        {"byday": "MO,TU,WE,TH,FR", "opens_at": "09:00:00", "closes_at": "17:00:00", "description": "By call"}
        | zone,
        {"byday": "SA", "opens_at": "10:00:00", "closes_at": "14:00:00"} | zone,
    ]
    assert "Saturday, 10 a.m. to 2 p.m." in words_of(get(client, page_of(asked)))


def test_times_that_no_week_holds_stay(client: Client, asked: AskedListing) -> None:
    ScheduleFactory(listing=asked.listing, freq="MONTHLY", byday="2SA")
    page = get(client, f"{page_of(asked)}?change=hours")
    assert "These stay as they are:" in page
    sent(client, f"{page_of(asked)}?change=hours", "change", FR_opens="", FR_closes="")
    assert [row.get("byday") for row in ChangeRequest.objects.get().proposed_value] == ["MO,TU,WE,TH", "2SA"]
    assert Schedule.objects.count() == 2


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
    assert "Medicaid: no" in words_of(get(client, page_of(asked)))


def test_room_is_said_for_each_kind_of_it(client: Client, asked: AskedListing) -> None:
    page = get(client, page_of(asked))
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
    assert "Readers see: There is room (3), until Nov. 25, 2026" in get(client, page_of(asked))


def test_a_number_that_contradicts_its_answer_is_refused(client: Client, asked: AskedListing) -> None:
    form = {"DETOX_BEDS-code": "NO", "DETOX_BEDS-available": "3"}
    response = sent(client, page_of(asked), "room", unit="DETOX_BEDS", **form)
    assert response.status_code == 400
    assert "do not agree" in response.content.decode()
    assert not Capacity.objects.exists()


def test_a_support_group_has_no_beds(client: Client) -> None:
    asked = AskedListingFactory(listing=make_listing(categories=[CareCategory.SUPPORT_GROUP]))
    assert "Room for new people" not in get(client, page_of(asked))


def test_a_program_chooses_how_often_it_is_asked(client: Client, asked: AskedListing) -> None:
    sent(client, page_of(asked), "cadence", days="30")
    asked.listing.refresh_from_db()
    assert asked.listing.cadence_days == 30
    assert '<option value="30" selected>' in get(client, page_of(asked))


def test_a_colleague_is_written_to_once(client: Client, asked: AskedListing) -> None:
    address = page_of(asked)
    sent(client, address, "colleague", email="kim@riverside.example.org")
    (letter,) = mail.outbox
    assert letter.to == ["kim@riverside.example.org"]
    assert address in letter.body
    page = get(client, address)
    assert "You sent this link to a colleague on Nov. 24, 2026." in page
    assert "kim@" not in page


def test_not_us_says_thank_you_and_ends_the_link(client: Client, asked: AskedListing) -> None:
    response = sent(client, page_of(asked), "not_us")
    assert "Thank you" in response.content.decode()
    assert AskedListing.objects.get().answer == ProviderAnswer.NOT_US
    get(client, page_of(asked), status=410)


def test_a_page_opened_before_the_listing_changed_is_shown_again(client: Client, asked: AskedListing) -> None:
    form = button(get(client, page_of(asked)), "all_right")
    asked.listing.phones.update(number="828-555-0177")
    response = client.post(page_of(asked), form)
    assert response.status_code == 409
    assert "828-555-0177" in response.content.decode()
    assert not Verification.objects.exists()


def test_what_was_typed_meanwhile_stays_in_its_form(client: Client, asked: AskedListing) -> None:
    address = f"{page_of(asked)}?change=contact"
    form = button(get(client, address), "change") | {"address_1": "9 Elm Street"}
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
    assert "Waits until one of us has looked at it." in get(client, page_of(asked))
