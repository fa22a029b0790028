"""History is kept by triggers, so that bulk updates and hand-written SQL leave a trail too."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

import pghistory
from django.contrib.postgres.indexes import BrinIndex
from django.db import connection
from django.db.models import Model, QuerySet
from pghistory.runtime import Context, _tracker

ModelType = TypeVar("ModelType", bound=type[Model])


def tracked() -> Callable[[ModelType], ModelType]:
    """Record what a row was before each update or delete; inserts are known from `ImportRun`.

    Events stand in the order of time: an index of ranges finds what happened lately, and stays small.
    """
    return pghistory.track(  # type: ignore[no-any-return]
        pghistory.UpdateEvent(row=pghistory.Old),
        pghistory.DeleteEvent(),
        meta={"indexes": [BrinIndex(fields=["pgh_created_at"], autosummarize=True)]},
    )


def events_of(model: type[Model]) -> "QuerySet[Any]":
    """What rows of a tracked model were before each change, the oldest change first."""
    return model.pgh_event_model._default_manager.order_by("pk")  # type: ignore[attr-defined, no-any-return]


@contextmanager
def one_change(**said: Any) -> Iterator[None]:
    """What is written inside is one change, told by `said` beside what is told around it.

    `pghistory.context` keeps one text for the whole of a request: of two decisions in it, both would then
    be told as the second.
    """
    around = getattr(_tracker, "value", None)
    if around is None:
        with pghistory.context(**said):
            yield
        end_of_change()
        return
    _tracker.value = Context(id=uuid.uuid4(), metadata={**around.metadata, **said})
    try:
        yield
    finally:
        _tracker.value = around


def end_of_change() -> None:
    """What the same transaction writes afterwards is told by nobody: PostgreSQL would keep the last words."""
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pghistory.context_id', '', true)")


def settled_until(now: datetime) -> datetime:
    """Up to when the history is whole: events bear the time at which their transaction began, and one that is
    still writing, as an import may for a minute, is not seen yet.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(xact_start) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_xid IS NOT NULL"
        )
        (began,) = cursor.fetchone()
    return min(now, began) if began else now
