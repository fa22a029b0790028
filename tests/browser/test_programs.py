"""A program and the person who calls it, each at their own page: by keyboard, and without JavaScript."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from finder.enums import ClaimStatus
from finder.models import ChangeRequest, Claim, Verification
from tests.browser.conftest import OpenPage
from tests.factories import PhoneFactory, make_listing
from tests.program_pages import program_pages
from tests.programs import PHONE, ClaimFactory, asked_of_riverside, code_page_of, page_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("vocabulary"),
]
OpenDesk = Callable[[str, int], Page]


@pytest.fixture
def open_desk(open_page: OpenPage) -> OpenDesk:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))

    def opened(address: str, width: int) -> Page:
        page = open_page("/healthz", width=width)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": page.url}])
        page.goto(address)
        return page

    return opened


def violations(page: Page) -> list[str]:
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).response["violations"]
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_program_confirms_and_changes_by_keyboard(open_page: OpenPage, javascript: bool) -> None:
    asked = asked_of_riverside()
    page = open_page(page_of(asked), javascript=javascript)
    page.get_by_role("button", name="This is right").nth(1).press("Enter")
    expect(page.locator("#hours")).to_contain_text("You said on")
    page.wait_for_load_state()
    page.locator("#contact").get_by_role("link", name="Change something here").press("Enter")
    page.get_by_label("Phone number 1").fill("828-555-0199")
    page.get_by_role("button", name="Send these changes").press("Enter")
    expect(page.locator("#proposals")).to_contain_text("One of us calls the old number first")
    assert Verification.objects.get().parts == ["HOURS"]
    assert ChangeRequest.objects.get().field == "phones"


def test_a_fault_takes_the_reader_to_its_field(open_page: OpenPage) -> None:
    page = open_page(f"{page_of(asked_of_riverside())}?change=contact")
    page.get_by_label("ZIP code").fill("00000")
    page.get_by_role("button", name="Send these changes").click()
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("ZIP code")).to_be_focused()


def test_pages_fit_the_smallest_phone_and_their_controls_a_thumb(open_page: OpenPage) -> None:
    pages = program_pages()
    page = open_page("/healthz", width=320)
    for name, address in pages.items():
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
        small = page.locator(
            "main :is(button, input:not([type=hidden]), select, a.way):visible"
        ).evaluate_all(
            "found => found.filter(one => one.closest('.tick, .unseen') === null"
            " && one.getBoundingClientRect().height < 43.5).map(one => one.outerHTML)"
        )
        assert small == [], name


@pytest.mark.parametrize("width", [360, 1280])
def test_a_claim_is_called_and_its_code_typed_in(
    open_desk: OpenDesk, open_page: OpenPage, width: int
) -> None:
    claim = ClaimFactory(listing=make_listing(name="Riverside Detox", phone=PHONE), asked_at=timezone.now())
    PhoneFactory(listing=claim.listing, number="828-555-0150", extension="1234", position=1)
    desk = open_desk(f"/desk/finder/claim/{claim.pk}/change/", width)
    assert violations(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= width
    desk.get_by_role("button", name="Make the code and read it out").first.press("Enter")
    assert violations(desk) == []
    code = desk.get_by_text(re.compile(r"^\d{3} \d{3}$")).inner_text()

    page = open_page(code_page_of(claim))
    page.get_by_label("The code that we read out to you").fill(code)
    page.get_by_role("button", name="This is the code").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is your listing still right?")
    assert Claim.objects.get().status == ClaimStatus.CONFIRMED


def test_a_new_number_is_called_back_before_it_is_taken(open_desk: OpenDesk) -> None:
    program_pages()
    request = ChangeRequest.objects.get(field="phones", status="PROPOSED")
    desk = open_desk(f"/desk/finder/changerequest/{request.pk}/change/", 360)
    assert violations(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= 360
    desk.get_by_role("button", name="I called it: they say the new one is right").press("Enter")
    desk.get_by_role("button", name="Take what the program says").press("Enter")
    desk.wait_for_load_state()
    assert [phone.number for phone in request.listing.phones.all()] == ["828-555-0199"]
