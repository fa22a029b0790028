import pytest
from pytest_django import DjangoAssertNumQueries

from finder.actions.indexing import index_listings
from finder.enums import Fit
from finder.search.vocabulary import current_vocabulary
from tests.factories import make_listing
from tests.search.asking import ask, fitting, maybe, names

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("directory")]

IN_TOWN = ["Café Esperanza", "New Leaf House", "Quiet Harbor", "Riverside Detox", "Tuesday Group"]
AROUND = sorted([*IN_TOWN, "Mountain Clinic", "Open Door"])
IN_STATE = sorted([*AROUND, "Queen City Clinic"])
TABLE = {
    # Where
    "near=28801": AROUND,
    "near=28801&within=6": IN_TOWN,
    "near=Asheville, NC&within=6": IN_TOWN,
    "near=asheville nc&within=6": IN_TOWN,
    "near=ASHEVILLE&within=6": IN_TOWN,
    "near=35.5951,-82.5515&within=6": IN_TOWN,
    "near=28801&within=70": sorted([*AROUND, "Upstate Recovery"]),
    "near=Buncombe County, NC": sorted([*IN_TOWN, "Mountain Clinic"]),
    "near=Buncombe County, NC&within=1": sorted([*IN_TOWN, "Mountain Clinic"]),
    "near=NC": IN_STATE,
    "near=North Carolina&within=1": IN_STATE,
    "near=online": ["Online Circle"],
    "near=99501": [],
    # What
    "near=28801&category=withdrawal_management": ["Riverside Detox"],
    "near=28801&category=withdrawal_management&category=support_group": ["Riverside Detox", "Tuesday Group"],
    "category=support_group": ["Online Circle", "Tuesday Group"],
    # Needs: only what says yes fits, and a need concerns only the kinds of help that it can concern
    "near=28801&need=medicaid": ["Mountain Clinic", "Riverside Detox", "Tuesday Group"],
    "near=28801&need=open_meeting&category=support_group": ["Tuesday Group"],
    "near=28801&category=behavioral_health&need=buprenorphine": ["Mountain Clinic"],
    "category=behavioral_health&need=buprenorphine&need=methadone": ["Mountain Clinic", "Queen City Clinic"],
    "category=behavioral_health&need=methadone&need=spanish": [],
    "category=behavioral_health&need=medicaid&need=spanish": ["Mountain Clinic"],
    "category=behavioral_health&need=medicaid&need=medicaid&near=28801": ["Mountain Clinic"],
    # Not: only what says yes is left out
    "near=28801&category=behavioral_health&not=spanish": ["New Leaf House", "Quiet Harbor"],
    "near=28801&category=withdrawal_management&not=buprenorphine": ["Riverside Detox"],
    "near=28801&not=medicaid&not=spanish": ["New Leaf House", "Quiet Harbor", "Tuesday Group"],
}
MAYBES = {
    "near=28801": [],
    "near=28801&need=medicaid": ["Café Esperanza", "Quiet Harbor"],
    "near=28801&need=buprenorphine": ["Café Esperanza", "Open Door", "Quiet Harbor"],
    "near=28801&need=buprenorphine&need=methadone": [
        "Café Esperanza",
        "Open Door",
        "Quiet Harbor",
        "Riverside Detox",
    ],
    "near=28801&need=medicaid&need=spanish": ["Café Esperanza", "Quiet Harbor", "Riverside Detox"],
    "near=29601&within=10&need=spanish": [],
}


@pytest.mark.parametrize("query", TABLE)
def test_finds_what_fits(query: str) -> None:
    assert sorted(fitting(query)) == TABLE[query]


@pytest.mark.parametrize("query", MAYBES)
def test_what_is_not_stated_may_fit(query: str) -> None:
    assert sorted(maybe(query)) == MAYBES[query]


