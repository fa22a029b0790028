from unittest.mock import patch

import pytest
from pytest_django import DjangoAssertNumQueries

from finder.enums import CareCategory
from finder.models import TaxonomyTerm
from finder.search.vocabulary import (
    CATEGORY_WORDS,
    SECONDS_KEPT,
    current_vocabulary,
    forget_vocabulary,
)
from finder.text import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("directory")]

MOST_FACETS = 40


def test_counts_forty_terms_at_most_beside_the_results() -> None:
    assert 0 < len(current_vocabulary().facet_terms([])) <= MOST_FACETS


def test_counts_only_terms_that_concern_what_is_looked_for() -> None:
    terms = current_vocabulary().facet_terms([CareCategory.SUPPORT_GROUP])
    assert terms
    assert all(CareCategory.SUPPORT_GROUP in term.taxonomy.categories for term in terms)


def test_a_synonym_is_found_by_its_words_without_accents() -> None:
    found = current_vocabulary().synonyms["clinica de metadona"]
    assert {current_vocabulary().terms[pk].slug for pk in found} == {"methadone", "otp"}


def test_words_for_a_category_are_folded_as_searches_are() -> None:
    assert all(" ".join(words_of(words)) == words for words in CATEGORY_WORDS)


def test_is_read_once_for_many_searches(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    forget_vocabulary()
    with django_assert_num_queries(1):
        current_vocabulary()
        current_vocabulary()


def test_a_changed_term_is_seen_after_a_minute() -> None:
    with patch("finder.search.vocabulary.time") as clock:
        clock.monotonic.return_value = 1000.0
        before = current_vocabulary().by_slug["medicaid"].name
        TaxonomyTerm.objects.filter(slug="medicaid").update(name="Medi-Cal")
        clock.monotonic.return_value += SECONDS_KEPT - 1
        assert current_vocabulary().by_slug["medicaid"].name == before
        clock.monotonic.return_value += 2
        assert current_vocabulary().by_slug["medicaid"].name == "Medi-Cal"
