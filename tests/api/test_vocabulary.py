import pytest
from django.test import Client

from finder.models import TaxonomyTerm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("directory")]


def test_lists_every_term_once_in_the_order_of_the_vocabulary(client: Client) -> None:
    slugs = [term["slug"] for term in client.get("/api/vocabulary").json()["terms"]]
    assert slugs == list(TaxonomyTerm.objects.in_order().values_list("slug", flat=True))


def test_says_what_a_term_means_and_whom_it_concerns(client: Client) -> None:
    terms = {term["slug"]: term for term in client.get("/api/vocabulary").json()["terms"]}
    medicaid = terms["medicaid"]
    assert medicaid["taxonomy"] == "payment"
    assert medicaid["categories"] == ["withdrawal_management", "behavioral_health"]
    assert medicaid["explanation"]
    assert medicaid["source_codes"]["samhsa"] == ["MD"]


@pytest.mark.parametrize("parameter", ["need", "not"])
def test_every_term_can_be_asked_of_the_search(client: Client, parameter: str) -> None:
    slugs = [term["slug"] for term in client.get("/api/vocabulary").json()["terms"]]
    query = "&".join(f"{parameter}={slug}" for slug in slugs)
    assert client.get(f"/api/search?{query}").status_code == 200


def test_only_reads(client: Client) -> None:
    assert client.post("/api/vocabulary").status_code == 405
