"""SAMHSA's service codes: the national directories write codes, the treatment locator writes names."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

RENAMED_CATEGORIES: Mapping[str, str] = MappingProxyType({"ASSES": "ASPT", "EDU": "ECS"})


@dataclass(frozen=True, slots=True)
class SamhsaCode:
    """`directories` is S (substance use), M (mental health) or SM: who may answer with this code.

    `left_out_reason` is empty for a code that feeds a term of the vocabulary.
    """

    service_code: str
    category_code: str
    directories: str
    service_name: str
    left_out_reason: str


def code_named(category_code: str, service_name: str) -> str | None:
    """The code of a service which the locator names, or None for a name of no known meaning.

    The category decides between codes of one name: "Young adults" is a special program or an age.
    """
    category = RENAMED_CATEGORIES.get(category_code, category_code)
    return _CODES_BY_NAME.get((category, _normalized(service_name)))


def _normalized(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", name.lower()).strip()


def _rows(file_name: str) -> Iterator[dict[str, str]]:
    with Path(__file__).with_name(file_name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _codes_by_name() -> dict[tuple[str, str], str]:
    current = {
        (code.category_code, _normalized(code.service_name)): code.service_code for code in CODES.values()
    }
    older = {
        (row["category_code"], _normalized(row["service_name"])): row["service_code"]
        for row in _rows("samhsa_older_names.csv")
    }
    return older | current


CODES: Mapping[str, SamhsaCode] = MappingProxyType(
    {row["service_code"]: SamhsaCode(**row) for row in _rows("samhsa_codes.csv")}
)
_CODES_BY_NAME = _codes_by_name()
