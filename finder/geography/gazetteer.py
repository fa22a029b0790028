"""Every ZIP Code, city, county and state, in memory: a person's words never leave the server.

Loaded once, at first use, in about a second; the rows are shared and must not be changed.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from finder.geography.names import county_key, key
from finder.geography.places import Place, PlaceKind
from finder.geography.states import MILITARY, STATE_NAMES, state_code
from finder.geography.zip_codes import ZipCode, centroid, load, pad_zip

__all__ = [
    "Area",
    "ZipCode",
    "accepted_names",
    "all_areas",
    "cities",
    "counties",
    "county_centroid",
    "is_in_state",
    "nearby_zip_codes",
    "pad_zip",
    "states",
    "zip_code",
    "zip_codes",
]

# Degrees of latitude and longitude that a state may reach beyond its own ZIP centroids.
_MARGIN = (0.75, 1.0)
_WIDE_MARGINS = {"AK": (3.0, 12.0), "AS": (3.5, 2.5), "FM": (2.0, 2.5), "MH": (4.0, 5.0), "PW": (5.0, 4.0)}


class Area(NamedTuple):
    """A city, county or state; its position is the mean of its STANDARD ZIP centroids."""

    kind: PlaceKind
    name: str
    state: str
    county: str
    latitude: float
    longitude: float
    timezone: str
    standard_zips: int

    @property
    def place(self) -> Place:
        return Place(
            kind=self.kind,
            label=self._label(),
            latitude=self.latitude,
            longitude=self.longitude,
            state=self.state,
            county=self.county,
            city=self.name if self.kind is PlaceKind.CITY else "",
            timezone=self.timezone,
        )

    def _label(self) -> str:
        if self.kind is not PlaceKind.STATE:
            return f"{self.name}, {self.state}"
        return f"{self.name} State" if cities(self.name, self.state) else self.name


class Box(NamedTuple):
    """Longitudes run from 0 to 360 here, so that Alaska is one piece."""

    south: float
    north: float
    west: float
    east: float


@dataclass(frozen=True, slots=True)
class Gazetteer:
    zip_codes: dict[str, ZipCode]
    cities: dict[str, tuple[Area, ...]]
    accepted: dict[str, tuple[Area, ...]]
    counties: dict[str, tuple[Area, ...]]
    county_bases: dict[str, tuple[Area, ...]]
    states: dict[str, Area]
    boxes: dict[str, Box]


def zip_code(text: str | int) -> ZipCode | None:
    return _gazetteer().zip_codes.get(pad_zip(text) or "")


def zip_codes() -> Iterable[ZipCode]:
    return _gazetteer().zip_codes.values()


def nearby_zip_codes(code: str) -> list[ZipCode]:
    """Those with the same first three digits (one sorting center), nearest number first."""
    numbers = (f"{code[:3]}{last:02}" for last in range(100))
    known = _gazetteer().zip_codes
    alike = [each for each in map(known.get, numbers) if each and each.latitude is not None]
    return sorted(alike, key=lambda each: abs(int(each.zip_code) - int(code)))


def cities(name: str, state: str = "") -> tuple[Area, ...]:
    """Cities of this name, the one with most STANDARD ZIP Codes first; in one state at most one."""
    return _in_state(_gazetteer().cities.get(key(name), ()), state)


def accepted_names(name: str, state: str = "") -> tuple[Area, ...]:
    """Cities that also go by this name in the mail, where no city of the state has it as its own."""
    return _in_state(_gazetteer().accepted.get(key(name), ()), state)


def counties(name: str, state: str = "") -> tuple[Area, ...]:
    """By full name ("Orleans Parish") or, where there is none, by any kind ("Orleans", "Orleans County")."""
    known = _gazetteer()
    full = _in_state(known.counties.get(key(name), ()), state)
    return full or _in_state(known.county_bases.get(county_key(name), ()), state)


def states(name: str) -> tuple[Area, ...]:
    """By USPS code or name; the military codes have no place on a map and are left out."""
    found = _gazetteer().states.get(state_code(name) or "")
    return (found,) if found else ()


def all_areas(*, accepted: bool) -> dict[str, list[Area]]:
    """Every name a city or county goes by, without blanks, with all that go by it."""
    known = _gazetteer()
    named: defaultdict[str, list[Area]] = defaultdict(list)
    indexes = [known.cities, known.counties, known.county_bases]
    for index in [*indexes, known.accepted] if accepted else indexes:
        for name, areas in index.items():
            named[name] += areas
    return named


def county_centroid(state: str, county: str) -> tuple[float, float] | None:
    found = counties(county, state)
    return (found[0].latitude, found[0].longitude) if found else None


def is_in_state(latitude: float, longitude: float, state: str) -> bool:
    """Whether a point may lie in the state: a generous box, for finding wrong coordinates."""
    box = _gazetteer().boxes.get(state)
    return box is not None and box.south <= latitude <= box.north and box.west <= longitude % 360 <= box.east


def _in_state(areas: tuple[Area, ...], state: str) -> tuple[Area, ...]:
    return tuple(area for area in areas if area.state == state) if state else areas


@cache
def _gazetteer() -> Gazetteer:
    data = load()
    placed = [
        each for each in data.zip_codes.values() if each.latitude is not None and each.state not in MILITARY
    ]
    city_areas = _areas(PlaceKind.CITY, placed, lambda each: each.city)
    county_areas = _areas(PlaceKind.COUNTY, placed, lambda each: each.county)
    state_areas = _areas(PlaceKind.STATE, placed, lambda each: STATE_NAMES[each.state])
    cities = _by_name((key(area.name), area) for area in city_areas)
    return Gazetteer(
        zip_codes=data.zip_codes,
        cities=cities,
        accepted=_accepted(cities, placed, data.other_names),
        counties=_by_name((key(area.name), area) for area in county_areas),
        county_bases=_by_name((county_key(area.name), area) for area in county_areas),
        states={area.state: area for area in state_areas},
        boxes=_boxes(placed),
    )


def _areas(kind: PlaceKind, placed: Iterable[ZipCode], name: Callable[[ZipCode], str]) -> list[Area]:
    groups: defaultdict[tuple[str, str], list[ZipCode]] = defaultdict(list)
    for each in placed:
        groups[name(each), each.state].append(each)
    return [_area(kind, name, state, members) for (name, state), members in groups.items() if name]


def _area(kind: PlaceKind, name: str, state: str, members: list[ZipCode]) -> Area:
    latitude, longitude = centroid(members)
    return Area(
        kind=kind,
        name=name,
        state=state,
        county="" if kind is PlaceKind.STATE else _commonest(each.county for each in members if each.county),
        latitude=latitude,
        longitude=longitude,
        timezone=_commonest(each.timezone for each in members),
        standard_zips=sum(each.is_standard for each in members),
    )


def _commonest(values: Iterable[str]) -> str:
    found = list(values)
    return max(dict.fromkeys(found), key=found.count, default="")


def _by_name(named: Iterable[tuple[str, Area]]) -> dict[str, tuple[Area, ...]]:
    groups: defaultdict[str, list[Area]] = defaultdict(list)
    for name, area in named:
        groups[name].append(area)
    return {name: tuple(sorted(group, key=_largest_first)) for name, group in groups.items()}


def _largest_first(area: Area) -> tuple[int, str, str]:
    return -area.standard_zips, area.state, area.name


def _accepted(
    cities: dict[str, tuple[Area, ...]], placed: Iterable[ZipCode], other_names: dict[str, tuple[str, ...]]
) -> dict[str, tuple[Area, ...]]:
    own = {(name, area.state) for name, areas in cities.items() for area in areas}
    by_city = {(area.name, area.state): area for areas in cities.values() for area in areas}
    votes: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for each in placed:
        for name in other_names.get(each.zip_code, ()):
            if (alias := (key(name), each.state)) not in own:
                votes[alias][each.city] += 1
    return _by_name(
        (name, by_city[counted.most_common(1)[0][0], state]) for (name, state), counted in votes.items()
    )


def _boxes(placed: Iterable[ZipCode]) -> dict[str, Box]:
    spread: defaultdict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for each in placed:
        latitudes, longitudes = spread[each.state]
        latitudes.append(each.latitude or 0.0)
        longitudes.append((each.longitude or 0.0) % 360)
    return {state: _box(*_WIDE_MARGINS.get(state, _MARGIN), *points) for state, points in spread.items()}


def _box(high: float, wide: float, latitudes: list[float], longitudes: list[float]) -> Box:
    return Box(min(latitudes) - high, max(latitudes) + high, min(longitudes) - wide, max(longitudes) + wide)