@pytest.mark.parametrize("query", [*TABLE, *MAYBES])
def test_counts_are_those_of_the_results(query: str) -> None:
    found = ask(query)
    assert found.count == len(names(found, Fit.YES))
    assert found.count_maybe == len(names(found, Fit.MAYBE))


def test_a_maybe_says_what_to_ask() -> None:
    (unsure,) = (result for result in ask("near=28801&need=medicaid&need=spanish").results if result.fit == 1
                 and result.listing.service.name == "Riverside Detox")  # fmt: skip
    assert [term.slug for term in unsure.not_stated] == ["spanish"]


def test_a_result_names_what_it_states_in_the_order_of_the_vocabulary() -> None:
    (clinic,) = ask("q=mountain").results
    assert [term.slug for term in clinic.states] == ["mental_health", "buprenorphine", "spanish", "medicaid"]


def test_miles_are_measured_from_the_place() -> None:
    by_name = {result.listing.service.name: result.miles for result in ask("near=28801").results}
    assert by_name["Quiet Harbor"] == pytest.approx(0, abs=1e-6)
    assert by_name["Mountain Clinic"] == pytest.approx(13, abs=3)


@pytest.mark.parametrize("query", ["", "near=online"])
def test_without_a_center_there_are_no_miles(query: str) -> None:
    found = ask(query)
    assert found.results
    assert {result.miles for result in found.results} == {None}


@pytest.mark.parametrize(
    "query",
    [
        "near=28801&within=70",
        "near=28801&within=70&need=medicaid",
        "near=28801&within=70&need=medicaid&need=spanish",
        "category=behavioral_health&need=methadone&not=spanish",
        "q=clinic&need=medicaid",
    ],
)
def test_a_facet_counts_what_its_search_would_find(query: str) -> None:
    found = ask(query)
    counted = [(facet.taxonomy, choice) for facet in found.facets for choice in facet.terms]
    assert counted
    for taxonomy, choice in counted:
        siblings = {term.slug for term in taxonomy.terms.all()}
        others = [pair for pair in query.split("&") if pair.removeprefix("need=") not in siblings]
        assert ask("&".join([*others, f"need={choice.term.slug}"])).count == choice.count, choice.term.slug


def test_a_facet_knows_what_was_chosen() -> None:
    chosen = [choice.term.slug for facet in ask("need=medicaid&need=otp").facets for choice in facet.terms
              if choice.is_chosen]  # fmt: skip
    assert chosen == ["medicaid"]


def test_facets_are_of_the_kinds_of_help_that_are_looked_for() -> None:
    slugs = {facet.taxonomy.slug for facet in ask("category=support_group").facets}
    assert "fellowship" in slugs
    assert "payment" not in slugs


@pytest.mark.parametrize(
    "query", ["", "near=28801&need=medicaid&need=spanish&not=methadone&q=clinic", "q=moumtain&near=28801"]
)
def test_a_search_takes_few_queries(
    query: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    current_vocabulary()
    with django_assert_max_num_queries(8):
        ask(query)


def test_paging_shows_each_result_once() -> None:
    made = [make_listing(name="Same Name", zip_code="96813").pk for _ in range(25)]
    made += [make_listing(name="Same Name", zip_code="96813", yes=["medicaid"]).pk for _ in range(20)]
    index_listings(made)
    pages = [ask(f"near=96813&need=medicaid&page={page}") for page in (1, 2, 3)]
    shown = [result.listing.pk for page in pages for result in page.results]
    assert sorted(shown) == sorted(made)
    assert [page.has_next for page in pages] == [True, True, False]
    assert [result.fit for page in pages for result in page.results] == [Fit.YES] * 20 + [Fit.MAYBE] * 25


def test_a_page_past_the_end_says_so() -> None:
    found = ask("near=28801&page=2")
    assert found.is_past_the_end
    assert found.results == ()
    assert found.pages == 1


def test_nothing_found_is_one_empty_page() -> None:
    found = ask("near=99501")
    assert (found.pages, found.has_next, found.is_past_the_end) == (1, False, False)
