"""Mail programs open every link of a letter before its reader does: it may not change a thing."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.test import Client

from tests.every_row import every_row, tables_that_differ
from tests.letters.every_kind import send_one_of_each
from tests.letters.links_of import addresses_of, anchors, path_of
from tests.outputs import body

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]


def letters() -> Iterator[EmailMessage]:
    for letter in mail.outbox:
        read = message_from_bytes(letter.message().as_bytes(), policy=policy.default)
        assert isinstance(read, EmailMessage)
        yield read


def in_letters() -> set[str]:
    return {path_of(address) for letter in letters() for address in addresses_of(letter)}


def on_page(path: str, page: str) -> set[str]:
    """The addresses of the site that a page leads to, by a link or by a form."""
    site = settings.SITE_URL
    found = {urljoin(site + path, address) for address in anchors(page).addresses}
    paths = {path_of(address) for address in found if address.startswith(f"{site}/")}
    return {path for path in paths if not path.startswith("/static/")}


def test_fetching_every_link_of_every_letter_and_every_link_behind_it_changes_nothing(client: Client) -> None:
    call_command("loaddata", "crisis_lines", "guidance", verbosity=0)
    send_one_of_each()
    asked = in_letters()
    assert len(mail.outbox) == 8
    assert len([path for path in asked if "/program/" in path]) >= 8
    before, sent = every_row(), len(mail.outbox)
    behind: set[str] = set()
    for path in asked:
        assert client.head(path).status_code == 200, path
        response = client.get(path)
        assert response.status_code == 200, path
        behind |= on_page(path, response.content.decode())
    assert len([path for path in behind if "?change=" in path]) >= 8
    for path in behind - asked:
        client.head(path)
        body(client.get(path))
    assert tables_that_differ(before) == []
    assert len(mail.outbox) == sent


def test_asking_in_ways_that_only_look_like_pressing_changes_nothing(client: Client) -> None:
    """What a button would send, in the address of a request that is no press."""
    send_one_of_each()
    before, sent = every_row(), len(mail.outbox)
    verbs = ("all_right", "part_right", "change", "room", "cadence", "colleague", "not_us", "stop", "again")
    for path in in_letters():
        for verb in verbs:
            client.get(path, {"verb": verb, "subject": "ALL", "List-Unsubscribe": "One-Click"})
        for method in (client.put, client.patch, client.delete, client.options):
            assert method(path).status_code in {404, 405}, path
    assert tables_that_differ(before) == []
    assert len(mail.outbox) == sent
