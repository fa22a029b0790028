import re

import pytest
from django.test import Client

from finder.api.openapi import description
from finder.filters import SearchFilterSet
from finder.views.api_reference import kind, limits, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client) -> str:
    return client.get("/api/").content.decode()


@pytest.mark.parametrize("name", list(SearchFilterSet.base_filters))
def test_names_every_parameter(page: str, name: str) -> None:
    assert f"<dt><code>{name}</code></dt>" in page


def test_names_every_field_of_every_answer(page: str) -> None:
    for name, shape in description()["components"]["schemas"].items():
        if "properties" in shape:
            assert f'<h3 id="{name}">' in page
        for field in shape.get("properties", ()):
            assert f"<code>{field}</code>" in page


def test_links_to_no_part_that_is_not_there(page: str) -> None:
    wanted = set(re.findall(r'href="#(\w+)"', page)) - {"content"}
    assert wanted
    assert all(f'id="{name}"' in page for name in wanted)


def test_needs_no_script_of_its_own(page: str) -> None:
    assert page.count("<script") == 1  # the way out


def test_says_its_language_where_the_rest_is_spanish(client: Client) -> None:
    page = client.get("/es/api/").content.decode()
    assert '<html lang="es">' in page
    assert '<div class="stack" lang="en">' in page


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string"}, "string"),
        ({"type": ["string", "null"]}, "string or null"),
        ({"type": ["string", "null"], "format": "date"}, "date or null"),
        ({"type": ["number", "null"], "format": "double"}, "number or null"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Facet"}}, "list of Facet"),
        ({"oneOf": [{"$ref": "#/components/schemas/Place"}, {"type": "null"}]}, "Place or null"),
    ],
)
def test_a_type_is_said_in_a_few_words(schema: dict[str, object], words: str) -> None:
    assert kind(schema) == words


def test_choices_are_shown_and_not_only_named() -> None:
    fields = description()["components"]["schemas"]["Listing"]["properties"]
    fit = row("fit", fields["fit"], "")
    assert (fit.kind, fit.limits) == ("string", ("one of yes, maybe",))
    assert fit.description.startswith("“maybe”")
    categories = row("categories", fields["categories"], "")
    assert categories.kind == "list of string"
    assert "support_group" in categories.limits[0]


def test_limits_are_said_in_words() -> None:
    assert limits({"type": "number", "minimum": 1, "maximum": 500, "default": 25}) == (
        "1 to 500",
        "25 unless you say",
    )
    assert limits({"type": "array", "items": {"enum": ["a", "b"]}}) == ("one of a, b",)
