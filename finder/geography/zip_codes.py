"""Every ZIP Code we know, read from the `zipcodes` package and mended where its data is wrong."""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import zipcodes

from finder.geography.names import key

_NINE_DIGITS = re.compile(r"([0-9]{5})-?(?:[0-9]{4})?")
_LOST_ZEROS = re.compile(r"[0-9]{3,4}")

# Left at 0,0 by the source, or in the wrong hemisphere (Majuro). The islands' main towns, not surveyed:
# good for saying which island is near, not for short distances.
_POSITIONS = {
    "96941": (6.964, 158.207),
    "96942": (7.446, 151.847),
    "96943": (9.514, 138.129),
    "96944": (5.325, 163.008),
    "96960": (7.09, 171.38),
    "96970": (8.781, 167.737),
}
_TIMEZONES = {"Napakiak": "America/Anchorage"}
_COUNTIES = {
    ("AK", "City and Borough of Juneau"): "Juneau City and Borough",
    ("AK", "Municipality of Anchorage"): "Anchorage Municipality",
    ("AK", "Prince of Wales-Outer Ketchikan Borough"): "Prince of Wales-Hyder Census Area",
    ("VA", "James City"): "James City County",
}
_CITY_NAMES = (
    (re.compile(r"\bMc ([A-Z])"), r"Mc\1"),
    (re.compile(r"^O ([A-Z])"), r"O'\1"),
    (re.compile(r"\bD Alene\b"), "d'Alene"),
    (re.compile(r"^Winston.[Ss]alem$"), "Winston-Salem"),
)
_MISWRITTEN = re.compile(r"Mc |^O |D Alene|^Winston.")


class ZipCode(NamedTuple):
    """Centroid of a ZIP Code; military ones have none."""

    zip_code: str
    city: str
    county: str
    state: str
    latitude: float | None
    longitude: float | None
    timezone: str
    is_standard: bool


@dataclass(frozen=True, slots=True)
class PostalData:
    zip_codes: dict[str, ZipCode]
    other_names: dict[str, tuple[str, ...]]
    """Further city names the postal service accepts, by ZIP Code."""


def pad_zip(value: str | int | None) -> str | None:
    """Five digits from NNNNN, NNNNN-NNNN, NNNNNNNNN, or 3-4 digits that lost their zeros; else None."""
    text = str(value).strip() if value else ""
    if match := _NINE_DIGITS.fullmatch(text):
        digits = match[1]
    elif _LOST_ZEROS.fullmatch(text):
        digits = text.zfill(5)
    else:
        return None
    return None if digits == "00000" else digits


def load() -> PostalData:
    other_names = {}
    found = []
    for row in _rows():
        found.append(_zip_code(row))
        if row["acceptable_cities"]:
            other_names[row["zip_code"]] = tuple(row["acceptable_cities"])
    found = _with_positions(_with_one_spelling_per_county(found))
    return PostalData({each.zip_code: each for each in found}, other_names)


def _rows() -> Iterator[dict[str, Any]]:
    """In small portions: `zipcodes.list_all()` would keep 110 MB of dicts for good."""
    for prefix in range(100):
        yield from zipcodes.similar_to(f"{prefix:02}")  # type: ignore[no-untyped-call]


def _zip_code(row: dict[str, Any]) -> ZipCode:
    code, state = row["zip_code"], sys.intern(row["state"])
    latitude, longitude = _POSITIONS.get(code) or (float(row["lat"]), float(row["long"]))
    placed = bool(latitude or longitude)
    county = _COUNTIES.get((state, row["county"]), row["county"] or "")
    if state == "PR" and county and not county.endswith("Municipio"):
        county += " Municipio"
    return ZipCode(
        code,
        sys.intern(_city_name(row["city"])),
        sys.intern(county),
        state,
        latitude if placed else None,
        longitude if placed else None,
        sys.intern(_TIMEZONES.get(row["timezone"], row["timezone"])),
        row["zip_code_type"] == "STANDARD",
    )


def _city_name(name: str) -> str:
    for mistake, correct in _CITY_NAMES if _MISWRITTEN.search(name) else ():
        name = mistake.sub(correct, name)
    return name


def _with_one_spelling_per_county(found: list[ZipCode]) -> list[ZipCode]:
    """The source has "St Mary" beside "St. Mary" and "Norfolk city" beside "Norfolk City": the commonest."""
    spellings: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    named = Counter((each.state, each.county) for each in found)
    for (state, county), times in named.items():
        spellings[state, key(county)][county] += times
    chosen = {}
    for (state, _), counted in spellings.items():
        best = re.sub(r" city$", " City", counted.most_common(1)[0][0])
        chosen.update({(state, county): sys.intern(best) for county in counted})
    return [
        each if chosen[each.state, each.county] is each.county
        else each._replace(county=chosen[each.state, each.county])
        for each in found
    ]  # fmt: skip


def _with_positions(found: list[ZipCode]) -> list[ZipCode]:
    """A ZIP Code without a position (49 post-office boxes and the like) takes its city's.

    It is then no longer standard: a borrowed position does not count in the mean of a county or state.
    """
    lost = {(each.state, each.city) for each in found if each.latitude is None}
    cities: defaultdict[tuple[str, str], list[ZipCode]] = defaultdict(list)
    for each in found:
        if (each.state, each.city) in lost and each.latitude is not None:
            cities[each.state, each.city].append(each)
    placed = []
    for each in found:
        if each.latitude is None and (neighbors := cities.get((each.state, each.city))):
            latitude, longitude = centroid(neighbors)
            each = each._replace(latitude=latitude, longitude=longitude, is_standard=False)
        placed.append(each)
    return placed


def centroid(zip_codes: Iterable[ZipCode]) -> tuple[float, float]:
    """The plain mean of the STANDARD centroids, or of all when none is STANDARD; all with positions."""
    found = list(zip_codes)
    chosen = [each for each in found if each.is_standard] or found
    latitudes = sum(each.latitude or 0.0 for each in chosen)
    longitudes = sum(each.longitude or 0.0 for each in chosen)
    return latitudes / len(chosen), longitudes / len(chosen)
