from datetime import time
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from finder.enums import CareCategory
from finder.filters import SearchFilterSet
from finder.geography.readings import Reading, read_place
from finder.models import TaxonomyTerm
from finder.search.question import SearchQuestion, Sort, When
from finder.views.addresses import changed, pairs_of, search_address, without

ASHEVILLE = Reading(read_place("Asheville, NC").place)


def test_a_question_becomes_the_address_that_asks_it() -> None:
    question = SearchQuestion(
        reading=ASHEVILLE,
        within=50,
        categories=(CareCategory.WITHDRAWAL_MANAGEMENT,),
        needs=(TaxonomyTerm(slug="medicaid"),),
        excluded=(TaxonomyTerm(slug="dui_only"),),
        words="river side",
        sort=Sort.DISTANCE,
        page=3,
    )
    assert search_address(pairs_of(question)) == (
        "/search/?near=Asheville%2C+NC&within=50&category=withdrawal_management"
        "&need=medicaid&not=dui_only&q=river+side&sort=distance"
    )


def test_what_says_nothing_is_left_out() -> None:
    assert search_address(pairs_of(SearchQuestion())) == "/search/"


def test_a_state_has_no_distance() -> None:
    question = SearchQuestion(reading=read_place("North Carolina"), within=50)
    assert pairs_of(question) == (("near", "North Carolina"),)


def test_one_of_several_needs_is_taken_off() -> None:
    pairs = (("need", "medicaid"), ("need", "spanish"))
    assert without(pairs, "need", "medicaid") == (("need", "spanish"),)


def test_without_the_place_nothing_leans_on_it() -> None:
    pairs = (("near", "28801"), ("within", "50"), ("need", "spanish"), ("sort", "distance"))
    assert without(pairs, "near") == (("need", "spanish"),)


def test_an_order_that_needs_no_place_stays() -> None:
    assert without((("near", "28801"), ("sort", "name")), "near") == (("sort", "name"),)


def test_a_change_takes_the_place_of_what_was_said() -> None:
    assert changed((("near", "28801"), ("q", "x")), "near", "28804") == (("q", "x"), ("near", "28804"))


def test_times_become_parameters() -> None:
    question = SearchQuestion(
        when=When.TODAY,
        zone="Pacific/Honolulu",
        start_from=time(0),
        start_until=time(9, 5),
        is_hybrid=True,
        sort=Sort.SOONEST,
    )
    assert search_address(pairs_of(question)) == (
        "/search/?when=today&zone=Pacific%2FHonolulu&from=00%3A00&until=09%3A05&attend=hybrid&sort=soonest"
    )


def test_without_today_nobody_asks_whose_day_it_is() -> None:
    pairs = (("when", "today"), ("zone", "Pacific/Honolulu"), ("from", "18:00"))
    assert without(pairs, "when") == (("from", "18:00"),)


@pytest.mark.usefixtures("vocabulary")
@pytest.mark.parametrize(
    "query",
    [
        "when=now",
        "near=28801&when=today&zone=Asia/Kathmandu&from=18:00",
        "when=sun&from=22:00&until=02:00&attend=hybrid",
        "fellowship=narcotics_anonymous&attend=online&until=00:00&sort=soonest",
    ],
)
def test_the_address_of_a_question_asks_the_same(query: str) -> None:
    asked = SearchFilterSet(QueryDict(query))
    assert asked.is_valid()
    again = SearchFilterSet(QueryDict(urlencode(pairs_of(asked.question))))
    assert again.is_valid()
    assert again.question == asked.question
