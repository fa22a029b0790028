"""Searches by time, as their addresses ask them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine

from finder.actions.indexing import index_listings
from finder.enums import CareCategory, Fit
from finder.models import ServiceAtLocation
from finder.search.answer import SearchAnswer
from tests.factories import ScheduleFactory, make_listing
from tests.search import asking
from tests.search.asking import names

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

NOW = datetime(2026, 11, 24, 23, 20, tzinfo=UTC)
"""A Tuesday, twenty past six in the evening in New York."""
GROUP = [CareCategory.SUPPORT_GROUP]
Make = Callable[..., ServiceAtLocation]


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def listed() -> Make:
    def make(name: str, *schedules: dict[str, Any], **fields: Any) -> ServiceAtLocation:
        listing = make_listing(**{"name": name, "categories": GROUP, **fields})
        for schedule in schedules:
            ScheduleFactory(**{"meeting": True, "listing": listing, **schedule})
        index_listings([listing.pk])
        return listing

    return make


def ask(query: str, *, now: datetime = NOW) -> SearchAnswer:
    return asking.ask(query, now=now)


def fitting(query: str) -> list[str]:
    return names(ask(query), Fit.YES)


def maybe(query: str) -> list[str]:
    return names(ask(query), Fit.MAYBE)


def test_now_is_under_way_or_within_the_hour(listed: Make) -> None:
    listed("A Under Way", {"opens_at": time(18), "closes_at": time(19)})
    listed("B Over", {"opens_at": time(17), "closes_at": time(18, 20)})
    listed("C In An Hour", {"opens_at": time(19, 20), "closes_at": time(20)})
    listed("D Later", {"opens_at": time(19, 21), "closes_at": time(20)})
    assert fitting("when=now&sort=name") == ["A Under Way", "C In An Hour"]


def test_who_states_no_times_may_fit_and_who_is_closed_does_not(listed: Make) -> None:
    listed("Tonight", {})
    listed("By Appointment", {"byday": "", "opens_at": None, "closes_at": None, "description": "Call us."})
    listed("Nothing Said")
    listed("Suspended", {"is_suspended": True})
    found = ask("when=today&sort=name")
    assert names(found, Fit.YES) == ["Tonight"]
    assert names(found, Fit.MAYBE) == ["By Appointment", "Nothing Said"]
    assert [result.is_time_unsaid for result in found.results] == [False, True, True]
    assert (found.count, found.count_maybe) == (1, 2)


def test_a_search_without_a_time_asks_nobody_when(listed: Make) -> None:
    listed("Nothing Said")
    found = ask("")
    assert names(found, Fit.YES) == ["Nothing Said"]
    assert not found.results[0].is_time_unsaid


def test_a_need_and_a_time_are_both_asked(listed: Make) -> None:
    listed("Spanish Tonight", {}, yes=["spanish_meeting"])
    listed("Spanish Tomorrow", {"byday": "TH"}, yes=["spanish_meeting"])
    listed("Tonight", {})
    assert fitting("when=today&need=spanish_meeting") == ["Spanish Tonight"]
    assert maybe("when=today&need=spanish_meeting") == ["Tonight"]


def test_facets_count_what_fits_in_time(listed: Make) -> None:
    listed("Tonight", {}, yes=["open_meeting"])
    listed("Tomorrow", {"byday": "TH"}, yes=["open_meeting"])
    counts = {term.term.slug: term.count for facet in ask("when=today").facets for term in facet.terms}
    assert counts["open_meeting"] == len(fitting("when=today&need=open_meeting")) == 1


def test_open_doors_fit_a_time_within_their_hours(listed: Make) -> None:
    doors = {"meeting": False, "byday": "WE", "opens_at": time(9), "closes_at": time(17)}
    listed("Clinic", doors, categories=[CareCategory.BEHAVIORAL_HEALTH])
    listed("Meeting", {"byday": "WE", "opens_at": time(9), "closes_at": time(17)})
    assert fitting("when=wed&from=12:00&until=13:00") == ["Clinic"]


def test_a_place_that_never_closes_fits_every_time(listed: Make) -> None:
    listed("Hospital", {"meeting": False, "byday": "", "opens_at": time(0), "closes_at": time(0)})
    for query in ("when=now", "when=sun", "from=03:00&until=03:30", "when=mon&until=06:00"):
        assert fitting(query) == ["Hospital"], query


def test_the_soonest_come_first(listed: Make) -> None:
    listed("In Two Hours", {"opens_at": time(20), "closes_at": time(21)}, zip_code="28801")
    listed("Tomorrow", {"byday": "WE"}, zip_code="28801")
    listed("Under Way", {"opens_at": time(18), "closes_at": time(19)}, zip_code="28792")
    listed("Not Said", zip_code="28801")
    assert names(ask("near=28801&sort=soonest")) == ["Under Way", "In Two Hours", "Tomorrow", "Not Said"]


def test_the_soonest_of_what_was_asked_come_first(listed: Make) -> None:
    listed("A Noon", {"byday": "WE", "opens_at": time(12)}, {"opens_at": time(20)})
    listed("B Morning", {"byday": "WE", "opens_at": time(8)})
    assert fitting("when=wed&sort=soonest") == ["B Morning", "A Noon"]


def test_the_next_time_is_the_one_that_was_asked_for(listed: Make) -> None:
    listed("Twice", {"opens_at": time(20), "closes_at": time(21)}, {"byday": "TH"})
    (any_time,), (thursday,) = ask("").results, ask("when=thu").results
    assert any_time.next is not None
    assert any_time.next.starts_at == datetime(2026, 11, 25, 1, tzinfo=UTC)
    assert thursday.next is not None
    assert thursday.next.starts_at == datetime(2026, 11, 27, 0, tzinfo=UTC)


def test_hybrid_is_both_and_one_way_is_any(listed: Make) -> None:
    listed("Both", yes=["in_person", "online"])
    listed("Room", yes=["in_person"])
    listed("Link", yes=["online"], no=["in_person"])
    assert (fitting("attend=hybrid"), maybe("attend=hybrid")) == (["Both"], ["Room"])
    assert fitting("attend=in_person&sort=name") == ["Both", "Room"]
    assert fitting("attend=hybrid&attend=online&sort=name") == ["Both", "Link"]
    assert [term.slug for term in ask("attend=hybrid").results[1].not_stated] == ["online"]


def test_a_fellowship_is_a_need_of_its_taxonomy(listed: Make) -> None:
    listed("AA", yes=["alcoholics_anonymous"], no=["narcotics_anonymous"])
    listed("NA", yes=["narcotics_anonymous"], no=["alcoholics_anonymous"])
    assert fitting("fellowship=narcotics_anonymous") == ["NA"]
    assert len(fitting("fellowship=narcotics_anonymous&fellowship=alcoholics_anonymous")) == 2


def test_beyond_what_the_index_knows_nothing_is_denied(listed: Make) -> None:
    listed("Tuesdays", {})
    later = NOW + timedelta(days=12)
    behind = ask("when=thu", now=later)
    assert names(behind, Fit.MAYBE) == ["Tuesdays"]
    assert behind.times_are_behind
    assert not ask("when=thu").times_are_behind
    assert names(ask("when=tue", now=NOW + timedelta(days=6)), Fit.YES) == ["Tuesdays"]


@pytest.mark.parametrize("query", ["when=now", "when=tue&from=18:00", "near=28801&when=today&sort=soonest"])
def test_a_search_by_time_takes_few_queries(
    listed: Make, query: str, django_assert_max_num_queries: Any
) -> None:
    for name in ("Tonight", "Later", "Last"):
        listed(name, {})
    with django_assert_max_num_queries(8):
        ask(query)
