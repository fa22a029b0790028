import json
from argparse import ArgumentParser
from collections.abc import Sequence
from statistics import median
from typing import Any

from django.core.management import BaseCommand

from finder.management.bench import databases
from finder.management.bench.databases import drop, using_database
from finder.management.bench.filling import ensure_filled
from finder.management.bench.load import Load, put_under_load
from finder.management.bench.measuring import Measured, measure
from finder.management.bench.places import fixed_tenth
from finder.management.bench.report import LISTING_PAGES, Growth, Report
from finder.management.bench.searches import COMPARED_AT_A_TENTH, PLANS, SEARCHES, PlanPage, Search
from finder.management.static_files import collect_static_files
from finder.models import ServiceAtLocation

LISTING_PAGES_MEASURED = 20
TURNS = 3


class Command(BaseCommand):
    help = "Measure searches on a made-up national directory, in databases of its own beside the site's."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--listings", type=int, default=250_000)
        parser.add_argument("--rounds", type=int, default=30, help="how often each page is asked for")
        parser.add_argument("--seconds", type=float, default=12, help="of mixed load; 0 for none")
        parser.add_argument("--without-growth", action="store_true", help="leave out the tenth")
        parser.add_argument("--fill", action="store_true", help="fill the databases anew")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")
        parser.add_argument("--drop", action="store_true", help="only drop the bench's databases")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["drop"]:
            for ending in databases.ENDINGS:
                drop(databases.bench_name(ending))
            return
        collect_static_files()
        report = self._measured(**options)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), indent=1))
        else:
            for line in report.lines():
                self.stdout.write(line)

    def _measured(
        self, *, listings: int, rounds: int, seconds: float, without_growth: bool, fill: bool, **_: Any
    ) -> Report:
        whole, tenth = map(databases.bench_name, databases.ENDINGS)
        count = ensure_filled(whole, listings, areas=None, say=self.stderr.write, anew=fill)
        in_tenth, growth = 0, []
        with using_database(whole):
            pages = measure(addresses((*SEARCHES, *PLANS)), rounds=rounds)
            pages.append(measured_listing_pages(rounds))
            load = loaded(seconds)
        if not without_growth:
            areas = fixed_tenth(search.circle for search in COMPARED_AT_A_TENTH if search.circle)
            in_tenth = ensure_filled(tenth, listings, areas=areas, say=self.stderr.write, anew=fill)
            growth = compared(tenth, whole, rounds=rounds)
        return Report(count, in_tenth, pages, growth, load)


def addresses(searches: Sequence[Search | PlanPage]) -> list[tuple[str, str]]:
    return [(search.name, search.url) for search in searches]


def measured_listing_pages(rounds: int) -> Measured:
    """Those of a few listings, as one."""
    listings = ServiceAtLocation.objects.published().with_parts().order_by("pk")[:LISTING_PAGES_MEASURED]
    pages = measure(
        [(LISTING_PAGES, listing.get_absolute_url()) for listing in listings], rounds=max(2, rounds // 5)
    )
    return Measured(
        name=LISTING_PAGES,
        url="",
        queries=max(page.queries for page in pages),
        bytes_raw=max(page.bytes_raw for page in pages),
        bytes_gzip=max(page.bytes_gzip for page in pages),
        page_times=[time for page in pages for time in page.page_times],
        sql_times=[time for page in pages for time in page.sql_times],
    )


def loaded(seconds: float) -> Load | None:
    return put_under_load([search.url for search in SEARCHES], seconds=seconds) if seconds else None


def compared(tenth: str, whole: str, *, rounds: int) -> list[Growth]:
    """By turns, so that both databases see the same moods of the machine."""
    times: dict[str, dict[str, list[float]]] = {tenth: {}, whole: {}}
    for _ in range(TURNS):
        for name, found in times.items():
            with using_database(name):
                for page in measure(addresses(COMPARED_AT_A_TENTH), rounds=max(1, rounds // TURNS)):
                    found.setdefault(page.name, []).extend(page.page_times)
    return [Growth(name, median(times[tenth][name]), median(times[whole][name])) for name in times[whole]]
