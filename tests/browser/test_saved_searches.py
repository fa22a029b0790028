"""A search kept from its results to its news, as a case worker's browser sends the forms."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from finder.actions.indexing import index_listings
from finder.models import Phone, SavedSearch, ServiceAtLocation
from tests.browser.conftest import OpenPage
from tests.browser.test_accessibility import violations
from tests.keepers import keeper

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page) -> None:
    client = Client()
    client.force_login(keeper())
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": page.url}])


@pytest.mark.parametrize("javascript", [True, False])
def test_a_search_is_saved_looked_at_and_renamed(
    open_page: OpenPage, quiet_house: ServiceAtLocation, javascript: bool
) -> None:
    page = open_page("/healthz", javascript=javascript)
    sign_in(page)
    page.goto("/search/?near=28801&need=medicaid")
    page.get_by_role("button", name="Save this search").click()
    assert "Nothing is new" in page.inner_text("main")
    Phone.objects.filter(listing=quiet_house).update(extension="12")
    index_listings([quiet_house.pk])
    page.reload()
    assert "Changed (1)" in page.inner_text("main")
    assert "Another phone number" in page.inner_text("main")
    page.get_by_role("button", name="I have looked").click()
    assert "Nothing is new" in page.inner_text("main")
    page.get_by_text("Name, e-mail, delete").click()
    page.get_by_label("Name").fill("West side")
    page.get_by_role("button", name="Rename").click()
    assert page.inner_text("h1") == "West side"
    assert SavedSearch.objects.get().name == "West side"


def test_axe_finds_nothing_on_its_page(open_page: OpenPage, quiet_house: ServiceAtLocation) -> None:
    page = open_page("/healthz")
    sign_in(page)
    page.goto("/search/?near=28801")
    assert violations(page) == []
    page.get_by_role("button", name="Save this search").click()
    Phone.objects.filter(listing=quiet_house).update(extension="12")
    page.reload()
    page.evaluate("for (const fold of document.querySelectorAll('details:not(.menu)')) fold.open = true")
    assert violations(page) == []
