from finder.enums import CareCategory
from finder.geography.readings import Reading, read_place
from finder.models import TaxonomyTerm
from finder.search.question import SearchQuestion, Sort
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
