"""From rows to facilities: the gate each row passes, its contact side, and what adds up to one file."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from finder.enums import LocationType, PhoneType
from finder.facilities.facility import (
    Codes,
    ContactFields,
    Directory,
    Facility,
    FacilityFile,
    PhoneNumber,
    Reject,
    distinct_phones,
    natural_key,
    pairing_key,
    united,
)
from finder.geography.gazetteer import is_in_state, pad_zip, zip_code
from finder.geography.states import STATE_NAMES
from finder.text import collapse, folded, read_phone

PHONE_COLUMNS: Mapping[str, PhoneType] = {
    "phone": PhoneType.MAIN,
    "intake1": PhoneType.INTAKE,
    "intake2": PhoneType.INTAKE,
    "intake1a": PhoneType.INTAKE,
    "intake2a": PhoneType.INTAKE,
    "hotline": PhoneType.HOTLINE,
    "hotline1": PhoneType.HOTLINE,
    "hotline2": PhoneType.HOTLINE,
}
PO_BOX = re.compile(r"(p\.? ?o\.?|post office) ?(box|drawer)\b[ #.]*[\w-]*[.,]?", re.IGNORECASE)
ROWS_NAMED = 10
MOST_LETTERS = {"name1": 245, "name2": 245, "street1": 250, "street2": 250, "city": 100}
"""What a listing's fields hold; a longer cell is a slip of the table, not a name."""

Progress = Callable[[int, int | None], None]


@dataclass(slots=True)
class Gathering:
    """The rows of one file so far; `file` closes it. `page` names the file, where a folder holds several."""

    progress: Progress | None = None
    total: int | None = None
    page: str = ""
    rows_read: int = 0
    rows_merged: int = 0
    facilities: dict[tuple[Directory, str], Facility] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    doubtful: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    unknown: dict[str, None] = field(default_factory=dict)

    def count_row(self) -> None:
        self.rows_read += 1
        if self.progress and self.rows_read % 500 == 0:
            self.progress(self.rows_read, self.total)

    def reject(self, number: int, reason: str, row: Mapping[str, str]) -> None:
        self.rejects.append(Reject(number, f"{self.page}: {reason}" if self.page else reason, row))

    def add(
        self,
        directory: Directory,
        number: int,
        row: Mapping[str, str],
        codes: Iterable[str],
        *,
        unknown: tuple[str, ...] = (),
        inferred: Set[str] = frozenset(),
    ) -> None:
        """Accept or reject one row; a row of a listing already met adds to it."""
        if faults := row_faults(row):
            self.reject(number, _sentence("; ".join(faults)), row)
            return
        fields = contact_fields(row)
        facility = Facility(
            directory=directory,
            key=natural_key(row["name1"], row.get("name2", ""), row.get("street1", ""), fields.postal_code),
            fields=fields,
            codes=Codes(codes),
            rows=({**row, "page": self.page} if self.page else row,),
            row_numbers=(number,),
            pairing_key=pairing_key(fields),
            unknown=unknown,
            inferred=inferred,
        )
        self._keep(facility)
        self.unknown |= dict.fromkeys(unknown)
        for doubt in row_doubts(row, fields):
            self.doubtful[doubt].append(f"{number} of {self.page}" if self.page else str(number))

    def _keep(self, facility: Facility) -> None:
        place = (facility.directory, facility.key)
        first = self.facilities.get(place)
        self.facilities[place] = facility if first is None else united(first, facility)
        self.rows_merged += first is not None

    def codes_met(self) -> dict[Directory, frozenset[str]]:
        """What each directory offers, as far as a file without a code book can show it."""
        met: defaultdict[Directory, set[str]] = defaultdict(set)
        for facility in self.facilities.values():
            met[facility.directory] |= facility.codes - facility.inferred
        return {directory: frozenset(codes) for directory, codes in met.items()}

    def file(
        self,
        offered: Mapping[Directory, frozenset[str]],
        questions: Mapping[str, str],
        *warnings: str,
        is_complete: bool = True,
    ) -> FacilityFile:
        if self.progress:
            self.progress(self.rows_read, self.rows_read)
        return FacilityFile(
            facilities=tuple(self.facilities.values()),
            rejects=tuple(self.rejects),
            warnings=(*warnings, *self._warnings()),
            rows_read=self.rows_read,
            rows_merged=self.rows_merged,
            offered=offered,
            questions=questions,
            is_complete=is_complete,
        )

    def _warnings(self) -> Iterable[str]:
        for doubt, numbers in self.doubtful.items():
            yield _sentence(f"{doubt}: {_listed(numbers, 'row', 'rows')}")
        if self.unknown:
            yield f"No known meaning, kept as text: {_listed(list(self.unknown), 'code', 'codes')}."


