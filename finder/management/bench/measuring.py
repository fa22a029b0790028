"""Server time of pages through the whole stack, with the same SQL alone beside it."""

import gzip
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import CommandError
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

WARM_UP_ROUNDS = 2


@dataclass(slots=True)
class Measured:
    """Times in milliseconds."""

    name: str
    url: str
    queries: int = 0
    bytes_raw: int = 0
    bytes_gzip: int = 0
    page_times: list[float] = field(default_factory=list)
    sql_times: list[float] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return median(self.page_times)

    @property
    def p95(self) -> float:
        return quantiles(self.page_times, n=20, method="inclusive")[-1]

    @property
    def sql_p50(self) -> float:
        return median(self.sql_times)

    @property
    def times_its_sql(self) -> float:
        return self.p50 / self.sql_p50

    def as_json(self) -> dict[str, Any]:
        figures = {name: round(getattr(self, name), 2) for name in ("p50", "p95", "sql_p50", "times_its_sql")}
        sizes = {name: getattr(self, name) for name in ("queries", "bytes_raw", "bytes_gzip")}
        return {"name": self.name, **figures, **sizes}


class Site:
    """The site's own handler: every middleware, view and template, without a socket."""

    def __init__(self) -> None:
        self._handler = WSGIHandler()
        self._requests = RequestFactory(SERVER_NAME="127.0.0.1")

    def get(self, url: str) -> HttpResponseBase:
        response = self._handler.get_response(self._requests.get(url, secure=True))
        if response.status_code != 200:
            raise CommandError(f"{url} answered {response.status_code}.")
        return response


def measure(pages: Iterable[tuple[str, str]], *, rounds: int) -> list[Measured]:
    """Pages by name and address; interleaved, so that a busy moment of the machine falls on all alike."""
    site = Site()
    measured = [Measured(name, url) for name, url in pages]
    for _ in range(WARM_UP_ROUNDS):
        for each in measured:
            site.get(each.url)
    statements = [look_closely(each, site) for each in measured]
    for _ in range(rounds):
        for each, its_statements in zip(measured, statements, strict=True):
            each.page_times.append(milliseconds_of_page(each.url, site))
            each.sql_times.append(milliseconds_of_statements(its_statements))
    return measured


def look_closely(each: Measured, site: Site) -> list[str]:
    """Notes what one answer is made of, and returns its statements."""
    with CaptureQueriesContext(connection) as captured:
        response = site.get(each.url)
    content: bytes = getattr(response, "content", b"")
    each.queries = len(captured)
    each.bytes_raw, each.bytes_gzip = len(content), len(gzip.compress(content, 6))
    return [query["sql"] for query in captured.captured_queries]


def milliseconds_of_page(url: str, site: Site) -> float:
    started = time.perf_counter()
    site.get(url)
    return (time.perf_counter() - started) * 1000


def milliseconds_of_statements(statements: Sequence[str]) -> float:
    """By the bare driver, without Django, to the last row."""
    connection.ensure_connection()
    started = time.perf_counter()
    with connection.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            if cursor.description:  # counting what was not found returns nothing
                cursor.fetchall()
    return (time.perf_counter() - started) * 1000
