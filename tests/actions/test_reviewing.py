from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from finder.actions.due_dates import refresh_due_dates
from finder.actions.proposed_fields import ADDRESS
from finder.actions.proposing import propose_changes_of
from finder.actions.queueing import refresh_queue_items
from finder.actions.refusals import Refused
from finder.actions.reviewing import (
    accept_change,
    confirm_facts,
    record_call_back,
    reject_change,
    state_facts,
)
from finder.enums import ChangeOrigin, ReviewStatus, StatementMethod
from finder.models import (
    ChangeRequest,
    ListingIndex,
    QueueItem,
    ServiceAtLocation,
    Taxonomy,
    TaxonomyTerm,
    Verification,
)
from finder.models.answers import answers
from tests.factories import (
    HowToJoinFactory,
    PhoneFactory,
    ScheduleFactory,
    SourceFactory,
    make_listing,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor")


@pytest.fixture
def people() -> None:
    """The sources under which people and programs speak."""
    SourceFactory(slug="staff")
    SourceFactory(slug="provider")


def asked(listing: ServiceAtLocation, field: str, current: Any, proposed: Any) -> ChangeRequest:
    return ChangeRequest.objects.create(
        listing=listing,
        source=SourceFactory(),
        field=field,
        current_value=current,
        proposed_value=proposed,
        proposed_at=NOW,
    )


def test_an_accepted_value_is_written_and_found(editor: User) -> None:
    listing = make_listing(name="Riverside Counseling")
    accept_change(
        request=asked(listing, "service.name", "Riverside Counseling", "Hillside"), by=editor, now=NOW
    )
    assert ServiceAtLocation.objects.get(pk=listing.pk).service.name == "Hillside"
    assert ListingIndex.objects.get(pk=listing.pk).name == "hillside"


def test_the_history_keeps_what_a_person_wrote(editor: User) -> None:
    listing = make_listing(name="Riverside Counseling")
    accept_change(
        request=asked(listing, "service.name", "Riverside Counseling", "Hillside"), by=editor, now=NOW
    )
    event = listing.service.events.get()
    assert (event.name, event.pgh_context.metadata["user"]) == ("Riverside Counseling", editor.pk)


def test_accepted_phones_replace_those_of_the_listing(editor: User) -> None:
    listing = make_listing(phone="828-555-0142")
    proposed = [["828-555-0199", "", "+18285550199", "MAIN"]]
    accept_change(request=asked(listing, "phones", [], proposed), by=editor, now=NOW)
    assert [phone.number for phone in listing.phones.all()] == ["828-555-0199"]


def test_an_accepted_position_moves_the_place(editor: User) -> None:
    listing = make_listing()
    proposed = [35.5, -82.5, False, "Buncombe County", "America/New_York"]
    accept_change(request=asked(listing, "position", [], proposed), by=editor, now=NOW)
    listing.location.refresh_from_db()
    assert (listing.location.latitude, listing.location.longitude) == (35.5, -82.5)


def test_a_rejected_value_changes_nothing(editor: User) -> None:
    listing = make_listing(name="Riverside Counseling")
    request = asked(listing, "service.name", "Riverside Counseling", "Hillside")
    reject_change(request=request, by=editor, now=NOW)
    listing.service.refresh_from_db()
    assert listing.service.name == "Riverside Counseling"
    assert (request.status, request.decided_by, request.decided_at) == (ReviewStatus.REJECTED, editor, NOW)


def test_a_decided_question_is_not_decided_again(editor: User) -> None:
    listing = make_listing(name="Riverside Counseling")
    request = asked(listing, "service.name", "Riverside Counseling", "Hillside")
    reject_change(request=request, by=editor, now=NOW)
    with pytest.raises(Refused):
        accept_change(request=request, by=editor, now=NOW)
    listing.service.refresh_from_db()
    assert listing.service.name == "Riverside Counseling"


def test_what_a_person_found_out_outranks_the_directory(editor: User, people: None) -> None:
    listing = make_listing(no=["medicaid"])
    medicaid = TaxonomyTerm.objects.get(slug="medicaid")
    state_facts(
        listing=listing, affirmed=[medicaid], denied=[], method=StatementMethod.PHONE, by=editor, now=NOW
    )
    index = ListingIndex.objects.get(pk=listing.pk)
    assert (index.yes, index.no) == ([medicaid.pk], [])
    assert (index.checked_on, index.checked_method) == (NOW.date(), StatementMethod.PHONE)


@pytest.mark.parametrize(
    ("method", "source"),
    [
        (StatementMethod.PHONE, "staff"),
        (StatementMethod.SITE_VISIT, "staff"),
        (StatementMethod.PROVIDER, "provider"),
    ],
)
def test_a_statement_names_who_speaks(
    method: StatementMethod, source: str, editor: User, people: None
) -> None:
    listing = make_listing(yes=["medicaid"])
    statement = confirm_facts(listing=listing, method=method, by=editor, now=NOW)
    assert (statement.source_id, statement.stated_by) == (source, editor)


def test_confirming_keeps_every_answer_as_it_was(editor: User, people: None) -> None:
    listing = make_listing(yes=["medicaid"], no=["methadone"])
    before = {term: answer.is_yes for term, answer in answers(listing.statements.all()).items()}
    confirm_facts(listing=listing, method=StatementMethod.PHONE, by=editor, now=NOW)
    after = answers(listing.statements.all())
    assert {term: answer.is_yes for term, answer in after.items()} == before
    assert {answer.statement.method for answer in after.values()} == {StatementMethod.PHONE}


def test_a_fact_cannot_be_both_yes_and_no(editor: User, people: None) -> None:
    listing = make_listing(yes=["medicaid"])
    term = TaxonomyTerm.objects.get(slug="medicaid")
    with pytest.raises(Refused):
        state_facts(
            listing=listing, affirmed=[term], denied=[term], method=StatementMethod.PHONE, by=editor, now=NOW
        )


def test_a_statement_that_says_nothing_is_refused(editor: User, people: None) -> None:
    with pytest.raises(Refused):
        state_facts(
            listing=make_listing(), affirmed=[], denied=[], method=StatementMethod.PHONE, by=editor, now=NOW
        )


def test_a_person_does_not_speak_as_an_import(editor: User, people: None) -> None:
    with pytest.raises(Refused):
        confirm_facts(
            listing=make_listing(yes=["medicaid"]), method=StatementMethod.IMPORT, by=editor, now=NOW
        )


def test_a_fact_that_was_found_out_puts_the_next_check_off_and_empties_the_queue(
    editor: User, people: None
) -> None:
    listing = make_listing(yes=["medicaid"])
    ServiceAtLocation.objects.update(verification_due_date=NOW.date())
    refresh_queue_items(listing_ids=[listing.pk], now=NOW)
    confirm_facts(listing=listing, method=StatementMethod.PHONE, by=editor, now=NOW)
    listing.refresh_from_db()
    assert listing.verification_due_date == NOW.date() + timedelta(days=180)
    assert not QueueItem.objects.open().exists()


def test_who_found_a_fact_out_is_kept_as_a_role(editor: User, people: None) -> None:
    listing = make_listing(yes=["medicaid"])
    confirm_facts(listing=listing, method=StatementMethod.PROVIDER, by=editor, now=NOW)
    check = Verification.objects.get()
    assert (check.parts, check.voice, check.verified_by) == (["SERVICES"], "CASE_WORKER", editor)


# What a program proposes


def proposed(listing: ServiceAtLocation, field: str, value: Any) -> ChangeRequest:
    SourceFactory(slug="provider")
    (request,) = propose_changes_of(
        listing=listing, values={field: value}, origin=ChangeOrigin.PROVIDER, source="provider", now=NOW
    )
    return request


def fresh(listing: ServiceAtLocation) -> ServiceAtLocation:
    return ServiceAtLocation.objects.with_parts().get(pk=listing.pk)


NEW_NUMBER = [["828-555-0199", "", "+18285550199", "MAIN", "Day and night"]]


def test_a_new_number_of_a_program_waits_for_a_call_to_the_old_one(editor: User) -> None:
    listing = make_listing(phone="828-555-0142")
    request = proposed(listing, "phones", NEW_NUMBER)
    with pytest.raises(Refused):
        accept_change(request=request, by=editor, now=NOW)
    assert ChangeRequest.objects.get().status == ReviewStatus.PROPOSED
    assert [phone.number for phone in listing.phones.all()] == ["828-555-0142"]
    request = ChangeRequest.objects.get()
    record_call_back(request=request, by=editor, now=NOW)
    accept_change(request=request, by=editor, now=NOW)
    phone = listing.phones.get()
    assert (phone.number, phone.description) == ("828-555-0199", "Day and night")


def test_another_new_number_waits_for_another_call(editor: User) -> None:
    """A number that was asked about is not swapped for one that was not."""
    listing = make_listing(phone="828-555-0142")
    asked_about = proposed(listing, "phones", NEW_NUMBER)
    record_call_back(request=asked_about, by=editor, now=NOW)
    other = proposed(listing, "phones", [["828-555-0188", "", "+18285550188", "MAIN"]])
    for request in (asked_about, other):
        with pytest.raises(Refused):
            accept_change(request=request, by=editor, now=NOW)
    assert [phone.number for phone in listing.phones.all()] == ["828-555-0142"]


def test_a_call_is_recorded_once(editor: User) -> None:
    request = proposed(make_listing(phone="828-555-0142"), "phones", NEW_NUMBER)
    record_call_back(request=request, by=editor, now=NOW)
    with pytest.raises(Refused):
        record_call_back(request=request, by=editor, now=NOW)


def test_a_listing_without_a_number_has_none_to_call(editor: User) -> None:
    listing = make_listing(phone="")
    accept_change(request=proposed(listing, "phones", NEW_NUMBER), by=editor, now=NOW)
    assert listing.phones.get().number == "828-555-0199"


def test_the_number_of_a_service_is_the_old_one_of_its_listing(editor: User) -> None:
    listing = make_listing(phone="")
    PhoneFactory(listing=None, service=listing.service, number="828-555-0142")
    request = proposed(listing, "phones", NEW_NUMBER)
    assert request.current_value == [["828-555-0142", "", "+18285550142", "MAIN"]]
    with pytest.raises(Refused):
        accept_change(request=request, by=editor, now=NOW)


def test_a_new_address_is_taken_as_a_whole_and_moves_the_point(editor: User) -> None:
    listing = make_listing()
    address = {
        "address_1": "9 Elm Street",
        "address_2": "",
        "city": "Arden",
        "state_province": "NC",
        "postal_code": "28704",
    }
    accept_change(request=proposed(listing, "address", address), by=editor, now=NOW)
    location = fresh(listing).location
    assert (location.address_1, location.city, location.postal_code) == ("9 Elm Street", "Arden", "28704")
    assert location.position_is_approximate
    assert location.latitude == pytest.approx(35.46, abs=0.1)


def test_another_suite_is_the_same_point(editor: User) -> None:
    listing = make_listing()
    before = listing.location
    address = {name: getattr(before, name) for name in ADDRESS} | {"address_2": "Suite 2"}
    accept_change(request=proposed(listing, "address", address), by=editor, now=NOW)
    after = fresh(listing).location
    assert (after.latitude, after.position_is_approximate) == (before.latitude, False)
    assert after.address_2 == "Suite 2"


def test_new_hours_leave_intake_and_meetings_as_they_are(editor: User) -> None:
    listing = make_listing()
    ScheduleFactory(listing=listing)
    ScheduleFactory(listing=listing, intake=True)
    HowToJoinFactory(schedule=ScheduleFactory(listing=listing, meeting=True))
    hours = [{"byday": "SA", "opens_at": "10:00:00", "closes_at": "14:00:00"}]
    accept_change(request=proposed(listing, "hours", hours), by=editor, now=NOW)
    kinds = {each.kind: each for each in listing.schedules.all()}
    assert set(kinds) == {"HOURS", "INTAKE", "MEETING"}
    assert (kinds["HOURS"].byday, kinds["INTAKE"].opens_at) == ("SA", time(8))
    assert kinds["MEETING"].how_to_join.notes == "Password: willow"


def test_accepted_payment_is_the_program_s_word(editor: User) -> None:
    listing = make_listing(yes=["medicaid"])
    Taxonomy.objects.update(group="COST")
    request = proposed(listing, "payment", {"medicaid": "no"})
    assert request.current_value == {"medicaid": "yes"}
    accept_change(request=request, by=editor, now=NOW)
    medicaid = TaxonomyTerm.objects.get(slug="medicaid").pk
    answer = answers(listing.statements.all())[medicaid]
    assert (answer.is_yes, answer.statement.source_id, answer.statement.stated_by) == (
        False,
        "provider",
        editor,
    )


def test_another_category_changes_when_it_is_due(editor: User) -> None:
    listing = make_listing()
    refresh_due_dates(listing_ids=[listing.pk], now=NOW)
    due = fresh(listing).verification_due_date
    accept_change(request=proposed(listing, "service.categories", ["support_group"]), by=editor, now=NOW)
    assert due is not None
    assert fresh(listing).verification_due_date is None


@pytest.mark.parametrize("decide", [accept_change, reject_change])
def test_a_decided_change_no_longer_waits_in_the_queue(editor: User, decide: Any) -> None:
    listing = make_listing()
    request = proposed(listing, "service.name", "Riverside House")
    assert QueueItem.objects.open().get(listing=listing).reasons == ["CHANGED"]
    decide(request=request, by=editor, now=NOW)
    assert not QueueItem.objects.open().filter(listing=listing).exists()
