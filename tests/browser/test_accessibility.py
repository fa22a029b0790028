"""axe finds nothing on any public page: in both languages, light and dark, on a phone and on a desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
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
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        faults[name] = violations(page)
    assert len(faults) >= 32
    assert {name: found for name, found in faults.items() if found} == {}


def test_axe_finds_a_fault_where_there_is_one(open_page: OpenPage) -> None:
    page = open_page("/")
    page.evaluate("document.querySelector('label[for=near]').remove()")
    assert any(fault.startswith("label:") for fault in violations(page))
