"""Monthly rules that hide in notes, where a feed can only say "weekly".

Only what leaves no doubt is read: a sentence which is nothing but "meets" or "only" with the days. "Last
Saturday: potluck" says what happens on that day, not that the group does not meet on the others.
"""

import re
from datetime import time

from finder.meetings.clock import read_time
from finder.meetings.days import day_named

_ORDINALS = {
    **dict.fromkeys(("1st", "first", "1er", "primer", "primero"), "1"),
    **dict.fromkeys(("2nd", "second", "2do", "segundo"), "2"),
    **dict.fromkeys(("3rd", "third", "3er", "tercer", "tercero"), "3"),
    **dict.fromkeys(("4th", "fourth", "4to", "cuarto"), "4"),
    **dict.fromkeys(("5th", "fifth", "5to", "quinto"), "5"),
    **dict.fromkeys(("last", "último", "ultimo"), "-1"),
}
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_AND = r"(?:\s?,\sand\s|\s?[,&/]\s?|\s(?:and|y)\s)(?:the\s|el\s)?"
_RULE = re.compile(
    rf"""
    (?P<meets>(?:(?:this|the|our)\s)?(?:(?:group|meeting|we)\s)?(?:only\s)?(?:meets?|(?:is\s)?held)\s)?
    (?P<meets_es>(?:el\sgrupo\s)?(?:s[oó]lo\s)?se\sre[uú]ne\s)?
    (?P<only_before>(?:only|s[oó]lo|solamente)\s)?
    (?:(?:on|every|cada)\s)?(?:(?:the|el|los)\s)?
    (?P<ordinals>(?:{_ORDINAL})(?:{_AND}(?:{_ORDINAL}))*)
    \s(?P<day>[^\W\d_]+)
    (?:\s(?:(?:of|in)\s(?:the|each|every)\smonth|del\smes|de\scada\smes|monthly))?
    (?:\s(?:(?:at|@|a\slas)\s)?(?P<time>\d{{1,2}}(?::\d\d)?\s?(?:[ap]\.?m\.?)?|noon|midnight))?
    (?P<only_after>\s(?:only|solamente))?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SENTENCE = re.compile(r"(?<=[.!;])\s+|\n|[()]")


def monthly_byday(notes: str, day: str, starts_at: time | None = None) -> str:
    """iCalendar's days of the month for a row of this day (`1SU,3SU`), or '' to leave it weekly."""
    rules = [rule for sentence in _SENTENCE.split(notes) if (rule := _rule(sentence, day, starts_at))]
    return rules[0] if len(rules) == 1 else ""


def _rule(sentence: str, day: str, starts_at: time | None) -> str:
    found = _RULE.fullmatch(" ".join(sentence.split()).strip(" .,!;*-"))
    if found is None or not (_says_only(found) and day_named(found["day"]) == day):
        return ""
    if found["time"] and read_time(found["time"]) != starts_at:
        return ""
    places = [_ORDINALS[each.casefold()] for each in re.findall(_ORDINAL, found["ordinals"], re.IGNORECASE)]
    ordered = sorted(dict.fromkeys(places), key=lambda place: int(place) % 7)
    return ",".join(f"{place}{day}" for place in ordered)


def _says_only(found: re.Match[str]) -> bool:
    return any(found[name] for name in ("meets", "meets_es", "only_before", "only_after"))
