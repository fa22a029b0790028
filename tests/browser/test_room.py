"""Room now, at the desk: two taps on a phone, and nothing in the way of a keyboard or a screen reader."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from finder.enums import CapacityCode, CareCategory
from finder.models import Capacity
from tests.browser.conftest import OpenPage
from tests.factories import make_listing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("vocabulary"),
]


@pytest.fixture
def listing_page(open_page: OpenPage) -> Page:
    listing = make_listing(name="Riverside Detox", categories=[CareCategory.WITHDRAWAL_MANAGEMENT])
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    page = open_page("/healthz", width=320)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": page.url}])
    page.goto(reverse("admin:finder_serviceatlocation_change", args=[listing.pk]))
    return page


def test_two_taps_say_that_there_is_room(listing_page: Page) -> None:
    listing_page.get_by_role("link", name="Room now").click()
    beds = listing_page.get_by_role("form", name="Detox beds")
    beds.get_by_role("button", name="There is room").click()
    expect(listing_page.get_by_text("Kept. Readers see it now.")).to_be_visible()
    assert Capacity.objects.get().code == CapacityCode.YES


def test_axe_finds_nothing_and_it_fits_a_small_phone(listing_page: Page) -> None:
    listing_page.get_by_role("link", name="Room now").click()
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    options = {"runOnly": {"type": "tag", "values": tags}}
    found = Axe().run(listing_page, options=options).response["violations"]
    assert [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]] == []
    assert listing_page.evaluate("document.documentElement.scrollWidth") <= 320
    heights = listing_page.locator("main button, main input:not([type=hidden])").evaluate_all(
        "found => found.filter(e => e.offsetParent).map(e => e.offsetHeight)"
    )
    assert min(heights) >= 44
