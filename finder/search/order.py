"""In which order listings answer, as SQL over the columns that `finder.search.statement.base` gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from finder.enums import Fit
from finder.geography.position import EARTH_RADIUS_MILES
from finder.models.listing_queries import ListingIndexQuerySet
from finder.search.question import SearchQuestion, Sort

MILES = f"{2 * EARTH_RADIUS_MILES} * asin(least(chord / 2, 1))"

ORDERS = {
    Sort.BEST: f"{MILES} + staleness NULLS LAST, name",
    Sort.DISTANCE: "chord NULLS LAST, name",
    Sort.SOONEST: "soonest NULLS LAST, chord NULLS LAST, name",
    Sort.NAME: "name",
    Sort.CHECKED: "checked_on DESC NULLS LAST, chord NULLS LAST, name",
}

ORDERED_BY = {Sort.SOONEST: "soonest", Sort.CHECKED: "checked_on"}
"""What an order needs and no other question does."""


@dataclass(frozen=True, slots=True)
class PageRow:
    listing: UUID
    fit: int
    chord: float | None


def page_of(question: SearchQuestion, rows: str = "base") -> str:
    """The page as a JSON array of `PageRow`s."""
    return f"""
        SELECT json_agg(json_build_array(listing_id, fit, chord)) FROM (
            SELECT listing_id, fit, chord FROM {rows} WHERE fit > {Fit.NO:d}
            ORDER BY fit DESC, {ORDERS[question.sort]}, listing_id
            LIMIT {question.page_size:d} OFFSET {(question.page - 1) * question.page_size:d}) AS page"""


def read_page(found: list[list[str]] | None) -> tuple[PageRow, ...]:
    return tuple(PageRow(UUID(listing), int(fit), chord) for listing, fit, chord in found or ())  # type: ignore[arg-type]


def whole_page(question: SearchQuestion, listings: ListingIndexQuerySet) -> tuple[PageRow, ...]:
    """Of all that there are, ranked."""
    columns = columns_of(question)
    inner, parameters = listings.values_list(*columns).query.sql_with_params()
    statement = f"WITH base ({', '.join(columns)}) AS NOT MATERIALIZED ({inner}) SELECT ({page_of(question)})"
    (page,) = fetched(statement, parameters)
    return read_page(page)


def columns_of(question: SearchQuestion) -> list[str]:
    """What the order of the page asks for."""
    columns = ["listing_id", "name", "chord", "staleness", "fit"]
    return [*columns, ORDERED_BY[question.sort]] if question.sort in ORDERED_BY else columns


def fetched(statement: str, parameters: Sequence[Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row: tuple[Any, ...] = cursor.fetchone()
        return row
