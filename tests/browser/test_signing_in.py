"""The desk's door in a real browser, which sends what tests' clients do not."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.admin.test_signing_in import PASSWORD, code_of
from tests.browser.conftest import OpenPage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("vocabulary"),
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def faults(page: Page) -> list[str]:
    page.wait_for_load_state()
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("javascript", [True, False])
def test_password_app_codes_and_then_the_desk(
    open_page: OpenPage, settings: Settings, javascript: bool
) -> None:
    settings.REQUIRE_TWO_FACTOR = True
    User.objects.create_superuser("root", password=PASSWORD)
    page = open_page("/desk/", javascript=javascript)
    page.get_by_label("Username").fill("root")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Set up your second step")).to_be_visible()
    assert not javascript or faults(page) == []
    page.get_by_label("Code").fill(code_of(TOTPDevice.objects.get()))
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Make ten recovery codes").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    assert not javascript or faults(page) == []
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("heading", name="What needs you")).to_be_visible()
