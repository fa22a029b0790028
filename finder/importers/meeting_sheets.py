"""Rows of a feed: JSON in any wrapper, or a sheet whose columns go by many names."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from finder.facilities.facility import UnreadableFile
from finder.importers.tables import TableKind, read_table, read_text

NumberedRow = tuple[int, Mapping[str, object] | None]
"""None stands for what is no row at all."""

_NOT_IN_A_KEY = re.compile(r"[^a-z0-9]+")


def read_json(path: Path) -> Any:
    """The whole of a JSON file; a mistake in it is said with its line."""
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            f"“{path.name}” is not whole JSON: line {error.lineno}, letter {error.colno}: {error.msg}."
        ) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"“{path.name}” is not JSON that can be read.") from error


def list_within(answer: Any, *keys: str) -> list[Any] | None:
    """The list itself, or the one which an answer wraps under one of these keys."""
    if isinstance(answer, dict):
        answer = next((answer[key] for key in keys if isinstance(answer.get(key), list)), None)
    return answer if isinstance(answer, list) else None


def json_rows(items: list[Any], aliases: Mapping[str, str]) -> Iterator[NumberedRow]:
    """Objects under plain keys, counted from 1. Airtable keeps the row itself under `fields`.

    Takes them out of `items`: a whole country's feed need not stand in memory twice.
    """
    items.reverse()
    for number in range(1, len(items) + 1):
        item = items.pop()
        inner = item.get("fields") if isinstance(item, dict) else None
        row = inner if isinstance(inner, dict) else item
        yield number, _renamed(row, aliases) if isinstance(row, dict) else None


def sheet_rows(path: Path, marks: frozenset[str], aliases: Mapping[str, str]) -> Iterator[NumberedRow]:
    """Rows under plain keys, with the numbers that people see. `marks` tells the header from a title."""
    kind = TableKind("a list of meetings", marks, partial(_key, aliases=aliases))
    yield from read_table(path, kind).rows()


def _renamed(row: Mapping[Any, object], aliases: Mapping[str, str]) -> dict[str, object]:
    """A key's own name counts before its aliases; what is empty is left out."""
    filled = {_plain(str(key)): value for key, value in row.items() if value not in (None, "")}
    others = {aliases[key]: value for key, value in filled.items() if key in aliases}
    return others | filled


def _key(cell: str, aliases: Mapping[str, str]) -> str:
    plain = _plain(cell)
    return aliases.get(plain, plain)


@cache
def _plain(text: str) -> str:
    return _NOT_IN_A_KEY.sub("_", text.strip().lower()).strip("_")
