"""How tests look at the queue's pages."""

import re
from html import unescape

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from finder.actions.working import claim
from finder.models import QueueItem, ServiceAtLocation
from tests.admin.conftest import desk_of
from tests.waiting import NOW, queued


def address(item: QueueItem, name: str = "item") -> str:
    return reverse(f"admin:queue_{name}", args=[item.pk])


def seen(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url, follow=True)
    assert response.status_code == status
    return words(response.content)


def words(content: bytes) -> str:
    """As people read it: without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(content.decode())).split())


def held(editor: User, *listings: ServiceAtLocation) -> tuple[Client, QueueItem]:
    """The first of these listings in the editor's hands."""
    item = queued(*listings)[0]
    claim(item=item, by=editor, now=NOW)
    return desk_of(editor), item
