"""A search for room now: only what is known to have some, and never a minute longer than it is known."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from finder.enums import CapacityCode, CapacityUnit, CareCategory, Outcome
from finder.models import ServiceAtLocation
from finder.search import kept_counts
from finder.search.repairs import Change
from finder.views.repair_words import repair_address, repair_label
from tests.factories import make_listing
from tests.made_up_checks import doubted, told_of_room
from tests.search.asking import ask, names

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEARCH = "near=28801&category=withdrawal_management&available=1"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def detox(name: str, code: CapacityCode | None = CapacityCode.YES, **fields: str) -> ServiceAtLocation:
    made = make_listing(name=name, categories=[CareCategory.WITHDRAWAL_MANAGEMENT], **fields)
    if code:
        told_of_room(made, code)
    else:
        told_of_room(made, at=NOW - 2 * DAY)
    return made


def found(query: str = SEARCH, *, at: datetime = NOW) -> list[str]:
    return names(ask(query, now=at))


def test_only_what_says_that_it_has_room_is_found() -> None:
    detox("Has Room")
    detox("Full", CapacityCode.NO)
    detox("Waiting List", CapacityCode.WAITLIST)
    detox("Said Long Ago", None)
    assert found() == ["Has Room"]
    assert len(found(SEARCH.replace("&available=1", ""))) == 4


def test_it_is_found_as_long_as_its_word_holds_and_no_longer() -> None:
    detox("Has Room")
    assert found(at=NOW + DAY - timedelta(seconds=1)) == ["Has Room"]
    assert found(at=NOW + DAY) == []


def test_the_longest_word_of_several_counts() -> None:
    listing = detox("Has Room")
    told_of_room(listing, unit=CapacityUnit.OUTPATIENT)
    assert found(at=NOW + 6 * DAY) == ["Has Room"]


def test_what_people_found_full_is_not_found() -> None:
    doubted(detox("Has Room"), Outcome.NO_BED, at=NOW + HOUR)
    assert found() == []


def test_other_needs_hold_as_ever() -> None:
    detox("Has Room")
    assert ask(f"{SEARCH}&need=medicaid").count_maybe == 1


def test_few_answers_are_repaired_by_asking_whether_or_not_there_is_room() -> None:
    detox("Has Room")
    detox("Full", CapacityCode.NO)
    repair = next(each for each in ask(SEARCH).repairs if each.change == Change.ROOM)
    assert (repair_label(repair), repair.count) == ("Also where room is not known", 2)
    assert repair_address(repair) == "/search/?near=28801&category=withdrawal_management"


def test_the_other_repairs_still_ask_for_room() -> None:
    detox("Near And Full", CapacityCode.NO)
    detox("Far With Room", zip_code="28202")
    detox("Far And Full", CapacityCode.NO, zip_code="28202")
    wider = [each for each in ask(SEARCH).repairs if each.change == Change.WIDER]
    assert [(each.question.within, each.count) for each in wider] == [(100, 1)]
    assert "available=1" in repair_address(wider[0])


@pytest.fixture
def small_counts_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    cache.clear()
    monkeypatch.setattr(kept_counts, "WORTH_KEEPING", 1)
    monkeypatch.setattr(kept_counts, "index_state", lambda: ("as it was", 1, 1))
    yield
    cache.clear()


@pytest.mark.usefixtures("small_counts_kept")
def test_a_count_of_room_is_not_kept_past_its_minute(client: Client, clock: time_machine.Traveller) -> None:
    detox("Has Room")

    def counted() -> tuple[int, int]:
        answer = client.get(f"/api/search?{SEARCH}").json()
        return answer["count"], len(answer["results"])

    clock.move_to(NOW + DAY - timedelta(seconds=30))
    assert counted() == (1, 1)
    clock.move_to(NOW + DAY)
    assert counted() == (0, 0)


@pytest.mark.usefixtures("small_counts_kept")
def test_a_search_for_room_and_one_without_keep_counts_of_their_own() -> None:
    detox("Has Room")
    detox("Full", CapacityCode.NO)
    assert ask(SEARCH).count == 1
    assert ask(SEARCH.replace("&available=1", "")).count == 2


def test_a_plan_leaves_nobody_out_for_what_is_not_known(client: Client) -> None:
    detox("Full", CapacityCode.NO)
    legs = client.get(f"/api/plan?{SEARCH}").json()["legs"]
    assert [choice["name"] for choice in legs[0]["choices"]] == ["Full"]
