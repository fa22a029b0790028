"""Whether anything changed since someone last asked."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Model


def row_versions(models: Iterable[type[Model]]) -> str:
    """Another text after any row of these tables was added, changed or removed.

    Each version of a row carries the number of the transaction that wrote it (PostgreSQL's `xmin`).
    """
    parts = ", ".join(
        f"(SELECT count(*) || '.' || coalesce(sum(xmin::text::bigint), 0) FROM {table})"
        for table in (connection.ops.quote_name(model._meta.db_table) for model in models)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT concat_ws('-', {parts})")
        return str(cursor.fetchone()[0])
