"""The guidance pages as a browser shows them: on a phone, on a desk and on paper."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from finder.models import Guidance
from tests.browser.conftest import OpenPage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("vocabulary", "texts"),
]


@pytest.fixture
def texts(transactional_db: None) -> None:
    call_command("loaddata", "guidance", verbosity=0)


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_runs_off_the_side(open_page: OpenPage, width: int) -> None:
    page = open_page("/guidance/", width=width)
    wide = []
    for text in Guidance.objects.all():
        for prefix in ("", "/es"):
            page.goto(f"{prefix}/guidance/{text.slug}/")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(f"{prefix} {text.slug}")
    assert wide == []


def test_what_keeps_you_safe_begins_on_the_first_screen_of_a_phone(open_page: OpenPage) -> None:
    page = open_page("/guidance/kratom-and-7-oh/")
    box = page.get_by_role("heading", name="First, stay safe").bounding_box()
    assert box is not None
    assert box["y"] < 740


def test_a_line_of_the_contents_leads_to_its_section(open_page: OpenPage) -> None:
    page = open_page("/guidance/after-detox/", javascript=False)
    page.get_by_role("link", name="If you use again").click()
    expect(page.get_by_role("heading", name="If you use again")).to_be_in_viewport()


def test_a_citation_leads_to_its_source(open_page: OpenPage) -> None:
    page = open_page("/guidance/kratom-and-7-oh/", width=1280)
    page.get_by_role("link", name="Source 2").first.click()
    expect(page.get_by_text("Kratom Detected")).to_be_in_viewport()


@pytest.mark.parametrize(("width", "is_beside"), [(360, False), (1280, True)])
def test_the_contents_stand_before_the_text_on_a_phone_and_beside_it_on_a_desk(
    open_page: OpenPage, width: int, is_beside: bool
) -> None:
    page = open_page("/guidance/how-to-call/", width=width)
    contents = page.locator(".side > aside").bounding_box()
    first = page.get_by_role("heading", name="What to say", exact=True).bounding_box()
    assert contents is not None
    assert first is not None
    assert (contents["x"] > first["x"] + 400) == is_beside
    assert contents["y"] < first["y"]


def test_paper_holds_the_text_its_sources_and_the_lines(open_page: OpenPage) -> None:
    page = open_page("/guidance/how-to-call/", width=800)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="What to say", exact=True)).to_be_visible()
    expect(page.get_by_text("Where this comes from").last).to_be_visible()
    expect(page.locator(".strip")).to_be_visible()
    for unwanted in ("nav", ".leave", ".button:not([href^='tel:'])"):
        assert page.locator(unwanted).filter(visible=True).count() == 0, unwanted


def test_the_words_for_a_text_come_before_the_results_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/search/?q=xanax", javascript=False)
    box = page.get_by_role("heading", name="Before you go on").bounding_box()
    results = page.locator("#answer").bounding_box()
    assert box is not None
    assert results is not None
    assert box["y"] < results["y"]
