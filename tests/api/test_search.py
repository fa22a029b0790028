from typing import Any

import pytest
from django.test import Client

from finder.models import ServiceAtLocation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("directory")]

REFUSED = {
    "needs=medicaid": "needs",
    "near=28801&radius=5": "radius",
    "need=no_such_need": "need",
    "not=no_such_need": "not",
    "category=rehab": "category",
    "sort=distance": "sort",
    "within=0": "within",
    "within=501": "within",
    "page=3": "page",
    "near=Qwxyzt": "near",
}


def ask(client: Client, query: str, *, status: int = 200) -> dict[str, Any]:
    response = client.get(f"/api/search?{query}")
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/json"
    found: dict[str, Any] = response.json()
    return found


def test_a_result_says_who_where_and_what(client: Client) -> None:
    listing = ServiceAtLocation.objects.get(service__name="Mountain Clinic")
    (result,) = ask(client, "q=mountain&near=28801&need=medicaid")["results"]
    assert result == {
        "id": str(listing.pk),
        "url": f"http://testserver/listings/{listing.pk}/mountain-clinic/",
        "name": "Mountain Clinic",
        "organization": listing.service.organization.name,
        "categories": ["behavioral_health"],
        "fit": "yes",
        "miles": 0.0,
        "city": "Asheville",
        "state_province": "NC",
        "postal_code": "28801",
        "phone": "828-555-0142 x12",
        "checked_date": "2026-11-01",
        "states": ["buprenorphine", "medicaid"],
        "not_stated": [],
        "times_not_stated": False,
        "next": None,
    }


def test_a_maybe_says_what_is_not_stated(client: Client) -> None:
    result = ask(client, "q=counseling+07&need=medicaid&need=buprenorphine")["results"][0]
    assert (result["fit"], result["not_stated"]) == ("maybe", ["medicaid", "buprenorphine"])


def test_counts_tell_what_fits_from_what_may(client: Client) -> None:
    answer = ask(client, "near=28801&need=medicaid")
    assert (answer["count"], answer["count_maybe"]) == (1, 23)


def test_the_place_is_said_as_it_was_understood(client: Client) -> None:
    place = ask(client, "near=Ashevile NC")["place"]
    assert (place["label"], place["corrected"]) == ("Asheville, NC", True)
    assert place["latitude"] == pytest.approx(35.6, abs=0.2)


def test_without_a_place_there_is_none(client: Client) -> None:
    answer = ask(client, "q=mountain")
    assert answer["place"] is None
    assert answer["results"][0]["miles"] is None


def test_mended_words_are_said(client: Client) -> None:
    assert ask(client, "q=montain")["corrected_words"] == "mountain"
    assert ask(client, "q=mountain")["corrected_words"] is None


def test_facets_name_their_terms_and_counts(client: Client) -> None:
    facets = {facet["taxonomy"]: facet["terms"] for facet in ask(client, "near=28801")["facets"]}
    assert {"slug": "medicaid", "name": "Medicaid", "count": 1} in [
        {**term, "name": term["name"].split(" (")[0]} for term in facets["payment"]
    ]


def test_the_next_page_is_the_same_question(client: Client) -> None:
    query = "near=28801&within=5&need=medicaid&need=spanish&sort=name"
    first = ask(client, query)
    second = client.get(first["next"]).json()
    assert len(first["results"]) == 20
    assert len(second["results"]) == first["count"] + first["count_maybe"] - 20
    assert second["next"] is None
    assert {each["id"] for each in first["results"]}.isdisjoint(each["id"] for each in second["results"])


@pytest.mark.parametrize("query", REFUSED)
def test_what_cannot_be_answered_is_refused_by_name(client: Client, query: str) -> None:
    answer = ask(client, query, status=400)
    assert list(answer) == ["errors"]
    assert list(answer["errors"]) == [REFUSED[query]]
    assert all(answer["errors"][REFUSED[query]])


def test_an_unknown_parameter_is_told_the_known_ones(client: Client) -> None:
    (sentence,) = ask(client, "radius=5", status=400)["errors"]["radius"]
    for name in ("near", "within", "category", "need", "not", "q", "sort", "page"):
        assert name in sentence


def test_all_faults_are_said_at_once(client: Client) -> None:
    assert set(ask(client, "radius=5&within=0&need=x", status=400)["errors"]) == {"radius", "within", "need"}


@pytest.mark.parametrize("query", ["near=28801", "within=0", "page=99"])
def test_no_answer_is_kept(client: Client, query: str) -> None:
    assert "no-store" in client.get(f"/api/search?{query}")["Cache-Control"]


def test_only_reads(client: Client) -> None:
    assert client.post("/api/search").status_code == 405
    assert client.head("/api/search").status_code == 200
