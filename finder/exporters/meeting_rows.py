"""What only a source's row says of a meeting: the directory has no place of its own for it."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from finder.meetings.cells import lines_of, words_listed
from finder.meetings.clock import read_date
from finder.models import SourceRecord

Row = Mapping[str, object]

KEPT = (
    "region",
    "sub_region",
    "sub_sub_region",
    "regions",
    "district",
    "sub_district",
    "website_2",
    "homegroup_online",
    "entity",
    "entity_location",
    "entity_logo",
    "entity_website_url",
)
"""Named one by one: whatever else a row holds, persons and how to join included, is never passed on."""

OTHER_NAMES = {"entity_website_url": ("entity_url",)}
"""As older feeds call it."""

ADDRESSES = ("website_2", "entity_logo", "entity_website_url")
UPDATED = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
YES = {"yes", "true", "1"}
CLOSED_FOR_NOW = "TC"
SLUGS = ("slug", "id_bigint", "id", "ID")


class Said(NamedTuple):
    """A row and the record that keeps it; neither for a meeting that people wrote in."""

    record: SourceRecord | None
    row: Row


def said_of(slug: str, records: Iterable[SourceRecord]) -> Said:
    """The row that the source calls so; else what all rows of a single source agree on."""
    found = list(records)
    for record in found:
        for row in record.rows:
            if slug and slug in names_of(row):
                return Said(record, row)
    return Said(found[0], agreed(found[0].rows)) if len(found) == 1 else Said(None, {})


def names_of(row: Row) -> set[str]:
    """A day of a row with several days is called after both: `home-group-1`."""
    names = {str(row[key]) for key in SLUGS if row.get(key) not in (None, "")}
    return names | {f"{name}-{day}" for name in names for day in range(7) if isinstance(row.get("day"), list)}


def agreed(rows: Iterable[Row]) -> Row:
    first, *others = list(rows) or [{}]
    return {key: value for key, value in first.items() if all(row.get(key) == value for row in others)}


def kept(row: Row, *, today: date) -> dict[str, object]:
    said = {key: cleaned(first_said(row, (key, *OTHER_NAMES.get(key, ())))) for key in KEPT}
    said |= {key: "" for key in ADDRESSES if not str(said[key]).startswith(("https://", "http://"))}
    return {**said, "updated": updated(lines_of(row.get("updated")), today)}


def updated(text: str, today: date) -> str:
    """In UTC, as the format wants it; of other ways of writing only the day is sure."""
    if UPDATED.fullmatch(text):
        return text
    day = read_date(text, today=today)
    return f"{day:%Y-%m-%d} 00:00:00" if day else ""


def says_approximate(row: Row) -> bool:
    return lines_of(row.get("approximate")).casefold() in YES


def says_closed(row: Row) -> bool:
    return CLOSED_FOR_NOW in words_listed(row.get("types"))


def first_said(row: Row, keys: Iterable[str]) -> object:
    return next((row[key] for key in keys if row.get(key)), "")


def cleaned(value: object) -> object:
    if isinstance(value, list):
        return [text for each in value if (text := lines_of(each))]
    return lines_of(value)
