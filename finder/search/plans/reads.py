"""Many short reads of the index in one statement: each of its own costs more of Django's time than of
PostgreSQL's."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from finder.models.nearest_queries import NearestQuerySet
from finder.search.order import PageRow, fetched, read_page

Rows = list[list[Any]]
"""Values of columns, with the key as text."""


def read_each(
    asked: Sequence[Sequence[NearestQuerySet]], columns: Sequence[str] = ("pk", "fit", "chord")
) -> list[Rows]:
    """Of each the rows of its first alternative that has any; COALESCE runs no further one."""
    if not any(asked):
        return [[] for _ in asked]
    names = ", ".join(columns)
    selected, parameters = [], []
    for alternatives in asked:
        found = [each.values_list(*columns).query.sql_with_params() for each in alternatives]
        rows = (
            f"(SELECT json_agg(json_build_array({names})) FROM ({sql}) AS found ({names}))"
            for sql, _ in found
        )
        selected.append(f"coalesce({', '.join([*rows, 'NULL'])})")
        parameters += [value for _, values in found for value in values]
    return [rows or [] for rows in fetched(f"SELECT {', '.join(selected)}", parameters)]


def first_rows(asked: Sequence[Iterator[NearestQuerySet]]) -> list[tuple[PageRow, ...]]:
    """As `read_each`: one statement for what is likeliest, and one for the rest where that has no rows."""
    found = read_each([list(islice(alternatives, 1)) for alternatives in asked])
    others = [[] if rows else list(alternatives) for rows, alternatives in zip(found, asked, strict=True)]
    return [read_page(rows or more) for rows, more in zip(found, read_each(others), strict=True)]
