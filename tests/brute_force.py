"""The search answered a second time, straight from a directory's file, without the product's code.

Slow and simple on purpose: rows, codes, ZIP centroids and the rules as they are written for users in
docs/explanation/. Only the vocabulary is asked of the site, since it is public.
"""

import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

import zipcodes
from python_calamine import CalamineWorkbook

EARTH_RADIUS = 3958.8
DETOX, TREATMENT = "withdrawal_management", "behavioral_health"


@dataclass
class Row:
    name: str
    organization: str
    state: str
    zip_code: str
    phone: str
    codes: set[str] = field(default_factory=set)

    @property
    def categories(self) -> set[str]:
        found = {DETOX} if self.codes & {"DT", "HID", "RD", "OD"} else set()
        if self.codes & {"SA", "MH", "SUMH", "HH"} or not found:
            found.add(TREATMENT)
        return found

    @property
    def identity(self) -> tuple[str, str, str, str]:
        return self.name, self.organization, self.zip_code, self.phone


@dataclass
class Directory:
    rows: list[Row]
    questions: dict[str, str]
    terms: dict[str, dict[str, Any]]
    zips: dict[str, dict[str, Any]]

    def status(self, row: Row, slug: str) -> bool | None:
        """True, False, or None for not stated."""
        feeding = set(self.terms[slug]["source_codes"].get("samhsa", ()))
        if feeding & row.codes:
            return True
        offered = {code for code in feeding if code in self.questions}
        answered = {self.questions[code] for code in row.codes if code in self.questions}
        questions = {self.questions[code] for code in offered}
        if not offered or "SG" in questions or not questions <= answered:
            return None
        return False

    def fit(self, row: Row, needs: Iterable[str]) -> str:
        by_taxonomy: dict[str, list[str]] = defaultdict(list)
        for slug in needs:
            by_taxonomy[self.terms[slug]["taxonomy"]].append(slug)
        fits = {
            self.fit_one(row, slugs)
            for slugs in by_taxonomy.values()
            if row.categories & set(self.terms[slugs[0]]["categories"])
        }
        return "no" if "no" in fits else "maybe" if "maybe" in fits else "yes"

    def fit_one(self, row: Row, slugs: list[str]) -> str:
        said = [self.status(row, slug) for slug in slugs]
        if True in said:
            return "yes"
        return "no" if all(one is False for one in said) else "maybe"

    def miles(self, row: Row, center: tuple[float, float]) -> float:
        here = self.zips[row.zip_code]
        return great_circle(float(here["lat"]), float(here["long"]), *center)

    def answer(self, search: "Search") -> dict[str, list[tuple[float, Row]]]:
        found: dict[str, list[tuple[float, Row]]] = {"yes": [], "maybe": [], "no": []}
        for row in self.rows:
            if search.categories and not row.categories & set(search.categories):
                continue
            if any(self.status(row, slug) for slug in search.excluded):
                continue
            miles = self.miles(row, search.center) if search.center else 0.0
            if search.holds(row, miles):
                found[self.fit(row, search.needs)].append((miles, row))
        return found


@dataclass
class Search:
    parameters: list[tuple[str, str]]
    center: tuple[float, float] | None
    holds: Callable[[Row, float], bool]
    categories: list[str]
    needs: list[str]
    excluded: list[str]


def great_circle(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Haversine, unlike the product's chord."""
    phi, other_phi = math.radians(latitude), math.radians(other_latitude)
    half_phi, half_lambda = (other_phi - phi) / 2, math.radians(other_longitude - longitude) / 2
    a = math.sin(half_phi) ** 2 + math.cos(phi) * math.cos(other_phi) * math.sin(half_lambda) ** 2
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(min(a, 1.0)))


def read_directory(path: Path, vocabulary: list[dict[str, Any]]) -> Directory:
    workbook = CalamineWorkbook.from_path(path)
    header, *cells = workbook.get_sheet_by_index(0).to_python()
    book_header, *book = workbook.get_sheet_by_index(1).to_python()
    questions = {}
    for line in book:
        entry = dict(zip(book_header, line, strict=True))
        questions[entry["service_code"].strip()] = entry["category_code"].strip()
    rows: dict[tuple[str, ...], Row] = {}
    for line in cells:
        cell = {name: " ".join(str(value).split()) for name, value in zip(header, line, strict=True)}
        key = tuple(cell[name].casefold() for name in ("name1", "name2", "street1", "zip"))
        repeats = cell["name2"].casefold() in ("", cell["name1"].casefold())
        name = cell["name1"] if repeats else f"{cell['name1']} – {cell['name2']}"
        made = Row(name, cell["name1"], cell["state"], cell["zip"], cell["phone"])
        row = rows.setdefault(key, made)
        row.phone = row.phone or cell["phone"]
        row.codes |= set(cell["service_code_info"].replace("*", " ").split())
    return Directory(
        rows=list(rows.values()),
        questions=questions,
        terms={term["slug"]: term for term in vocabulary},
        zips={place["zip_code"]: place for place in zipcodes.list_all()},
    )


