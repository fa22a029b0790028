"""One page of a long answer from the few rows it can stand in, where an index brings these in order.

Ranking all listings around Manhattan, or in the country, reads each of them. The best stand near the start
of an index: by distance around a place, by how lately they were checked without one. A page read so is taken
only where it is provably the same as if all had been ranked; else there is none, and all are ranked.
"""

from datetime import date, timedelta

from django.db import connection

from finder.geography.position import Position
from finder.models.listing_queries import DAYS_A_YEAR, YEARS_COUNTED, ListingIndexQuerySet
from finder.search.kept_counts import Counts
from finder.search.order import MILES, PageRow, whole_page
from finder.search.question import SearchQuestion, Sort

LONGEST_WALK = 5_000
"""Rows of an index read in order; beyond, ranking all in one go is as fast."""
COLUMNS = ("listing_id", "fit", "chord")
RANKED_BY = ("chord", "staleness")
SPARE = 5
"""Doubt weighs miles: the best of so many pages bound how far away the others can lie."""
INCHES = 0.001
"""In miles: more than rounding may take from a distance."""


def quick_page(
    question: SearchQuestion, listings: ListingIndexQuerySet, counts: Counts, *, today: date
) -> tuple[PageRow, ...] | None:
    """`listings` as `finder.search.statement.base` has them; None where only ranking all can tell."""
    last = question.page * question.page_size
    if question.words or last > counts.yes or is_long(last, counts):
        return None
    fitting = listings.fitting()
    place = question.reading.place if question.reading else None
    if place is None or place.position is None:
        return lately_checked(question, fitting, last, today=today) if question.sort == Sort.BEST else None
    if question.sort in {Sort.BEST, Sort.DISTANCE}:
        return nearest(question, fitting, place.position, last)
    return None


def is_long(last: int, counts: Counts) -> bool:
    """Where little of what is looked through fits, many rows are read for one that counts."""
    return last * SPARE * (counts.yes + counts.maybe) > LONGEST_WALK * counts.yes


def lately_checked(
    question: SearchQuestion, fitting: ListingIndexQuerySet, last: int, *, today: date
) -> tuple[PageRow, ...] | None:
    """Without a place only doubt ranks, and what nothing but its age speaks against comes before all else."""
    oldest = today - timedelta(days=int(YEARS_COUNTED * DAYS_A_YEAR))
    newest_first = fitting.undoubted_since(oldest).values_list(*COLUMNS)
    page = tuple(PageRow(*row) for row in newest_first[last - question.page_size : last])
    return page if len(page) == question.page_size else None


def nearest(
    question: SearchQuestion, fitting: ListingIndexQuerySet, center: Position, last: int
) -> tuple[PageRow, ...] | None:
    """Doubt only adds miles: whoever is further away than the rank of the page's last ranks behind it."""
    furthest = rank_of_last(question, fitting, last)
    if furthest is None:
        return None
    return whole_page(question, fitting.within(center, furthest + INCHES))


def rank_of_last(question: SearchQuestion, fitting: ListingIndexQuerySet, last: int) -> float | None:
    """In miles; of those that lie nearest, so that among all there are it is this or less."""
    walk = fitting.nearest_first()[: last * SPARE].values_list(*RANKED_BY)
    inner, parameters = walk.query.sql_with_params()
    rank = f"{MILES} + staleness" if question.sort == Sort.BEST else MILES
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {rank} FROM ({inner}) AS walk (chord, staleness) ORDER BY 1 OFFSET {last - 1:d} LIMIT 1",
            parameters,
        )
        found = cursor.fetchone()
    return found[0] if found else None
