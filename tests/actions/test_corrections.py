"""What comes back in a table of corrections, row by row."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from finder.actions.composing import current_values
from finder.actions.correction_lines import Line, version_of
from finder.actions.corrections import Read, read_lines, receive_lines
from finder.actions.reviewing import accept_change
from finder.actions.working import claim
from finder.enums import ChangeOrigin, EditorialStatus, Outcome, QueueReason, StatementMethod
from finder.models import (
    CallOutcome,
    ChangeRequest,
    Phone,
    QueueItem,
    ServiceAtLocation,
    StaffArea,
    Verification,
)
from tests.factories import PhoneFactory, SourceFactory
from tests.waiting import NOW, due_item, due_listing, queued, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def eddie() -> User:
    SourceFactory(slug="staff")
    return User.objects.create_user("eddie")


def version(listing: ServiceAtLocation) -> str:
    fresh = ServiceAtLocation.objects.with_parts().get(pk=listing.pk)
    return version_of(current_values(fresh, fresh.phones.all(), fresh.schedules.all()))


def line(listing: ServiceAtLocation, number: int = 2, **cells: str) -> Line:
    return Line(number, {"id": str(listing.pk), "version": version(listing)} | cells)


def read(eddie: User, *lines: Line) -> Read:
    """And it writes nothing."""
    found = read_lines(lines=lines, by=eddie)
    assert not ChangeRequest.objects.exists()
    assert not Verification.objects.exists()
    assert not CallOutcome.objects.exists()
    return found


def proposed(eddie: User, listing: ServiceAtLocation, **cells: str) -> dict[str, Any]:
    """What the row would change, by field."""
    found = read(eddie, line(listing, **cells))
    assert found.faults == []
    return found.corrections[0].values


def refusal(eddie: User, *lines: Line) -> str:
    found = read(eddie, *lines)
    assert len(found.faults) == 1
    return found.faults[0].words


def receive(eddie: User, *lines: Line) -> Read:
    return receive_lines(lines=lines, by=eddie, now=NOW)


# What is understood


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        ({"new_service_name": "Riverside House"}, {"service.name": "Riverside House"}),
        ({"new_url": "riverside.example"}, {"service.url": "https://riverside.example"}),
        ({"new_organization_name": "Riverside Inc."}, {"organization.name": "Riverside Inc."}),
        ({"new_address_1": "7 New Street"}, {"location.address_1": "7 New Street"}),
        ({"new_state_province": "Tennessee"}, {"location.state_province": "TN"}),
        ({"new_description": "By appointment."}, {"service.description": "By appointment."}),
    ],
)
def test_corrections_are_read_as_the_listing_would_say_them(
    cells: dict[str, str], values: dict[str, str], eddie: User
) -> None:
    assert proposed(eddie, due_listing(), **cells) == values


def test_a_new_zip_code_moves_the_point_along_though_a_spreadsheet_took_its_zero(eddie: User) -> None:
    values = proposed(eddie, due_listing(), new_postal_code="2134")
    assert values["location.postal_code"] == "02134"
    assert values["position"][2:4] == [True, "Suffolk County"]


def test_a_new_number_takes_the_place_of_the_first_and_the_others_stay(eddie: User) -> None:
    listing = due_listing(phone="828-555-0142")
    PhoneFactory(listing=listing, number="828-555-0143", position=1, description="Spanish")
    assert proposed(eddie, listing, new_number="(828) 555-0199 ext. 4")["phones"] == [
        ["828-555-0199", "4", "+18285550199", "MAIN"],
        ["828-555-0143", "", "+18285550143", "MAIN", "Spanish"],
    ]


def test_a_new_extension_keeps_the_number(eddie: User) -> None:
    values = proposed(eddie, due_listing(phone="828-555-0142"), new_extension="12")
    assert values["phones"] == [["828-555-0142", "12", "+18285550142", "MAIN"]]


def test_what_is_no_longer_there_is_written_as_none(eddie: User) -> None:
    listing = due_listing(location__address_2="Suite 4")
    assert proposed(eddie, listing, new_address_2="none") == {"location.address_2": ""}


# What is not


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"outcome": "fine"}, "We do not know the outcome “fine”. Write one of: all right, changed,"),
        ({"outcome": "changed"}, "Say what changed"),
        ({"outcome": "all right", "found_right": "beds"}, "We do not know “beds” under found_right."),
        ({"new_number": "nobody knows"}, "Nobody could call the number “nobody knows”."),
        ({"new_extension": "12a"}, "An extension has digits only."),
        ({"new_state_province": "Carolina"}, "We know no state “Carolina”."),
        ({"new_postal_code": "288011"}, "“288011” is no ZIP code."),
        ({"new_url": "not a page"}, "Enter a valid URL."),
        ({"new_service_name": "x" * 501}, "at most 500 characters"),
        ({"new_service_name": "Riverside Counseling"}, "The listing says this already."),
        ({"version": "v000000000000", "outcome": "all right"}, "It was changed since the table was made."),
        ({"version": "", "outcome": "all right"}, "It was changed since the table was made."),
        ({"id": "7", "outcome": "all right"}, "Its id is missing or was changed."),
        ({"id": "00000000-0000-4000-8000-000000000000", "outcome": "closed"}, "There is no such listing."),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(cells: dict[str, str], words: str, eddie: User) -> None:
    assert words in refusal(eddie, line(due_listing("Riverside Counseling"), **cells))


def test_a_row_outside_the_area_is_refused(eddie: User) -> None:
    StaffArea.objects.create(user=eddie, states=["TN"])
    assert refusal(eddie, line(due_listing(), outcome="all right")) == "It is outside your area."


def test_a_listing_that_was_taken_out_meanwhile_is_refused(eddie: User) -> None:
    assert refusal(eddie, line(due_listing(draft=True), outcome="closed")) == "It is no longer published."


def test_a_listing_that_changed_meanwhile_is_refused(eddie: User) -> None:
    listing = due_listing()
    made = line(listing, outcome="all right")
    Phone.objects.filter(listing=listing).update(number="828-555-0111")
    assert refusal(eddie, made).startswith("It was changed since the table was made.")


def test_a_check_by_someone_else_is_no_change(eddie: User) -> None:
    listing = due_listing()
    made = line(listing, outcome="all right")
    ServiceAtLocation.objects.update(verification_due_date=None)
    assert read(eddie, made).faults == []


def test_a_confidential_address_is_not_corrected_by_a_table(eddie: User) -> None:
    made = line(due_listing(confidential=True), new_city="Arden")
    assert refusal(eddie, made) == "Its address is confidential: correct it at the desk."


def test_the_same_listing_twice_is_refused_the_second_time(eddie: User) -> None:
    listing = due_listing()
    made = [line(listing, 2, outcome="all right"), line(listing, 9, outcome="closed")]
    found = read(eddie, *made)
    assert [each.line.number for each in found.corrections] == [2]
    assert found.faults == [(9, "The same listing as in row 2.")]


# What is kept


def test_corrections_become_questions_and_accepting_one_writes_it(eddie: User) -> None:
    listing = due_listing()
    receive(eddie, line(listing, outcome="changed", new_service_name="Riverside House"))
    question = ChangeRequest.objects.get()
    assert (question.origin, question.source_id) == (ChangeOrigin.CORRECTIONS, "staff")
    listing.service.refresh_from_db()
    assert listing.service.name == "Riverside Counseling"
    accept_change(request=question, by=eddie, now=NOW)
    listing.service.refresh_from_db()
    assert listing.service.name == "Riverside House"


def test_a_new_number_can_be_accepted_beside_a_described_one(eddie: User) -> None:
    listing = due_listing(phone="828-555-0142")
    PhoneFactory(listing=listing, number="828-555-0143", position=1, description="Spanish")
    receive(eddie, line(listing, new_number="828-555-0199"))
    accept_change(request=ChangeRequest.objects.get(), by=eddie, now=NOW)
    numbers = Phone.objects.filter(listing=listing).values_list("number", "description")
    assert list(numbers) == [("828-555-0199", ""), ("828-555-0143", "Spanish")]


@pytest.mark.parametrize(
    ("cells", "parts"),
    [
        ({}, ["CONTACT"]),
        ({"found_right": "contact, hours, Services"}, ["CONTACT", "HOURS", "SERVICES"]),
        (
            {"found_right": "contact, hours", "new_service_name": "Riverside House"},
            ["CONTACT", "HOURS"],
        ),
        ({"found_right": "contact, hours", "new_number": "828-555-0199"}, ["HOURS"]),
    ],
)
def test_what_was_found_right_is_verified_and_what_was_corrected_is_not(
    cells: dict[str, str], parts: list[str], eddie: User
) -> None:
    item = due_item()
    receive(eddie, line(item.listing, outcome="All  right", **cells))
    verified = Verification.objects.get()
    assert (verified.parts, verified.verified_by, verified.method) == (parts, eddie, StatementMethod.PHONE)


def test_what_was_found_right_leaves_the_queue_with_what_callers_doubted(eddie: User) -> None:
    listing = due_listing()
    told(listing)
    (item,) = queued(listing)
    receive(eddie, line(listing, outcome="all right"))
    item.refresh_from_db()
    assert item.closed_at == NOW
    assert CallOutcome.objects.get().resolved_by == eddie


def test_nobody_answered_puts_off_as_a_call_from_the_queue_does(eddie: User) -> None:
    item = due_item()
    receive(eddie, line(item.listing, outcome="nobody answered"))
    item.refresh_from_db()
    assert (item.tries, item.not_before is not None) == (1, True)
    assert CallOutcome.objects.get().outcome == Outcome.NO_ANSWER


def test_a_wrong_number_is_disputed(eddie: User) -> None:
    item = due_item()
    receive(eddie, line(item.listing, outcome="WRONG_NUMBER"))
    item.refresh_from_db()
    assert QueueReason.DISPUTED in item.reasons


def test_what_is_closed_is_disputed_and_archived_by_nobody_but_a_person(eddie: User) -> None:
    item = due_item()
    receive(eddie, line(item.listing, outcome="closed"))
    item.refresh_from_db()
    item.listing.refresh_from_db()
    assert QueueReason.DISPUTED in item.reasons
    assert item.not_before is None
    assert item.listing.editorial_status == EditorialStatus.PUBLISHED


def test_what_another_works_on_is_left_to_them_as_a_whole(eddie: User) -> None:
    item = due_item()
    claim(item=item, by=User.objects.create_user("erin"), now=NOW)
    kept = receive(eddie, line(item.listing, outcome="nobody answered", new_service_name="Riverside House"))
    assert "erin has taken this item" in kept.faults[0].words
    assert not ChangeRequest.objects.exists()
    assert not CallOutcome.objects.exists()


def test_a_row_that_is_refused_hinders_no_other(eddie: User) -> None:
    first, second = due_listing("First"), due_listing("Second")
    kept = receive(eddie, line(first, 2, outcome="fine"), line(second, 3, outcome="all right"))
    assert [fault.number for fault in kept.faults] == [2]
    assert Verification.objects.get().listing == second


def test_sending_the_same_table_twice_proposes_once_and_verifies_again(eddie: User) -> None:
    made = line(due_listing(), outcome="changed", new_service_name="Riverside House")
    receive(eddie, made)
    receive(eddie, made)
    assert ChangeRequest.objects.count() == 1
    assert QueueItem.objects.open().count() == 1
