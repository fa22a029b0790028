"""What the description says of the API is what the API does."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

from finder.actions.indexing import index_listings
from finder.api.openapi import description
from finder.enums import CareCategory, Outcome, VerifiedPart
from finder.filters import SearchFilterSet
from finder.models import ServiceAtLocation
from tests.factories import ScheduleFactory, make_listing
from tests.made_up_checks import checked, doubted, told_of_room

List = Callable[..., ServiceAtLocation]


@pytest.fixture
def listed(vocabulary: None) -> List:
    def make(**traits: Any) -> ServiceAtLocation:
        made = make_listing(**traits)
        index_listings([made.pk])
        return made

    return make


def operation(path: str) -> dict[str, Any]:
    found: dict[str, Any] = description()["paths"][path]["get"]
    return found


def response(path: str, status: int) -> dict[str, Any]:
    found: dict[str, Any] = operation(path)["responses"][str(status)]["content"]["application/json"]
    return found


def closed() -> dict[str, Any]:
    """The shapes, with nothing allowed that they do not name."""
    components = deepcopy(description()["components"])
    for schema in components["schemas"].values():
        if "properties" in schema:
            schema["additionalProperties"] = False
    return components


def faults(answer: object, path: str, status: int) -> list[str]:
    schema = {**response(path, status)["schema"], "components": closed()}
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(answer)]


def test_is_openapi() -> None:
    validate(description())


def test_is_served_as_json_without_a_cookie(client: Client) -> None:
    answered = client.get("/api/openapi.json")
    assert answered.headers["Content-Type"] == "application/json"
    assert answered.json() == description()
    assert not answered.cookies


def test_describes_the_directory_and_nothing_else() -> None:
    assert set(description()["paths"]) == {"/api/search", "/api/plan", "/api/vocabulary"}


def test_names_exactly_the_parameters_that_are_read() -> None:
    named = [parameter["name"] for parameter in operation("/api/search")["parameters"]]
    assert sorted(named) == sorted(SearchFilterSet.base_filters)


def limits() -> Iterator[tuple[str, str, bool]]:
    """Each limit of a number, with the nearest value on either side of it."""
    for parameter in operation("/api/search")["parameters"]:
        schema = parameter["schema"]
        if "minimum" in schema:
            yield parameter["name"], str(schema["minimum"]), True
            yield parameter["name"], str(schema["minimum"] - 1), False
            yield parameter["name"], str(schema["maximum"] + 1), False


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "value", "is_allowed"), list(limits()))
def test_limits_are_those_that_are_held(client: Client, name: str, value: str, is_allowed: bool) -> None:
    errors = client.get("/api/search", {name: value}).json().get("errors", {})
    assert (name not in errors) == is_allowed


@pytest.mark.parametrize(("name", "longest"), [("q", 200), ("near", 100), ("zone", 64)])
def test_says_how_long_words_may_be(name: str, longest: int) -> None:
    (parameter,) = (found for found in operation("/api/search")["parameters"] if found["name"] == name)
    assert parameter["schema"]["maxLength"] == longest


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["category", "sort", "when", "attend", "available"])
def test_every_choice_it_names_is_taken_and_no_other(client: Client, name: str) -> None:
    (parameter,) = (found for found in operation("/api/search")["parameters"] if found["name"] == name)
    choices = parameter["schema"].get("items", parameter["schema"])["enum"]
    for choice in choices:
        assert client.get("/api/search", {"near": "28801", name: choice}).status_code == 200
    assert client.get("/api/search", {"near": "28801", name: "other"}).status_code == 400


@pytest.mark.parametrize(
    "question",
    [
        "",
        "near=28801&need=medicaid",
        "near=Ashevile",
        "near=online",
        "q=rivreside",
        "category=support_group",
        "when=tue",
        "q=xanax",
        "available=1",
    ],
)
def test_answers_are_as_described(client: Client, listed: List, question: str) -> None:
    call_command("loaddata", "guidance", verbosity=0)
    listed(name="Riverside Counseling", yes=["medicaid"])
    listed(name="Riverside House", confidential=True, phone="")
    index_listings([ScheduleFactory(meeting=True).listing_id])
    full = listed(name="Riverside Detox", categories=CareCategory.values)
    checked(full, VerifiedPart.CONTACT)
    told_of_room(full, available=2)
    doubted(full, Outcome.WRONG_NUMBER)
    answered = client.get(f"/api/search?{question}").json()
    assert faults(answered, "/api/search", 200) == []


def test_a_first_page_of_many_is_as_described(client: Client, listed: List) -> None:
    for number in range(21):
        listed(name=f"Riverside {number}")
    answered = client.get("/api/search").json()
    assert answered["next"]
    assert faults(answered, "/api/search", 200) == []


@pytest.mark.parametrize("question", ["within=9000", "color=red", "page=99"])
def test_errors_are_as_described(client: Client, vocabulary: None, question: str) -> None:
    answered = client.get(f"/api/search?{question}")
    assert answered.status_code == 400
    assert faults(answered.json(), "/api/search", 400) == []


def test_the_vocabulary_is_as_described(client: Client, vocabulary: None) -> None:
    answered = client.get("/api/vocabulary").json()
    assert len(answered["terms"]) > 100
    assert faults(answered, "/api/vocabulary", 200) == []


def test_an_answer_with_a_field_too_many_would_be_noticed() -> None:
    assert faults({"terms": [], "more": 1}, "/api/vocabulary", 200) != []


def test_every_example_is_as_described() -> None:
    seen = 0
    for path in description()["paths"]:
        for status in operation(path)["responses"]:
            for example in response(path, int(status))["examples"].values():
                assert faults(example["value"], path, int(status)) == []
                seen += 1
    assert seen == 8
