"""What the codes of meetings mean. A code means something only together with the fellowship that uses it."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from finder.enums import Fellowship
from finder.text import words_of

FELLOWSHIP_TERMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        Fellowship.AA.value: ("alcoholics_anonymous",),
        Fellowship.AL_ANON.value: ("al_anon", "family_friends_meeting"),
        Fellowship.ACA.value: ("adult_children",),
        Fellowship.CA.value: ("cocaine_anonymous",),
        Fellowship.CMA.value: ("crystal_meth_anonymous",),
        Fellowship.CODA.value: ("co_dependents_anonymous",),
        Fellowship.DAA.value: ("peer_support_group",),
        Fellowship.GA.value: ("gamblers_anonymous",),
        Fellowship.HA.value: ("heroin_anonymous",),
        Fellowship.MA.value: ("marijuana_anonymous",),
        Fellowship.NA.value: ("narcotics_anonymous",),
        Fellowship.RD.value: ("recovery_dharma",),
        Fellowship.RR.value: ("refuge_recovery",),
    }
)
"""What every group of a fellowship is, by the vocabulary; Drug Addicts Anonymous has no term of its own."""

ANY_FELLOWSHIP, NAWS, BMLT = "any", "naws", "bmlt"
"""Besides fellowships: codes that all use, NA World Services' ids, and a BMLT server's own English keys."""

CLOSED_PLACE = frozenset({"TC"})
ONLINE = frozenset({"ONL", "VM", "HYBR", "HY", "WEB"})
NEEDS_A_ROOM = frozenset(
    {
        *("accessible_restroom", "al_anon_same_time", "alateen_same_time", "candlelight_meeting"),
        *("child_care_meeting", "child_friendly_meeting", "fragrance_free", "near_public_transit"),
        *("outdoor_meeting", "service_animals", "smoking_permitted_meeting", "wheelchair_accessible"),
    }
)
SHORTEST_NAME = 4
_ROOM_CODES = frozenset({"BRK"})


@dataclass(frozen=True, slots=True)
class MeetingType:
    """`terms` are slugs of the vocabulary; none where it has no word for what the code says."""

    code: str
    terms: tuple[str, ...]
    name: str
    name_es: str = ""


class StatedTypes(NamedTuple):
    """`unknown` are the names of codes without a term."""

    terms: tuple[str, ...]
    unknown: tuple[str, ...]


def meeting_type(fellowship: str, word: str) -> MeetingType | None:
    """By code, then by the name of a code, English or Spanish; None for what nobody says.

    A name means the same everywhere, so that one of another fellowship's will do; its code will not.
    """
    known = _BY_WORD.get(fellowship, {})
    for key in (word.strip(), *_keys(word)):
        found = known.get(key) or _BY_WORD[ANY_FELLOWSHIP].get(key)
        if found:
            return found
    return next((_BY_NAME[key] for key in _keys(word) if key in _BY_NAME), None)


def types_of(fellowship: str) -> tuple[MeetingType, ...]:
    """Its own, in the table's order: where two have one name, the first is how it is written."""
    return tuple(each for owner, each in _ROWS if owner == fellowship)


def read_types(fellowship: str, words: Iterable[str]) -> tuple[tuple[MeetingType, ...], tuple[str, ...]]:
    """The types that words name, and the words that name none."""
    given = dict.fromkeys(words)
    found = {word: meeting_type(fellowship, word) for word in given}
    types = dict.fromkeys(each for each in found.values() if each)
    return tuple(types), tuple(word for word, each in found.items() if each is None)


@lru_cache(maxsize=8192)
def stated_types(types: tuple[MeetingType, ...], *, is_online_only: bool) -> StatedTypes:
    """Open and closed at once is closed; from home nobody needs a ramp."""
    kept = [each for each in types if not (is_online_only and _needs_a_room(each))]
    terms = dict.fromkeys(term for each in kept for term in each.terms)
    if "closed_meeting" in terms:
        terms.pop("open_meeting", None)
    nameless = CLOSED_PLACE | ONLINE
    unknown = dict.fromkeys(each.name for each in kept if not each.terms and each.code not in nameless)
    return StatedTypes(tuple(terms), tuple(unknown))


def says_closed_place(types: Iterable[MeetingType]) -> bool:
    return any(each.code in CLOSED_PLACE for each in types)


def _needs_a_room(each: MeetingType) -> bool:
    return each.code in _ROOM_CODES or (bool(each.terms) and set(each.terms) <= NEEDS_A_ROOM)


def _keys(word: str) -> tuple[str, str]:
    return word.strip().casefold(), " ".join(words_of(word))


def _read() -> list[tuple[str, MeetingType]]:
    with Path(__file__).with_name("meeting_types.csv").open(encoding="utf-8", newline="") as file:
        return [
            (
                row["fellowship"],
                MeetingType(row["code"], tuple(row["terms"].split()), row["name"], row["name_es"]),
            )
            for row in csv.DictReader(file)
        ]


def _by_word() -> dict[str, dict[str, MeetingType]]:
    """Codes as written first (BMLT tells `St` from `ST`), then in any case, then names."""
    known: dict[str, dict[str, MeetingType]] = {ANY_FELLOWSHIP: {}}
    for fellowship, each in _ROWS:
        known.setdefault(fellowship, {})[each.code] = each
    for fellowship, each in _ROWS:
        known[fellowship].setdefault(each.code.casefold(), each)
    for fellowship, each in _ROWS:
        for name in (each.name, each.name_es):
            for key in _keys(name):
                known[fellowship].setdefault(key, each)
    return known


def _by_name() -> dict[str, MeetingType]:
    named: dict[str, MeetingType] = {}
    for _, each in _ROWS:
        for name in (each.name, each.name_es):
            for key in _keys(name):
                named.setdefault(key, each)
    return {key: each for key, each in named.items() if len(key) >= SHORTEST_NAME}


_ROWS = _read()
_BY_WORD = _by_word()
_BY_NAME = _by_name()
