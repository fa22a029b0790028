"""Spans of time of one row, in one column: PostgreSQL's `tstzmultirange`."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.types.multirange import TimestamptzMultirange
from psycopg.types.range import TimestamptzRange

if TYPE_CHECKING:
    _Field = models.Field[TimestamptzMultirange | None, TimestamptzMultirange | None]
    _Lookup = models.Lookup[Any]
else:
    _Field = models.Field
    _Lookup = models.Lookup


def spans(pairs: Iterable[tuple[datetime | None, datetime | None]]) -> TimestamptzMultirange:
    """Of starts and ends; None is without bound. PostgreSQL joins those that touch."""
    return TimestamptzMultirange(TimestamptzRange(start, end) for start, end in pairs)


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
