"""The queue in a real browser: by keyboard alone, without JavaScript, on a phone."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from finder.actions.indexing import index_listings
from finder.actions.proposing import propose_changes_of
from finder.actions.queueing import refresh_queue_items
from finder.enums import ChangeOrigin, QueueOutcome
from finder.models import QueueItem
from tests.admin.test_signing_in import PASSWORD
from tests.browser.conftest import OpenPage
from tests.browser.test_signing_in import faults
from tests.waiting import DETOX, due_listing, report, told

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("vocabulary"),
]

AtDesk = Callable[..., Page]


@pytest.fixture
def at_desk(open_page: OpenPage) -> AtDesk:
    """Signed in, with two listings in the queue; of the first everything waits that can."""
    User.objects.create_superuser("root", password=PASSWORD)
    now = timezone.now()
    pressing, calm = due_listing("Riverside Detox", categories=[DETOX]), due_listing("Calm House")
    told(pressing, at=now)
    propose_changes_of(
        listing=pressing,
        values={"service.name": "Riverside House"},
        origin=ChangeOrigin.PROVIDER,
        source="provider",
        now=now,
    )
    index_listings([pressing.pk])
    refresh_queue_items(listing_ids=[pressing.pk, calm.pk], now=now)

    def signed_in(**settings: object) -> Page:
        page = open_page("/desk/", **settings)
        page.get_by_label("Username").fill("root")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        return page

    return signed_in


def start(page: Page) -> None:
    page.get_by_role("button", name="Start").press("Enter")
    expect(page.get_by_role("button", name="Skip: give it back")).to_be_visible()
    page.wait_for_load_state()


def outcomes() -> list[str]:
    return list(QueueItem.objects.order_by("-priority", "pk").values_list("outcome", flat=True))


def test_an_item_is_worked_in_two_taps_without_javascript(at_desk: AtDesk) -> None:
    page = at_desk(javascript=False)
    start(page)
    expect(page.get_by_role("heading", name="Someone says that something is wrong. Is it?")).to_be_visible()
    page.get_by_label("Nobody answered").check()
    page.get_by_role("button", name="Keep it, and on to the next").click()
    expect(page.get_by_role("heading", name="Calm House")).to_be_visible()
    assert QueueItem.objects.get(tries=1).listing.service.name == "Riverside Detox"


def test_what_an_outcome_needs_is_asked_once_it_is_chosen(at_desk: AtDesk) -> None:
    page = at_desk(width=1200)
    start(page)
    parts, reason = page.get_by_label("Phone and address"), page.get_by_label("How do you know")
    expect(parts).to_be_hidden()
    page.get_by_label("All right, as far as I ticked").check()
    expect(parts).to_be_checked()
    expect(reason).to_be_hidden()
    page.get_by_label("Closed for good").check()
    expect(parts).to_be_hidden()
    expect(reason).to_be_visible()


def test_an_item_is_worked_by_the_keyboard_alone(at_desk: AtDesk) -> None:
    page = at_desk(width=1200)
    start(page)
    page.get_by_label("All right, as far as I ticked").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Nobody answered")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Calm House")).to_be_visible()


def test_the_tab_key_reaches_everything_in_the_order_of_the_page(at_desk: AtDesk) -> None:
    page = at_desk(width=1200)
    start(page)
    page.get_by_role("link", name="Skip to main content").focus()
    page.keyboard.press("Enter")
    reached = []
    for _step in range(12):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("(document.activeElement.innerText || document.activeElement.value || '').trim()")
        )
    expected = [
        "828-555-0142",
        "I looked into it: resolve",
        "Keep what the listing says",
        "Take what the program says",
        "ALL_RIGHT",
    ]
    assert [each for each in reached if each in expected] == expected, reached
    assert "Keep it, and on to the next" in reached


def test_single_keys_work_once_they_are_switched_on_and_not_in_text(at_desk: AtDesk) -> None:
    page = at_desk(width=1200)
    start(page)
    page.keyboard.press("3")
    expect(page.get_by_label("Nobody answered")).not_to_be_checked()
    page.get_by_label("Single keys").check()
    page.keyboard.press("5")
    reason = page.get_by_label("How do you know")
    reason.press_sequentially("3 signs")
    expect(reason).to_have_value("3 signs")
    expect(page.get_by_label("Closed for good")).to_be_checked()
    reason.blur()
    page.keyboard.press("3")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Calm House")).to_be_visible()
    expect(page.get_by_label("Single keys")).to_be_checked()
    page.keyboard.press("1")
    page.keyboard.press("n")
    expect(page.get_by_text("Nothing else waits")).to_be_visible()
    assert outcomes() == ["", QueueOutcome.CONFIRMED]


def test_an_item_is_kept_while_someone_works_and_not_on_an_empty_desk(at_desk: AtDesk) -> None:
    page = at_desk(width=1200)
    page.clock.install()
    start(page)
    item = QueueItem.objects.get(claimed_by__isnull=False)
    before = item.claimed_until
    page.clock.run_for("05:01")
    item.refresh_from_db()
    first = item.claimed_until
    page.keyboard.press("Shift")
    page.clock.run_for("05:01")
    for _attempt in range(50):
        item.refresh_from_db()
        if item.claimed_until != before:
            break
        page.wait_for_timeout(100)
    assert first == before
    assert item.claimed_until is not None
    assert before is not None
    assert item.claimed_until > before


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(
    at_desk: AtDesk, width: int, scheme: str
) -> None:
    report(QueueItem.objects.get(listing__service__name="Riverside Detox").listing)
    page = at_desk(width=width, color_scheme=scheme, reduced_motion="reduce")
    found = {"the desk": faults(page)}
    page.goto("/desk/queue/")
    found["the queue"] = faults(page)
    start(page)
    page.get_by_label("All right, as far as I ticked").check()
    found["an item"] = faults(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.get_by_label("Closed for good").check()
    page.get_by_role("button", name="Keep it, and on to the next").click()
    expect(page.get_by_text("Say how you know.")).to_be_visible()
    found["an item with a fault"] = faults(page)
    page.goto("/desk/queue/corrections/")
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.locator(".errorlist")).to_be_visible()
    found["corrections"] = faults(page)
    page.goto("/desk/finder/queueitem/")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("archive")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_text("This happens to")).to_be_visible()
    found["a preview"] = faults(page)
    assert {name: each for name, each in found.items() if each} == {}
    assert wide <= width
