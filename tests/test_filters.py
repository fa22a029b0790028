from collections.abc import Iterator
from datetime import time
from typing import Any

import pytest
from django.core.management import call_command
from django.http import QueryDict

from finder.enums import CareCategory
from finder.filters import SearchFilterSet
from finder.search.question import DEFAULT_MILES, SearchQuestion, Sort, When
from tests.rolled_back import rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_vocabulary")]

REFUSED = {
    "near=Qwxyzt": "near",
    "near=00000": "near",
    "near=91,181": "near",
    "near=28801&near=10001": "near",
    "within=0": "within",
    "within=0.5": "within",
    "within=-5": "within",
    "within=501": "within",
    "within=far": "within",
    "within=nan": "within",
    "within=inf": "within",
    "within=1e309": "within",
    "within=5&within=500": "within",
    "category=detox": "category",
    "category=support_group&category=rehab": "category",
    "need=no_such_need": "need",
    "need=medicaid&need=no_such_need": "need",
    "need=MEDICAID": "need",
    "not=no_such_need": "not",
    "q=" + "x" * 201: "q",
    "q=a%00b": "q",
    "q=?!": "q",
    "q=%F0%9F%99%82": "q",
    "sort=random": "sort",
    "sort=distance": "sort",
    "sort=distance&near=online": "sort",
    "sort=name&sort=best": "sort",
    "when=tonight": "when",
    "when=monday": "when",
    "when=now&when=today": "when",
    "from=18": "from",
    "from=6:30": "from",
    "from=24:00": "from",
    "from=18:60": "from",
    "from=18:30:00": "from",
    "from=18:30&from=19:30": "from",
    "from=%D9%A1%D9%A8:30": "from",
    "until=evening": "until",
    "until=12:00&until=13:00": "until",
    "zone=Mars/Olympus": "zone",
    "zone=america/new_york": "zone",
    "zone=../../etc/passwd": "zone",
    "zone=" + "x" * 65: "zone",
    "zone=UTC&zone=America/New_York": "zone",
    "attend=hologram": "attend",
    "attend=online&attend=x": "attend",
    "fellowship=aa": "fellowship",
    "available=0": "available",
    "available=yes": "available",
    "fellowship=medicaid": "fellowship",
    "fellowship=narcotics_anonymous&fellowship=medicaid": "fellowship",
    "page=0": "page",
    "page=-1": "page",
    "page=1.5": "page",
    "page=two": "page",
    "page=1000001": "page",
}


@pytest.fixture(scope="module")
def kept_vocabulary(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with rolled_back(django_db_blocker):
        call_command("loaddata", "sources", "vocabulary", verbosity=0)
        yield


def question(query: str) -> SearchQuestion:
    parameters = SearchFilterSet(QueryDict(query))
    assert parameters.is_valid(), parameters.errors
    return parameters.question


@pytest.mark.parametrize("query", REFUSED, ids=lambda query: query[:40])
def test_what_cannot_be_read_is_refused_by_its_name(query: str) -> None:
    parameters = SearchFilterSet(QueryDict(query))
    assert list(parameters.errors) == [REFUSED[query]]
    assert all(len(sentence) > 20 for sentence in parameters.errors[REFUSED[query]])


def test_every_fault_is_said_at_once() -> None:
    parameters = SearchFilterSet(
        QueryDict(
            "near=Qwxyzt&within=0&category=x&need=x&not=x&sort=x&page=x&q=%00&when=x&from=x&until=x&zone=x"
            "&attend=x&fellowship=x&available=x"
        )
    )
    assert set(parameters.errors) == set(parameters.filters)


def test_nothing_said_asks_for_everything_near_nowhere() -> None:
    for query in ("", "near=&within=&need=&not=&q=&sort=&page=", "q=+++&near=+"):
        assert question(query) == SearchQuestion()


def test_a_whole_question_is_read() -> None:
    asked = question(
        "near=28801&within=60&category=support_group&category=behavioral_health"
        "&need=medicaid&need=spanish&not=methadone&q=+river++side+&sort=distance&page=3"
        "&when=today&zone=Pacific/Honolulu&from=18:00&until=02:30&attend=hybrid&available=1"
    )
    assert asked.reading is not None
    assert asked.reading.place.zip_code == "28801"
    assert asked.within == 60
    assert asked.categories == (CareCategory.SUPPORT_GROUP, CareCategory.BEHAVIORAL_HEALTH)
    assert [term.slug for term in (*asked.needs, *asked.excluded)] == ["medicaid", "spanish", "methadone"]
    assert (asked.words, asked.sort, asked.page) == ("river  side", Sort.DISTANCE, 3)
    assert (asked.when, asked.zone, asked.is_hybrid) == (When.TODAY, "Pacific/Honolulu", True)
    assert (asked.start_from, asked.start_until) == (time(18), time(2, 30))
    assert asked.has_room


def test_midnight_is_a_time_of_day() -> None:
    assert question("from=00:00").asks_when


def test_the_readers_zone_matters_to_today_only() -> None:
    assert question("zone=Pacific/Honolulu&when=now") == question("when=now")


def test_a_fellowship_and_one_way_to_attend_are_needs() -> None:
    asked = question("fellowship=narcotics_anonymous&attend=online&attend=hybrid&need=online")
    assert [term.slug for term in asked.needs] == ["online", "narcotics_anonymous"]
    assert not asked.is_hybrid


@pytest.mark.parametrize("miles", [1, 500, 12.5])
def test_miles_are_read_up_to_their_bounds(miles: float) -> None:
    assert question(f"within={miles}").within == miles


def test_miles_are_twenty_five_unless_said() -> None:
    assert question("near=28801").within == DEFAULT_MILES == 25


def test_a_need_said_twice_is_one_need() -> None:
    assert len(question("need=medicaid&need=medicaid").needs) == 1


def test_the_same_value_twice_is_one_value() -> None:
    assert question("page=2&page=2&near=28801&near=28801").page == 2


def test_a_place_that_is_not_known_comes_with_what_may_have_been_meant() -> None:
    (sentence,) = SearchFilterSet(QueryDict("near=28899")).errors["near"]
    assert "ZIP code" in sentence


def test_parameters_that_nobody_knows_are_named() -> None:
    assert SearchFilterSet(QueryDict("need=medicaid&needs=x&radius=5")).unknown_parameters == [
        "needs",
        "radius",
    ]


@pytest.mark.parametrize(
    "name", ["category", "need", "not", "sort", "when", "attend", "fellowship", "available"]
)
def test_a_page_says_no_code_and_no_address_of_the_api(name: str) -> None:
    (sentence,) = SearchFilterSet(QueryDict(f"{name}=xyzzy")).errors_for_people[name]
    assert "api" not in sentence
    assert "_" not in sentence
    assert "best, distance" not in sentence
