"""A shared list in a phone's browser, and on a desk: readable, within reach, and without JavaScript."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from finder.actions.indexing import index_listings
from finder.enums import CareCategory
from finder.models import Phone
from tests.browser.conftest import OpenPage
from tests.browser.test_accessibility import violations
from tests.factories import ScheduleFactory, make_listing
from tests.made_up_lists import Shared, entry, shared, taken_out

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("vocabulary"),
]

LONG = "Blue Ridge Mountains Comprehensive Withdrawal Management and Residential Treatment Center"


@pytest.fixture
def made(vocabulary: None) -> Shared:
    cache.clear()
    call_command("loaddata", "crisis_lines", "guidance", verbosity=0)
    detox = make_listing(name=LONG, categories=[CareCategory.WITHDRAWAL_MANAGEMENT], yes=["veterans_affairs"])
    house = make_listing(name="Quiet House", confidential=True, phone="828-555-0144 ext. 1234")
    group = make_listing(name="Tuesday Group", categories=[CareCategory.SUPPORT_GROUP], phone="")
    gone = make_listing(name="Old Mill Clinic")
    ScheduleFactory(listing=group, meeting=True)
    index_listings([each.pk for each in (detox, house, group)])
    found = shared(
        entry(detox, section="withdrawal_management", note="Ask for intake.", is_shown=True),
        entry(house, section="behavioral_health"),
        entry(group, section="support_group"),
        entry(gone),
        starts="withdrawal_management:now behavioral_health:next support_group:alongside",
        at=timezone.now() - timedelta(days=2),
    )
    taken_out(gone)
    Phone.objects.filter(listing=detox).update(number="828-555-0188", number_e164="+18285550188")
    return found


def unfold(page: Page) -> None:
    page.evaluate("for (const fold of document.querySelectorAll('main details')) fold.open = true")


@pytest.mark.parametrize("language", ["", "/es"])
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    open_page: OpenPage, made: Shared, width: int, scheme: str, language: str
) -> None:
    page = open_page("/healthz", width=width, color_scheme=scheme, reduced_motion="reduce")
    for address in (made.page, f"/l/{made.code}/", "/l/", "/l/made-up/"):
        page.goto(language + address)
        unfold(page)
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_what_can_be_pressed_is_large_enough_for_a_thumb(open_page: OpenPage, made: Shared) -> None:
    page = open_page(made.page, width=320)
    unfold(page)
    small = page.locator("main .button, main .links a, main summary").evaluate_all(
        "found => found.filter(e => e.offsetParent && e.offsetHeight < 44).map(e => e.innerText)"
    )
    assert small == []


def test_without_javascript_all_of_it_can_be_read_kept_and_sent(open_page: OpenPage, made: Shared) -> None:
    page = open_page(made.page, javascript=False)
    expect(page.get_by_text("2 of 4 changed since this list was shared.")).to_be_visible()
    expect(page.get_by_role("link", name="Call 828-555-0188")).to_be_visible()
    page.get_by_text("Keep it: print, save or send").click()
    page.get_by_text("Send it from your phone").click()
    expect(page.get_by_label("Copy as text short")).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="As text").click()
    assert download.value.suggested_filename == "list.txt"


def test_a_code_opens_its_list(open_page: OpenPage, made: Shared) -> None:
    page = open_page("/l/", javascript=False)
    page.get_by_label("Code").fill(made.code.lower().replace("-", " "))
    page.get_by_role("button", name="Open the list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("For Tuesday")


def test_the_text_is_copied_with_one_tap(open_page: OpenPage, made: Shared) -> None:
    page = open_page(made.page, permissions=["clipboard-read", "clipboard-write"])
    unfold(page)
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_text("Copied").first).to_be_visible()
    assert "828-555-0188" in page.evaluate("navigator.clipboard.readText()")


def test_on_paper_stand_the_places_and_nothing_to_press(open_page: OpenPage, made: Shared) -> None:
    page = open_page(made.page)
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Call 828-555-0188")).to_be_visible()
    expect(page.get_by_text("Keep it: print, save or send")).to_be_hidden()
    expect(page.get_by_text("Leave this site", exact=True)).to_be_hidden()
