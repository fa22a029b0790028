import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finder.models import ListingIndex
from finder.search.vocabulary import current_vocabulary
from finder.search.words import corrected, ideas
from tests.search.asking import ask, fitting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("directory")]

TABLE = {
    # The text of a listing
    "q=riverside": ["Riverside Detox"],
    "q=RIVERSIDE": ["Riverside Detox"],
    "q=river": ["Riverside Detox"],
    "q=quiet harbor": ["Quiet Harbor"],
    "q=harbor quiet": ["Quiet Harbor"],
    "q=cafe": ["Café Esperanza"],
    "q=CAFÉ": ["Café Esperanza"],
    "q=korean": ["Quiet Harbor"],
    "q=clinics": ["Mountain Clinic", "Queen City Clinic"],
    "q=mountain quiet": [],
    # Another name for a term
    "q=suboxone": ["Mountain Clinic"],
    "q=buprenorfina": ["Mountain Clinic"],
    "q=sober living": ["New Leaf House"],
    "q=halfway house": ["New Leaf House"],
    "q=psych": ["Mountain Clinic"],
    "q=aa": ["Tuesday Group"],
    "q=A.A.": ["Tuesday Group"],
    "q=na": ["Online Circle"],
    "q=metadona": ["Queen City Clinic"],
    # A kind of help
    "q=detox": ["Riverside Detox"],
    "q=desintoxicación": ["Riverside Detox"],
    "q=meetings": ["Online Circle", "Tuesday Group"],
    "q=reuniones": ["Online Circle", "Tuesday Group"],
    "near=28801&q=rehab": [
        "Café Esperanza",
        "Mountain Clinic",
        "New Leaf House",
        "Open Door",
        "Quiet Harbor",
    ],
    # Each word narrows
    "q=detox riverside": ["Riverside Detox"],
    "q=suboxone meetings": [],
    "near=28801&q=treatment mountain": ["Mountain Clinic"],
}

MENDED = {"recovry": "recovery", "montain clinic": "mountain clinic", "rivreside": "riverside"}


@pytest.mark.parametrize("query", TABLE)
def test_words_find_what_they_may_mean(query: str) -> None:
    assert sorted(fitting(query)) == TABLE[query]


@pytest.mark.parametrize("typed", MENDED)
def test_a_slip_is_mended_and_said(typed: str) -> None:
    found = ask(f"q={typed}")
    assert found.corrected_words == MENDED[typed]
    assert found.count


@pytest.mark.parametrize("typed", ["riverside", "detox", "aa"])
def test_what_finds_something_is_not_mended(typed: str) -> None:
    assert ask(f"q={typed}").corrected_words == ""


def test_what_is_like_nothing_finds_nothing_and_is_not_mended() -> None:
    found = ask("q=xqzwvk")
    assert (found.count, found.count_maybe, found.corrected_words) == (0, 0, "")


def test_mending_that_finds_nothing_either_is_not_said() -> None:
    assert ask("near=99501&q=rivreside").corrected_words == ""


def test_a_known_name_is_never_mended() -> None:
    assert corrected("suboxone", current_vocabulary()) == ""


def test_the_longest_phrase_is_one_idea() -> None:
    found = [idea.words for idea in ideas("Sober Living in Asheville", current_vocabulary())]
    assert found == [("sober", "living"), ("in",), ("asheville",)]


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_asked(text: str) -> None:
    for idea in ideas(text, current_vocabulary()):
        ListingIndex.objects.mentioning(idea.query, terms=idea.terms, categories=idea.categories).exists()
