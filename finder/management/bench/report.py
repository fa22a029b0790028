"""What a bench found, as text for people and as JSON."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import geometric_mean
from typing import Any

from finder.management.bench.load import Load
from finder.management.bench.measuring import Measured
from finder.management.bench.searches import PLANS, SEARCHES

SEARCH_P50, LISTING_P50, PLAN_P50 = 25, 12, 35
MOST_QUERIES = 8
MOST_TIMES_ITS_SQL = 3
"""Where the SQL takes more than this share of the target for the page: see docs/decisions/0016."""
MOST_GROWTH = 1.3
LEAST_PER_SECOND = 60
LISTING_PAGES = "listing pages"

P95_TARGETS = {search.name: search.p95_target for search in SEARCHES}
P50_TARGETS = {LISTING_PAGES: LISTING_P50} | dict.fromkeys((page.name for page in PLANS), PLAN_P50)


@dataclass(frozen=True, slots=True)
class Growth:
    """One search in the tenth and in the whole, in milliseconds."""

    name: str
    tenth: float
    whole: float

    @property
    def ratio(self) -> float:
        return self.whole / self.tenth


@dataclass(frozen=True, slots=True)
class Report:
    listings: int
    listings_in_tenth: int
    pages: Sequence[Measured]
    growth: Sequence[Growth]
    load: Load | None

    def as_json(self) -> dict[str, Any]:
        return {
            "listings": self.listings,
            "listings_in_tenth": self.listings_in_tenth,
            "cores": os.cpu_count(),
            "pages": [page.as_json() | {"missed": missed(page)} for page in self.pages],
            "growth": [
                {"name": each.name, "tenth": round(each.tenth, 2), "ratio": round(each.ratio, 2)}
                for each in self.growth
            ],
            "searches_per_second": self.load and round(self.load.per_second, 1),
            "errors": self.load and self.load.errors,
        }

    def lines(self) -> Iterator[str]:
        yield f"{self.listings:,} listings, {os.cpu_count()} cores; times in ms, * is a target missed"
        yield f"{'':34}{'p50':>8}{'p95':>8}{'SQL':>8}{'x SQL':>7}{'queries':>9}{'bytes':>9}{'gzip':>8}"
        for page in self.pages:
            yield page_line(page)
        if self.growth:
            yield f"Against {self.listings_in_tenth:,} listings in a tenth of the ZIP areas:"
            for each in self.growth:
                yield f"{each.name:34}{each.tenth:8.1f}{each.whole:8.1f}{each.ratio:8.2f} times"
            ratio = together(self.growth)
            yield f"{'together':34}{ratio:24.2f} times{star(ratio > MOST_GROWTH)}"
        if self.load:
            slow = star(self.load.per_second < LEAST_PER_SECOND)
            yield f"Mixed load: {self.load.per_second:.1f} searches/s{slow}, {self.load.errors} errors"


def together(growth: Sequence[Growth]) -> float:
    return geometric_mean(each.ratio for each in growth)


def missed(page: Measured) -> list[str]:
    """The figures of a page beyond their targets."""
    p50, p95 = P50_TARGETS.get(page.name, SEARCH_P50), P95_TARGETS.get(page.name)
    return [
        name
        for name, figure, target in (
            ("p50", page.p50, p50),
            ("p95", page.p95, p95),
            ("times_its_sql", page.times_its_sql, MOST_TIMES_ITS_SQL if p95 and is_costly(page) else None),
            ("queries", page.queries, MOST_QUERIES if p95 else None),
        )
        if target is not None and figure > target
    ]


def is_costly(page: Measured) -> bool:
    return page.sql_p50 > SEARCH_P50 / MOST_TIMES_ITS_SQL


def page_line(page: Measured) -> str:
    over = missed(page)

    def marked(name: str, figure: str, width: int) -> str:
        return f"{figure + star(name in over):>{width}}"

    return (
        f"{page.name:34}{marked('p50', f'{page.p50:.1f}', 8)}{marked('p95', f'{page.p95:.1f}', 8)}"
        f"{page.sql_p50:8.1f}{marked('times_its_sql', f'{page.times_its_sql:.1f}', 7)}"
        f"{marked('queries', str(page.queries), 9)}{page.bytes_raw:9,}{page.bytes_gzip:8,}"
    )


def star(is_missed: bool) -> str:
    return "*" if is_missed else ""
