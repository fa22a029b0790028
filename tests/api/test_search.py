from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from finder.actions.indexing import index_listings
from finder.enums import CapacityUnit, Outcome, VerifiedPart, Voice
from finder.filters import SearchFilterSet
from finder.models import ServiceAtLocation
from tests.factories import ScheduleFactory
from tests.made_up_checks import checked, doubted, told_of_room

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("directory")]

REFUSED = {
    "needs=medicaid": "needs",
    "near=28801&radius=5": "radius",
    "need=no_such_need": "need",
    "not=no_such_need": "not",
    "category=rehab": "category",
    "sort=distance": "sort",
    "within=0": "within",
    "when=tonight": "when",
    "from=6pm": "from",
    "zone=Mars": "zone",
    "attend=hologram": "attend",
    "fellowship=medicaid": "fellowship",
    "available=yes": "available",
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
        "freshness": [
            {"part": part, "date": "2026-11-01", "method": "import", "voice": None, "source": "samhsa-su"}
            for part in ("contact", "services")
        ],
        "disputed": [],
        "availability": [],
        "states": ["buprenorphine", "medicaid"],
        "not_stated": [],
        "times_not_stated": False,
        "next": None,
    }


def test_a_result_says_what_was_checked_what_is_disputed_and_what_room_there_is(client: Client) -> None:
    listing = ServiceAtLocation.objects.get(service__name="Counseling 03")
    at = timezone.now()
    checked(listing, VerifiedPart.CONTACT, voice=Voice.CASE_WORKER, at=at)
    doubted(listing, Outcome.NEEDS_REFERRAL)
    told_of_room(listing, available=4, unit=CapacityUnit.OUTPATIENT, at=at)
    (result,) = ask(client, "q=counseling+03")["results"]
    assert result["freshness"][0] == {
        "part": "contact",
        "date": at.date().isoformat(),
        "method": "phone",
        "voice": "case_worker",
        "source": None,
    }
    assert result["disputed"] == ["services"]
    assert result["availability"] == [
        {
            "unit": "outpatient",
            "code": "yes",
            "available": 4,
            "updated_at": at.isoformat(),
            "expires_at": (at + timedelta(days=7)).isoformat(),
            "voice": "provider",
        }
    ]


def test_room_that_expired_is_not_told(client: Client) -> None:
    listing = ServiceAtLocation.objects.get(service__name="Counseling 03")
    told_of_room(listing, unit=CapacityUnit.OUTPATIENT)
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        (result,) = ask(client, "q=counseling+03")["results"]
    assert result["availability"] == []


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


def test_a_result_says_when_it_is_next_on_by_the_groups_clock(client: Client) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 23, 20, tzinfo=UTC), tick=False):
        listing = ScheduleFactory(meeting=True).listing
        index_listings([listing.pk])
        (result,) = [each for each in ask(client, "when=today")["results"] if each["fit"] == "yes"]
    assert result["next"] == {
        "starts_at": "2026-11-24T19:00:00-05:00",
        "ends_at": "2026-11-24T20:00:00-05:00",
        "is_under_way": False,
    }
    assert result["times_not_stated"] is False


def test_who_states_no_times_says_so(client: Client) -> None:
    answer = ask(client, "when=now")
    assert (answer["count"], answer["count_maybe"], answer["times_are_behind"]) == (0, 24, False)
    assert all(result["times_not_stated"] and result["next"] is None for result in answer["results"])


def test_a_search_by_time_looks_whether_times_are_short(client: Client) -> None:
    with patch("finder.api.search.refresh_if_short") as refresh:
        ask(client, "near=28801")
        refresh.assert_not_called()
        ask(client, "when=now")
        refresh.assert_called_once()


@pytest.mark.parametrize("query", REFUSED)
def test_what_cannot_be_answered_is_refused_by_name(client: Client, query: str) -> None:
    answer = ask(client, query, status=400)
    assert list(answer) == ["errors"]
    assert list(answer["errors"]) == [REFUSED[query]]
    assert all(answer["errors"][REFUSED[query]])


def test_an_unknown_parameter_is_told_the_known_ones(client: Client) -> None:
    (sentence,) = ask(client, "radius=5", status=400)["errors"]["radius"]
    for name in SearchFilterSet.base_filters:
        assert name in sentence


def test_all_faults_are_said_at_once(client: Client) -> None:
    assert set(ask(client, "radius=5&within=0&need=x", status=400)["errors"]) == {"radius", "within", "need"}


@pytest.mark.parametrize("query", ["near=28801", "within=0", "page=99"])
def test_no_answer_is_kept(client: Client, query: str) -> None:
    assert "no-store" in client.get(f"/api/search?{query}")["Cache-Control"]


def test_only_reads(client: Client) -> None:
    assert client.post("/api/search").status_code == 405
    assert client.head("/api/search").status_code == 200


@pytest.mark.parametrize("query", ["q=xanax", "near=xanax+28801"])
def test_words_of_danger_bring_their_text(client: Client, query: str) -> None:
    call_command("loaddata", "guidance", verbosity=0)
    (text, *_others) = ask(client, query)["safety"]
    assert set(text) == {"slug", "title", "text"}
    assert text["slug"] == "alcohol-and-benzodiazepine-withdrawal"
    assert "911" in text["text"]
    assert "](" not in text["text"]


def test_other_words_bring_none(client: Client) -> None:
    call_command("loaddata", "guidance", verbosity=0)
    assert ask(client, "q=counseling&near=28801")["safety"] == []
