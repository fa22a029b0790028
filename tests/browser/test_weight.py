"""What a phone has to load, compressed, with the static files as an installed site serves them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page

from finder.actions.indexing import index_listings
from finder.enums import CareCategory
from tests.factories import make_listing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("vocabulary"),
]

MOST_BYTES = {
    "/": 30_000,
    "/search/?near=28801&need=medicaid": 50_000,
    "/plan/?near=28801&need=medicaid": 50_000,
    "/help-now/": 30_000,
}
INSTALLED = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


def settings_of_an_installed_site(static_files: Path) -> override_settings:
    return override_settings(
        STORAGES=INSTALLED,
        STATIC_ROOT=static_files,
        WHITENOISE_AUTOREFRESH=False,
        WHITENOISE_USE_FINDERS=False,
        WHITENOISE_SKIP_COMPRESS_EXTENSIONS=["po", "mo"],
    )


@pytest.fixture(scope="module")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compressed once: that takes longer than to load the pages."""
    folder = tmp_path_factory.mktemp("static")
    with settings_of_an_installed_site(folder):
        call_command(
            "collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin", "ext", "htmax*"]
        )
    return folder


@pytest.fixture
def installed_site(static_files: Path) -> Iterator[str]:
    with settings_of_an_installed_site(static_files):
        thread = LiveServerThread("127.0.0.1", static_handler=lambda application: application)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        yield f"http://127.0.0.1:{thread.port}"
        thread.terminate()


def bytes_loaded(page: Page, address: str) -> int:
    """Heads and bodies as they came over the wire."""
    devtools = page.context.new_cdp_session(page)
    loaded: list[int] = []
    devtools.on("Network.loadingFinished", lambda event: loaded.append(int(event["encodedDataLength"])))
    devtools.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    assert len(loaded) >= 3
    return sum(loaded)


@pytest.mark.parametrize("address", MOST_BYTES)
def test_a_page_is_light(chromium: Browser, installed_site: str, address: str) -> None:
    made = [
        make_listing(
            name=f"Riverside Recovery Center {number}",
            categories=[CareCategory.WITHDRAWAL_MANAGEMENT, CareCategory.BEHAVIORAL_HEALTH],
            yes=["medicaid", "medicare", "spanish", "buprenorphine", "residential", "outpatient"],
        )
        for number in range(20)
    ]
    index_listings([listing.pk for listing in made])
    context = chromium.new_context(base_url=installed_site)
    weight = bytes_loaded(context.new_page(), address)
    context.close()
    assert 3_000 < weight <= MOST_BYTES[address]
