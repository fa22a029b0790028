"""An editor answers a report in plain words, or makes a draft of a place that was missing."""

import pytest
from django.contrib.auth.models import User

from finder.actions.answering import answer_report, draft_from_suggestion
from finder.actions.publishing import missing_for_publishing
from finder.actions.refusals import Refused
from finder.actions.reporting import purge_reports
from finder.enums import EditorialStatus, LocationType, ReportKind, ReviewStatus
from finder.models import ListingIndex, QueueItem, ServiceAtLocation
from tests.factories import make_listing
from tests.made_up_voices import NOON, report, suggest

pytestmark = pytest.mark.django_db


@pytest.fixture
def eddie() -> User:
    return User.objects.create_user("eddie")


@pytest.mark.parametrize(
    ("is_right", "status"), [(True, ReviewStatus.ACCEPTED), (False, ReviewStatus.REJECTED)]
)
def test_an_answer_decides_and_takes_the_listing_out_of_the_queue(
    eddie: User, is_right: bool, status: ReviewStatus
) -> None:
    kept = report(make_listing(), kind=ReportKind.UNSAFE)
    answer_report(report=kept, is_right=is_right, answer=" We called them. ", by=eddie, now=NOON)
    assert (kept.status, kept.answer) == (status, "We called them.")
    assert (kept.decided_by, kept.decided_at) == (eddie, NOON)
    assert not QueueItem.objects.open().exists()


def test_another_report_of_the_listing_keeps_it_in_the_queue(eddie: User) -> None:
    listing = make_listing()
    first = report(listing)
    report(listing, "Another fault.")
    answer_report(report=first, is_right=True, answer="Mended.", by=eddie, now=NOON)
    assert QueueItem.objects.open().get().listing == listing


@pytest.mark.parametrize("answer", ["", "  \n "])
def test_nothing_is_decided_without_an_answer(eddie: User, answer: str) -> None:
    kept = report(make_listing())
    with pytest.raises(Refused, match="Write an answer"):
        answer_report(report=kept, is_right=True, answer=answer, by=eddie, now=NOON)
    kept.refresh_from_db()
    assert kept.status == ReviewStatus.PROPOSED


def test_the_second_to_answer_is_told(eddie: User) -> None:
    kept = report(make_listing())
    answer_report(report=kept, is_right=True, answer="Mended.", by=eddie, now=NOON)
    with pytest.raises(Refused, match="decided this already"):
        answer_report(report=kept, is_right=False, answer="It is right.", by=eddie, now=NOON)
    kept.refresh_from_db()
    assert kept.answer == "Mended."


def test_a_suggestion_becomes_a_draft_with_all_that_was_said(eddie: User) -> None:
    kept = suggest()
    draft = draft_from_suggestion(report=kept, by=eddie, now=NOON)
    assert draft.editorial_status == EditorialStatus.DRAFT
    assert (draft.service.name, draft.service.organization.name) == ("Example Harbor House",) * 2
    assert (draft.service.url, draft.service.categories) == (
        "https://harbor.example.org/",
        ["behavioral_health"],
    )
    assert draft.service.description == "A house for people in recovery."
    place = draft.location
    assert (place.city, place.state_province, place.postal_code) == ("Asheville", "NC", "28801")
    assert (place.region, place.timezone) == ("Buncombe County", "America/New_York")
    assert place.latitude is not None
    assert place.position_is_approximate
    assert [phone.number_e164 for phone in draft.phones.all()] == ["+18285550199"]
    assert missing_for_publishing(draft) == []
    assert not ListingIndex.objects.exists()


def test_the_draft_is_found_from_its_suggestion_and_made_once(eddie: User) -> None:
    kept = suggest()
    draft = draft_from_suggestion(report=kept, by=eddie, now=NOON)
    assert kept.listing == draft
    with pytest.raises(Refused, match="a draft of this suggestion already"):
        draft_from_suggestion(report=kept, by=eddie, now=NOON)
    assert ServiceAtLocation.objects.count() == 1


def test_a_group_online_is_nowhere(eddie: User) -> None:
    kept = suggest("Example Circle", place="online", category="support_group", phone="")
    draft = draft_from_suggestion(report=kept, by=eddie, now=NOON)
    assert draft.location.location_type == LocationType.VIRTUAL
    assert not draft.phones.exists()


@pytest.mark.parametrize(
    ("place", "city", "county"), [("Asheville, NC", "Asheville", "Buncombe County"), ("Qwxyzt", "", "")]
)
def test_a_place_is_filled_in_as_far_as_it_is_known(eddie: User, place: str, city: str, county: str) -> None:
    draft = draft_from_suggestion(report=suggest(place=place), by=eddie, now=NOON)
    assert (draft.location.city, draft.location.region) == (city, county)
    assert draft.location.postal_code == ""


def test_a_whole_state_is_no_point_on_the_map(eddie: User) -> None:
    draft = draft_from_suggestion(report=suggest(place="North Carolina"), by=eddie, now=NOON)
    assert (draft.location.state_province, draft.location.latitude) == ("NC", None)


def test_there_is_no_draft_of_a_report_nor_of_erased_words(eddie: User) -> None:
    problem, place = report(make_listing()), suggest()
    answer_report(report=place, is_right=False, answer="It is closed.", by=eddie, now=NOON)
    purge_reports(older_than_days=0, now=NOON.replace(hour=13))
    for kept in (problem, place):
        with pytest.raises(Refused, match="no suggestion here"):
            draft_from_suggestion(report=kept, by=eddie, now=NOON)
