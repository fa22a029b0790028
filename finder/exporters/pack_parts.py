"""How the list of a large county is split into files. The rule is told in docs/guides/county-packs.md.

A county whose list fits into one file is one file. Otherwise ZIP Codes go together in the order of their
numbers until a file is full; a ZIP Code too large for one file has several of its own. What has no address
that may be shown comes with the first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

MOST_BYTES = 300_000
"""Of a file."""
ROOM = 240_000
"""Of these for the listings, by an estimate that counts names and addresses as they are."""

WITHOUT_ZIP = "other"


class Row(NamedTuple):
    """A listing before it is read: where it is, what it is, and how much room it takes."""

    listing: UUID
    zip_code: str
    """'' where it has none, or none that may be shown."""
    name: str
    categories: tuple[str, ...]
    bytes: int


@dataclass(frozen=True, slots=True)
class Part:
    """`number` counts the files of one ZIP Code; 0 where a file holds whole ones."""

    rows: tuple[Row, ...]
    number: int = 0

    @property
    def first(self) -> str:
        return next((row.zip_code for row in self.rows if row.zip_code), "")

    @property
    def last(self) -> str:
        return self.rows[-1].zip_code

    @property
    def key(self) -> str:
        """What the address of the file calls it."""
        name = self.first or WITHOUT_ZIP
        return f"{name}-{self.number}" if self.number else name

    def count(self, category: str) -> int:
        return sum(category in row.categories for row in self.rows)


def parts_of(rows: Iterable[Row]) -> list[Part]:
    ordered = sorted(rows, key=lambda row: (row.zip_code, row.name, row.listing))
    parts: list[Part] = []
    waiting: list[Row] = []
    for _, members in groupby(ordered, key=lambda row: row.zip_code):
        area = list(members)
        if weight(waiting) + weight(area) <= ROOM:
            waiting += area
            continue
        parts += [Part(tuple(waiting))] if waiting else []
        waiting = area
        if weight(area) > ROOM:
            parts += [Part(piece, number) for number, piece in enumerate(pieces(area), start=1)]
            waiting = []
    return [*parts, Part(tuple(waiting))] if waiting else parts


def pieces(rows: Sequence[Row]) -> list[tuple[Row, ...]]:
    found: list[list[Row]] = [[]]
    for row in rows:
        if found[-1] and weight(found[-1]) + row.bytes > ROOM:
            found.append([])
        found[-1].append(row)
    return [tuple(piece) for piece in found]


def weight(rows: Iterable[Row]) -> int:
    return sum(row.bytes for row in rows)


def is_zip_code(area: str) -> bool:
    return len(area) == 5 and area.isascii() and area.isdecimal()


def part_called(parts: Sequence[Part], area: str) -> Part | None:
    """By its key, or by any ZIP Code between its first and its last."""
    if not area:
        return parts[0] if len(parts) == 1 else None
    by_key = (part for part in parts if part.key == area)
    holding = (part for part in parts if is_zip_code(area) and part.first <= area <= part.last)
    return next(by_key, None) or next(holding, None)


def part_nearest_in_number(parts: Sequence[Part], zip_code: str) -> Part | None:
    """For a ZIP Code of the county: the last file that begins no later, else the first."""
    return next((part for part in reversed(parts) if part.first <= zip_code), parts[0]) if parts else None
