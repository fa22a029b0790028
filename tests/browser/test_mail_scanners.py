"""Some scanners open the links of a letter in a browser, run what is on the page, and wait."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import OpenPage
from tests.every_row import every_row, tables_that_differ
from tests.letters.every_kind import send_one_of_each
from tests.letters.test_scanners import in_letters

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("vocabulary"),
]
WAITS = 1_500


def test_a_browser_that_loads_every_link_and_waits_changes_nothing(
    open_page: OpenPage, live_server: LiveServer
) -> None:
    call_command("loaddata", "crisis_lines", "guidance", verbosity=0)
    with override_settings(SITE_URL=live_server.url):
        send_one_of_each()
        paths = sorted(path for path in in_letters() if "/program/" in path)
        before, sent = every_row(), len(mail.outbox)
        page = open_page("/healthz")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.method))
        for path in paths:
            page.goto(path)
            page.mouse.move(100, 200)
            page.keyboard.press("Tab")
            page.wait_for_timeout(WAITS)
            for change in page.locator("a[href*='?change=']").all():
                page.context.new_page().goto(str(change.get_attribute("href")))
        assert len(paths) >= 8
        assert set(asked) == {"GET"}
        assert tables_that_differ(before) == []
        assert len(mail.outbox) == sent
