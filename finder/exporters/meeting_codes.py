"""The types of a meeting as its fellowship writes them: a code means something only within a fellowship."""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import NamedTuple

from finder.meetings.cells import words_listed
from finder.meetings.types import BMLT, CLOSED_PLACE, ONLINE, MeetingType, meeting_type, read_types, types_of

GENERAL_NAMES = (
    "LGBTQ",
    "LGBTQ+",
    "LGBTQIA+",
    "LGBTQI+",
    "Literature",
    "Literature Study",
    "Book Study",
    "Step",
    "Discussion",
    "Discussion/Participation",
    "Newcomer",
    "Young People",
    "Native American",
    "Spanish",
)
"""Where several codes mean one of our terms, the one that says no more: "LGBTQ", not "Lesbian"."""

LIKE_A_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9+-]{0,9}")


class Own(NamedTuple):
    """What the source's row says: types that its fellowship has, and words that look like codes."""

    types: tuple[MeetingType, ...] = ()
    unknown: tuple[str, ...] = ()


def codes(fellowship: str, stated: Collection[str], own: Own) -> list[str]:
    """The source's own as far as they still hold, then what else is stated. `stated` are slugs of terms.

    What the fellowship has no code for is written by its name: who does not know it passes over it.
    """
    facts = frozenset(stated)
    held = [each for each in own.types if set(each.terms) <= facts]
    kept = {each: code for each in held if (code := own_code(fellowship, each))}
    said = {term for each in kept for term in each.terms}
    added = {term: code for term, code in code_of_term(fellowship).items() if term in facts - said}
    said |= added.keys()
    named = [each.name for each in held if each not in kept and not (each.terms and set(each.terms) <= said)]
    return list(dict.fromkeys([*kept.values(), *added.values(), *named, *own.unknown]))


def own_types(fellowship: str, row: Mapping[str, object]) -> Own:
    """Closed for now and online are left out: they are written from what is true today."""
    types, unknown = read_types(fellowship, words_listed(row.get("types")))
    types = (*types, *from_bmlt(fellowship, row))
    return Own(
        tuple(each for each in types if each.code not in CLOSED_PLACE | ONLINE),
        tuple(word for word in unknown if LIKE_A_CODE.fullmatch(word)),
    )


def from_bmlt(fellowship: str, row: Mapping[str, object]) -> Iterable[MeetingType]:
    """A BMLT server has keys of its own; their names are mostly those that the fellowship uses."""
    names = words_listed(row.get("format_names"))
    if not names:
        found, _ = read_types(BMLT, words_listed(row.get("formats")))
        names = [each.name for each in found]
    return [each for name in names if (each := meeting_type(fellowship, name))]


def own_code(fellowship: str, said: MeetingType) -> str:
    """The first code of this name: ABSI for ASBI. '' for what only others have a code for."""
    same = (each.code for each in types_of(fellowship) if each.name == said.name)
    return next(same, "")


@cache
def code_of_term(fellowship: str) -> dict[str, str]:
    """For each term the one code that means it and nothing beside it; none where each says more than that."""
    found: dict[str, list[MeetingType]] = {}
    for each in types_of(fellowship):
        if len(each.terms) == 1:
            found.setdefault(each.terms[0], []).append(each)
    return {term: general[0].code for term, types in found.items() if (general := as_general(types))}


def as_general(types: list[MeetingType]) -> list[MeetingType]:
    names = {each.name for each in types}
    return types if len(names) == 1 else [each for each in types if each.name in GENERAL_NAMES]
