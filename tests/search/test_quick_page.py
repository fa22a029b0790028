"""A page read from the start of an index is the page that ranking all would give."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client

from finder.actions.indexing import index_listings
from finder.enums import CareCategory, StatementMethod
from finder.models import ListingIndex
from finder.search import kept_counts, quick_page, statement
from tests.factories import make_listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("directory")]

TODAY = date(2026, 11, 22)
PLACES = ("28801", "28803", "28715", "28711", "28704", "28806", "28748", "28732")
TERMS = ("medicaid", "buprenorphine", "open_meeting", "online")
LISTINGS = 150


@pytest.fixture
def directory(vocabulary: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Crowded, of every age, some gone from their source and some closed."""
    monkeypatch.setattr(kept_counts, "WORTH_KEEPING", 1)
    dice = random.Random(7)
    listings = [
        make_listing(
            name=dice.choice(["Riverside", "Hillside", "Lakeside"]),
            zip_code=dice.choice(PLACES),
            categories=[dice.choice([CareCategory.BEHAVIORAL_HEALTH, CareCategory.SUPPORT_GROUP])],
            yes=dice.sample(TERMS, dice.randrange(4)),
            method=StatementMethod.IMPORT,
            stated_on=TODAY - timedelta(days=dice.randrange(2600)),
        ).pk
        for _ in range(LISTINGS)
    ]
    index_listings(listings)
    ListingIndex.objects.filter(pk__in=dice.sample(listings, 12)).update(missing_since=TODAY)
    ListingIndex.objects.filter(pk__in=dice.sample(listings, 12)).update(is_closed=True)
    cache.clear()
    yield
    cache.clear()


QUESTIONS = [
    {"near": near, "within": within, "sort": sort, "page": page, **more}
    for near, within, sort in (
        ("28801", 25, "best"),
        ("28801", 10, "best"),
        ("28715", 100, "distance"),
        ("NC", 25, "best"),
        ("Buncombe County, NC", 25, "distance"),
    )
    for page in (1, 2, 3)
    for more in ({}, {"need": "medicaid"}, {"category": "support_group", "need": "open_meeting"})
] + [
    {"page": page, **more}
    for page in (1, 2, 3)
    for more in ({}, {"need": "medicaid"}, {"category": "behavioral_health"}, {"sort": "checked"})
]


def test_the_quick_page_is_the_ranked_page(client: Client) -> None:
    ranked = {urlencode(asked): shown(client, asked) for asked in QUESTIONS}
    quick = {urlencode(asked): shown(client, asked) for asked in QUESTIONS}
    assert quick == ranked


def test_a_long_answer_is_not_ranked_as_a_whole(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, object]] = [{}, {"near": "28801"}, {"near": "28801", "need": "medicaid"}]
    for each in asked:
        shown(client, each)
    monkeypatch.setattr(statement, "whole_page", not_expected)
    assert all(shown(client, each) for each in asked)


def test_where_little_fits_all_is_ranked(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick_page, "LONGEST_WALK", 1)
    asked = {"near": "28801"}
    ranked = shown(client, asked)
    monkeypatch.setattr(quick_page, "nearest", not_expected)
    assert shown(client, asked) == ranked


def shown(client: Client, asked: dict[str, object]) -> list[tuple[str, str]]:
    answer = client.get("/api/search", asked).json()
    return [(result["id"], result["fit"]) for result in answer.get("results", ())]


def not_expected(*_: object) -> None:
    raise AssertionError("This way was not to be taken.")
