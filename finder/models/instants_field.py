"""Spans of time of one row, in one column: PostgreSQL's `tstzmultirange`."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.types.multirange import TimestamptzMultirange
from psycopg.types.range import Range, TimestamptzRange

if TYPE_CHECKING:
    _Field = models.Field[TimestamptzMultirange | None, TimestamptzMultirange | None]
    _Lookup = models.Lookup[Any]
else:
    _Field = models.Field
    _Lookup = models.Lookup


Span = tuple[datetime | None, datetime | None]
"""Start and end, the end not in it; None is without bound."""


def spans(pairs: Iterable[Span]) -> TimestamptzMultirange:
    """Of starts and ends; None is without bound. PostgreSQL joins those that touch."""
    return TimestamptzMultirange(TimestamptzRange(start, end) for start, end in pairs)


def pairs(instants: Iterable[Range[datetime]]) -> list[Span]:
    return [(span.lower, span.upper) for span in instants if not span.isempty]


def joined(found: Iterable[tuple[datetime, datetime]]) -> list[Span]:
    """In order, those that overlap or touch as one: as PostgreSQL keeps them."""
    kept: list[tuple[datetime, datetime]] = []
    for start, end in sorted(found):
        if kept and start <= kept[-1][1]:
            kept[-1] = kept[-1][0], max(end, kept[-1][1])
        else:
            kept.append((start, end))
    return list(kept)


def clipped(span: Span, bounds: Span) -> Span | None:
    """What of the span lies within the bounds; None where that is nothing."""
    start = max((start for start in (span[0], bounds[0]) if start), default=None)
    end = min((end for end in (span[1], bounds[1]) if end), default=None)
    return (start, end) if start is None or end is None or start < end else None


class InstantsField(_Field):
    """Half-open spans `[start, end)`; null is "nobody said when", which is not "never"."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "tstzmultirange"

    def get_prep_value(self, value: Any) -> Any:
        return value


@InstantsField.register_lookup
class Overlapping(_Lookup):
    lookup_name = "overlapping"

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        left, left_parameters = self.process_lhs(compiler, connection)
        right, right_parameters = self.process_rhs(compiler, connection)
        return f"{left} && {right}", (*left_parameters, *right_parameters)
