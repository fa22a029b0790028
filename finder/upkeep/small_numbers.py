"""Counts of unmet need as they may be shown: nothing below ten, and nothing it could be reckoned from.

The rule in words: docs/explanation/unmet-need.md.
"""

from collections.abc import Collection
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _

LEAST_SHOWN = 10


class Figure(NamedTuple):
    """`shown` is all that may leave: 0 where the number is hidden."""

    shown: int
    is_exact: bool

    def __str__(self) -> str:
        if not self.shown:
            return _("fewer than %(least)d") % {"least": LEAST_SHOWN}
        number = number_format(self.shown, use_l10n=True, force_grouping=True)
        return number if self.is_exact else _("%(number)s or more") % {"number": number}


def figure_of(cells: Collection[int]) -> Figure:
    """Cells below ten count in whole tens of what they make together: so nothing that is shown, in whatever
    view, can be taken from something else that is shown to leave one of them.
    """
    open_cells = sum(cell for cell in cells if cell >= LEAST_SHOWN)
    hidden = sum(cell for cell in cells if cell < LEAST_SHOWN)
    return Figure(open_cells + hidden - hidden % LEAST_SHOWN, is_exact=not hidden)
