"""The guidance texts' Markdown: paragraphs, lists, bold and links; raw HTML is shown as text."""

import re

from django.conf import settings
from django.urls import translate_url
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override
from markdown_it import MarkdownIt
from markdown_it.token import Token

SAFE_LINK = re.compile(r"(/(?!/)|tel:|sms:|https://)\S*")
LISTS = {"bullet_list_open": "bullets", "ordered_list_open": "steps"}
TELEPHONE = re.compile(r"(tel|sms):")

reader = MarkdownIt("zero", {"html": False}).enable(["list", "emphasis", "link", "escape"])
reader.validateLink = lambda url: bool(SAFE_LINK.fullmatch(url))  # type: ignore[method-assign]


def html_of(text: str) -> SafeString:
    return rendered(reader.parse(text))


def line_of(text: str) -> SafeString:
    """One line, without a paragraph around it."""
    return rendered(reader.parseInline(text))


def rendered(tokens: list[Token]) -> SafeString:
    for token in tokens:
        for inner in token.children or ():
            if inner.type == "link_open":
                lead(inner)
        if token.type in LISTS:
            token.attrSet("class", LISTS[token.type])
    return mark_safe(str(reader.renderer.render(tokens, reader.options, {})))  # the reader has escaped it


def lead(link: Token) -> None:
    """Our own pages in the reader's language; other sites learn nothing of where a reader comes from."""
    address = str(link.attrGet("href"))
    if address.startswith("/"):
        link.attrSet("href", in_reader_language(address))
    elif not TELEPHONE.match(address):
        link.attrSet("rel", "noreferrer nofollow")


def in_reader_language(address: str) -> str:
    language = get_language() or settings.LANGUAGE_CODE
    with override(settings.LANGUAGE_CODE):
        return translate_url(address, language)
