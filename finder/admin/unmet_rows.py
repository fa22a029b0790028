"""The counts of unmet needs as they may be shown: nothing below ten, and nothing it could be reckoned from.

The rule in words: docs/explanation/unmet-need.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import NamedTuple, Self

from django.db.models import TextChoices
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.models.unmet import MonthlyCount

LEAST_SHOWN = 10


class Span(TextChoices):
    """Each holds whole ones of those before it."""

    MONTH = "month", gettext_lazy("Months")
    QUARTER = "quarter", gettext_lazy("Quarters")
    YEAR = "year", gettext_lazy("Years")

    def name_of(self, month: date) -> str:
        """Text that sorts: 2026-11, 2026-Q4, 2026."""
        quarter = (month.month + 2) // 3
        return {"month": f"{month:%Y-%m}", "quarter": f"{month.year}-Q{quarter}"}.get(self, f"{month.year}")

    @property
    def months(self) -> int:
        return {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}[self]

    def first_month(self, month: date) -> date:
        return date(month.year, month.month - (month.month - 1) % self.months, 1)

    def last_month(self, month: date) -> date:
        return date(month.year, self.first_month(month).month + self.months - 1, 1)


class Extent(TextChoices):
    COUNTY = "county", gettext_lazy("Counties")
    STATE = "state", gettext_lazy("States")


class Key(NamedTuple):
    """`month` is the first of the span; `county` is empty for a whole state."""

    month: date
    state: str
    county: str
    category: str
    need: str

    def within(self, level: "Level") -> Self:
        county = self.county if level.extent == Extent.COUNTY else ""
        return self._replace(month=level.span.first_month(self.month), county=county)


class Level(NamedTuple):
    span: Span
    extent: Extent

    @property
    def and_finer(self) -> list["Level"]:
        """Finest first, itself last."""
        spans, extents = list(Span), list(Extent)
        wider = spans[: spans.index(self.span) + 1], extents[: extents.index(self.extent) + 1]
        return [Level(*pair) for pair in product(*wider)]


class Figure(NamedTuple):
    """`shown` is all that may leave: 0 where the number is hidden."""

    whole: int
    shown: int

    @property
    def hidden(self) -> int:
        return self.whole - self.shown

    def __str__(self) -> str:
        if not self.shown:
            return _("fewer than %(least)d") % {"least": LEAST_SHOWN}
        number = number_format(self.shown, use_l10n=True, force_grouping=True)
        return _("%(number)s or more") % {"number": number} if self.hidden else number


Figures = Mapping[Key, Figure]


@dataclass(frozen=True, slots=True)
class Row:
    period: str
    state: str
    county: str
    category: str
    need: str
    figure: Figure

    @property
    def count(self) -> int:
        """To order by: the hidden ones are not told apart."""
        return self.figure.shown


COLUMNS = ("period", "state", "county", "category", "need", "count")


def rows_of(cells: Iterable[MonthlyCount], level: Level) -> list[Row]:
    """The cells are those of whole spans: a part of one would tell the rest."""
    figures = figures_of(cells, level)
    return [Row(level.span.name_of(key.month), *key[1:], figure=figures[key]) for key in sorted(figures)]


def figures_of(cells: Iterable[MonthlyCount], level: Level) -> Figures:
    counts = [(Key(*cell[:-1]), cell.times) for cell in cells]
    found: dict[Level, Figures] = {}
    for each in level.and_finer:
        found[each] = figures_at(each, counts, [found[finer] for finer in each.and_finer[:-1]])
    return found[level]


def figures_at(level: Level, cells: Iterable[tuple[Key, int]], finer: Sequence[Figures]) -> Figures:
    sums: dict[Key, int] = defaultdict(int)
    for key, times in cells:
        sums[key.within(level)] += times
    divided = [parts_of(figures, level) for figures in finer]
    return {key: figure(whole, [parts[key] for parts in divided]) for key, whole in sums.items()}


def parts_of(figures: Figures, level: Level) -> dict[Key, list[Figure]]:
    """What a finer level shows of each figure of this one."""
    parts: dict[Key, list[Figure]] = defaultdict(list)
    for key, part in figures.items():
        parts[key.within(level)].append(part)
    return parts


def figure(whole: int, divided: Sequence[Sequence[Figure]]) -> Figure:
    """In full only where no way to divide it leaves a hidden rest that is one part, or below ten."""
    if whole < LEAST_SHOWN:
        return Figure(whole, 0)
    if all(hides_enough([part.hidden for part in parts if part.hidden]) for parts in divided):
        return Figure(whole, whole)
    return Figure(whole, max(sum(part.shown for part in parts) for parts in divided))


def hides_enough(rest: Sequence[int]) -> bool:
    return not rest or (len(rest) > 1 and sum(rest) >= LEAST_SHOWN)


def in_order(rows: Iterable[Row], column: str, *, is_descending: bool) -> list[Row]:
    """Those that are equal stay in the order of `rows_of`."""
    return sorted(rows, key=lambda row: getattr(row, column), reverse=is_descending)


def total_of(rows: Iterable[Row]) -> int:
    """Of what is shown: a hidden row adds nothing to it."""
    return sum(row.figure.shown for row in rows)
