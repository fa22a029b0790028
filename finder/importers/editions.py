"""The date a directory speaks of, as its reader gives it or as the file's name shows it."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

FIRST_YEAR = 1990
GIVEN = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
DATED_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})[_-](\d{2})[_-](\d{2})(?!\d)")
YEAR_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")


class UnknownEdition(ValueError):  # noqa: N818 - the name says what happened
    """The message is one sentence for the person who gave the file."""


def edition_date(text: str | None, path: Path) -> date:
    """The first day of the edition: "2022", "2024-05" or "2024-05-06", else what the file's name says."""
    return _given(text.strip()) if text and text.strip() else _named(path.name)


def _given(text: str) -> date:
    found = GIVEN.fullmatch(text)
    if found is None:
        raise UnknownEdition(f"“{text}” is not an edition: write a year (2024) or a date (2024-05-06).")
    year, month, day = (int(part or 1) for part in found.groups())
    return _dated(text, year, month, day)


def _named(name: str) -> date:
    if found := DATED_NAME.search(name):
        year, month, day = map(int, found.groups())
        return _dated(found[0], year, month, day)
    years = set(YEAR_IN_NAME.findall(name))
    if len(years) != 1:
        told = "more than one year" if years else "no year"
        raise UnknownEdition(f"The name “{name}” shows {told}: give the edition (2024 or 2024-05-06).")
    year = years.pop()
    return _dated(year, int(year))


def _dated(text: str, year: int, month: int = 1, day: int = 1) -> date:
    last_year = datetime.now(UTC).year + 1
    if not FIRST_YEAR <= year <= last_year:
        raise UnknownEdition(
            f"“{text}” is not an edition: its year is not between {FIRST_YEAR} and {last_year}."
        )
    try:
        return date(year, month, day)
    except ValueError as error:
        raise UnknownEdition(f"“{text}” is not a day of the calendar.") from error
