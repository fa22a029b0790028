"""A table of corrections as spreadsheets write it: whatever its encoding and its separator."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import NamedTuple

from django.utils.translation import gettext as _

from finder.actions.correction_lines import COLUMNS, NEW, Line
from finder.actions.refusals import Refused
from finder.upkeep.cells import text_of

MOST_BYTES = 2_000_000
MOST_LINES = 5_000
SEPARATORS = (",", ";", "\t")
NEEDED = ("id", "version")


class Table(NamedTuple):
    lines: list[Line]
    """Those in which something is filled in."""
    untouched: int
    unknown: list[str]
    """Columns that are no correction: they are not read."""


def read_corrections(data: bytes) -> Table:
    if len(data) > MOST_BYTES:
        raise Refused(_("The file is too large. Send it in parts of two megabytes at most."))
    rows = rows_of(decoded(data))
    header = [text_of(cell).lower() for cell in next(rows, [])]
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise Refused(
            _("The first row must name the columns. Missing: %(names)s.") % {"names": ", ".join(missing)}
        )
    lines = [Line(number, cells(header, row)) for number, row in enumerate(rows, start=2) if any(row)]
    if len(lines) > MOST_LINES:
        raise Refused(_("Send at most %(count)d rows at once.") % {"count": MOST_LINES})
    touched = [line for line in lines if line.is_touched]
    return Table(touched, len(lines) - len(touched), unknown_corrections(header))


def decoded(data: bytes) -> str:
    """UTF-8, with a mark or without; else what Excel writes on Windows."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(_("The file is no text that we can read. Save it as CSV (UTF-8)."))


def rows_of(text: str) -> Iterator[list[str]]:
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=separator)
    except csv.Error as fault:
        raise Refused(_("The file is no table that we can read: %(fault)s.") % {"fault": fault}) from None


def cells(header: list[str], row: list[str]) -> dict[str, str]:
    """What the columns that we know say."""
    named = zip(header, map(text_of, row), strict=False)
    return {name: cell for name, cell in named if name in COLUMNS and cell}


def unknown_corrections(header: list[str]) -> list[str]:
    """A correction under a name that we do not know would be lost in silence."""
    return [name for name in header if name.startswith(NEW) and name not in COLUMNS]
