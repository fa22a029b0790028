from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from finder.actions.queueing import refresh_queue_items
from finder.actions.refusals import Refused
from finder.actions.reviewing import (
    accept_change,
    confirm_facts,
    reject_change,
    state_facts,
)
from finder.enums import ReviewStatus, StatementMethod
from finder.models import (
    ChangeRequest,
    ListingIndex,
    QueueItem,
    ServiceAtLocation,
    TaxonomyTerm,
    Verification,
)
from finder.models.answers import answers
from tests.factories import SourceFactory, make_listing

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
