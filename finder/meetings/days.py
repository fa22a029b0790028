"""Which day of the week a feed means. The one place where the days' numbers are told apart."""

import re
from collections import defaultdict

from finder.text import words_of

DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
"""iCalendar's names. Meeting Guide counts them from 0, BMLT's search answers from 1; both begin on Sunday."""

FIRST_IN_MEETING_GUIDE = 0
FIRST_IN_BMLT = 1

_NAMES = (
    "sunday domingo dimanche sonntag zondag söndag nedeľa 日曜日",
    "monday lunes lundi montag maandag måndag pondelok 月曜日",
    "tuesday martes mardi dienstag dinsdag tisdag utorok 火曜日",
    "wednesday miércoles mercredi mittwoch woensdag onsdag streda 水曜日",
    "thursday jueves jeudi donnerstag donderdag torsdag štvrtok 木曜日",
    "friday viernes vendredi freitag vrijdag fredag piatok 金曜日",
    "saturday sábado samedi samstag zaterdag lördag sobota 土曜日",
)
_SHORTEST = 3
_BETWEEN = re.compile(r"[,;/&+]|\b(?:and|y|et|und)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(\d)(?:\.0+)?")


def read_days(value: object, *, first: int) -> tuple[str, ...] | None:
    """The days of a number, a name or a list of them; none for an empty cell, None for what is no day."""
    if value is None or value == "":
        return ()
    if isinstance(value, list | tuple):
        return _all_of([read_days(each, first=first) for each in value if not isinstance(each, list | tuple)])
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip().strip("[]")
    parts = [part.strip(" \"'") for part in _BETWEEN.split(text)]
    return _all_of([_one_day(part, first) for part in parts if part])


def day_named(text: str) -> str | None:
    """A day by its name or a beginning of it, in any language that feeds are written in."""
    words = words_of(text)
    name = words[0] if len(words) == 1 else ""
    return _BY_NAME.get(name) or _BY_NAME.get(name.removesuffix("s"))


def day_number(day: str) -> int:
    """As Meeting Guide counts."""
    return DAYS.index(day) + FIRST_IN_MEETING_GUIDE


def _all_of(found: list[tuple[str, ...] | None]) -> tuple[str, ...] | None:
    days: set[str] = set()
    for each in found:
        if each is None:
            return None
        days.update(each)
    return tuple(day for day in DAYS if day in days)


def _one_day(text: str, first: int) -> tuple[str, ...] | None:
    number = _NUMBER.fullmatch(text)
    if number is None:
        day = day_named(text)
        return None if day is None else (day,)
    at = int(number[1]) - first
    return (DAYS[at],) if 0 <= at < len(DAYS) else None


def _by_name() -> dict[str, str]:
    """Full names, and every beginning of three letters or more that no other day has."""
    meant: defaultdict[str, set[str]] = defaultdict(set)
    for day, names in zip(DAYS, _NAMES, strict=True):
        for name in words_of(names):
            for end in range(_SHORTEST, len(name) + 1):
                meant[name[:end]].add(day)
    return {name: days.pop() for name, days in meant.items() if len(days) == 1}


_BY_NAME = _by_name()
