"""Where a group meets, from whatever parts of an address a feed gives."""

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from finder.geography.gazetteer import is_in_state, zip_code
from finder.geography.names import fold
from finder.geography.states import state_code

FEWEST_PARTS = 4
"""Street, city, state and country: an address of fewer is only approximate (Meeting Guide 1.1.9)."""

ADDRESS_KEYS = ("formatted_address", "address", "city", "state", "postal_code", "country")
MOST_LETTERS = {"street": 250, "city": 100}
_COUNTRIES = {
    "US": "us|usa|u s|u s a|united states|united states of america|estados unidos|ee uu",
    "AR": "argentina",
    "AT": "austria|osterreich",
    "AU": "australia",
    "BE": "belgium|belgie|belgique",
    "BR": "brazil|brasil",
    "CA": "canada",
    "CH": "switzerland|schweiz|suisse",
    "CO": "colombia",
    "CR": "costa rica",
    "DE": "germany|deutschland|alemania",
    "DK": "denmark|danmark",
    "ES": "spain|espana",
    "FI": "finland|suomi",
    "FR": "france|francia",
    "GB": "united kingdom|uk|great britain|england|scotland|wales|northern ireland",
    "IE": "ireland|eire",
    "IN": "india",
    "IT": "italy|italia",
    "JP": "japan",
    "MX": "mexico",
    "NL": "netherlands|the netherlands|nederland",
    "NO": "norway|norge",
    "NZ": "new zealand",
    "PL": "poland|polska",
    "PT": "portugal",
    "SE": "sweden|sverige",
    "SK": "slovakia|slovensko",
    "TH": "thailand",
    "ZA": "south africa",
}
_COUNTRY_BY_NAME = {name: code for code, names in _COUNTRIES.items() for name in names.split("|")}
_PROVINCES = {"AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"}
_STATE_AND_ZIP = re.compile(r"(?P<state>.*?)[\s.]*(?P<zip>\d{5}(?:-?\d{4})?)?")
_CITY_STATE_ZIP = re.compile(r"(?P<city>.*\S)\s+(?P<state>[A-Za-z]{2})\.?(?:\s+(?P<zip>\d{5})(?:-?\d{4})?)?")
_PROVINCE = re.compile(r"(?P<province>[A-Z]{2})(?:\s+[A-Z]\d[A-Z] ?\d[A-Z]\d)?", re.IGNORECASE)
_LEADING_CODE = re.compile(r"^\d{4,6}\s+")
_NUMBERS = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


class Address(NamedTuple):
    """USPS state and five digits in the United States; elsewhere a state of two letters and no ZIP Code.

    `is_approximate` where no street is known, or too little of a formatted address.
    """

    street: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = "US"
    is_approximate: bool = True

    @property
    def is_known(self) -> bool:
        return bool(self.street or self.city or self.state or self.postal_code)


class Point(NamedTuple):
    """Both coordinates or neither. `fault` says why the feed's were dropped: zero, or outside the state."""

    latitude: float | None = None
    longitude: float | None = None
    is_approximate: bool = False
    fault: str = ""


def country_code(text: str, default: str = "US") -> str:
    """ISO 3166: `U.S.A` and `United States` are US; '' in, the default out."""
    folded = fold(text)
    named = _COUNTRY_BY_NAME.get(folded) or _COUNTRY_BY_NAME.get(folded.replace(" ", ""))
    if named:
        return named
    return text.strip().upper() if re.fullmatch(r"\s*[A-Za-z]{2}\s*", text) else default


def country_name(code: str) -> str:
    """In full, since DE, IN and CO are states as well; a code that has no name here stays."""
    if code == "US":
        return "USA"
    return _COUNTRIES[code].split("|")[0].title() if code in _COUNTRIES else code


def address_of(row: Mapping[str, str]) -> Address:
    """From `address` (or a whole `formatted_address`), `city`, `state`, `postal_code` and `country`.

    What follows an @ is no address: feeds put the name of the place there.
    """
    return _address_of(*(row.get(key, "") for key in ADDRESS_KEYS))


@lru_cache(maxsize=8192)
def _address_of(*cells: str) -> Address:
    """Feeds repeat the address of a group for each of its meetings."""
    row = dict(zip(ADDRESS_KEYS, cells, strict=True))
    whole = row["formatted_address"] or (row["address"] if _is_whole(row) else "")
    parts = [part for each in whole.split("@")[0].split(",") if (part := each.strip(" ."))]
    read = _read_parts(parts)
    own_street = row["address"].split("@")[0].strip(" ,")
    state = row["state"] or read.state
    return _address(
        street=read.street if whole and fold(read.street) != fold(own_street) else own_street,
        city=row["city"] or read.city,
        state=state,
        postal_code=row["postal_code"] or read.postal_code,
        country=_country(row["country"], state, read.country),
        enough=not whole or _counted(parts, read) >= FEWEST_PARTS,
    )


