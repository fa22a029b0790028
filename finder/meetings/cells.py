"""What a cell of a feed says, freed from the marks of web pages and spreadsheets."""

import html
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from finder.text import collapse

_BREAK = re.compile(r"<\s*br\s*/?\s*>|</\s*(?:p|div|li|h[1-6]|tr)\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>|<!--[^<>]*-->", re.IGNORECASE)
_NEWLINE = re.compile(r"\r\n?|\u2028|\u2029")
_BLANK_LINES = re.compile(r"\n{3,}")
_BETWEEN_WORDS = re.compile(r"[,;|\n]")
_OVERFLOW = re.compile(r"#{4,}")
"""A column too narrow when the sheet was exported: the value is lost."""


def text_of(value: object) -> str:
    """A cell as one line."""
    text = lines_of(value)
    return collapse(text) if "\n" in text else text


def lines_of(value: object) -> str:
    """A cell with its line breaks, and no blanks but between words."""
    if isinstance(value, str):
        return _plain(value) if value else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int | float) else ""


@lru_cache(maxsize=8192)
def _plain(value: str) -> str:
    text = _unquoted(html.unescape(_untagged(value)))
    lines = (collapse(line) for line in _NEWLINE.sub("\n", _printable(_untagged(text))).split("\n"))
    plain = _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
    return "" if _OVERFLOW.fullmatch(plain) else plain


def words_listed(value: object) -> list[str]:
    """The codes or names of a list, or of a text that lists them: `[open]`, `O, D`, `["O","X"]`."""
    if isinstance(value, list | tuple):
        return [word for each in value if (word := text_of(each))]
    text = lines_of(value).strip("[]")
    parts = (text_of(part.strip(" []\"'")) for part in _BETWEEN_WORDS.split(text))
    return [part for part in parts if part]


def first_filled(values: Iterable[str]) -> str:
    return next((value for value in values if value), "")


def _untagged(text: str) -> str:
    return _TAG.sub("", _BREAK.sub("\n", text))


def _unquoted(text: str) -> str:
    stripped = text.strip()
    is_quoted = len(stripped) > 1 and stripped[0] == stripped[-1] == '"'
    return stripped[1:-1] if is_quoted and '"' not in stripped[1:-1] else text


def _printable(text: str) -> str:
    """Without lone surrogates, which no database holds, and signs that cannot be seen."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        sign
        for sign in text
        if sign in "\n\t\r\u2028\u2029" or unicodedata.category(sign) not in {"Cc", "Cs", "Cf"}
    )
