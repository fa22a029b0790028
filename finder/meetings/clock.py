"""Wall-clock times, ends and dates, as feeds write them."""

import re
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import available_timezones

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?)?\s*(?P<half>[ap])?\.?\s?m?\.?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(\d{3,4})(?:\.0)?")
_WORDS = {
    "noon": time(12),
    "midday": time(12),
    "midnight": time(0),
    "mediodía": time(12),
    "medianoche": time(0),
}
_DURATION = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_DAY = timedelta(days=1)


def read_time(text: str) -> time | None:
    """`18:00`, `8:00`, `18:00:00`, `6:00 PM`, `noon`, and `1700` or `730` as spreadsheets leave them."""
    cell = text.strip()
    if word := _WORDS.get(cell.casefold()):
        return word
    if digits := _DIGITS.fullmatch(cell):
        padded = digits[1].zfill(4)
        return _time(int(padded[:2]), int(padded[2:]))
    found = _TIME.fullmatch(cell)
    if found is None or (found["minute"] is None and found["half"] is None):
        return None
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return _time(hour, int(found["minute"] or 0))


def end_stated(start: time | None, text: str) -> time | None:
    """An end before the start is past midnight; one at the start says nothing: no meeting lasts 24 hours."""
    end = read_time(text)
    return None if start is None or end == start else end


def end_after(start: time | None, duration: str) -> time | None:
    """The end by a duration; 00:00:00 stands for the server's own, which it does not say here.

    A duration of 24:00:00 ends when it starts, which a schedule reads as the whole day.
    """
    found = _DURATION.fullmatch(duration.strip())
    if start is None or found is None:
        return None
    lasts = timedelta(hours=int(found[1]), minutes=int(found[2]))
    if not timedelta() < lasts <= _DAY:
        return None
    return (datetime.combine(date.min, start) + lasts).time()


def read_date(text: str, *, today: date) -> date | None:
    """The day of a change, months before days where slashes are; a day to come counts as today."""
    if found := _ISO_DATE.match(text.strip()):
        year, month, day = map(int, found.groups())
    elif found := _US_DATE.match(text.strip()):
        month, day, year = map(int, found.groups())
    else:
        return None
    try:
        return min(date(year, month, day), today)
    except ValueError:
        return None


def read_timezone(text: str) -> str:
    """An IANA name or ''."""
    return text.strip() if text.strip() in _timezones() else ""


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones()) - {"localtime", "posixrules", "Factory"}


def _time(hour: int, minute: int) -> time | None:
    return time(hour, minute) if hour < 24 and minute < 60 else None
