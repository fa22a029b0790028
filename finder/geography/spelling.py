"""Names that a misspelt one may stand for."""

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from finder.geography.gazetteer import Area, all_areas, states
from finder.geography.names import key
from finder.geography.states import CODE_BY_KEY, MILITARY

Names = dict[str, tuple[Area, ...]]


class Guess(NamedTuple):
    name: str
    slips: int
    """Letters added, dropped, changed or swapped with their neighbor."""
    areas: tuple[Area, ...]


def guesses(text: str, state: str = "") -> list[Guess]:
    """Names within the slips allowed and one more, fewest slips first, then the largest place."""
    wanted = key(text)
    allowed = _slips_allowed(wanted)
    if not allowed:
        return []
    known = _names_in(state) if state else _names()
    found = extract(wanted, known.keys(), scorer=OSA.distance, score_cutoff=allowed + 1, limit=None)
    near = [Guess(name, int(slips), known[name]) for name, slips, _ in found]
    near.sort(key=lambda guess: (guess.slips, -guess.areas[0].standard_zips, guess.name))
    return near if near and near[0].slips <= allowed else []


def guess_state(text: str) -> str | None:
    wanted = key(text)
    allowed = _slips_allowed(wanted)
    long_names = [name for name in CODE_BY_KEY if len(name) > 3]
    found = extract(wanted, long_names, scorer=OSA.distance, score_cutoff=allowed, limit=1) if allowed else []
    return CODE_BY_KEY[found[0][0]] if found else None


def _slips_allowed(name: str) -> int:
    """None in a short word, where every slip makes another word; two from seven letters on."""
    return 0 if len(name) < 4 else 1 if len(name) < 7 else 2


@cache
def _names() -> Names:
    """Without the names that only the mail accepts: nationwide, some of them is near to every word."""
    named = all_areas(accepted=False)
    for name, code in CODE_BY_KEY.items():
        if len(name) > 3 and code not in MILITARY:
            named.setdefault(name, []).extend(states(code))
    return {name: tuple(sorted(areas, key=lambda area: -area.standard_zips)) for name, areas in named.items()}


@cache
def _names_by_state() -> dict[str, Names]:
    split: defaultdict[str, defaultdict[str, list[Area]]] = defaultdict(lambda: defaultdict(list))
    for name, areas in all_areas(accepted=True).items():
        for area in areas:
            split[area.state][name].append(area)
    return {state: {name: tuple(areas) for name, areas in names.items()} for state, names in split.items()}


def _names_in(state: str) -> Names:
    return _names_by_state().get(state, {})
