"""A person tells what came of a call, reports a problem and suggests a place, in a real browser."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from finder.enums import Outcome, Voice
from finder.models import CallOutcome, ListingReport, ServiceAtLocation
from tests.browser.conftest import OpenPage
from tests.browser.test_accessibility import violations
from tests.made_up_voices import one_of_us

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOUCH = 44


def tell_of_a_full_house(page: Page) -> None:
    page.get_by_role("link", name="Tell us what came of it").click()
    expect(page.get_by_label("how many days?")).to_be_hidden()
    page.get_by_label("No bed or place free").check()
    page.get_by_label("If you have to wait: how many days?").fill("10")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")


@pytest.mark.parametrize("javascript", [True, False])
def test_tells_what_came_of_a_call_and_is_led_to_the_next_one(
    open_page: OpenPage, quiet_house: ServiceAtLocation, javascript: bool
) -> None:
    page = open_page(quiet_house.get_absolute_url(), javascript=javascript)
    tell_of_a_full_house(page)
    told = CallOutcome.objects.get()
    assert (told.outcome, told.wait_days, told.voice) == (Outcome.NO_BED, 10, Voice.PUBLIC)
    page.get_by_role("link", name="Back to the listing").click()
    expect(
        page.get_by_text("1 person was told there is no bed or place, today. Wait: 10 days.")
    ).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Find the next one").click()
    expect(page).to_have_url(re.compile(r"/search/\?near=28801&category=withdrawal_management$"))


def test_no_cookie_and_no_answer_is_left_in_the_browser(
    open_page: OpenPage, quiet_house: ServiceAtLocation
) -> None:
    page = open_page(quiet_house.get_absolute_url())
    tell_of_a_full_house(page)
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_the_keyboard_alone_is_enough(open_page: OpenPage, quiet_house: ServiceAtLocation) -> None:
    page = open_page(f"/listings/{quiet_house.pk}/called/")
    page.get_by_label("They answered, and it is right").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert CallOutcome.objects.get().outcome == Outcome.WRONG_NUMBER


def test_a_case_worker_who_is_signed_in_speaks_as_one(
    open_page: OpenPage, quiet_house: ServiceAtLocation, live_server: LiveServer
) -> None:
    """With the browser's own headers: pages of readers send no origin, which Django's check would refuse."""
    client = Client()
    client.force_login(one_of_us())
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page = open_page(quiet_house.get_absolute_url())
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url, "sameSite": "Lax"}]
    )
    tell_of_a_full_house(page)
    assert CallOutcome.objects.get().voice == Voice.CASE_WORKER


def test_another_site_cannot_make_its_visitors_tell(
    open_page: OpenPage, quiet_house: ServiceAtLocation, live_server: LiveServer
) -> None:
    form = (
        f'<form method="post" action="{live_server.url}/listings/{quiet_house.pk}/called/">'
        '<input name="outcome" value="CLOSED"><button>Win</button></form>'
    )
    page = open_page("/healthz")
    page.route("http://elsewhere.example/", lambda route: route.fulfill(body=form, content_type="text/html"))
    page.goto("http://elsewhere.example/")
    page.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This was not sent from our page")
    assert violations_when_loaded(page) == []
    assert not CallOutcome.objects.exists()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_fault_is_mended_and_nothing_typed_is_lost(
    open_page: OpenPage, quiet_house: ServiceAtLocation, javascript: bool
) -> None:
    page = open_page(f"/listings/{quiet_house.pk}/report/", javascript=javascript)
    page.get_by_label("What should we know?").fill("The street is wrong.\nIt is Elm Street.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Choose what it is about.").click()
    page.get_by_label("Something is wrong").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you: we have it")
    kept = ListingReport.objects.get()
    assert kept.text == "The street is wrong.\nIt is Elm Street."
    page.reload()
    assert ListingReport.objects.count() == 1
    page.get_by_role("link", name="What became of it").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("Nobody has looked at it yet.")


def fill_suggestion(page: Page, name: str) -> None:
    page.get_by_label("What is it called?").fill(name)
    page.get_by_label("Detox", exact=True).check()
    page.get_by_label("Where is it?").fill("28801")
    page.get_by_role("button", name="Send").click()


def test_what_may_be_listed_is_shown_first_and_another_place_is_sent(
    open_page: OpenPage, quiet_house: ServiceAtLocation
) -> None:
    page = open_page("/suggest/", javascript=False)
    fill_suggestion(page, "The Quiet House")
    expect(page.get_by_role("heading", name="Is it one of these?")).to_be_focused()
    expect(page.get_by_role("link", name="Quiet House")).to_be_visible()
    page.get_by_role("button", name="None of these. Send it").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you: we have it")
    assert ListingReport.objects.get().suggestion["name"] == "The Quiet House"


def violations_when_loaded(page: Page) -> list[str]:
    page.wait_for_load_state()
    return violations(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_after_a_form_is_sent(
    open_page: OpenPage, quiet_house: ServiceAtLocation, scheme: str
) -> None:
    page = open_page(f"/listings/{quiet_house.pk}/called/", color_scheme=scheme, reduced_motion="reduce")
    page.get_by_role("button", name="Send").click()
    found = {"a call": violations_when_loaded(page)}
    page.goto(f"/listings/{quiet_house.pk}/report/")
    page.get_by_role("button", name="Send").click()
    found["a report"] = violations_when_loaded(page)
    page.get_by_label("Something unsafe").check()
    page.get_by_label("What should we know?").fill("I stopped xanax there.")
    page.get_by_role("button", name="Send").click()
    found["thanks"] = violations_when_loaded(page)
    page.goto("/suggest/")
    page.get_by_role("button", name="Send").click()
    found["a suggestion"] = violations_when_loaded(page)
    fill_suggestion(page, "The Quiet House")
    found["perhaps listed"] = violations_when_loaded(page)
    assert page.get_by_role("heading", name="Is it one of these?").count() == 1
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_every_control_can_be_touched_on_a_small_phone(
    open_page: OpenPage, quiet_house: ServiceAtLocation
) -> None:
    page = open_page("/healthz", width=320)
    small = {}
    for address in (
        f"/listings/{quiet_house.pk}/called/",
        f"/listings/{quiet_house.pk}/report/",
        "/suggest/",
    ):
        page.goto(address)
        heights = page.locator("main form :is(label + input, textarea, .choice label, button)").evaluate_all(
            "found => found.filter(e => e.offsetParent).map(e => e.getBoundingClientRect().height)"
        )
        assert len(heights) > 3
        if min(heights) < TOUCH or page.evaluate("document.documentElement.scrollWidth") > 320:
            small[address] = heights
    assert small == {}


def test_the_hidden_field_is_hidden_from_everyone(
    open_page: OpenPage, quiet_house: ServiceAtLocation
) -> None:
    page = open_page(f"/listings/{quiet_house.pk}/called/")
    expect(page.locator("[name=leave_empty]")).to_be_hidden()
