"""Counts of searches that find many listings, kept for some minutes: they read every one of them.

Which listings are found, and in what order, is never kept.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db import connection
from django.utils.crypto import salted_hmac

from finder.models import ListingIndex
from finder.search.facet_bits import FacetBits
from finder.search.question import SearchQuestion
from finder.search.windows import this_minute

SECONDS_KEPT = 300
WORTH_KEEPING = 2_000
"""Listings; fewer are counted anew each time."""


@dataclass(frozen=True, slots=True)
class Counts:
    yes: int
    maybe: int
    facets: tuple[int, ...]
    """In the order of the facet terms; empty when the index was made by another vocabulary."""

    @property
    def are_worth_keeping(self) -> bool:
        return self.yes + self.maybe >= WORTH_KEEPING


class KeptCounts:
    """The counts of one question; of one that asks for a time, or for room now, within the minute."""

    def __init__(self, question: SearchQuestion, bits: FacetBits, *, now: datetime) -> None:
        self._key = counts_key(question, bits, now=now)

    def read(self) -> Counts | None:
        found: Counts | None = cache.get(self._key)
        return found

    def write(self, counts: Counts) -> None:
        if counts.are_worth_keeping:
            cache.set(self._key, counts, SECONDS_KEPT)


def counts_key(question: SearchQuestion, bits: FacetBits, *, now: datetime) -> str:
    """Another one when the index was written to; what was asked cannot be read from it."""
    place = question.reading.place if question.reading else None
    asked = (
        (place.kind.value, place.query, question.within) if place else None,
        sorted(question.categories),
        sorted(term.pk for term in question.needs),
        sorted(term.pk for term in question.excluded),
        question.is_hybrid,
        (question.when, question.zone, question.start_from, question.start_until)
        if question.asks_when
        else None,
        question.has_room,
        this_minute(now) if question.asks_when or question.has_room else None,
        question.words,
    )
    text = repr((asked, bits.mark, index_state()))
    return f"counts:{salted_hmac('finder.search.counts', text, algorithm='sha256').hexdigest()}"


def index_state() -> tuple[str, int, int]:
    """The database, the table and how many rows were ever written to it, by PostgreSQL's own statistics."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT current_database(), oid::bigint, pg_stat_get_tuples_inserted(oid)
                + pg_stat_get_tuples_updated(oid) + pg_stat_get_tuples_deleted(oid)
            FROM CAST(%s::regclass AS oid) AS oid""",
            [ListingIndex._meta.db_table],
        )
        found: tuple[str, int, int] = cursor.fetchone()
        return found
