"""What a search with few answers says would find more, and that it counts as the search it links to does."""

from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from finder.actions.indexing import index_listings
from finder.enums import CareCategory
from finder.search.repairs import FEW, Change, Repair, repairs
from finder.search.vocabulary import current_vocabulary
from finder.views.repair_words import repair_address, repair_label
from tests.factories import ScheduleFactory, make_listing
from tests.search.asking import NOW, ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("directory")]

PLACES = [
    "",
    "near=28801",
    "near=Asheville, NC",
    "near=35.59,-82.55",
    "near=99501",
    "near=NC",
    "near=SC",
    "near=online",
    "near=Buncombe County, NC",
    "near=Haywood County, NC",
]
NEEDS = ["medicaid", "spanish", "buprenorphine", "methadone", "mental_health", "residential", "open_meeting"]

searches = st.builds(
    lambda place, within, categories, needs, excluded, words, times, room: "&".join(
        [
            *([place] if place else []),
            *([f"within={within}"] if within else []),
            *(f"category={category}" for category in categories),
            *(f"need={need}" for need in needs),
            *(f"not={term}" for term in excluded),
            *([f"q={words}"] if words else []),
            *([times] if times else []),
            *([room] if room else []),
        ]
    ),
    st.sampled_from(PLACES),
    st.sampled_from([None, 1, 6, 70, 300]),
    st.lists(st.sampled_from(CareCategory.values), max_size=2, unique=True),
    st.lists(st.sampled_from(NEEDS), max_size=3, unique=True),
    st.lists(st.sampled_from(NEEDS), max_size=1),
    st.sampled_from(["", "", "clinic", "detox", "harbor"]),
    st.sampled_from(["", "", "when=today", "when=tue", "from=18:00&until=20:00", "attend=hybrid"]),
    st.sampled_from(["", "", "available=1"]),
)


def repaired(query: str) -> dict[str, Repair]:
    """By kind of change; of several, the last."""
    return {repair.change.value: repair for repair in ask(query).repairs}


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(searches)
def test_every_count_is_that_of_the_search_it_links_to(query: str) -> None:
    found = ask(query)
    assert not found.repairs or found.count < FEW
    for repair in found.repairs:
        linked = urlsplit(repair_address(repair)).query
        assert ask(linked).count == repair.count, (query, linked)


def test_enough_answers_need_no_repair() -> None:
    assert ask("near=28801&need=medicaid").count >= FEW
    assert ask("near=28801&need=medicaid").repairs == ()


def test_without_a_need() -> None:
    repair = repaired("near=28801&category=behavioral_health&need=methadone&need=spanish")["need"]
    assert repair.count == ask("near=28801&category=behavioral_health&need=spanish").count


def test_at_any_time() -> None:
    group = make_listing(name="Evening Group", zip_code="28711", categories=[CareCategory.SUPPORT_GROUP])
    ScheduleFactory(listing=group, meeting=True)
    index_listings([group.pk])
    query = "near=28711&within=1&category=support_group"
    repair = repaired(f"{query}&when=wed")["time"]
    assert repair_label(repair) == "At any time"
    assert repair.count == ask(query).count == 1


def test_all_terms_of_one_taxonomy_go_together() -> None:
    """They are choices: to drop one of them would narrow the search."""
    query = "near=28801&within=6&category=behavioral_health&need=methadone&need=buprenorphine"
    repair = repaired(query)["need"]
    assert {term.slug for term in repair.dropped} == {"methadone", "buprenorphine"}


def test_farther_out() -> None:
    repair = repaired("near=29601&within=10&category=behavioral_health&need=spanish")["wider"]
    assert (repair.question.within, repair.count) == (100, 3)


def test_in_the_next_county_even_across_a_state_line() -> None:
    index_listings([make_listing(name="Over the mountain", zip_code="37821").pk])
    labels = [
        repair_label(repair)
        for repair in ask("near=Haywood County, NC").repairs
        if repair.change == Change.NEIGHBOR
    ]
    assert labels == ["In Buncombe County, NC", "In Cocke County, TN"]


def test_across_the_state_line() -> None:
    repair = repaired("near=SC")["neighbor"]
    assert repair.question.reading is not None
    assert repair.question.reading.place.state == "NC"
    assert repair.count == ask("near=NC").count


def test_another_kind_of_help() -> None:
    repair = repaired("near=28801&category=withdrawal_management")
    assert set(repair) >= {"category"}


def test_online() -> None:
    assert repaired("near=99501&category=support_group")["remote"].count == 1


def test_online_is_not_sorted_by_distance() -> None:
    repair = repaired("near=99501&sort=distance")["remote"]
    assert "sort" not in repair_address(repair)


def test_without_the_words() -> None:
    repair = repaired("near=28801&q=riverside")["words"]
    assert repair.count == ask("near=28801").count


def test_mended_words_are_the_ones_that_are_repaired() -> None:
    found = ask("near=28711&within=1&q=moumtain").repairs
    assert {repair.question.words for repair in found if repair.change == Change.WIDER} <= {"mountain"}


def test_a_repair_that_finds_no_more_is_not_offered() -> None:
    assert all(repair.count > 0 for repair in ask("near=99501&need=medicaid").repairs)
    assert "wider" not in repaired("near=99501")


@pytest.mark.parametrize("query", ["near=28801&need=methadone", "near=SC", "near=28801&q=riverside"])
def test_all_repairs_cost_one_statement(
    query: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    question, vocabulary = ask(query).question, current_vocabulary()
    with django_assert_max_num_queries(1):
        repairs(question, vocabulary, found=0, now=NOW)
