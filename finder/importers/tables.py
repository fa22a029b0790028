"""Rows of a workbook or a CSV file, whoever saved it: columns by name, rows by the numbers people see."""

import codecs
import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import IO, cast

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from finder.facilities.facility import UnreadableFile
from finder.text import folded

MAX_BYTES = 500 * 1024 * 1024
"""Unpacked, twenty times the largest export known: a small file can unpack to anything."""

HEADER_ROWS_SEARCHED = 10
CHUNK_BYTES = 1024 * 1024
ZIP_MAGIC, OLE_MAGIC, GZIP_MAGIC = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b"
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

Lines = Callable[[], Iterator[list[str]]]


class SourceRow(Mapping[str, str]):
    """The untouched cells of one row under their column names; empty cells are left out.

    A tuple beside the shared columns: a dictionary per row takes five times the memory in exports of 240
    columns.
    """

    __slots__ = ("_cells", "_columns")

    def __init__(self, columns: Mapping[str, int], cells: list[str]) -> None:
        beyond = range(len(columns), len(cells)) if any(cells[len(columns) :]) else ()
        self._columns = {**columns, **{f"column_{at + 1}": at for at in beyond}} if beyond else columns
        self._cells = tuple(cells[: len(self._columns)])

    def __getitem__(self, column: str) -> str:
        at = self._columns[column]
        if at < len(self._cells) and self._cells[at]:
            return self._cells[at]
        raise KeyError(column)

    def __iter__(self) -> Iterator[str]:
        return (column for column, cell in zip(self._columns, self._cells, strict=False) if cell)

    def __len__(self) -> int:
        return sum(1 for cell in self._cells if cell)

    def __repr__(self) -> str:
        return f"SourceRow({dict(self)!r})"


@dataclass(frozen=True, slots=True)
class TableKind:
    """`marks` are the columns that tell its header from a title; `fold` gives the name of a header cell."""

    name: str
    marks: frozenset[str]
    fold: Callable[[str], str] = folded


FACILITIES = TableKind("a directory of facilities", frozenset({"name1", "street1"}))


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are folded header cells and their places; `code_book` gives the category of each code which
    another sheet of the workbook defines; `total` is the number of rows, where that is known beforehand.
    """

    columns: Mapping[str, int]
    code_book: Mapping[str, str]
    total: int | None
    header_at: int
    lines: Lines

    def rows(self) -> Iterator[tuple[int, SourceRow]]:
        """The rows which are not blank, with their place in the file, where the first row is 1."""
        for number, cells in islice(enumerate(self.lines(), start=1), self.header_at, None):
            if any(cell.strip() for cell in cells):
                yield number, SourceRow(self.columns, cells)


def read_table(path: Path, kind: TableKind = FACILITIES) -> Table:
    """The table of one kind in a workbook or a (packed) CSV file."""
    start = _first_bytes(path)
    if not start.startswith((ZIP_MAGIC, OLE_MAGIC)):
        return _table_of(path, [(_csv_lines(path, kind), None)], kind)
    sheets = _sheets(path)
    return _table_of(path, [(partial(_sheet_lines, sheet), _last_row(sheet)) for sheet in sheets], kind)


def read_text(path: Path) -> str:
    """A whole (packed) text file; NUL signs, which PostgreSQL's text cannot hold, are left out."""
    with _text(path, _encoding(path)) as file:
        return file.read().replace("\\u0000", "").replace("\0", "")


def is_json(path: Path) -> bool:
    if _first_bytes(path).startswith((ZIP_MAGIC, OLE_MAGIC)):
        return False
    with _text(path, _encoding(path)) as file:
        return file.read(CHUNK_BYTES).lstrip()[:1] in {"{", "["}


def _first_bytes(path: Path) -> bytes:
    if not path.is_file():
        raise UnreadableFile(f"There is no file “{path.name}”.")
    with path.open("rb") as file:
        start = file.read(8)
    if not start:
        raise UnreadableFile(f"“{path.name}” is empty.")
    return start


def _table_of(path: Path, sheets: list[tuple[Lines, int | None]], kind: TableKind) -> Table:
    code_book: dict[str, str] = {}
    for lines, _ in sheets:
        code_book |= _codes_defined(lines)
    for lines, total in sheets:
        header_at = _header_at(lines, kind.marks, kind.fold)
        if header_at is not None:
            columns = _columns(next(islice(lines(), header_at - 1, None)), kind.fold)
            below = None if total is None else total - header_at
            return Table(columns, code_book, below, header_at, lines)
    raise UnreadableFile(
        f"“{path.name}” is not {kind.name}: no header with {' and '.join(sorted(kind.marks))}"
        f" in its first {HEADER_ROWS_SEARCHED} rows."
    )


