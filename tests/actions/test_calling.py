"""What someone found who called or went, and what follows from it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from finder.actions.calling import CALLED, OUTCOMES_A_DAY, WENT, outcomes_of
from finder.actions.indexing import index_listings
from finder.actions.reporters import TooManyToday
from finder.enums import CareCategory, Outcome, QueueReason, StatementMethod, VerifiedPart, Voice
from finder.models import CallOutcome, ListingIndex, QueueItem, ServiceAtLocation, Verification
from finder.permissions import EDITOR
from finder.upkeep.disputes import DOUBTED_BY
from tests.factories import PhoneFactory, make_listing
from tests.made_up_voices import NOON, one_of_us, tell

pytestmark = pytest.mark.django_db

DETOX, CARE, GROUP = CareCategory


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def listing() -> ServiceAtLocation:
    made = make_listing()
    index_listings([made.pk])
    return made


def disputed(listing: ServiceAtLocation) -> list[str]:
    return ListingIndex.objects.get(pk=listing.pk).disputed


def waits_for(listing: ServiceAtLocation) -> list[str]:
    item = QueueItem.objects.open().filter(listing=listing).first()
    return item.reasons if item else []


def test_care_is_phoned_and_groups_are_gone_to() -> None:
    both = make_listing(categories=[CARE, GROUP])
    assert outcomes_of(make_listing()) == list(CALLED)
    assert outcomes_of(make_listing(categories=[GROUP])) == list(WENT)
    assert outcomes_of(both) == [*CALLED, *WENT]
    assert set(outcomes_of(both)) == set(Outcome)


def test_what_has_no_number_cannot_be_phoned() -> None:
    silent = make_listing(phone="")
    assert outcomes_of(silent) == []
    PhoneFactory(listing=None, location=silent.location)
    assert outcomes_of(ServiceAtLocation.objects.get(pk=silent.pk)) == list(CALLED)


def test_a_reader_is_kept_by_a_key_and_one_of_us_by_name(listing: ServiceAtLocation) -> None:
    reader, casey = tell(listing, Outcome.NO_ANSWER), one_of_us()
    of_us = tell(listing, Outcome.NO_ANSWER, by=casey)
    assert (reader.voice, reader.reported_by, len(reader.reporter_key)) == (Voice.PUBLIC, None, 64)
    assert (of_us.voice, of_us.reported_by, of_us.reporter_key) == (Voice.CASE_WORKER, casey, "")


def test_one_doubt_raises_the_listing_in_the_queue_and_disputes_nothing(listing: ServiceAtLocation) -> None:
    tell(listing, Outcome.WRONG_NUMBER)
    assert disputed(listing) == []
    assert QueueReason.REPORTED in waits_for(listing)
    assert QueueReason.DISPUTED not in waits_for(listing)


@pytest.mark.parametrize(("outcome", "part"), DOUBTED_BY.items())
def test_two_readers_dispute_it(listing: ServiceAtLocation, outcome: Outcome, part: VerifiedPart) -> None:
    tell(listing, outcome)
    tell(listing, outcome)
    assert disputed(listing) == [part]
    assert ListingIndex.objects.get(pk=listing.pk).is_disputed
    assert QueueReason.DISPUTED in waits_for(listing)


def test_the_same_network_does_not_dispute_alone(listing: ServiceAtLocation) -> None:
    for outcome in (Outcome.WRONG_NUMBER, Outcome.CLOSED, Outcome.WRONG_NUMBER):
        tell(listing, outcome, network="203.0.113.7")
    assert disputed(listing) == []


def test_the_word_of_a_case_worker_is_enough(listing: ServiceAtLocation) -> None:
    tell(listing, Outcome.WRONG_NUMBER, by=one_of_us())
    assert disputed(listing) == [VerifiedPart.CONTACT]


def test_a_reader_who_got_through_is_heard_and_verifies_nothing(listing: ServiceAtLocation) -> None:
    tell(listing, Outcome.ANSWERED)
    assert CallOutcome.objects.get().outcome == Outcome.ANSWERED
    assert not Verification.objects.exists()
    assert waits_for(listing) == []


@pytest.mark.parametrize("role", ["case_worker", "editor"])
def test_one_of_us_who_got_through_verifies_phone_and_address(listing: ServiceAtLocation, role: str) -> None:
    person = one_of_us(role)
    tell(listing, Outcome.ANSWERED, by=person)
    verified = Verification.objects.get()
    assert (verified.parts, verified.method) == ([VerifiedPart.CONTACT], StatementMethod.PHONE)
    assert (verified.verified_by, verified.verified_at) == (person, NOON)


def test_one_of_us_who_got_through_clears_the_doubts_of_others(listing: ServiceAtLocation) -> None:
    wrong = tell(listing, Outcome.WRONG_NUMBER)
    tell(listing, Outcome.WRONG_NUMBER)
    full = tell(listing, Outcome.NO_BED)
    casey = one_of_us()
    tell(listing, Outcome.ANSWERED, by=casey)
    wrong.refresh_from_db()
    full.refresh_from_db()
    assert (wrong.resolved_by, wrong.resolved_at) == (casey, NOON)
    assert full.resolved_at is None
    assert disputed(listing) == []


def test_an_editor_who_went_verifies_the_hours_and_a_case_worker_checks_by_phone_only() -> None:
    group = make_listing(categories=[GROUP])
    tell(group, Outcome.MET, by=one_of_us())
    assert not Verification.objects.exists()
    tell(group, Outcome.MET, by=one_of_us(EDITOR))
    verified = Verification.objects.get()
    assert (verified.parts, verified.method) == ([VerifiedPart.HOURS], StatementMethod.SITE_VISIT)


def test_days_of_waiting_are_kept_where_there_is_no_room_and_nowhere_else(listing: ServiceAtLocation) -> None:
    assert tell(listing, Outcome.NO_BED, wait_days=10).wait_days == 10
    assert tell(listing, Outcome.NOT_TAKING, wait_days=0).wait_days == 0
    assert tell(listing, Outcome.WRONG_NUMBER, wait_days=10).wait_days is None


def test_the_same_told_twice_is_kept_once(listing: ServiceAtLocation) -> None:
    first = tell(listing, Outcome.WRONG_NUMBER, network="203.0.113.7")
    assert tell(listing, Outcome.WRONG_NUMBER, network="203.0.113.7") == first
    casey = one_of_us()
    assert tell(listing, Outcome.CLOSED, by=casey) == tell(listing, Outcome.CLOSED, by=casey)
    assert CallOutcome.objects.count() == 2


def test_it_is_new_again_the_next_day_of_another_listing_and_once_it_was_looked_into(
    listing: ServiceAtLocation,
) -> None:
    tell(listing, Outcome.WRONG_NUMBER, network="203.0.113.7")
    tell(make_listing(), Outcome.WRONG_NUMBER, network="203.0.113.7")
    CallOutcome.objects.update(resolved_at=NOON)
    tell(listing, Outcome.WRONG_NUMBER, network="203.0.113.7", now=NOON + timedelta(hours=3))
    tell(listing, Outcome.WRONG_NUMBER, network="203.0.113.7", now=NOON + timedelta(days=1))
    assert CallOutcome.objects.count() == 4


def test_one_network_may_tell_of_so_many_calls_a_day() -> None:
    for _call in range(OUTCOMES_A_DAY):
        tell(make_listing(), Outcome.NO_ANSWER, network="203.0.113.7")
    with pytest.raises(TooManyToday, match="20 calls a day"):
        tell(make_listing(), Outcome.NO_ANSWER, network="203.0.113.7")
    tell(make_listing(), Outcome.NO_ANSWER, network="203.0.113.8")
    tell(make_listing(), Outcome.NO_ANSWER, network="203.0.113.7", now=NOON + timedelta(days=1))
    assert CallOutcome.objects.count() == OUTCOMES_A_DAY + 2


def test_one_of_us_may_tell_of_more() -> None:
    casey = one_of_us()
    for _call in range(OUTCOMES_A_DAY + 1):
        tell(make_listing(), Outcome.NO_ANSWER, by=casey)
    assert CallOutcome.objects.count() == OUTCOMES_A_DAY + 1


def test_the_database_keeps_no_reader_without_a_key_and_none_of_us_with_one(
    listing: ServiceAtLocation,
) -> None:
    told = tell(listing, Outcome.CLOSED, by=one_of_us())
    for wrong in ({"reporter_key": "x"}, {"voice": Voice.PUBLIC}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CallOutcome.objects.filter(pk=told.pk).update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_two_readers_who_tell_at_once_are_both_counted() -> None:
    """Each would otherwise be taken for the only one, and nothing would be disputed."""
    listings = [make_listing() for _each in range(6)]
    index_listings([listing.pk for listing in listings])

    def told(work: tuple[ServiceAtLocation, str]) -> None:
        listing, network = work
        try:
            tell(listing, Outcome.WRONG_NUMBER, network=network)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(told, [(listing, network) for listing in listings for network in ("one", "another")]))
    assert [disputed(listing) for listing in listings] == [[VerifiedPart.CONTACT]] * 6


@pytest.mark.django_db(transaction=True)
def test_one_network_that_tells_much_at_once_is_held_to_its_limit() -> None:
    listings = [make_listing() for _call in range(OUTCOMES_A_DAY + 8)]

    def told(listing: ServiceAtLocation) -> bool:
        try:
            tell(listing, Outcome.NO_ANSWER, network="203.0.113.7")
        except TooManyToday:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(told, listings)) == OUTCOMES_A_DAY
    assert CallOutcome.objects.count() == OUTCOMES_A_DAY
