"""A search changed in place ends as the page that a fresh visit of the same address shows."""

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

from finder.models import ServiceAtLocation
from finder.views.htmx import CONFIGURATION

Make = Callable[..., ServiceAtLocation]

pytestmark = pytest.mark.usefixtures("vocabulary")

BEFORE = "/search/?near=28801"
SEARCHES = {
    "a need": "/search/?near=28801&need=medicaid",
    "may fit only": "/search/?near=28801&need=spanish",
    "nothing found": "/search/?near=99501&within=5&need=medicaid",
    "a misspelt place": "/search/?near=Ashevile&sort=name",
    "an unknown place": "/search/?near=qqqqqqq",
    "later today": "/search/?near=28801&when=today&zone=Pacific/Honolulu&from=18:00",
    "in Spanish": "/es/search/?near=28801&need=medicaid",
}
PART = re.compile(
    r'<div data-hx-swap-oob="innerHTML:#(\w+)">(.*?)</div>(?=\s*<(?:div data-hx-swap-oob|form))', re.DOTALL
)


def parts(client: Client, address: str) -> str:
    return client.get(address, headers={"HX-Request": "true"}).content.decode()


def element(page: str, name: str) -> tuple[int, int]:
    """Where the inside of the element with this id begins and ends."""
    opened = re.search(rf'<(\w+)[^>]*\sid="{name}"[^>]*>', page)
    assert opened is not None, name
    depth = 1
    for tag in re.finditer(rf"<(/?){opened[1]}\b", page[opened.end() :]):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return opened.end(), opened.end() + tag.start()
    raise AssertionError(f"{name} is never closed")


def applied(page: str, answer: str) -> str:
    """What htmx does with the answer, said in strings."""
    title = re.search(r"<title>.*?</title>", answer, re.DOTALL)
    assert title is not None
    page = re.sub(r"<title>.*?</title>", lambda _: title[0], page, flags=re.DOTALL)
    inside = dict(PART.findall(answer))
    assert set(inside) == {"languages", "understood", "safety", "counts", "saving"}
    inside["answer"] = answer[answer.index("<form") :]
    for name, words in inside.items():
        start, end = element(page, name)
        page = page[:start] + words + page[end:]
    return page


def without_spaces_between(page: str) -> str:
    return re.sub(r"\s+(?=<)|(?<=>)\s+", "", page)


@pytest.mark.parametrize("after", SEARCHES.values(), ids=SEARCHES)
def test_the_parts_of_another_search_make_its_page(client: Client, listed: Make, after: str) -> None:
    listed(name="Open House", yes=["medicaid"])
    listed(name="Silent House", yes=["residential"])
    before = after.split("search/")[0] + BEFORE.removeprefix("/")
    changed = applied(client.get(before).content.decode(), parts(client, after))
    assert without_spaces_between(changed) == without_spaces_between(client.get(after).content.decode())


def test_only_the_parts_are_sent(client: Client, listed: Make) -> None:
    listed()
    answer = parts(client, BEFORE)
    assert "<html" not in answer
    assert "tel:988" not in answer


def test_what_was_not_understood_keeps_its_status(client: Client) -> None:
    assert client.get("/search/?near=qqqqqqq", headers={"HX-Request": "true"}).status_code == 400


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_page_and_parts_are_never_taken_for_each_other(client: Client, headers: dict[str, str]) -> None:
    response = client.get(BEFORE, headers=headers)
    assert "HX-Request" in response.headers["Vary"]
    assert response.headers["Cache-Control"] == "no-store"


def test_the_browser_keeps_no_copy_and_evaluates_nothing() -> None:
    configuration = json.loads(CONFIGURATION)
    assert configuration["historyCacheSize"] == 0
    assert not configuration["allowEval"]
    assert not configuration["includeIndicatorStyles"]


def test_home_loads_no_htmx(client: Client) -> None:
    assert "htmx" not in client.get("/").content.decode()
    assert "htmx" in client.get("/search/").content.decode()
