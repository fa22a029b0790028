"""axe finds nothing on any public page: in both languages, light and dark, on a phone and on a desk."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.management import call_command
from django.test import RequestFactory
from playwright.sync_api import Page, Route

from finder.actions.indexing import index_listings
from finder.enums import CareCategory
from finder.views import errors
from finder.views.too_many import too_many
from tests.browser.conftest import OpenPage
from tests.factories import make_listing
from tests.public_pages import public_pages

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("vocabulary"),
]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
SIZES = {"light": 360, "dark": 1280}


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("scheme", SIZES)
def test_axe_finds_nothing(open_page: OpenPage, scheme: str) -> None:
    pages = public_pages()
    page = open_page("/healthz", width=SIZES[scheme], color_scheme=scheme, reduced_motion="reduce")
    faults = {}
    for name, address in pages.items():
        page.goto(address)
        page.evaluate("for (const fold of document.querySelectorAll('details:not(.menu)')) fold.open = true")
        faults[name] = violations(page)
    assert len(faults) >= 32
    assert {name: found for name, found in faults.items() if found} == {}


def test_axe_finds_nothing_on_error_pages(open_page: OpenPage, rf: RequestFactory) -> None:
    request = rf.get("/somewhere/")
    made = {
        "400": errors.bad_request(request, SuspiciousOperation()),
        "403": errors.forbidden(request, PermissionDenied()),
        "form expired": errors.form_expired(request),
        "429": too_many(request, 30),
        "500": errors.server_error(request),
    }
    page = open_page("/healthz")
    faults = {}
    for name, response in made.items():
        page.route("**/shown/", answering(response.content))
        page.goto("/shown/")
        assert page.locator("h1").count() == 1
        faults[name] = violations(page)
        page.unroute("**/shown/")
    assert {name: found for name, found in faults.items() if found} == {}


def answering(body: bytes) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=body, content_type="text/html")


@pytest.mark.parametrize(
    "address", ["/", "/search/?near=28801&need=medicaid", "/plan/?near=28801", "/help-now/"]
)
def test_forced_colors_keep_what_is_chosen_and_what_can_be_pressed(open_page: OpenPage, address: str) -> None:
    listing = make_listing(name="Riverside Detox", categories=CareCategory.values, yes=["medicaid"])
    index_listings([listing.pk])
    call_command("loaddata", "crisis_lines", verbosity=0)
    page = open_page(address, forced_colors="active")
    assert violations(page) == []
    edges = page.locator(".button, .leave, .chip, .tag").evaluate_all(
        "found => found.filter(e => e.offsetParent).map(e => getComputedStyle(e).borderTopWidth)"
    )
    assert edges
    assert "0px" not in edges


def test_axe_finds_nothing_in_the_open_menu(open_page: OpenPage) -> None:
    """Apart from the rest: on a phone it lies over the page until it is closed."""
    page = open_page("/help-now/", reduced_motion="reduce")
    page.locator(".menu summary").click()
    assert violations(page) == []


def test_no_page_is_wider_than_a_small_phone(open_page: OpenPage) -> None:
    """320 px, which is also a desk's window at 400 %."""
    pages = public_pages()
    page = open_page("/healthz", width=320)
    wider = {}
    for name, address in pages.items():
        page.goto(address)
        page.evaluate("for (const fold of document.querySelectorAll('main details')) fold.open = true")
        width = page.evaluate("document.documentElement.scrollWidth")
        clipped = page.locator("a.button[href^='tel:']").evaluate_all(
            "found => found.filter(a => a.scrollWidth > a.clientWidth + 1).map(a => a.innerText)"
        )
        if width > 320 or clipped:
            wider[name] = (width, clipped)
    assert wider == {}


def test_axe_finds_a_fault_where_there_is_one(open_page: OpenPage) -> None:
    page = open_page("/")
    page.evaluate("document.querySelector('label[for=near]').remove()")
    assert any(fault.startswith("label:") for fault in violations(page))
