from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from finder.actions.indexing import index_listings
from finder.enums import CareCategory
from tests.api.test_openapi import faults
from tests.factories import make_listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("directory")]

REFUSED = {
    "substance=wine": "substance",
    "situation=tall": "situation",
    "substances=alcohol": "substances",
    "need=no_such_need": "need",
    "near=Qwxyzt": "near",
    "within=0": "within",
}


def ask(client: Client, query: str, *, status: int = 200) -> dict[str, Any]:
    response = client.get(f"/api/plan?{query}")
    assert response.status_code == status, response.content
    found: dict[str, Any] = response.json()
    return found


@pytest.mark.parametrize(
    "query",
    ["", "near=28801&substance=alcohol", "near=99501&substance=opioids&need=medicaid&situation=under_18"],
)
def test_has_the_shape_that_is_described(client: Client, query: str) -> None:
    assert faults(ask(client, query), "/api/plan", 200) == []


def test_safety_comes_as_plain_text(client: Client) -> None:
    call_command("loaddata", "guidance", verbosity=0)
    answer = ask(client, "substance=alcohol")
    assert faults(answer, "/api/plan", 200) == []
    (text,) = answer["safety"]
    assert text["slug"] == "alcohol-and-benzodiazepine-withdrawal"
    assert "](" not in text["text"]


def test_has_three_legs_in_one_order(client: Client) -> None:
    legs = ask(client, "near=28801&substance=opioids")["legs"]
    assert [leg["category"] for leg in legs] == CareCategory.values
    assert [leg["start"] for leg in legs] == ["may_not_need", "now", "alongside"]
    assert "Many people start" in legs[1]["why"]


def test_a_choice_is_a_result_of_a_search_and_why(client: Client) -> None:
    made = make_listing(name="Riverside", categories=["support_group"], yes=["open_meeting"])
    index_listings([made.pk])
    (choice,) = ask(client, "near=28801")["legs"][2]["choices"]
    (result,) = client.get("/api/search?near=28801&category=support_group").json()["results"]
    assert {name: choice[name] for name in result} == result
    assert choice["reasons"] == [
        "less than 1 mile",
        "says: Open meeting",
        "From a published directory of 2026. Nobody has checked since.",
    ]
    assert choice["inferred"] is False
    assert choice["ask"] == []


def test_a_gap_says_why_and_what_instead(client: Client) -> None:
    gap = ask(client, "near=99501&substance=alcohol")["legs"][0]["gap"]
    assert gap["nearest"] is None
    assert gap["reason"] == "This directory has nothing of this kind yet."
    assert gap["remote"] == []
    assert gap["instead"][0].startswith("Any emergency room must check you")
    assert "1-800-662-4357" in gap["instead"][-1]


def test_the_nearest_is_named_with_what_it_denies_and_the_bed_with_its_miles(client: Client) -> None:
    made = make_listing(
        name="Queen City Detox",
        zip_code="28202",
        categories=["withdrawal_management"],
        yes=["hospital_detox", "veterans_affairs"],
        no=["medicaid"],
    )
    index_listings([made.pk])
    query = "near=28801&substance=alcohol&need=medicaid"
    gap = ask(client, query)["legs"][0]["gap"]
    assert gap["nearest"]["name"] == "Queen City Detox"
    assert gap["nearest"]["fit"] == "no"
    assert "says no to: Medicaid" in gap["reason"]
    assert "Veterans" in gap["reason"]
    instead = ask(client, "near=28801&substance=alcohol&situation=veteran&need=spanish")["legs"][0]["gap"]
    assert any("Queen City Detox, about" in text and "828-555-0142" in text for text in instead["instead"])


def test_what_opens_counts_as_the_search_that_it_links_to(client: Client) -> None:
    here = make_listing(name="Detox", categories=["withdrawal_management"], no=["medicaid"])
    far = make_listing(name="Far", zip_code="28202", categories=["withdrawal_management"], yes=["medicaid"])
    index_listings([here.pk, far.pk])
    opens = ask(client, "near=28801&need=medicaid")["legs"][0]["gap"]["opens"]
    assert [repair["label"] for repair in opens] == ["Without: Medicaid", "Within 100 miles"]
    for repair in opens:
        linked = repair["url"].replace("/search/", "/api/search")
        assert client.get(linked).json()["count"] == repair["count"]


def test_says_what_to_read_first(client: Client) -> None:
    call_command("loaddata", "guidance", verbosity=0)
    said = ask(client, "near=28801&substance=kratom&q=suicide")["safety"]
    assert [text["slug"] for text in said] == [
        "overdose-and-naloxone",
        "kratom-and-7-oh",
        "crisis-and-suicide",
    ]
    assert all(text["title"] and text["text"] for text in said)
    assert "](" not in said[0]["text"]


@pytest.mark.parametrize("query", REFUSED)
def test_what_cannot_be_answered_is_refused_by_name(client: Client, query: str) -> None:
    answer = ask(client, query, status=400)
    assert list(answer["errors"]) == [REFUSED[query]]


def test_no_answer_is_kept(client: Client) -> None:
    response = client.get("/api/plan?substance=alcohol")
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


def test_only_reads(client: Client) -> None:
    assert client.post("/api/plan").status_code == 405
