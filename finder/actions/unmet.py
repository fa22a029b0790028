"""How often searches and plans found nothing: a number per day, county, kind of help and need, no more.

Written so that nobody can be found in it: no words, no ZIP code, no time of day, no other answer of theirs.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import Error, connection, transaction

from finder.models import UnmetNeed
from finder.plans.starts import Start
from finder.search.answer import SearchAnswer
from finder.search.plans.answer import Plan
from finder.search.question import SearchQuestion
from finder.search.vocabulary import Vocabulary

ADD_ONE = """
    INSERT INTO finder_unmetneed (date, state_province, county, category, need, count)
    SELECT %s, state_province, county, category, need, 1
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[])
        AS gap (state_province, county, category, need)
    ON CONFLICT (date, state_province, county, category, need)
    DO UPDATE SET count = finder_unmetneed.count + 1"""

logger = logging.getLogger(__name__)


class GapCounted(NamedTuple):
    """`category` is empty for any kind of help, `need` where nothing more was asked."""

    state_province: str
    county: str
    category: str
    need: str


def count_gaps(*, gaps: Iterable[GapCounted], day: date) -> None:
    """One statement. The answer is made by now: whatever goes wrong here, the reader gets it."""
    # In one order, or two readers with the same two gaps could wait for each other.
    counted = sorted(set(gaps))
    if not counted or not settings.COUNT_UNMET_NEEDS:
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ADD_ONE, [day, *map(list, zip(*counted, strict=True))])
    except Error as fault:
        # The database's message would quote the question.
        logger.warning("A gap could not be counted: %s", type(fault).__name__)


def gaps_of_search(found: SearchAnswer) -> list[GapCounted]:
    return [] if found.count + found.count_maybe else list(gaps_of_question(found.question))


def gaps_of(plan: Plan) -> list[GapCounted]:
    """Of the legs that stay empty, but for one that this person may not need."""
    return [
        gap
        for leg in plan.legs
        if leg.gap and leg.start != Start.MAY_NOT_NEED
        for gap in gaps_of_question(leg.search)
    ]


def gaps_of_question(question: SearchQuestion) -> Iterator[GapCounted]:
    """Each need of each kind of help that it concerns, or else the kind of help itself.

    Where there is nothing but words, what was missing is in the words, and those are not kept. Where room for
    today was asked for, what is missing is only that someone says whether there is any.
    """
    if question.has_room:
        return
    if question.words and not question.categories and not question.needs:
        return
    place = question.reading.place if question.reading else None
    state, county = (place.state, place.county) if place else ("", "")
    for category in question.categories or ("",):
        needs = [
            term.slug for term in question.needs if not category or Vocabulary.concerns(term, [category])
        ]
        for need in needs or [""]:
            yield GapCounted(state, county, category, need)


def purge_unmet_needs(*, older_than_days: int, today: date) -> int:
    """How many rows went."""
    removed, _by_model = UnmetNeed.objects.before(today - timedelta(days=older_than_days)).delete()
    return removed
