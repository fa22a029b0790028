"""Paper: PDF/UA-1 set by typst from the templates in paper/. What a listing says comes in as data, never as
markup, in fonts that come along: every machine sets the same file.
"""

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from finder.referral.shown import ShownLine

CONTENT_TYPE = "application/pdf"
PRESS = Path(__file__).parent / "paper" / "press.py"
PRINTED = re.compile("[ -~¡-¬®-ſƏƒȘ-țΆΈ-ΊΌΎ-ΡΣ-ώЀ-џҐґẀ-ẅẠ-ỹ‐-–—‘-‚“-„†-•…‰‹›€№™−≈≠≤≥]")
"""Latin with Vietnamese, Greek and Cyrillic. PDF/UA refuses a sign that the fonts cannot draw."""
NOT_DRAWN = "□"
KEPT_TOGETHER = "\u00a0"
SECONDS = 30


class NotSetError(Exception):
    """Names the template alone: what typst says of a fault quotes the list, and would reach a log."""


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
    inputs = {"data": json.dumps(cleaned(data)), "pictures": json.dumps(pictures or {})}
    job = json.dumps({"template": template, "inputs": inputs})
    done = subprocess.run(
        [sys.executable, "-P", PRESS], input=job.encode(), capture_output=True, timeout=SECONDS
    )
    if done.returncode:
        raise NotSetError(done.stderr.decode(errors="replace") if settings.DEBUG else template)
    return done.stdout


def cleaned(value: object) -> object:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: cleaned(inner) for key, inner in value.items()}
    return [cleaned(inner) for inner in value] if isinstance(value, Sequence) else value


def printable(text: str) -> str:
    """On one line, and only signs that can be drawn."""
    drawn = "".join(map(drawable, unicodedata.normalize("NFC", text)))
    single = re.sub(f"{NOT_DRAWN}+", NOT_DRAWN, drawn)
    return " ".join(word for word in single.split(" ") if word)


def drawable(sign: str) -> str:
    """Pictures, marks that turn the writing round and what cannot be seen are left out."""
    if PRINTED.fullmatch(sign):
        return sign
    if sign.isspace():
        return KEPT_TOGETHER if sign in {KEPT_TOGETHER, "\u202f"} else " "
    plain = unicodedata.normalize("NFKC", sign)
    if all(map(PRINTED.fullmatch, plain)):
        return plain
    return NOT_DRAWN if sign.isalnum() else ""