def row_faults(row: Mapping[str, str]) -> list[str]:
    """Why a row cannot become a listing, in plain words; empty for a row which can."""
    faults = [] if collapse(row.get("name1", "")) else ["no name (name1)"]
    state, postal_code = collapse(row.get("state", "")), collapse(row.get("zip", ""))
    if state.upper() not in STATE_NAMES:
        faults.append(f"“{_shortened(state)}” is not the code of a state" if state else "no state")
    padded = _five_digits(postal_code)
    if padded is None:
        faults.append(f"“{_shortened(postal_code)}” is not a ZIP code" if postal_code else "no ZIP code")
    elif zip_code(padded) is None:
        faults.append(f"there is no ZIP code {padded}")
    lengths = {column: len(collapse(row.get(column, ""))) for column in MOST_LETTERS}
    faults += [
        f"{column} has {lengths[column]} letters, more than {most}"
        for column, most in MOST_LETTERS.items()
        if lengths[column] > most
    ]
    return faults


def row_doubts(row: Mapping[str, str], fields: ContactFields) -> list[str]:
    """What a person may want to look at in a row that was accepted."""
    place = zip_code(fields.postal_code)
    doubts = {
        "no main phone number": not row.get("phone", "").strip(),
        "ZIP code of another state": place is not None and place.state != fields.state_province,
        "coordinates zero or outside the state, left out": "latitude" in row and fields.latitude is None,
    }
    return [doubt for doubt, holds in doubts.items() if holds]


def contact_fields(row: Mapping[str, str]) -> ContactFields:
    """The contact side of a row without faults."""
    name1, name2, street1, street2, city = (
        collapse(row.get(column, "")) for column in ("name1", "name2", "street1", "street2", "city")
    )
    state = collapse(row["state"]).upper()
    latitude, longitude = _position(row, state)
    return ContactFields(
        organization_name=name1,
        name=f"{name1} – {name2}" if name2 and folded(name2) != folded(name1) else name1,
        address_1=street1,
        address_2=street2,
        city=city,
        state_province=state,
        postal_code=_five_digits(row["zip"]) or "",
        website=read_website(row.get("website", "")),
        latitude=latitude,
        longitude=longitude,
        location_type=_location_type(street1, street2),
        phones=_phones(row),
    )


def read_website(raw: str) -> str:
    """An address a browser can open, or ''. The directories print a bare "http://" for "none"."""
    text = "".join(raw.split())
    if not text:
        return ""
    address = text if "://" in text else f"http://{text}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    is_plain_web = parts.scheme in {"http", "https"} and "@" not in parts.netloc
    return address if is_plain_web and "." in host.strip(".") else ""


def _five_digits(zip_text: str) -> str | None:
    """Data frames write a number where the ZIP code was."""
    return pad_zip(collapse(zip_text).removesuffix(".0"))


def _location_type(street1: str, street2: str) -> str:
    lines = [line for line in (street1, street2) if line]
    only_a_box = bool(lines) and all(PO_BOX.fullmatch(line) for line in lines)
    return LocationType.POSTAL.value if only_a_box else LocationType.PHYSICAL.value


def _position(row: Mapping[str, str], state: str) -> tuple[float | None, float | None]:
    try:
        latitude, longitude = float(row.get("latitude", "")), float(row.get("longitude", ""))
    except ValueError:
        return None, None
    return (latitude, longitude) if is_in_state(latitude, longitude, state) else (None, None)


def _phones(row: Mapping[str, str]) -> tuple[PhoneNumber, ...]:
    read = ((read_phone(row.get(column, "")), phone_type) for column, phone_type in PHONE_COLUMNS.items())
    return distinct_phones(PhoneNumber(*text, phone_type.value) for text, phone_type in read if text)


def _listed(items: list[str], one: str, many: str) -> str:
    named = ", ".join(items[:ROWS_NAMED])
    more = f" and {len(items) - ROWS_NAMED:,} more" if len(items) > ROWS_NAMED else ""
    return f"{one if len(items) == 1 else many} {named}{more}"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
