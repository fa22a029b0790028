"""What lies next to a place: states that share a border, counties whose middles are near."""

from functools import cache
from itertools import islice

from finder.geography.gazetteer import all_areas, states
from finder.geography.places import Place, PlaceKind
from finder.geography.position import great_circle_miles
from finder.geography.readings import read_place

STATE_BORDERS: dict[str, str] = {
    "AL": "FL GA MS TN",
    "AR": "LA MO MS OK TN TX",
    "AZ": "CA CO NM NV UT",
    "CA": "AZ NV OR",
    "CO": "AZ KS NE NM OK UT WY",
    "CT": "MA NY RI",
    "DC": "MD VA",
    "DE": "MD NJ PA",
    "FL": "AL GA",
    "GA": "AL FL NC SC TN",
    "IA": "IL MN MO NE SD WI",
    "ID": "MT NV OR UT WA WY",
    "IL": "IA IN KY MO WI",
    "IN": "IL KY MI OH",
    "KS": "CO MO NE OK",
    "KY": "IL IN MO OH TN VA WV",
    "LA": "AR MS TX",
    "MA": "CT NH NY RI VT",
    "MD": "DC DE PA VA WV",
    "ME": "NH",
    "MI": "IN OH WI",
    "MN": "IA ND SD WI",
    "MO": "AR IA IL KS KY NE OK TN",
    "MS": "AL AR LA TN",
    "MT": "ID ND SD WY",
    "NC": "GA SC TN VA",
    "ND": "MN MT SD",
    "NE": "CO IA KS MO SD WY",
    "NH": "MA ME VT",
    "NJ": "DE NY PA",
    "NM": "AZ CO OK TX UT",
    "NV": "AZ CA ID OR UT",
    "NY": "CT MA NJ PA VT",
    "OH": "IN KY MI PA WV",
    "OK": "AR CO KS MO NM TX",
    "OR": "CA ID NV WA",
    "PA": "DE MD NJ NY OH WV",
    "RI": "CT MA",
    "SC": "GA NC",
    "SD": "IA MN MT ND NE WY",
    "TN": "AL AR GA KY MO MS NC VA",
    "TX": "AR LA NM OK",
    "UT": "AZ CO ID NM NV WY",
    "VA": "DC KY MD NC TN WV",
    "VT": "MA NH NY",
    "WA": "ID OR",
    "WI": "IA IL MI MN",
    "WV": "KY MD OH PA VA",
    "WY": "CO ID MT NE SD UT",
}
"""Alaska, Hawaii and the territories border on none of them."""

NEAREST_INSIDE = 4
NEAREST_ACROSS = 2
MOST_MILES_BETWEEN = 100


def neighbors(place: Place) -> tuple[Place, ...]:
    """Of a state those across its lines, of a county the nearest on both sides of the state line."""
    if place.kind == PlaceKind.STATE:
        return tuple(
            area.place for code in STATE_BORDERS.get(place.state, "").split() for area in states(code)
        )
    return counties_near(place) if place.kind == PlaceKind.COUNTY else ()


def counties_near(place: Place) -> tuple[Place, ...]:
    by_miles = sorted(
        (miles, other.label, other)
        for other in counties()
        if (miles := miles_between(place, other)) <= MOST_MILES_BETWEEN and other.label != place.label
    )
    near = [other for _miles, _label, other in by_miles]
    inside = (other for other in near if other.state == place.state and reads_back(other))
    across = (other for other in near if other.state != place.state and reads_back(other))
    return (*islice(inside, NEAREST_INSIDE), *islice(across, NEAREST_ACROSS))


def reads_back(place: Place) -> bool:
    """Its name as text names no other place."""
    return read_place(place.query).place == place


def miles_between(place: Place, other: Place) -> float:
    latitude, longitude, other_latitude, other_longitude = (
        degrees or 0.0 for degrees in (place.latitude, place.longitude, other.latitude, other.longitude)
    )
    return great_circle_miles(latitude, longitude, other_latitude, other_longitude)


@cache
def counties() -> tuple[Place, ...]:
    every = {area for found in all_areas(accepted=False).values() for area in found}
    return tuple(area.place for area in every if area.kind is PlaceKind.COUNTY)