def _header_at(lines: Lines, wanted: Set[str], fold: Callable[[str], str] = folded) -> int | None:
    for number, cells in enumerate(islice(lines(), HEADER_ROWS_SEARCHED), start=1):
        if wanted <= {fold(cell) for cell in cells}:
            return number
    return None


def _columns(header: list[str], fold: Callable[[str], str] = folded) -> dict[str, int]:
    """Unnamed and repeated columns are named by their place, so that no cell is lost."""
    columns: dict[str, int] = {}
    for at, cell in enumerate(header):
        name = fold(cell)
        columns[name if name and name not in columns else f"column_{at + 1}"] = at
    return columns


def _codes_defined(lines: Lines) -> dict[str, str]:
    header_at = _header_at(lines, {"category_code", "service_code"})
    if header_at is None:
        return {}
    header, *definitions = islice(lines(), header_at - 1, None)
    columns = _columns(header)
    rows = [SourceRow(columns, cells) for cells in definitions]
    pairs = ((row.get("service_code", "").strip(), row.get("category_code", "").strip()) for row in rows)
    return {code.upper(): category.upper() for code, category in pairs if code and category}


def _sheets(path: Path) -> list[CalamineSheet]:
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                _check_size(path, sum(member.file_size for member in archive.infolist()))
        with path.open("rb") as file:
            workbook = CalamineWorkbook.from_filelike(file)
        return [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]
    except (CalamineError, zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise UnreadableFile(
            f"“{path.name}” is not a workbook that can be read: it is damaged, locked or of another kind."
        ) from error


def _last_row(sheet: CalamineSheet) -> int:
    return sheet.end[0] + 1 if sheet.end else 0


def _sheet_lines(sheet: CalamineSheet) -> Iterator[list[str]]:
    for cells in sheet.iter_rows():
        yield [cell if isinstance(cell, str) else _cell_text(cell) for cell in cells]


def _cell_text(cell: object) -> str:
    """Excel keeps ZIP codes and ticks as numbers."""
    if isinstance(cell, bool):
        return "1" if cell else ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _csv_lines(path: Path, kind: TableKind) -> Lines:
    encoding = _encoding(path)
    with _text(path, encoding) as file:
        start = list(islice(file, HEADER_ROWS_SEARCHED))
    return partial(_read_csv, path, encoding, _delimiter(start, kind))


def _delimiter(start: list[str], kind: TableKind) -> str:
    """The one by which the header falls into its columns."""
    for delimiter in ",;\t":
        with suppress(csv.Error):
            lines = csv.reader(start, delimiter=delimiter)
            if any(kind.marks <= {kind.fold(cell) for cell in cells} for cells in lines):
                return delimiter
    return ","


def _read_csv(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    with _text(path, encoding) as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)  # else an open quote swallows rows
        try:
            yield from reader
        except csv.Error as error:
            raise UnreadableFile(
                f"“{path.name}” is not a CSV file from line {reader.line_num} on: {error}."
            ) from error


def _encoding(path: Path) -> str:
    """Reads the whole file once: what follows may trust its size, its packing and its encoding."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding, size = "utf-8-sig", 0
    for chunk in chain(_chunks(path), [b""]):
        if size == 0 and chunk.startswith(UTF16_MARKS):
            encoding = "utf-16"
        elif size == 0:
            _check_is_data(path, chunk)
        size += len(chunk)
        _check_size(path, size)
        if encoding == "utf-8-sig":
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError:
                encoding = "cp1252"
    return encoding


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with _unpacked(path) as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFile(f"“{path.name}” cannot be unpacked: the file is damaged or cut off.") from error


def _check_is_data(path: Path, chunk: bytes) -> None:
    if chunk.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        raise UnreadableFile(f"“{path.name}” is a web page, not data: the download may have failed.")
    if b"\0" in chunk:
        raise UnreadableFile(f"“{path.name}” is neither a workbook nor text.")


def _check_size(path: Path, size: int) -> None:
    if size > MAX_BYTES:
        raise UnreadableFile(f"“{path.name}” unpacks to more than {MAX_BYTES // 1024**2} MB.")


def _unpacked(path: Path) -> IO[bytes]:
    is_packed = _first_bytes(path).startswith(GZIP_MAGIC)
    return cast(IO[bytes], gzip.open(path)) if is_packed else path.open("rb")


def _text(path: Path, encoding: str) -> io.TextIOWrapper:
    # Only what is known to be whole is read strictly: Windows-1252 has five bytes of no meaning.
    errors = "strict" if encoding == "utf-8-sig" else "replace"
    return io.TextIOWrapper(_unpacked(path), encoding=encoding, errors=errors, newline="")
