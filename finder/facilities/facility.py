"""One shape for the facilities which the national directories list."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from enum import StrEnum

from finder.enums import PhoneType
from finder.text import folded


class UnreadableFile(Exception):  # noqa: N818 - the name says what happened
    """The file as a whole cannot be read; the message is one sentence for the person who gave it."""


class Directory(StrEnum):
    """Whose survey a listing answered; also the slug of the source."""

    SAMHSA_SU = "samhsa-su"
    SAMHSA_MH = "samhsa-mh"
    FINDTREATMENT_SU = "findtreatment-su"
    FINDTREATMENT_MH = "findtreatment-mh"


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    number: str
    extension: str
    number_e164: str
    phone_type: str


@dataclass(frozen=True, slots=True)
class ContactFields:
    """HSDS names; text is trimmed, '' where the directory says nothing."""

    organization_name: str
    name: str
    address_1: str
    address_2: str
    city: str
    state_province: str
    postal_code: str
    website: str
    latitude: float | None
    longitude: float | None
    location_type: str
    phones: tuple[PhoneNumber, ...]


class Codes(Set[str]):
    """A set in a fifth of the memory: a directory gives a million codes, and each is looked at once."""

    __slots__ = ("_codes",)

    def __init__(self, codes: Iterable[str]) -> None:
        self._codes = tuple(sorted(set(codes)))

    def __contains__(self, code: object) -> bool:
        return code in self._codes

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def __repr__(self) -> str:
        return f"Codes({list(self._codes)!r})"


@dataclass(frozen=True, slots=True)
class Facility:
    """One listing as one directory states it in one file.

    `inferred` are those of `codes` which no answer of the survey states: they say yes, but they do not
    show that their question was answered. `unknown` are codes and names of no known meaning.
    `rows` are the untouched cells for audit, empty ones left out.
    """

    directory: Directory
    key: str
    fields: ContactFields
    codes: Set[str]
    rows: tuple[Mapping[str, str], ...]
    row_numbers: tuple[int, ...]
    pairing_key: str | None
    unknown: tuple[str, ...] = ()
    inferred: Set[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reject:
    """`row` is empty where the row may be about a person."""

    row_number: int
    reason: str
    row: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FacilityFile:
    """What one file (or one folder of pages) says.

    `rows_merged` counts the rows folded into another of the same directory and key. `offered` are the codes
    a directory could have been answered with; `questions` gives the category which asks for a code. Where
    the file is not complete, a listing which it lacks may still be in the directory.
    """

    facilities: tuple[Facility, ...]
    rejects: tuple[Reject, ...]
    warnings: tuple[str, ...]
    rows_read: int
    rows_merged: int
    offered: Mapping[Directory, frozenset[str]]
    questions: Mapping[str, str]
    is_complete: bool = True


def natural_key(name1: str, name2: str, street1: str, postal_code: str) -> str:
    """Equal for the rows which are one listing; no edition carries an identifier that lasts."""
    return "|".join(folded(part) for part in (name1, name2, street1, postal_code))


def pairing_key(fields: ContactFields) -> str | None:
    """Equal for the same place under another name; None without a main number."""
    main = next((phone for phone in fields.phones if phone.phone_type == PhoneType.MAIN), None)
    if main is None:
        return None
    digits = re.sub(r"\D", "", main.number_e164 or main.number)
    return f"{folded(fields.address_1)}|{fields.postal_code}|{digits}"


def united(facility: Facility, other: Facility) -> Facility:
    """Two rows of one listing: what either says, contacts of the first before those of the second."""
    fields = facility.fields
    placed = other.fields if fields.latitude is None else fields
    stated = (facility.codes - facility.inferred) | (other.codes - other.inferred)
    return replace(
        facility,
        fields=replace(
            fields,
            address_2=fields.address_2 or other.fields.address_2,
            website=fields.website or other.fields.website,
            phones=distinct_phones(fields.phones + other.fields.phones),
            latitude=placed.latitude,
            longitude=placed.longitude,
        ),
        codes=facility.codes | other.codes,
        rows=facility.rows + other.rows,
        row_numbers=facility.row_numbers + other.row_numbers,
        pairing_key=facility.pairing_key or other.pairing_key,
        unknown=tuple(dict.fromkeys(facility.unknown + other.unknown)),
        inferred=(facility.inferred | other.inferred) - stated,
    )


def distinct_phones(phones: Iterable[PhoneNumber]) -> tuple[PhoneNumber, ...]:
    """The first mention of each line to call."""
    lines: dict[tuple[str, str], PhoneNumber] = {}
    for phone in phones:
        lines.setdefault((phone.number_e164 or folded(phone.number), phone.extension), phone)
    return tuple(lines.values())
