"""Random times in random zones are found by random questions as a minute-by-minute reading finds them."""

import random
from datetime import UTC, datetime

import pytest
import time_machine

from finder.actions.indexing import index_listings
from finder.enums import Fit
from finder.models import ServiceAtLocation
from finder.search.question import PAGE_SIZE
from tests.made_up_times import make_listings, random_question
from tests.search.asking import ask, names

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

LISTINGS, QUESTIONS = 50, 30
WEEKS = {
    "an ordinary week": datetime(2026, 11, 18, 17, 3, 41, tzinfo=UTC),
    "the week before the clocks go back": datetime(2026, 10, 29, 13, 30, tzinfo=UTC),
    "the night on which they go back": datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
    "the week before they go forward": datetime(2027, 3, 9, 1, 59, 59, tzinfo=UTC),
    "the week in which Europe's go forward": datetime(2027, 3, 23, 22, 0, tzinfo=UTC),
    "the week in which Lord Howe's change by half an hour": datetime(2027, 3, 31, 15, 20, tzinfo=UTC),
}


def found(query: str, fit: Fit, now: datetime) -> set[str]:
    first = ask(f"{query}&sort=name", now=now)
    pages = -(-(first.count + first.count_maybe) // PAGE_SIZE)
    answers = [first, *(ask(f"{query}&sort=name&page={page}", now=now) for page in range(2, pages + 1))]
    return {name for each in answers for name in names(each, fit)}


@pytest.mark.parametrize("week", WEEKS)
def test_random_questions_find_what_every_minute_says(week: str) -> None:
    dice, now = random.Random(week), WEEKS[week]
    listings = make_listings(dice, LISTINGS, now)
    with time_machine.travel(now, tick=False):
        index_listings(ServiceAtLocation.objects.values_list("pk", flat=True))
    unsaid = {name for name, times in listings.items() if times is None}
    hits = 0
    for _ in range(QUESTIONS):
        asked = random_question(dice, now)
        expected = {
            name for name, times in listings.items() if any(asked.allows(each, now) for each in times or ())
        }
        assert found(asked.query, Fit.YES, now) == expected, asked
        assert found(asked.query, Fit.MAYBE, now) == unsaid, asked
        hits += len(expected)
    assert hits > QUESTIONS
