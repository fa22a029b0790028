"""SAMHSA's National Directories of substance use and of mental health facilities, any edition.

Found by header, never by file name: titles, sheet names and the order of columns change every year.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from finder.facilities.facility import Directory, FacilityFile, UnreadableFile
from finder.importers.gathering import Gathering, Progress
from finder.importers.samhsa_codes import CODES
from finder.importers.tables import Table, read_table
from finder.text import folded

CODE_COLUMN, DIRECTORY_COLUMN = "service_code_info", "directory_type"
DIRECTORIES: Mapping[str, Directory] = {
    "substance": Directory.SAMHSA_SU,
    "sa": Directory.SAMHSA_SU,
    "su": Directory.SAMHSA_SU,
    "mental": Directory.SAMHSA_MH,
    "mh": Directory.SAMHSA_MH,
}


def read(path: Path, progress: Progress | None = None) -> FacilityFile:
    """The facilities of a workbook, a CSV file or a packed CSV file; `progress` gets rows done and in all."""
    table = read_table(path)
    if CODE_COLUMN not in table.columns:
        raise UnreadableFile(f"“{path.name}” is not a SAMHSA directory: it has no {CODE_COLUMN} column.")
    whole_file = None if DIRECTORY_COLUMN in table.columns else _directory(table, path)
    gathering = Gathering(progress, table.total)
    questions = {code: known.category_code for code, known in CODES.items()} | dict(table.code_book)
    for number, row in table.rows():
        gathering.count_row()
        directory = whole_file or DIRECTORIES.get(folded(row.get(DIRECTORY_COLUMN, "")))
        if directory is None:
            gathering.reject(number, f"The {DIRECTORY_COLUMN} is neither mental nor substance.", row)
            continue
        codes = codes_in(row.get(CODE_COLUMN, ""))
        unknown = tuple(code for code in codes if code not in questions)
        gathering.add(directory, number, row, codes, unknown=unknown)
    offered = gathering.codes_met()
    if table.code_book:
        offered = {directory: frozenset(table.code_book) for directory in offered}
    return gathering.file(offered, questions)


def codes_in(text: str) -> list[str]:
    """The codes of "SA DT * OP OD": a group answers one question, and each code has only one."""
    return [sys.intern(code) for code in text.upper().replace("*", " ").split()]


def _directory(table: Table, path: Path) -> Directory:
    """Whose codes these are: of the two surveys, the one with more codes which the other does not know.

    A file whose codes are all shared is told by what its facilities treat most.
    """
    occurring = Counter(_codes_occurring(table))
    met = table.code_book or occurring
    by_one = Counter(CODES[code].directories for code in met if code in CODES)
    substance_use, mental_health = by_one["S"], by_one["M"]
    if substance_use == mental_health:
        substance_use, mental_health = occurring["SA"], occurring["MH"]
    if substance_use == mental_health:
        raise UnreadableFile(
            f"“{path.name}” does not show whether it lists substance use or mental health facilities;"
            f" a {DIRECTORY_COLUMN} column (substance, mental) would say it."
        )
    return Directory.SAMHSA_SU if substance_use > mental_health else Directory.SAMHSA_MH


def _codes_occurring(table: Table) -> Iterator[str]:
    for _, row in table.rows():
        yield from codes_in(row.get(CODE_COLUMN, ""))
