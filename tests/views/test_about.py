from collections.abc import Iterator
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertNotContains

from finder.models import Source
from finder.models.listing_queries import (
    MILES_IF_CLOSED,
    MILES_IF_DISPUTED,
    MILES_IF_MISSING,
    MILES_IF_NOT_IN_NAME,
    MILES_PER_YEAR_UNCHECKED,
    YEARS_COUNTED,
)
from finder.views.about import href_of
from tests.factories import make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def counted_anew() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_who_runs_it_is_said_in_the_operators_words(client: Client, settings: Settings) -> None:
    settings.OPERATOR_NAME = "Blue Ridge Neighbors"
    settings.OPERATOR_FUNDING = "Paid by the county."
    settings.OPERATOR_CONTACT = "help@blueridge.example"
    page = client.get("/about/")
    assertContains(page, "<strong>Blue Ridge Neighbors</strong>")
    assertContains(page, "Paid by the county.")
    assertContains(page, 'href="mailto:help@blueridge.example"')
    assertNotContains(page, "have not said")


def test_what_the_operator_did_not_say_is_said_plainly(client: Client) -> None:
    page = client.get("/about/")
    assertContains(page, "The people who run this copy have not said who they are yet.")
    assertContains(page, "They have not said who pays for it yet.")
    assertContains(page, "They have not given a way to reach them yet.")
    assertContains(page, "have not named a contact for accessibility yet")


def test_accessibility_has_a_contact_of_its_own(client: Client, settings: Settings) -> None:
    settings.ACCESSIBILITY_CONTACT = "828-555-0142"
    assertContains(client.get("/about/"), 'href="tel:8285550142"')


def test_an_operators_words_are_shown_as_text(client: Client, settings: Settings) -> None:
    settings.OPERATOR_NAME = settings.OPERATOR_FUNDING = settings.OPERATOR_CONTACT = (
        "<script>alert(1)</script>"
    )
    assertNotContains(client.get("/about/"), "<script>alert")


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("help@example.org", "mailto:help@example.org"),
        ("https://example.org/contact", "https://example.org/contact"),
        ("(828) 555-0142", "tel:8285550142"),
        ("+1 828 555 0142", "tel:+18285550142"),
        ("at the front desk", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_a_contact_is_a_link_where_it_is_an_address(text: str, href: str) -> None:
    assert href_of(text) == href


def test_each_source_is_named_with_terms_age_and_amount(client: Client, vocabulary: None) -> None:
    make_listing(stated_on=date(2025, 6, 1))
    make_listing(stated_on=date(2026, 11, 1))
    page = client.get("/about/")
    assertContains(page, Source.objects.get(pk="samhsa-su").name)
    assertContains(page, "Public domain (work of the US government, 17 U.S.C. 105)")
    assertContains(page, "2 listings")
    assertContains(page, "newest of Nov. 1, 2026")


def test_a_source_that_says_nothing_is_not_named(client: Client, vocabulary: None) -> None:
    make_listing(draft=True)
    page = client.get("/about/")
    assertNotContains(page, "SAMHSA")
    assertContains(page, "There are no listings here yet.")


def test_sources_are_named_in_the_readers_language(client: Client, vocabulary: None) -> None:
    make_listing()
    assertContains(client.get("/es/about/"), Source.objects.get(pk="samhsa-su").name_es)


def test_the_terms_of_the_zip_codes_are_named(client: Client) -> None:
    page = client.get("/about/")
    assertContains(page, "https://creativecommons.org/licenses/by/4.0/")
    assertContains(page, "UnitedStatesZipCodes.org")


def test_the_order_is_explained_with_the_numbers_that_are_used(client: Client) -> None:
    page = client.get("/about/")
    for words in (
        f"{MILES_PER_YEAR_UNCHECKED} miles for each year since it was last checked, "
        f"{MILES_PER_YEAR_UNCHECKED * YEARS_COUNTED} at most",
        f"{MILES_IF_MISSING} miles if its directory no longer names it",
        f"{MILES_IF_DISPUTED} miles if people who called or went found something else",
        f"{MILES_IF_CLOSED} miles if it is closed",
        f"{MILES_IF_NOT_IN_NAME} miles if the words you typed are not in its name",
        "Nobody can pay for a place.",
        'id="order"',
    ):
        assertContains(page, words)


def test_what_is_counted_is_said_where_it_is_counted(client: Client, settings: Settings) -> None:
    said = "When a search or plan finds nothing, we add one to a count"
    assertContains(client.get("/about/"), said)
    settings.COUNT_UNMET_NEEDS = False
    assertNotContains(client.get("/about/"), said)