def _country(text: str, state: str, default: str) -> str:
    province = state.strip(" .").upper()
    is_canadian = not text and province in _PROVINCES and state_code(province) is None
    return "CA" if is_canadian else country_code(text, default)


def _address(*, street: str, city: str, state: str, postal_code: str, country: str, enough: bool) -> Address:
    street, city = street[: MOST_LETTERS["street"]], city[: MOST_LETTERS["city"]]
    if country == "US":
        found = zip_code(postal_code)
        known = state_code(state) or (found.state if found else "")
        return Address(street, city, known, found.zip_code if found else "", country, not (street and enough))
    province = state.strip(" .").upper()
    province = province if re.fullmatch(r"[A-Z]{2}", province) else ""
    return Address(street, city, province, "", country, not (street and enough))


def _is_whole(row: Mapping[str, str]) -> bool:
    """The plugin's exports call the formatted address `Address`; other feeds keep the street there."""
    parts = [fold(part) for part in row.get("address", "").split(",")]
    city = fold(row.get("city", ""))
    return len(parts) > 1 and (city in parts[1:] if city else not row.get("postal_code"))


def _read_parts(parts: list[str]) -> Address:
    """Street, city, state with ZIP Code, country: from the end, as far as they are there."""
    left = list(parts)
    country = country_code(left[-1], "") if left else ""
    is_code_of_state = bool(left) and state_code(left[-1]) is not None and len(left[-1].strip()) == 2
    if country and not is_code_of_state:
        left.pop()
    state, postal_code = "", ""
    if left and (country in {"", "US"} or is_code_of_state):
        left, state, postal_code = _without_state(left)
    elif country == "CA" and len(left) > 1 and (found := _PROVINCE.fullmatch(left[-1])):
        left, state = left[:-1], found["province"]
    if len(left) == 1 and left[0][:1].isdigit() and not state:
        return Address(left[0], "", "", postal_code, country or "US")
    city = _LEADING_CODE.sub("", left.pop()) if left else ""
    return Address(", ".join(left), city, state, postal_code, "US" if is_code_of_state else country or "US")


def _without_state(parts: list[str]) -> tuple[list[str], str, str]:
    found = _STATE_AND_ZIP.fullmatch(parts[-1])
    name, postal_code = (found["state"], found["zip"] or "") if found else ("", "")
    if postal_code and not name and len(parts) > 1 and state_code(parts[-2]):
        return parts[:-2], parts[-2], postal_code
    if state_code(name) and (postal_code or len(parts) > 1):
        return parts[:-1], name, postal_code
    run = _CITY_STATE_ZIP.fullmatch(parts[-1])
    if run and state_code(run["state"]):
        return [*parts[:-1], run["city"]], run["state"], run["zip"] or ""
    return (parts[:-1], "", postal_code) if postal_code and not name else (parts, "", "")


def _counted(parts: list[str], read: Address) -> int:
    """An address that ends with its state leaves out only the country."""
    says_country = bool(parts) and country_code(parts[-1], "") != "" and state_code(parts[-1]) is None
    return len(parts) + (0 if says_country or not read.state else 1)


def point_of(row: Mapping[str, str], address: Address) -> Point:
    """`latitude` and `longitude`, else `coordinates`: two numbers, or four for the corners of a box."""
    given = [row.get("latitude", ""), row.get("longitude", "")]
    numbers = [_number(each) for each in (given if any(given) else row.get("coordinates", "").split(","))]
    is_box = len(numbers) == 4
    if is_box and None not in numbers:
        south, west, north, east = (number or 0.0 for number in numbers)
        numbers = [(south + north) / 2, (west + east) / 2]
    if len(numbers) != 2 or numbers[0] is None or numbers[1] is None:
        return Point()
    latitude, longitude = numbers[0], numbers[1]
    if not (latitude and longitude):
        return Point(fault="zero")
    if not _may_be(latitude, longitude, address):
        return Point(fault="outside")
    return Point(latitude, longitude, is_box)


def _number(text: str) -> float | None:
    found = _NUMBERS.fullmatch(text.strip())
    number = float(text) if found else None
    return number if number is not None and math.isfinite(number) else None


def _may_be(latitude: float, longitude: float, address: Address) -> bool:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return False
    return address.country != "US" or not address.state or is_in_state(latitude, longitude, address.state)
