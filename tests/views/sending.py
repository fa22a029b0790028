"""Presses a button of a page as a browser would: with everything that its form holds."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

Attributes = dict[str, str | None]


class Forms(HTMLParser):
    """The fields of each form of a page, and the buttons that send it."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[dict[str, list[str]], list[tuple[str, str]]]] = []
        self.select = ""
        self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        match tag:
            case "form":
                self.forms.append(({}, []))
            case "input" if name and (given.get("type") not in {"checkbox", "radio"} or "checked" in given):
                self.add(name, value)
            case "select":
                self.select = name
                self.first_option = True
            case "option" if self.select and ("selected" in given or self.first_option):
                self.forms[-1][0][self.select] = [value]
                self.first_option = False
            case "textarea":
                self.textarea = name
                self.add(name, "")
            case "button" if name and self.forms:
                self.forms[-1][1].append((name, value))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.textarea = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            # A browser drops the newline that comes first.
            self.forms[-1][0][self.textarea] = [data.removeprefix("\n")]

    def add(self, name: str, value: str) -> None:
        if self.forms:
            self.forms[-1][0].setdefault(name, []).append(value)


def button(page: str, verb: str, **wanted: str) -> dict[str, Any]:
    """What the first button of this verb would send; `wanted` tells it from others of its verb."""
    parser = Forms()
    parser.feed(page)
    for fields, buttons in parser.forms:
        if ("verb", verb) in buttons and all(fields.get(name) == [said] for name, said in wanted.items()):
            return fields | {"verb": verb}
    raise AssertionError(f"The page has no button {verb} {wanted}.")


def sent(client: Client, address: str, verb: str, **typed: str) -> HttpResponse:
    """Opens the page, fills in what is typed, and presses the button."""
    which = {name: typed[name] for name in ("subject", "unit") if name in typed}
    form = button(client.get(address).content.decode(), verb, **which)
    return client.post(address, form | typed)


def opened(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return unescape(response.content.decode())


def words_of(page: str) -> str:
    main = page.split("<main")[1].split("</main>")[0]
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", main.partition(">")[2]).split()))
