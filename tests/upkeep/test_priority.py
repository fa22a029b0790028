from datetime import date
from typing import Any

import pytest
from django.utils import translation

from finder.upkeep.priority import Conflicts, Demand, Options, Why, priority_of, why_of
from finder.upkeep.priority_words import sentences

TODAY = date(2026, 11, 28)
DETOX, GROUP = "withdrawal_management", "support_group"


def why(**known: Any) -> Why:
    """Of a listing that was checked today and of which there are many."""
    usual: dict[str, Any] = {
        "demand": Demand(),
        "checked_on": TODAY,
        "options": Options(DETOX, 3),
        "conflicts": Conflicts(),
    }
    return why_of(**usual | known, today=TODAY)


def said(**known: Any) -> list[str]:
    return [sentence.words for sentence in sentences(why(**known))]


def test_nothing_speaks_for_a_listing_that_was_just_checked() -> None:
    assert priority_of(why()) == 1
    assert said() == []


@pytest.mark.parametrize(
    ("checked_on", "times", "words"),
    [
        (date(2026, 11, 1), 1.0, []),
        (date(2026, 8, 28), 1.25, ["Checked 3 months ago"]),
        (date(2025, 11, 28), 2.0, ["Nobody checked for 1 year"]),
        (date(2022, 6, 1), 5.42, ["Nobody checked for 4 years"]),
        (date(2015, 1, 1), 6.0, ["Nobody checked for 11 years"]),
        (None, 6.0, ["Nobody ever checked it"]),
        (date(2027, 1, 1), 1.0, []),
    ],
)
def test_age(checked_on: date | None, times: float, words: list[str]) -> None:
    assert priority_of(why(checked_on=checked_on)) == times
    assert said(checked_on=checked_on) == words


@pytest.mark.parametrize(
    ("options", "times", "words"),
    [
        (Options(DETOX, 0), 3.0, ["Only detox within 25 miles"]),
        (Options(GROUP, 0), 3.0, ["Only support group within 25 miles"]),
        (Options(DETOX, 1), 2.0, ["One of 2 detox listings within 25 miles"]),
        (Options(DETOX, 2), 1.5, ["One of 3 detox listings within 25 miles"]),
        (Options(DETOX, 3), 1.0, []),
        (None, 1.0, []),
    ],
)
def test_what_else_is_near(options: Options | None, times: float, words: list[str]) -> None:
    assert priority_of(why(options=options)) == times
    assert said(options=options) == words


def test_demand() -> None:
    asked = Demand(asked=50, category=DETOX, county="Buncombe County", since="2026-08", calls=3)
    assert priority_of(why(demand=asked)) == 1.8
    assert said(demand=asked) == [
        "Often asked for here: detox (Buncombe County: 50 or more searches found none since August 2026); "
        "3 people told us of a call in 90 days"
    ]


def test_demand_has_an_end() -> None:
    endless = Demand(asked=9_990, category=DETOX, county="Buncombe County", since="2026-08", calls=500)
    assert priority_of(why(demand=endless)) == 4


@pytest.mark.parametrize(
    ("conflicts", "times", "words"),
    [
        (Conflicts(doubters=1), 2.0, "1 person found it wrong"),
        (
            Conflicts(doubters=2, is_disputed=True),
            8.0,
            "2 people found it wrong; Readers see it as disputed",
        ),
        (Conflicts(problems=1), 3.0, "1 report waits for an answer"),
        (Conflicts(unsafe=1), 3.0, "1 report that something unsafe is shown"),
        (Conflicts(changes=3), 2.5, "3 changes are proposed"),
        (Conflicts(is_missing=True), 2.0, "Its directory dropped it"),
        (Conflicts(duplicates=2), 1.5, "Another listing may be the same place"),
        (Conflicts(is_unplaced=True), 1.5, "It is not on the map"),
    ],
)
def test_what_speaks_against_it(conflicts: Conflicts, times: float, words: str) -> None:
    assert priority_of(why(conflicts=conflicts)) == times
    assert said(conflicts=conflicts) == [words]


def test_the_factors_multiply_and_the_strongest_is_said_first() -> None:
    known = {
        "checked_on": date(2022, 11, 28),
        "options": Options(DETOX, 0),
        "conflicts": Conflicts(doubters=1),
    }
    assert priority_of(why(**known)) == 5 * 3 * 2
    assert said(**known) == [
        "Nobody checked for 4 years",
        "Only detox within 25 miles",
        "1 person found it wrong",
    ]


def test_what_is_kept_holds_no_words_of_one_language() -> None:
    known = why(options=Options(DETOX, 0))
    with translation.override("es"):
        assert [sentence.times for sentence in sentences(known)] == [3.0]
    assert known["options"] == {"times": 3.0, "category": DETOX, "others": 0}
