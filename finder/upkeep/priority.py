"""How pressing it is to check a listing: four factors, each kept with what it follows from.

In words: docs/explanation/keeping-listings-true.md, "Priority". What is reported as unsafe comes before all
of this, by the order of the queue and not by a number.
"""

import math
from datetime import date
from typing import Any, NamedTuple

Why = dict[str, dict[str, Any]]
"""By factor: `times`, and the facts that it follows from, to be said in whatever language."""

MOST_ASKED, ASKED_FOR_ONE = 200, 100
MOST_CALLS, CALLS_FOR_ONE = 10, 10
MONTHS_A_YEAR, MOST_YEARS = 12, 5
TIMES_BY_OTHERS = {0: 3.0, 1: 2.0, 2: 1.5}
ENOUGH_OTHERS = 3
"""From so many on, nobody depends on this one."""
MILES_AROUND = 25


class Demand(NamedTuple):
    """`asked`: how often searches of its county found nothing of its category, in whole tens, 0 where that
    is hidden. `since` is the first month counted, as 2026-08; `calls`, what callers told us in 90 days."""

    asked: int = 0
    category: str = ""
    county: str = ""
    since: str = ""
    calls: int = 0


class Options(NamedTuple):
    """How many `others` of its category are near, counted up to `ENOUGH_OTHERS`; of its rarest category."""

    category: str
    others: int


class Conflicts(NamedTuple):
    doubters: int = 0
    unsafe: int = 0
    problems: int = 0
    changes: int = 0
    duplicates: int = 0
    is_disputed: bool = False
    is_missing: bool = False
    is_unplaced: bool = False


def why_of(
    *, demand: Demand, checked_on: date | None, options: Options | None, conflicts: Conflicts, today: date
) -> Why:
    """Without `options` nobody knows where it is."""
    months = None if checked_on is None else months_between(checked_on, today)
    return {
        "demand": {"times": times_by_demand(demand), **demand._asdict()},
        "staleness": {"times": times_by_age(months), "months": months},
        "options": {"times": times_by_options(options), **(options._asdict() if options else {})},
        "conflicts": {"times": times_by_conflicts(conflicts), **conflicts._asdict()},
    }


def priority_of(why: Why) -> float:
    times: list[float] = [factor["times"] for factor in why.values()]
    return round(math.prod(times), 2)


def times_by_demand(demand: Demand) -> float:
    asked = min(demand.asked, MOST_ASKED) / ASKED_FOR_ONE
    return round(1 + asked + min(demand.calls, MOST_CALLS) / CALLS_FOR_ONE, 2)


def times_by_age(months: int | None) -> float:
    """What nobody ever checked counts as the oldest."""
    years = MOST_YEARS if months is None else min(months / MONTHS_A_YEAR, MOST_YEARS)
    return round(1 + years, 2)


def times_by_options(options: Options | None) -> float:
    return 1.0 if options is None else TIMES_BY_OTHERS.get(options.others, 1.0)


def times_by_conflicts(conflicts: Conflicts) -> float:
    """Two people who found it wrong weigh less than that the listing is disputed for it."""
    return (
        1
        + 5 * conflicts.is_disputed
        + min(conflicts.doubters, 4)
        + 2 * min(conflicts.problems + conflicts.unsafe, 3)
        + min(conflicts.changes, 4) / 2
        + conflicts.is_missing
        + (conflicts.duplicates > 0) / 2
        + conflicts.is_unplaced / 2
    )


def months_between(then: date, today: date) -> int:
    """Whole ones; what is checked in the future was checked today."""
    months = (today.year - then.year) * MONTHS_A_YEAR + today.month - then.month
    return max(months - (today.day < then.day), 0)
