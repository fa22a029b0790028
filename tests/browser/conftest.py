import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from finder.actions.indexing import index_listings
from finder.enums import CareCategory
from finder.models import ServiceAtLocation
from tests.factories import make_listing

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MOST_MILLISECONDS = 10_000
NEUTRAL = "https://www.weather.gov/"

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("needs Chromium: apt-get install chromium")
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    with pytest.MonkeyPatch.context() as patched, sync_playwright() as playwright:
        patched.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """A page of the site in a phone's browser; nothing but the site answers, save a stand-in for the exit."""
    contexts: list[BrowserContext] = []

    def open_at(address: str = "/", *, width: int = 360, javascript: bool = True, **settings: object) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 740},
            java_script_enabled=javascript,
            base_url=live_server.url,
            **settings,  # type: ignore[arg-type]
        )
        contexts.append(context)
        context.route(
            lambda url: not url.startswith(live_server.url),
            lambda route: (
                route.fulfill(body="<title>Weather</title>", content_type="text/html")
                if route.request.url == NEUTRAL
                else route.abort()
            ),
        )
        context.set_default_timeout(MOST_MILLISECONDS)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_at
    for context in contexts:
        context.close()


@pytest.fixture
def quiet_house(transactional_db: None, vocabulary: None) -> ServiceAtLocation:
    listing = make_listing(
        name="Quiet House",
        categories=[CareCategory.WITHDRAWAL_MANAGEMENT],
        yes=["medicaid", "medically_supervised"],
    )
    index_listings([listing.pk])
    return listing