def mean_center(places: list[dict[str, Any]]) -> tuple[float, float]:
    """Of the standard ZIPs; the one at 0,0 in the middle of the ocean has no known place."""
    standard = [place for place in places if place["zip_code_type"] == "STANDARD" and float(place["lat"])]
    return fmean(float(place["lat"]) for place in standard), fmean(float(place["long"]) for place in standard)


def random_search(directory: Directory, random_: random.Random) -> Search:
    row = random_.choice(directory.rows)
    home = directory.zips[row.zip_code]
    near, center, holds = random_.choice([by_zip, by_city, by_county, by_state, by_point, nowhere])(
        directory, home, random_
    )
    parameters = [("near", near)] if near else []
    if center:
        parameters.append(("sort", "distance"))
    within = random_.choice([None, 1, 10, 60, 150, 500])
    if within:
        parameters.append(("within", str(within)))
    categories = random_.choice([[], [DETOX], [TREATMENT], [DETOX, TREATMENT]])
    slugs = [slug for slug, term in directory.terms.items() if term["source_codes"].get("samhsa")]
    needs = random_.sample(slugs, random_.choice([0, 1, 1, 2, 3, 4]))
    excluded = random_.sample(slugs, random_.choice([0, 0, 0, 1, 2]))
    parameters += [("category", category) for category in categories]
    parameters += [("need", slug) for slug in needs] + [("not", slug) for slug in excluded]
    return Search(parameters, center, holds(float(within or 25)), categories, needs, excluded)


def circle(miles: float) -> Callable[[Row, float], bool]:
    return lambda row, distance: distance <= miles


def by_zip(directory: Directory, home: dict[str, Any], random_: random.Random) -> tuple[Any, Any, Any]:
    return home["zip_code"], (float(home["lat"]), float(home["long"])), circle


def by_point(directory: Directory, home: dict[str, Any], random_: random.Random) -> tuple[Any, Any, Any]:
    latitude = round(float(home["lat"]) + random_.uniform(-0.2, 0.2), 4)
    longitude = round(float(home["long"]) + random_.uniform(-0.2, 0.2), 4)
    return f"{latitude},{longitude}", (latitude, longitude), circle


def by_city(directory: Directory, home: dict[str, Any], random_: random.Random) -> tuple[Any, Any, Any]:
    places = [
        place
        for place in directory.zips.values()
        if (place["city"], place["state"]) == (home["city"], home["state"])
    ]
    if not any(place["zip_code_type"] == "STANDARD" for place in places):
        return by_zip(directory, home, random_)
    return f"{home['city']}, {home['state']}", mean_center(places), circle


def by_county(directory: Directory, home: dict[str, Any], random_: random.Random) -> tuple[Any, Any, Any]:
    county = home["county"]
    places = [
        place
        for place in directory.zips.values()
        if (one_spelling(place["county"]), place["state"]) == (one_spelling(county), home["state"])
    ]
    if not county.endswith("County") or not any(p["zip_code_type"] == "STANDARD" for p in places):
        return by_zip(directory, home, random_)
    inside = {place["zip_code"] for place in places}
    return (
        f"{county}, {home['state']}",
        mean_center(places),
        lambda miles: lambda row, distance: row.zip_code in inside,
    )


def by_state(directory: Directory, home: dict[str, Any], random_: random.Random) -> tuple[Any, Any, Any]:
    places = [place for place in directory.zips.values() if place["state"] == home["state"]]
    return (
        home["state"],
        mean_center(places),
        lambda miles: lambda row, distance: row.state == home["state"],
    )


def one_spelling(county: str | None) -> str:
    """The source writes "De Kalb" beside "DeKalb" and "St Louis" beside "St. Louis"."""
    return (county or "").casefold().replace(" ", "").replace(".", "").replace("'", "")


def nowhere(directory: Directory, home: dict[str, Any], random_: random.Random) -> tuple[Any, Any, Any]:
    return "", None, lambda miles: lambda row, distance: True
