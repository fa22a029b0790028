import re
from datetime import date

import pytest
from django.test import Client
from pytest_django.asserts import assertNumQueries

from finder.actions.indexing import index_listings
from finder.views.sitemap import Listings
from tests.factories import GuidanceFactory, make_listing

pytestmark = pytest.mark.django_db


def addresses(client: Client, path: str) -> list[str]:
    return re.findall(r"<loc>([^<]+)</loc>", client.get(path).content.decode())


def test_lists_its_files(client: Client) -> None:
    assert addresses(client, "/sitemap.xml") == [
        "http://testserver/sitemap-pages.xml",
        "http://testserver/sitemap-guidance.xml",
        "http://testserver/sitemap-listings.xml",
    ]


def test_pages_are_listed_in_both_languages(client: Client) -> None:
    found = addresses(client, "/sitemap-pages.xml")
    assert "http://testserver/about/" in found
    assert "http://testserver/es/about/" in found


def test_shown_guidance_is_listed_in_both_languages(client: Client) -> None:
    GuidanceFactory(slug="kratom")
    found = addresses(client, "/sitemap-guidance.xml")
    assert found == ["http://testserver/guidance/kratom/", "http://testserver/es/guidance/kratom/"]


def test_guidance_that_was_taken_down_is_left_out(client: Client) -> None:
    GuidanceFactory(taken_down=True)
    assert addresses(client, "/sitemap-guidance.xml") == []


def test_a_published_listing_is_listed_with_the_day_it_was_checked(client: Client, vocabulary: None) -> None:
    listing = make_listing(name="Riverside Detox", stated_on=date(2026, 11, 1))
    index_listings([listing.pk])
    page = client.get("/sitemap-listings.xml").content.decode()
    assert f"<loc>http://testserver{listing.get_absolute_url()}</loc>" in page
    assert "<lastmod>2026-11-01</lastmod>" in page


@pytest.mark.parametrize("state", ["draft", "archived", "demo"])
def test_what_is_not_public_or_not_real_is_left_out(client: Client, state: str) -> None:
    make_listing(**{state: True})
    assert addresses(client, "/sitemap-listings.xml") == []


def test_a_confidential_listing_shows_nothing_of_where_it_is(client: Client) -> None:
    listing = make_listing(
        name="Riverside House", location__address_1="12 Hidden Street", location__address_is_public=False
    )
    page = client.get("/sitemap-listings.xml").content.decode()
    assert str(listing.pk) in page
    for particular in ("hidden", "asheville", "28801", "buncombe"):
        assert particular not in page.lower()


def test_many_listings_are_split_in_files(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Listings, "limit", 2)
    for _ in range(3):
        make_listing()
    assert "http://testserver/sitemap-listings.xml?p=2" in addresses(client, "/sitemap.xml")
    assert len(addresses(client, "/sitemap-listings.xml")) == 2
    assert len(addresses(client, "/sitemap-listings.xml?p=2")) == 1


def test_asks_no_more_of_the_database_for_more_listings(client: Client) -> None:
    for _ in range(3):
        make_listing()
    with assertNumQueries(2):
        client.get("/sitemap-listings.xml")
