"""Rows as they are, and as they were: read from the history, however long, in one statement for a table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import DateTimeField, IntegerField, Model, Q, Value
from django.db.models.query import QuerySet

Values = Mapping[str, Any]


class Version(NamedTuple):
    at: datetime
    """Until when the row said so."""
    values: Values


@dataclass(frozen=True, slots=True)
class Life:
    now: Values | None
    """None where the row was removed."""
    before: tuple[Version, ...]
    """What it said before each change since the moment asked about, the oldest first."""

    @property
    def then(self) -> Values | None:
        """An addition leaves no event: a row without any is taken to have been there."""
        return self.before[0].values if self.before else self.now

    def last(self, differs: Callable[[Values], bool]) -> datetime | None:
        """When it last ceased to say so."""
        return max((version.at for version in self.before if differs(version.values)), default=None)


NOTHING = Life(None, ())


def lives_of(
    model: type[Model], keys: Iterable[Any], columns: Sequence[str], *, since: datetime
) -> dict[Any, Life]:
    wanted = list(keys)
    live = model._default_manager.filter(pk__in=wanted)
    return read(model, live, Q(pgh_obj__in=wanted), columns, since=since)


def lives_of_owned(
    model: type[Model], owners: Mapping[str, Iterable[Any]], columns: Sequence[str], *, since: datetime
) -> list[Life]:
    """Rows that belong to these owners, or belonged to them: a row may pass from one to another."""
    condition = Q()
    for owner, keys in owners.items():
        condition |= Q(**{f"{owner}__in": list(keys)})
    live = model._default_manager.filter(condition)
    moved = Q(pgh_obj__in=live.order_by().values("pk"))
    return list(read(model, live, condition | moved, [*owners, *columns], since=since).values())


def read(
    model: type[Model], live: "QuerySet[Any]", events: Q, columns: Sequence[str], *, since: datetime
) -> dict[Any, Life]:
    history = model.pgh_event_model._default_manager.filter(events, pgh_created_at__gt=since)  # type: ignore[attr-defined]
    nothing = Value(None, DateTimeField())
    rows = live.order_by().values_list(Value(0, IntegerField()), nothing, "pk", *columns)
    was = history.order_by().values_list("pgh_id", "pgh_created_at", "pgh_obj", *columns)
    now: dict[Any, Values] = {}
    before: dict[Any, list[Version]] = {}
    for event, at, key, *said in sorted(rows.union(was, all=True), key=lambda row: row[0]):
        values = dict(zip(columns, said, strict=True))
        if event:
            before.setdefault(key, []).append(Version(at, values))
        else:
            now[key] = values
    return {key: Life(now.get(key), tuple(before.get(key, ()))) for key in {*now, *before}}
