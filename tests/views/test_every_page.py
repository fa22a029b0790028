"""What holds of every public page, whatever it is about."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import DatabaseError
from django.test import Client

from finder.enums import CareCategory
from finder.filters import SearchFilterSet
from finder.models import ServiceAtLocation
from finder.views.headers import content_security_policy

Make = Callable[..., ServiceAtLocation]

PAGES = [
    ("/", 200),
    ("/es/", 200),
    ("/search/", 200),
    ("/es/search/?near=Asheville,+NC&need=medicaid", 200),
    ("/search/?near=qqqqqqqq", 400),
    ("/plan/", 200),
    ("/es/plan/", 200),
    ("/plan/?near=28801&substance=alcohol", 200),
    ("/plan/?near=qqqqqqqq", 400),
    ("/help-now/", 200),
    ("/es/help-now/", 200),
    ("/next/", 200),
    ("/es/next/?near=28801", 200),
    ("/next/?near=qqqqqqqq", 400),
    ("/about/", 200),
    ("/packs/", 200),
    ("/es/packs/", 200),
    ("/packs/zz/", 404),
    ("/es/about/", 200),
    ("/suggest/", 200),
    ("/es/suggest/", 200),
    ("/reports/", 200),
    ("/reports/CDFGHJKM/", 404),
    ("/api/", 200),
    ("/es/api/", 200),
    ("/program/4711.1vH000.xYz/", 404),
    ("/es/program/code/4711.1vH000.xYz/", 404),
    ("/nowhere/", 404),
    ("/es/nada/", 404),
    ("/listings/00000000-0000-0000-0000-000000000000/gone/", 404),
    ("/healthz", 200),
    ("/readyz", 200),
]
READ_BY_PEOPLE = [(address, status) for address, status in PAGES if not address.endswith("z")]

pytestmark = pytest.mark.usefixtures("vocabulary", "crisis_lines")


@pytest.mark.parametrize(("address", "status"), PAGES)
def test_answers_with_its_status(client: Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status


@pytest.mark.parametrize(("address", "status"), PAGES)
def test_sets_no_cookie_and_tells_nobody_where_a_reader_comes_from(
    client: Client, address: str, status: int
) -> None:
    response = client.get(address)
    assert not response.cookies
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Content-Security-Policy"] == content_security_policy()


@pytest.mark.parametrize(("address", "status"), READ_BY_PEOPLE)
def test_begins_with_the_crisis_strip(client: Client, address: str, status: int) -> None:
    body = client.get(address).content.decode().split("<body>")[1]
    assert re.findall(r'href="([^"]+)"', body)[:3] == ["tel:911", "tel:988", "sms:988"]


@pytest.mark.parametrize(("address", "status"), READ_BY_PEOPLE)
def test_can_be_left_without_javascript(client: Client, address: str, status: int) -> None:
    link = re.search(r'<a class="leave"[^>]*>', client.get(address).content.decode())
    assert link is not None
    assert 'href="https://www.weather.gov/"' in link[0]
    assert "noreferrer" in link[0]


@pytest.mark.parametrize(("address", "status"), READ_BY_PEOPLE)
def test_loads_nothing_from_elsewhere_and_runs_nothing_inline(
    client: Client, address: str, status: int
) -> None:
    page = client.get(address).content.decode()
    loaded = re.findall(r'<(?:script|img|iframe)[^>]*src="([^"]*)"', page)
    loaded += re.findall(r'<link rel="(?:stylesheet|icon)"[^>]*href="([^"]*)"', page)
    assert loaded
    assert all(url.startswith("/static/") for url in loaded)
    assert not re.search(r"<style|style=|<script>|\son\w+=", page)


@pytest.mark.parametrize(("address", "status"), READ_BY_PEOPLE)
def test_says_its_language_and_links_to_the_other(client: Client, address: str, status: int) -> None:
    page = client.get(address).content.decode()
    mine, other = ("es", "en") if address.startswith("/es/") else ("en", "es")
    assert f'<html lang="{mine}">' in page
    assert f'hreflang="{other}"' in page


def test_the_language_link_keeps_the_question(client: Client) -> None:
    page = client.get("/search/?near=Asheville,+NC&need=medicaid").content.decode()
    assert 'href="/es/search/?near=Asheville,+NC&amp;need=medicaid"' in page


def test_a_spanish_page_says_that_nobody_has_reviewed_it(client: Client) -> None:
    assert "Ninguna persona ha revisado todavía esta traducción." in client.get("/es/").content.decode()


@pytest.mark.parametrize("address", ["/", "/search/", "/next/", "/help-now/", "/healthz"])
def test_only_reads(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


def test_a_fault_of_ours_still_shows_the_lines_without_the_database(client: Client) -> None:
    client.raise_request_exception = False
    broken = patch("finder.views.search.answer", side_effect=RuntimeError)
    no_database = patch("django.db.backends.utils.CursorWrapper.execute", side_effect=DatabaseError)
    client.get("/search/")  # the vocabulary is in memory now
    with broken, no_database:
        response = client.get("/search/")
    assert response.status_code == 500
    assert "tel:+18006624357" in response.content.decode()


@pytest.mark.parametrize("field", list(SearchFilterSet.base_filters))
def test_hostile_text_is_shown_as_text(client: Client, field: str) -> None:
    hostile = '"><script>alert(1)</script>'
    assert b"<script>alert" not in client.get("/search/", {field: hostile}).content


def test_hostile_text_of_a_listing_is_shown_as_text(client: Client, listed: Make) -> None:
    hostile: dict[str, Any] = {
        "name": "<script>alert(1)</script>",
        "categories": [CareCategory.WITHDRAWAL_MANAGEMENT],
        "service__description": "<script>alert(2)</script>",
    }
    listing = listed(**hostile)
    for address in (listing.get_absolute_url(), "/search/?near=28801"):
        page = client.get(address).content
        assert b"<script>alert" not in page
        assert b"&lt;script&gt;alert(1)" in page


def test_home_and_results_are_light(client: Client, listed: Make) -> None:
    for number in range(20):
        listed(name=f"Riverside {number}", categories=[CareCategory.WITHDRAWAL_MANAGEMENT], yes=["medicaid"])
    files = b"".join(path.read_bytes() for path in Path("static").iterdir() if path.is_file())

    def weight(address: str) -> int:
        return len(gzip.compress(client.get(address).content)) + len(gzip.compress(files))

    assert weight("/") <= 30_000
    assert weight("/search/?near=28801&need=medicaid") <= 50_000
