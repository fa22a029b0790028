"""What the formats of a BMLT server mean: its keys are its own, NA World Services' ids are everybody's."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from finder.enums import Fellowship
from finder.meetings.cells import text_of, words_listed
from finder.meetings.privacy import safe_text
from finder.meetings.types import BMLT, NAWS, MeetingType, meeting_type

LANGUAGE = "LANG"
NAWS_COLUMNS = ("format1", "format2", "format3", "format4", "format5", "closed")
LANGUAGES = {
    "es": "Spanish",
    "sp": "Spanish",
    "spa": "Spanish",
    "fr": "French",
    "pt": "Portuguese",
    "de": "German",
}
TICKS = frozenset({"1", "true", "yes"})


class Formats(NamedTuple):
    """The formats that an answer brings along, by id and by key; none where they were not asked for."""

    by_id: Mapping[str, MeetingType]
    by_key: Mapping[str, MeetingType]


class RowTypes(NamedTuple):
    types: tuple[MeetingType, ...]
    unrecognized: tuple[str, ...]


def read_formats(items: Iterable[object]) -> Formats:
    by_id: dict[str, MeetingType] = {}
    by_key: dict[str, MeetingType] = {}
    for item in items:
        if isinstance(item, dict):
            cells = {key: text_of(item.get(key)) for key in ("id", "key_string", "name_string", "world_id")}
            found = _format(cells["world_id"], cells["key_string"], cells["name_string"])
            by_id.setdefault(cells["id"], found)
            by_key.setdefault(cells["key_string"], found)
    return Formats(by_id, by_key)


def types_of_row(row: Mapping[str, object], formats: Formats) -> RowTypes:
    """From ids where the answer explains them, else from keys; and from a NAWS export's own columns."""
    ids = [each for each in words_listed(row.get("format_shared_id_list")) if each in formats.by_id]
    if ids:
        found: dict[str, MeetingType | None] = {each: formats.by_id[each] for each in ids}
    else:
        keys = words_listed(row.get("formats"))
        found = {key: formats.by_key.get(key) or meeting_type(BMLT, key) for key in keys}
    found |= _of_naws(row)
    types = dict.fromkeys(each for each in found.values() if each)
    return RowTypes(tuple(types), tuple(word for word, each in found.items() if each is None))


def _format(world_id: str, key: str, name: str) -> MeetingType:
    """By world id; a format without one by what it is called, never by a key that only this server knows."""
    if world_id.upper() == LANGUAGE:
        return _language(name) or _language(key) or MeetingType(world_id, (), safe_text(name))
    known = meeting_type(NAWS, world_id) if world_id else None
    called = known or meeting_type(BMLT, name) or meeting_type(NAWS, name)
    return called or MeetingType(world_id or key, (), safe_text(name or key))


def _language(name: str) -> MeetingType | None:
    """The languages' names are those of the longest list, AA's."""
    words = LANGUAGES.get(name.casefold(), name).split()
    return meeting_type(Fellowship.AA.value, words[0]) if words and len(words[0]) > 3 else None


def _of_naws(row: Mapping[str, object]) -> dict[str, MeetingType | None]:
    words = [word for column in NAWS_COLUMNS if (word := text_of(row.get(column)))]
    found = {word: meeting_type(NAWS, word) for word in words if word.upper() != LANGUAGE}
    if text_of(row.get("wheelchr")).casefold() in TICKS:
        found["WCHR"] = meeting_type(NAWS, "WCHR")
    for column in ("language1", "language2", "language3"):
        language = _language(text_of(row.get(column)))
        found |= {language.name: language} if language else {}
    for name in words_listed(row.get("room")):
        found[name] = _format("", "", name)
    return found
