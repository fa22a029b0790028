"""The FindTreatment.gov locator: its CSV and Excel download, and the JSON pages of its API.

One file or a folder of pages. Columns and keys are met by name: both formats change from year to year.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from finder.facilities.facility import Directory, FacilityFile, UnreadableFile
from finder.importers.gathering import Gathering, Progress
from finder.importers.samhsa_codes import CODES, code_named
from finder.importers.tables import Table, is_json, read_table, read_text
from finder.text import collapse

DIRECTORIES: Mapping[str, Directory] = {
    "SA": Directory.FINDTREATMENT_SU,
    "SU": Directory.FINDTREATMENT_SU,
    "OTP": Directory.FINDTREATMENT_SU,
    "MH": Directory.FINDTREATMENT_MH,
}
CERTIFIED_OTP = frozenset({"OTP", "SA"})
"""What the type OTP says of a row: certified opioid treatment programs come without services."""

TYPE_COLUMNS = ("type_facility", "typeFacility", "typefacility")
OF_ONE_ANSWER = frozenset({"_irow", "frid", "miles", "services"})
"""Keys about the request rather than the facility, and the services, which become cells of their own."""

CONTACT_COLUMNS = frozenset(
    {"zip", "zip4", "county", "phone", "intake1", "intake2", "hotline", "hotline1", "website"}
)
CODE_COLUMN = re.compile(r"[a-z][a-z0-9]{0,7}")
TICKS = frozenset({"1", "1.0", "true"})
PAGE_NAMES = (".json", ".json.gz", ".csv", ".csv.gz", ".xlsx")
NOT_A_FACILITY = "Not a treatment facility: health centers and practitioners (who are persons) are left out."


class Listing(NamedTuple):
    number: int
    row: Mapping[str, str]
    codes: frozenset[str]
    unknown: tuple[str, ...]


def read(path: Path, progress: Progress | None = None) -> FacilityFile:
    """The facilities of a download, a page or a folder of pages; `progress` gets rows done and in all."""
    gathering = Gathering(progress)
    expected = 0
    pages = _pages(path)
    for page in pages:
        gathering.page = page.name if len(pages) > 1 else ""
        if is_json(page):
            rows, record_count = _json_rows(page)
            expected = max(expected, record_count)
            _add(gathering, _json_listings(rows))
        else:
            _add(gathering, _table_listings(_table(page)))
    questions = {code: known.category_code for code, known in CODES.items()}
    if gathering.rows_read >= expected:
        return gathering.file(gathering.codes_met(), questions)
    warning = f"Only {gathering.rows_read:,} of the locator's {expected:,} rows are here."
    return gathering.file(gathering.codes_met(), questions, warning, is_complete=False)


def _pages(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    pages = sorted(page for page in path.iterdir() if page.name.lower().endswith(PAGE_NAMES))
    if not pages:
        raise UnreadableFile(f"The folder “{path.name}” has no pages of the locator (.json, .csv or .xlsx).")
    return pages


def _add(gathering: Gathering, listings: Iterable[Listing]) -> None:
    for number, row, stated, unknown in listings:
        gathering.count_row()
        kind = next((row[column] for column in TYPE_COLUMNS if column in row), "").strip().upper()
        directory = DIRECTORIES.get(kind)
        if directory is None:
            gathering.reject(number, NOT_A_FACILITY, {})
            continue
        codes = stated | CERTIFIED_OTP if kind == "OTP" else stated
        gathering.add(directory, number, row, codes, unknown=unknown, inferred=codes - stated)


def _json_rows(page: Path) -> tuple[list[Any], int]:
    """The rows of an API answer, and how many the whole answer has."""
    try:
        answer = json.loads(read_text(page))
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"“{page.name}” is not whole JSON: {error}.") from error
    rows = answer.get("rows") if isinstance(answer, dict) else answer
    if not isinstance(rows, list):
        raise UnreadableFile(f"“{page.name}” is not a page of the locator: it has no list of rows.")
    record_count = answer.get("recordCount") if isinstance(answer, dict) else None
    return rows, record_count if isinstance(record_count, int) else 0


def _json_listings(rows: list[Any]) -> Iterator[Listing]:
    for number, answer in enumerate(rows, start=1):
        given = answer if isinstance(answer, dict) else {}
        services = list(_services(given.get("services")))
        row = {key: str(value) for key, value in given.items() if _is_text(key, value)}
        row |= {f"services {category}": names for category, names in services}
        named = [(category, name) for category, names in services for name in _names(names)]
        found = [code_named(category, name) for category, name in named]
        unknown = (f"{c}: {name}" for (c, name), code in zip(named, found, strict=True) if code is None)
        codes = frozenset(code for code in found if code is not None)
        yield Listing(number, row, codes, tuple(dict.fromkeys(unknown)))


def _is_text(key: str, value: object) -> bool:
    return key not in OF_ONE_ANSWER and isinstance(value, str | int | float) and value != ""


def _services(services: object) -> Iterator[tuple[str, str]]:
    """Category code and names; the category's label (f1) is worded anew every year."""
    for service in services if isinstance(services, list) else []:
        if isinstance(service, dict) and service.get("f2") and service.get("f3"):
            yield str(service["f2"]).strip(), str(service["f3"])


def _names(names: str) -> list[str]:
    return [name for each in names.split(";") if (name := collapse(each))]


def _table(page: Path) -> Table:
    table = read_table(page)
    if not any(column in table.columns for column in TYPE_COLUMNS):
        raise UnreadableFile(
            f"“{page.name}” is not a download of the locator: it has no type_facility column."
        )
    return table


def _table_listings(table: Table) -> Iterator[Listing]:
    columns = _code_columns(table.columns)
    for number, row in table.rows():
        ticked = (columns[column] for column, cell in row.items() if column in columns and _is_tick(cell))
        codes = frozenset(ticked)
        yield Listing(number, row, codes, tuple(sorted(codes - CODES.keys())))


def _code_columns(columns: Iterable[str]) -> dict[str, str]:
    """Code of each code column: new codes of later years follow the first one that is known."""
    codes: dict[str, str] = {}
    for column in columns:
        is_new_code = bool(codes) and CODE_COLUMN.fullmatch(column) and column not in CONTACT_COLUMNS
        if column.upper() in CODES or is_new_code:
            codes[column] = column.upper()
    return codes


def _is_tick(cell: str) -> bool:
    return cell.strip().lower() in TICKS
