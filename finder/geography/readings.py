"""What a person means by a place: "28801", "Asheville NC", "condado de Orange", "Philidelphia", "online"."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import log2
from operator import itemgetter

from finder.geography.gazetteer import (
    Area,
    ZipCode,
    accepted_names,
    cities,
    counties,
    nearby_zip_codes,
    states,
    zip_code,
)
from finder.geography.names import fold, key, names_county
from finder.geography.nearest import nearest_zip_code
from finder.geography.nicknames import MEANT_FIRST, MEANT_TOO
from finder.geography.places import ONLINE, Place, PlaceKind
from finder.geography.spelling import Guess, guess_state, guesses
from finder.geography.states import state_code

__all__ = ["Place", "PlaceKind", "PlaceNotFound", "Reading", "learn_places", "read_place"]

MAX_LENGTH = 100
MAX_OTHERS = 5

_ZIP = re.compile(r"([0-9]{4,5})|[0-9]{5}-?[0-9]{4}")
_ZIP_AT_END = re.compile(r".*[^0-9-]([0-9]{5})(?:-[0-9]{4})?", re.DOTALL)
_POINT = re.compile(r"([+-]?[0-9]{1,2}(?:\.[0-9]+)?)\s*[,\s]\s*([+-]?[0-9]{1,3}(?:\.[0-9]+)?)")
_COUNTRY = re.compile(r"(?:^| )(?:usa|us|united states(?: of america)?|estados unidos)$")
_ONLINE = frozenset(
    map(key, ("online", "en línea", "virtual", "virtually", "por internet", "internet", "remote"))
)

_WORTH_OFFERING = 2  # slips behind the likeliest
_LONGEST_STATE_NAME = 5  # words: "estado de Carolina del Norte"


@dataclass(frozen=True, slots=True)
class Reading:
    """`corrected` when the words did not name the place as they stood; `others` they may have meant."""

    place: Place
    corrected: bool = False
    others: tuple[Place, ...] = ()


class PlaceNotFound(LookupError):  # noqa: N818 - reads as the answer it is
    def __init__(self, words: str, suggestions: tuple[Place, ...] = ()) -> None:
        super().__init__("No such place")  # without the words: exceptions end up in error reports
        self.words = words
        self.suggestions = suggestions


def read_place(words: str) -> Reading:
    """The place that was named, or the likeliest one; PlaceNotFound when there is no likely one."""
    words = words.strip()
    if len(words) > MAX_LENGTH:
        raise PlaceNotFound(words[:MAX_LENGTH])
    if key(words) in _ONLINE:
        return Reading(ONLINE)
    if point := _POINT.fullmatch(words):
        return _read_point(words, float(point[1]), float(point[2]))
    if _ZIP.fullmatch(words):
        return _read_zip(words)
    if (at_end := _ZIP_AT_END.fullmatch(words)) and (found := _zip_place(zip_code(at_end[1]))):
        return Reading(found)
    return _read_name(words)


def learn_places() -> None:
    """Load all places and their spellings now, and not at the first person's search (a second)."""
    for words in ("Ashevile", "Ashvile NC", "35.6,-82.5"):
        read_place(words)


def _read_point(words: str, latitude: float, longitude: float) -> Reading:
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise PlaceNotFound(words)
    near = nearest_zip_code(latitude, longitude)
    if near is None:
        return Reading(Place(PlaceKind.POINT, f"{latitude}, {longitude}", latitude, longitude))
    return Reading(
        Place(
            kind=PlaceKind.POINT,
            label=f"near {near.city}, {near.state}",
            latitude=latitude,
            longitude=longitude,
            state=near.state,
            county=near.county,
            city=near.city,
            timezone=near.timezone,
        )
    )


def _read_zip(words: str) -> Reading:
    found = _zip_place(zip_code(words))
    if found:
        return Reading(found, corrected=len(words) == 4)
    in_same_area = (cities(each.city, each.state) for each in nearby_zip_codes(words))
    raise PlaceNotFound(words, _places(area for areas in in_same_area for area in areas))


def _zip_place(found: ZipCode | None) -> Place | None:
    if found is None or found.latitude is None:
        return None
    return Place(
        kind=PlaceKind.ZIP,
        label=f"{found.zip_code} ({found.city}, {found.state})",
        latitude=found.latitude,
        longitude=found.longitude,
        state=found.state,
        county=found.county,
        city=found.city,
        zip_code=found.zip_code,
        timezone=found.timezone,
    )


