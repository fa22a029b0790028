"""The desk's page of unmet need, for those who use a keyboard or a screen reader."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from finder.models import UnmetNeed
from tests.browser.conftest import OpenPage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("vocabulary"),
]


@pytest.fixture
def desk_page(open_page: OpenPage) -> Page:
    for county, count in (("Buncombe County", 23), ("Madison County", 4)):
        UnmetNeed.objects.create(
            date=this_month(),
            state_province="NC",
            county=county,
            category="withdrawal_management",
            need="medicaid",
            count=count,
        )
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    page = open_page("/healthz", width=1280)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": page.url}])
    page.goto("/desk/unmet-need/")
    return page


def this_month() -> date:
    return timezone.localdate().replace(day=1)


def test_axe_finds_nothing(desk_page: Page) -> None:
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(desk_page, options={"runOnly": {"type": "tag", "values": tags}}).response["violations"]
    assert [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]] == []


def test_the_order_changes_by_keyboard(desk_page: Page) -> None:
    desk_page.get_by_role("link", name="County").focus()
    desk_page.keyboard.press("Enter")
    expect(desk_page.locator("th[aria-sort=ascending]")).to_contain_text("County")
    expect(desk_page.locator("tbody tr").first).to_contain_text("Buncombe County")
    expect(desk_page.locator("tbody tr").last).to_contain_text("fewer than 10")
