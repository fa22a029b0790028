from datetime import date

import pytest
from django.test import Client

from finder.actions.indexing import index_listings
from finder.enums import CareCategory
from finder.models import TaxonomyTerm
from finder.search.facet_bits import FacetBits
from finder.search.vocabulary import forget_vocabulary
from tests.factories import make_listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]


def counted(client: Client, parameters: str = "") -> dict[str, int]:
    facets = client.get(f"/api/search?{parameters}").json()["facets"]
    return {term["slug"]: term["count"] for facet in facets for term in facet["terms"]}


def test_a_listing_has_the_bits_of_what_it_states_and_of_what_does_not_concern_it() -> None:
    bits = FacetBits.now()
    terms = {term.slug: term for term in TaxonomyTerm.objects.in_order()}
    packed = bits.packed([terms["medicaid"].pk], [CareCategory.BEHAVIORAL_HEALTH])
    meetings_only = next(
        term for term in terms.values() if term.is_facet and term.taxonomy_id == "attendance"
    )
    assert packed & bits.bit(terms["medicaid"])
    assert not packed & bits.bit(terms["buprenorphine"])
    assert packed & bits.bit(meetings_only)


def test_a_changed_vocabulary_shows_no_counts_rather_than_wrong_ones(client: Client) -> None:
    index_listings([make_listing(yes=["medicaid"]).pk])
    assert counted(client)["medicaid"] == 1
    TaxonomyTerm.objects.filter(slug="buprenorphine").update(is_facet=False)
    forget_vocabulary()
    assert counted(client) == {}


def test_needs_are_answered_whatever_vocabulary_the_bits_were_given_by(client: Client) -> None:
    index_listings([make_listing(yes=["medicaid"], stated_on=date(2026, 11, 1)).pk])
    index_listings([make_listing(no=["medicaid"]).pk])
    TaxonomyTerm.objects.filter(slug="buprenorphine").update(is_facet=False)
    forget_vocabulary()
    answer = client.get("/api/search?need=medicaid").json()
    assert (answer["count"], answer["count_maybe"]) == (1, 0)
