"""What a program changes by its form, part by part: it waits beside what the listing says."""

from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from finder.models import AskedListing, ChangeRequest, Schedule
from tests.every_row import every_row, tables_that_differ
from tests.factories import PhoneFactory, ScheduleFactory
from tests.programs import asked_of_riverside, page_of
from tests.views.sending import opened, sent, words_of

pytestmark = pytest.mark.usefixtures("vocabulary")
NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def tuesday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def asked() -> AskedListing:
    return asked_of_riverside(ask__sent_on=NOW.date())


def test_a_changed_number_waits_and_stands_beside_the_old_one(client: Client, asked: AskedListing) -> None:
    response = sent(client, f"{page_of(asked)}?change=contact", "change", phone_0="(828) 555-0199")
    assert response.status_code == 302
    request = ChangeRequest.objects.get()
    assert request.current_value == [["828-555-0142", "14", "+18285550142", "MAIN"]]
    assert request.proposed_value == [["828-555-0199", "", "+18285550199", "MAIN"]]
    page = words_of(opened(client, page_of(asked)))
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
    before = every_row()
    for part in ("contact", "hours", "services", "words"):
        assert sent(client, f"{page_of(asked)}?change={part}", "change").status_code == 302
    assert tables_that_differ(before) == []


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
    assert "Saturday, 10 a.m. to 2 p.m." in words_of(opened(client, page_of(asked)))


def test_times_that_no_week_holds_stay(client: Client, asked: AskedListing) -> None:
    ScheduleFactory(listing=asked.listing, freq="MONTHLY", byday="2SA")
    page = opened(client, f"{page_of(asked)}?change=hours")
    assert "These stay as they are:" in page
    sent(client, f"{page_of(asked)}?change=hours", "change", FR_opens="", FR_closes="")
    assert [row.get("byday") for row in ChangeRequest.objects.get().proposed_value] == ["MO,TU,WE,TH", "2SA"]
    assert Schedule.objects.count() == 2
