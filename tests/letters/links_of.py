"""What a letter leads to: in its text, in its HTML, and in what mail programs read of its head."""

import re
from email.message import EmailMessage
from html.parser import HTMLParser

from django.conf import settings

ADDRESS = re.compile(r"https?://[^\s<>\"]+")


class Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value for name, value in attrs if name in {"href", "src", "action"} and value]


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html_of(letter: EmailMessage) -> str:
    part = letter.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def anchors(page: str) -> Anchors:
    parser = Anchors()
    parser.feed(page)
    return parser


def addresses_of(letter: EmailMessage) -> set[str]:
    head = ADDRESS.findall(letter.get("List-Unsubscribe", ""))
    return {*ADDRESS.findall(text_of(letter)), *anchors(html_of(letter)).addresses, *head}


def path_of(address: str) -> str:
    """As the test's client asks for it."""
    assert address.startswith(settings.SITE_URL), address
    return address.removeprefix(settings.SITE_URL) or "/"