def _read_name(words: str) -> Reading:
    parts = _parts(words)
    whole = " ".join(parts)
    splits = list(_splits(parts))
    state_stands_apart = len(parts) > 1 and state_code(parts[-1]) is not None
    if not state_stands_apart and (found := _anywhere(whole)):
        return _reading(found)
    for name, state in splits:
        if area := _in_state(name, state):
            return Reading(area.place)
    return _read_misspelt(words, parts, splits)


def _read_misspelt(words: str, parts: list[str], splits: list[tuple[str, str]]) -> Reading:
    for name, state in splits:
        near, elsewhere = guesses(name, state), _anywhere(name)
        if near and (near[0].slips == 1 or not elsewhere):
            return _reading([*near[0].areas, *elsewhere, *_likeliest_first(near)], corrected=True)
        if elsewhere:
            return _reading([elsewhere[0], *_likeliest_first(near), *elsewhere], corrected=True)
    whole = " ".join(parts)
    if near := guesses(whole):
        return _reading([*_anywhere(near[0].name), *_likeliest_first(near)], corrected=True)
    for name, state in _splits(parts, read_state=guess_state):
        if area := _in_state(name, state):
            return Reading(area.place, corrected=True)
        if near := guesses(name, state):
            return _reading(_likeliest_first(near), corrected=True)
    raise PlaceNotFound(words, _places(_anywhere(parts[0]) if parts else []))


def _parts(words: str) -> list[str]:
    """What stands between commas, folded; a country at the end says nothing."""
    parts = [part for part in map(fold, words.split(",")) if part]
    if parts:
        parts[-1] = _COUNTRY.sub("", parts[-1])
    return [part for part in parts if part]


def _splits(
    parts: list[str], read_state: Callable[[str], str | None] = state_code
) -> Iterator[tuple[str, str]]:
    """Ways to take the words as a name and its state; the longest state name first ("West Virginia")."""
    if not parts:
        return
    *before, last = parts
    last_words = last.split()
    for cut in range(max(0, len(last_words) - _LONGEST_STATE_NAME), len(last_words)):
        if state := read_state(" ".join(last_words[cut:])):
            backwards = [" ".join(last_words[:cut]), *reversed(before)]
            names = [" ".join(reversed(backwards)).strip(), *sorted(backwards, key=names_county)]
            yield from ((name, state) for name in dict.fromkeys(names) if name)


def _in_state(name: str, state: str) -> Area | None:
    ways = [cities, accepted_names, counties]
    if names_county(name):
        ways = [cities, counties, accepted_names]
    for way in ways:
        if found := way(name, state):
            return found[0]
    city, its_state = MEANT_FIRST.get(key(name), ("", ""))
    return _in_state(city, state) if its_state == state else None


def _anywhere(name: str) -> list[Area]:
    """All that go by this name and nothing more, the likeliest first."""
    found = _meant(MEANT_FIRST, name)
    for state in states(name):
        inside = cities(name, state.state)
        return [*found, *inside, state, *cities(name), *_meant(MEANT_TOO, name)]
    by_mail, by_county = accepted_names(name), counties(name)
    found += cities(name)
    found += [*by_county, *by_mail] if names_county(name) else [*by_mail, *by_county]
    return [*found[:1], *_meant(MEANT_TOO, name), *found[1:]]


def _meant(nicknames: dict[str, tuple[str, str]], name: str) -> list[Area]:
    city, state = nicknames.get(key(name), ("", ""))
    area = _in_state(city, state) if city else None
    return [area] if area else []


def _likeliest_first(near: Iterable[Guess]) -> list[Area]:
    """A slip more is made up for by a place four times as large: Nashville is a likely "Ashevile"."""
    weighed = [
        (guess.slips - log2(1 + area.standard_zips) / 2, area) for guess in near for area in guess.areas
    ]
    weighed.sort(key=itemgetter(0))
    return [area for weight, area in weighed if weight <= weighed[0][0] + _WORTH_OFFERING]


def _reading(areas: Iterable[Area], corrected: bool = False) -> Reading:
    place, *others = _places(areas, 1 + MAX_OTHERS)
    return Reading(place, corrected, tuple(others))


def _places(areas: Iterable[Area], most: int = MAX_OTHERS) -> tuple[Place, ...]:
    """Each once."""
    places: dict[str, Place] = {}
    for area in areas:
        place = area.place
        places.setdefault(place.label, place)
        if len(places) == most:
            break
    return tuple(places.values())
