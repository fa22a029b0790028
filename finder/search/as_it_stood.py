"""The same question, asked of rows that are given instead of the index.

The rows take the index's name inside of the statement, so that place, words and needs are understood by the
one rule of `finder.search.statement`.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.db.models.query import QuerySet

from finder.enums import Fit
from finder.geography.position import position_literal
from finder.models import ListingIndex
from finder.models.index import SEARCH_CONFIG
from finder.models.listing_queries import ListingIndexQuerySet
from finder.search.facet_bits import FacetBits
from finder.search.question import SearchQuestion, Sort
from finder.search.statement import base, fits_of, needs_of
from finder.search.vocabulary import current_vocabulary

COLUMNS = {
    "listing_id": "uuid",
    "categories": "varchar[]",
    "name": "varchar",
    "state_province": "varchar",
    "county": "varchar",
    "position": "cube",
    "is_online": "boolean",
    "yes": "int[]",
    "no": "int[]",
    "facets": "bigint",
    "checked_on": "date",
    "missing_since": "date",
    "is_closed": "boolean",
    "is_disputed": "boolean",
    "words": "text",
}
VECTORS = ", ".join(
    f"to_tsvector('{SEARCH_CONFIG}', coalesce({column}, '')) AS {column}_vector"
    for column in ("name", "words")
)


def lasting(question: SearchQuestion) -> SearchQuestion:
    """Without what changes by the hour: whether it has room, and whether its times suit."""
    return replace(
        question, when=None, start_from=None, start_until=None, zone="", has_room=False, sort=Sort.BEST
    )


def found_now(ids: Collection[UUID], question: SearchQuestion, *, now: datetime) -> dict[UUID, Fit]:
    """Which of these the search finds."""
    rows = with_fit(found(question, now=now).of_published().filter(pk__in=ids))
    return {pk: Fit(fit) for pk, fit in rows}


def found_among(rows: Iterable[ListingIndex], question: SearchQuestion, *, now: datetime) -> dict[UUID, Fit]:
    """Which of these the search would find if they were the index."""
    given = json.dumps([written(row) for row in rows])
    inner, parameters = with_fit(found(question, now=now)).query.sql_with_params()
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    table = connection.ops.quote_name(ListingIndex._meta.db_table)
    stood = f"SELECT *, {VECTORS} FROM jsonb_to_recordset(%s::jsonb) AS given ({columns})"
    statement = f"WITH {table} AS ({stood}) {inner}"
    with connection.cursor() as cursor:
        cursor.execute(statement, [given, *parameters])
        return {pk: Fit(fit) for pk, fit in cursor.fetchall()}


def found(question: SearchQuestion, *, now: datetime) -> ListingIndexQuerySet:
    vocabulary = current_vocabulary()
    fits = fits_of(needs_of(question, vocabulary), None, FacetBits(vocabulary.terms.values()))
    return base(lasting(question), fits, vocabulary, now=now).filter(Q(fit__gt=Fit.NO))


def with_fit(listings: ListingIndexQuerySet) -> "QuerySet[Any, Any]":
    return listings.order_by().values_list("pk", "fit")  # type: ignore[misc]


def written(row: ListingIndex) -> Mapping[str, Any]:
    values = {name: getattr(row, name) for name in COLUMNS}
    position = position_literal(row.position) if row.position else None
    days = {name: day.isoformat() for name in ("checked_on", "missing_since") if (day := values[name])}
    return {**values, "listing_id": str(row.listing_id), "position": position, **days}
