"""A reader's report: kept once, found by its reference, limited by day, and its words erased in time."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from finder.actions.answering import answer_report
from finder.actions.reporters import TooManyToday
from finder.actions.reporting import (
    REPORTS_A_DAY,
    SIGNS,
    new_reference,
    purge_reports,
    reference_of,
)
from finder.enums import QueueReason, ReportKind, ReviewStatus
from finder.models import ListingReport, QueueItem
from tests.factories import make_listing
from tests.made_up_voices import NOON, report, suggest

pytestmark = pytest.mark.django_db

ONE = "203.0.113.7"


def test_a_report_waits_with_its_reference_and_raises_the_listing() -> None:
    listing = make_listing()
    kept = report(listing)
    assert (kept.status, kept.proposed_at, kept.listing) == (ReviewStatus.PROPOSED, NOON, listing)
    assert reference_of(kept.reference) == kept.reference
    assert QueueItem.objects.open().get(listing=listing).reasons == [QueueReason.REPORTED]


def test_what_is_unsafe_has_a_reason_of_its_own() -> None:
    listing = make_listing()
    report(listing, "This address has to be secret.", kind=ReportKind.UNSAFE)
    assert QueueItem.objects.open().get(listing=listing).reasons == [QueueReason.UNSAFE]


def test_a_suggestion_waits_without_a_listing() -> None:
    kept = suggest("Example Harbor House", website="")
    assert (kept.kind, kept.listing, kept.text) == (
        ReportKind.SUGGESTION,
        None,
        "A house for people in recovery.",
    )
    assert kept.suggestion == {
        "name": "Example Harbor House",
        "category": "behavioral_health",
        "place": "28801",
        "phone": "828-555-0199",
    }


def test_a_reference_has_eight_signs_that_nobody_takes_for_another() -> None:
    references = {new_reference() for _each in range(500)}
    assert len(references) == 500
    assert {len(reference) for reference in references} == {8}
    assert not set("0O1IL2Z5S8BUAEQ") & set(SIGNS)


@pytest.mark.parametrize("typed", ["3CDF47HJ", "3cdf47hj", " 3CDF 47HJ ", "3CDF-47HJ"])
def test_a_reference_is_found_however_it_is_written(typed: str) -> None:
    assert reference_of(typed) == "3CDF47HJ"


@pytest.mark.parametrize("typed", ["", "3CDF47H", "3CDF47HJJ", "3CDF47H0", "\x00" * 8, "ｃｄｆｇｈｊｋｍ"])
def test_what_can_be_no_reference_is_none(typed: str) -> None:
    assert reference_of(typed) == ""


def test_the_same_report_sent_twice_is_one() -> None:
    listing = make_listing()
    first = report(listing, "It closed.", network=ONE)
    assert report(listing, "It closed.", network=ONE) == first
    assert report(listing, "It moved.", network=ONE) != first
    assert report(listing, "It closed.", network="203.0.113.8") != first


def test_one_network_may_send_so_many_a_day() -> None:
    listing = make_listing()
    for number in range(REPORTS_A_DAY):
        report(listing, f"Fault {number}", network=ONE)
    with pytest.raises(TooManyToday, match=r"5 reports a day.*call 911"):
        report(listing, "One more", network=ONE)
    assert report(listing, "Fault 0", network=ONE).text == "Fault 0"
    report(listing, "One more", network=ONE, now=NOON + timedelta(days=1))
    assert ListingReport.objects.count() == REPORTS_A_DAY + 1


@pytest.fixture
def eddie() -> User:
    return User.objects.create_user("eddie")


def decided(kept: ListingReport, by: User) -> ListingReport:
    answer_report(report=kept, is_right=True, answer="We put it right.", by=by, now=NOON)
    return kept


def test_words_are_erased_ninety_days_after_the_answer_and_the_answer_stays(eddie: User) -> None:
    problem, place = decided(report(make_listing()), eddie), decided(suggest(), eddie)
    assert purge_reports(older_than_days=90, now=NOON + timedelta(days=90)) == 0
    assert purge_reports(older_than_days=90, now=NOON + timedelta(days=90, minutes=1)) == 2
    assert purge_reports(older_than_days=90, now=NOON + timedelta(days=200)) == 0
    problem.refresh_from_db()
    place.refresh_from_db()
    assert (problem.text, problem.answer, problem.status) == ("", "We put it right.", ReviewStatus.ACCEPTED)
    assert (place.text, place.suggestion) == ("", {"category": "behavioral_health"})


def test_what_nobody_answered_keeps_its_words() -> None:
    kept = report(make_listing())
    assert purge_reports(older_than_days=90, now=NOON + timedelta(days=900)) == 0
    kept.refresh_from_db()
    assert kept.text == "The number is wrong."
