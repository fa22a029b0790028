"""What the page of a listing says of those who called: the role and the day, and never who."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from finder.actions.indexing import index_listings
from finder.enums import CareCategory, Outcome
from finder.models import CallOutcome, ListingIndex, ServiceAtLocation
from finder.permissions import EDITOR
from finder.views.voices import voices_of
from tests.made_up_voices import NOON, one_of_us, tell

Make = Callable[..., ServiceAtLocation]
NOW = NOON + timedelta(days=3)

pytestmark = pytest.mark.usefixtures("vocabulary")


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def listing(listed: Make) -> ServiceAtLocation:
    return listed()


def said(listing: ServiceAtLocation) -> list[str]:
    index = ListingIndex.objects.get(pk=listing.pk)
    return list(voices_of(listing, disputed=index.disputed, now=NOW).sentences)


def test_nothing_was_told(listing: ServiceAtLocation) -> None:
    assert said(listing) == []


def test_someone_got_through(listing: ServiceAtLocation) -> None:
    tell(listing, Outcome.ANSWERED, now=NOW - timedelta(days=2))
    tell(listing, Outcome.ANSWERED, now=NOW - timedelta(days=9))
    assert said(listing) == ["Someone called 2 days ago: they answered."]


@pytest.mark.parametrize(("role", "who"), [("case_worker", "A case worker"), ("editor", "One of us")])
def test_the_role_is_said_and_never_the_person(listing: ServiceAtLocation, role: str, who: str) -> None:
    person = one_of_us(role)
    tell(listing, Outcome.ANSWERED, by=person, now=NOW - timedelta(days=1))
    assert said(listing) == [f"{who} called yesterday: they answered."]
    assert person.username not in str(said(listing))


def test_it_met(listed: Make) -> None:
    group = listed(categories=[CareCategory.SUPPORT_GROUP])
    tell(group, Outcome.MET, now=NOW - timedelta(days=5))
    assert said(group) == ["Someone went 5 days ago: it met."]


def test_one_voice_is_enough_to_say_that_there_is_no_room(listing: ServiceAtLocation) -> None:
    tell(listing, Outcome.NO_BED, now=NOW - timedelta(days=3))
    assert said(listing) == ["1 person was told there is no bed or place, 3 days ago."]
    tell(listing, Outcome.NO_BED, wait_days=10, now=NOW)
    assert said(listing) == [
        "2 people were told there is no bed or place, the last one today. Wait: 10 days."
    ]


def test_they_take_nobody(listing: ServiceAtLocation) -> None:
    tell(listing, Outcome.NOT_TAKING, wait_days=1, now=NOW)
    assert said(listing) == ["1 person was told they take no new people, today. Wait: 1 day."]


def test_no_room_is_forgotten_after_two_weeks(listing: ServiceAtLocation) -> None:
    tell(listing, Outcome.NO_BED, now=NOW - timedelta(days=15))
    assert said(listing) == []
    tell(listing, Outcome.NO_BED, now=NOW - timedelta(days=14))
    assert said(listing) == ["1 person was told there is no bed or place, 2 weeks ago."]


def test_no_answer_counts_since_someone_got_through(listing: ServiceAtLocation) -> None:
    for days in (6, 4):
        tell(listing, Outcome.NO_ANSWER, now=NOW - timedelta(days=days))
    tell(listing, Outcome.ANSWERED, now=NOW - timedelta(days=5))
    assert said(listing) == [
        "Someone called 5 days ago: they answered.",
        "1 person got no answer, 4 days ago.",
    ]


@pytest.mark.parametrize("outcome", [Outcome.WRONG_NUMBER, Outcome.CLOSED, Outcome.NEEDS_REFERRAL])
def test_what_could_bury_a_place_is_not_said_on_one_word(
    listing: ServiceAtLocation, outcome: Outcome
) -> None:
    tell(listing, outcome, now=NOW)
    assert said(listing) == []
    tell(listing, outcome, now=NOW)
    assert said(listing) == [f"2 people told us, the last one today: {outcome.label}."]


def test_the_word_of_a_case_worker_is_said_at_once(listing: ServiceAtLocation) -> None:
    tell(listing, Outcome.CLOSED, by=one_of_us(), now=NOW)
    assert said(listing) == ["1 person told us today: Closed for good."]


def test_what_was_looked_into_or_is_old_is_not_said(listing: ServiceAtLocation) -> None:
    tell(listing, Outcome.ANSWERED, now=NOW - timedelta(days=31))
    tell(listing, Outcome.NO_BED, now=NOW)
    CallOutcome.objects.filter(outcome=Outcome.NO_BED).update(resolved_at=NOW, resolved_by=one_of_us(EDITOR))
    index_listings([listing.pk])
    assert said(listing) == []


def test_the_page_says_it(client: Client, listing: ServiceAtLocation) -> None:
    tell(listing, Outcome.NO_BED, now=NOW)
    assert (
        b"1 person was told there is no bed or place, today."
        in client.get(listing.get_absolute_url()).content
    )


def test_other_listings_keep_their_own(listing: ServiceAtLocation, listed: Make) -> None:
    tell(listed(), Outcome.NO_BED, now=NOW)
    assert said(listing) == []
