"""Room for new people: said, replaced, and known no longer once it is too old."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from finder.actions.capacity import state_capacity
from finder.actions.indexing import index_listings, untrue_rows
from finder.actions.lapsing import refresh_lapsed
from finder.actions.refusals import Refused
from finder.enums import CapacityCode, CapacityUnit, CareCategory, Outcome, VerifiedPart, Voice
from finder.models import Capacity, ListingIndex, QueueItem, ServiceAtLocation, Verification
from tests.factories import make_listing
from tests.made_up_checks import doubted

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def detox() -> ServiceAtLocation:
    made = make_listing(name="Riverside Detox", categories=[CareCategory.WITHDRAWAL_MANAGEMENT])
    index_listings([made.pk])
    return made


def say(
    listing: ServiceAtLocation,
    code: CapacityCode = CapacityCode.YES,
    available: int | None = None,
    *,
    unit: CapacityUnit = CapacityUnit.DETOX_BEDS,
    now: datetime = NOW,
) -> Capacity:
    return state_capacity(
        listing=listing, unit=unit, code=code, available=available, voice=Voice.PROVIDER, by=None, now=now
    )


def has_room() -> bool:
    return ListingIndex.objects.get().available_until is not None


def test_what_is_said_holds_for_a_day_and_stands_in_the_index(detox: ServiceAtLocation) -> None:
    said = say(detox, available=2)
    assert said.expires_at == NOW + DAY
    index = ListingIndex.objects.get()
    assert index.available_until == NOW + DAY
    assert index.freshness["ROOMS"] == [
        ["DETOX_BEDS", "YES", 2, NOW.isoformat(), (NOW + DAY).isoformat(), "PROVIDER"]
    ]


def test_a_newer_word_replaces_the_older_one_of_its_unit(detox: ServiceAtLocation) -> None:
    say(detox, available=2)
    say(detox, CapacityCode.NO, now=NOW + HOUR)
    say(detox, unit=CapacityUnit.OUTPATIENT)
    assert set(Capacity.objects.values_list("unit", "code", "available")) == {
        ("DETOX_BEDS", "NO", None),
        ("OUTPATIENT", "YES", None),
    }


def test_no_room_is_known_where_it_is_full(detox: ServiceAtLocation) -> None:
    say(detox, CapacityCode.WAITLIST)
    assert not has_room()


def test_who_said_it_is_kept_as_a_check_of_room_and_of_nothing_else(detox: ServiceAtLocation) -> None:
    before = ListingIndex.objects.get().checked_on
    say(detox)
    assert Verification.objects.get().parts == [VerifiedPart.AVAILABILITY]
    assert ListingIndex.objects.get().checked_on == before == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("code", "available"), [(CapacityCode.YES, 0), (CapacityCode.NO, 3), (CapacityCode.WAITLIST, 1)]
)
def test_a_number_that_denies_the_answer_is_refused(
    detox: ServiceAtLocation, code: CapacityCode, available: int
) -> None:
    with pytest.raises(Refused):
        say(detox, code, available)
    assert not Capacity.objects.exists()


def test_a_place_is_not_asked_for_room_of_a_kind_that_it_has_not() -> None:
    group = make_listing(categories=[CareCategory.SUPPORT_GROUP])
    with pytest.raises(Refused):
        say(group)


# What lapses


def test_expired_room_leaves_the_index(detox: ServiceAtLocation, clock: time_machine.Traveller) -> None:
    say(detox)
    assert refresh_lapsed(now=NOW + 23 * HOUR) == (0, 0)
    clock.move_to(NOW + DAY)
    assert refresh_lapsed(now=NOW + DAY) == (0, 1)
    assert not has_room()
    assert "ROOMS" not in ListingIndex.objects.get().freshness
    assert refresh_lapsed(now=NOW + DAY) == (0, 0)


def test_a_row_is_no_less_true_for_room_that_expired_since(
    detox: ServiceAtLocation, clock: time_machine.Traveller
) -> None:
    say(detox)
    clock.move_to(NOW + DAY)
    assert untrue_rows() == []


def test_an_old_full_leaves_the_index_too(detox: ServiceAtLocation, clock: time_machine.Traveller) -> None:
    say(detox, CapacityCode.NO)
    clock.move_to(NOW + DAY)
    assert refresh_lapsed(now=NOW + DAY) == (0, 1)
    assert "ROOMS" not in ListingIndex.objects.get().freshness


def test_an_old_doubt_about_room_is_forgotten_and_leaves_the_queue(
    detox: ServiceAtLocation, clock: time_machine.Traveller
) -> None:
    doubted(detox, Outcome.NO_BED)
    assert ListingIndex.objects.get().disputed == [VerifiedPart.AVAILABILITY]
    clock.move_to(NOW + 15 * DAY)
    assert refresh_lapsed(now=NOW + 15 * DAY) == (2, 0)
    assert not ListingIndex.objects.get().is_disputed
    assert not QueueItem.objects.open().exists()


def test_a_doubt_about_the_phone_does_not_lapse(
    detox: ServiceAtLocation, clock: time_machine.Traveller
) -> None:
    doubted(detox, Outcome.WRONG_NUMBER)
    clock.move_to(NOW + 100 * DAY)
    assert refresh_lapsed(now=NOW + 100 * DAY) == (0, 0)
    assert ListingIndex.objects.get().is_disputed


# Between what is said and what is found


def test_once_people_were_told_that_it_is_full_room_is_not_known(detox: ServiceAtLocation) -> None:
    say(detox, now=NOW - 2 * HOUR)
    doubted(detox, Outcome.NO_BED, at=NOW - HOUR, readers=1)
    assert has_room()
    doubted(detox, Outcome.NO_BED, at=NOW - HOUR, readers=1)
    assert not has_room()


def test_a_newer_word_about_room_answers_the_doubts(detox: ServiceAtLocation) -> None:
    doubted(detox, Outcome.NO_BED, at=NOW - HOUR)
    say(detox)
    assert has_room()
    assert not ListingIndex.objects.get().is_disputed
