"""When a program is written to about one of its listings: once when it is due, and once more."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from finder.enums import AskKind

REMINDER_AFTER = timedelta(days=21)
LEAST_BETWEEN = timedelta(days=28)
"""From one letter about a listing to the next round of them: a month may have 28 days."""


class Sent(NamedTuple):
    """A letter to this program about this listing that the mail server took."""

    on: date
    is_answered: bool


def letter_wanted(
    *, due: date | None, cadence_days: int | None, sent: Sequence[Sent], today: date
) -> AskKind | None:
    """A listing stays due until someone checks it: two letters unanswered, we ask no more until it is
    checked and due again. A program that chose how often to be asked is asked no more often than that.
    """
    if due is None or due > today:
        return None
    since_due = [letter for letter in sent if letter.on >= due]
    if not since_due:
        quiet = timedelta(days=cadence_days) if cadence_days else LEAST_BETWEEN
        is_soon = any(today - letter.on < quiet for letter in sent)
        return None if is_soon else AskKind.FIRST
    first = min(since_due)
    is_waiting = len(since_due) == 1 and not first.is_answered
    return AskKind.REMINDER if is_waiting and today - first.on >= REMINDER_AFTER else None
