"""Paper: PDF/UA-1 set by typst from the templates in paper/. What a listing says comes in as data, never as
markup, in fonts that come along: every machine sets the same file.
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import cast

import typst
from django.utils.translation import gettext as _

from finder.referral.shown import ShownLine

CONTENT_TYPE = "application/pdf"
PAPER = Path(__file__).parent / "paper"
PRINTED = re.compile("[ -~¡-¬®-ſƏƒȘ-țΆΈ-ΊΌΎ-ΡΣ-ώЀ-џҐґẀ-ẅẠ-ỹ‐-–—‘-‚“-„†-•…‰‹›€№™−≈≠≤≥]")
"""Latin with Vietnamese, Greek and Cyrillic. PDF/UA refuses a sign that the fonts cannot draw."""
NOT_DRAWN = "□"
LONGEST_WORD = 30
BREAK = "\u200b"
ONE_AT_A_TIME = Lock()
"""A compiler is no thing for two threads."""


def sheet(
    title: str, *, language: str, crisis: Sequence[ShownLine], large_type: bool = False
) -> dict[str, object]:
    """What paper.typ asks of every template's data. Call it while `language` is on."""
    return {
        "title": title,
        "language": language,
        "crisis": [{"name": line.name, "how": line.how} for line in crisis],
        "page_of": _("Page {number} of {total}"),
        "large_type": large_type,
    }


def typeset(template: str, *, data: Mapping[str, object], pictures: Mapping[str, str] | None = None) -> bytes:
    """`data`: `sheet(...)` and what the template asks for beside it, all JSON. `pictures`: SVG by name."""
    words = {"data": json.dumps(cleaned(data)), "pictures": json.dumps(pictures or {})}
    with ONE_AT_A_TIME:
        written = compiler(template).compile(sys_inputs=words, format="pdf", pdf_standards=["ua-1"])
    return cast(bytes, written)


@cache
def compiler(template: str) -> typst.Compiler:
    """Kept, since it empties its memory of what it set before; `typst.compile` never does."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(PAPER / "fonts")])
    return typst.Compiler(str(PAPER / f"{template}.typ"), root=str(PAPER), font_paths=fonts)


def cleaned(value: object) -> object:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: cleaned(inner) for key, inner in value.items()}
    return [cleaned(inner) for inner in value] if isinstance(value, Sequence) else value


def printable(text: str) -> str:
    """On one line, only signs that can be drawn, with places to break in words too long for a line."""
    drawn = "".join(map(drawable, unicodedata.normalize("NFC", text)))
    single = re.sub(f"{NOT_DRAWN}+", NOT_DRAWN, drawn)
    return " ".join(map(breakable, single.split()))


def drawable(sign: str) -> str:
    """Pictures, marks that turn the writing round and what cannot be seen are left out."""
    if PRINTED.fullmatch(sign):
        return sign
    if sign.isspace():
        return " "
    plain = unicodedata.normalize("NFKC", sign)
    if all(map(PRINTED.fullmatch, plain)):
        return plain
    return NOT_DRAWN if sign.isalnum() else ""


def breakable(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    return BREAK.join(word[start : start + 20] for start in range(0, len(word), 20))
