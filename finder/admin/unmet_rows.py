"""The counts of unmet needs as they may be shown: nothing below ten, and nothing it could be reckoned from.

The rule in words: docs/explanation/unmet-need.md.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from finder.models.unmet import MonthlyCount
from finder.upkeep.small_numbers import Figure, figure_of


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


def rows_of(cells: Iterable[MonthlyCount], span: Span, extent: Extent) -> list[Row]:
    """The cells are those of whole spans: a part of one would tell the rest."""
    sums: dict[tuple[str, str, str, str, str], list[int]] = defaultdict(list)
    for cell in cells:
        county = cell.county if extent == Extent.COUNTY else ""
        key = (span.name_of(cell.month), cell.state_province, county, cell.category, cell.need)
        sums[key].append(cell.times)
    return [Row(*key, figure=figure_of(sums[key])) for key in sorted(sums)]


def in_order(rows: Iterable[Row], column: str, *, is_descending: bool) -> list[Row]:
    """Those that are equal stay in the order of `rows_of`."""
    return sorted(rows, key=lambda row: getattr(row, column), reverse=is_descending)


def total_of(rows: Iterable[Row]) -> int:
    """Of what is shown: a hidden row adds nothing to it."""
    return sum(row.figure.shown for row in rows)
