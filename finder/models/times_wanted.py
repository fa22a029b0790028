"""The times a search asks for, as expressions over the index: who has them, and how soon."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, DateTimeField, F, Func, Q, SmallIntegerField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from finder.enums import Fit
from finder.models.instants_field import InstantsField, Overlapping, Span, spans

ANY_ZONE = ""


@dataclass(frozen=True, slots=True)
class TimesWanted:
    """`column` is `occurrences` (on at some moment of the windows) or `starts` (can be begun in them)."""

    column: str
    windows: Mapping[str, tuple[Span, ...]]
    """By the time zone of the listing; under `ANY_ZONE` alone where every clock has the same."""
    until: datetime
    """Where the last window ends: beyond what the index knows of a row, nothing is denied."""

    def window_of(self, zone: str) -> tuple[Span, ...]:
        return self.windows.get(zone) or self.windows.get(ANY_ZONE, ())

    @property
    def as_expression(self) -> Combinable:
        if ANY_ZONE in self.windows:
            return literal(self.windows[ANY_ZONE])
        zones: dict[tuple[Span, ...], list[str]] = defaultdict(list)
        for zone, window in self.windows.items():
            zones[window].append(zone)
        return Case(
            *(When(timezone__in=sorted(alike), then=literal(window)) for window, alike in zones.items()),
            output_field=InstantsField(),
        )


def literal(window: tuple[Span, ...]) -> Combinable:
    return Cast(Value(spans(window), output_field=InstantsField()), InstantsField())


def fit_in_time(wanted: TimesWanted) -> Case:
    """Yes if it has such a time; maybe where nobody said when, or said it only up to an earlier day."""
    has_one: Any = Overlapping(F(wanted.column), wanted.as_expression)
    return Case(
        When(has_one, then=Value(int(Fit.YES))),
        When(Q(occurrences__isnull=True) | Q(times_until__lt=wanted.until), then=Value(int(Fit.MAYBE))),
        default=Value(int(Fit.NO)),
        output_field=SmallIntegerField(),
    )


class Soonest(Func):
    """The first moment that lies in both; null where none does."""

    template = "lower(%(expressions)s)"
    arg_joiner = " * "
    arity = 2
    output_field = DateTimeField()


def soonest(wanted: TimesWanted) -> Combinable:
    return Soonest(F(wanted.column), wanted.as_expression)
