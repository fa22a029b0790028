from datetime import date

import pytest

from finder.enums import StatementMethod
from finder.views.ages import ago, how_checked, how_missing

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("then", "words"),
    [
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 22), "today"),
        (date(2026, 11, 21), "yesterday"),
        (date(2026, 11, 19), "3 days ago"),
        (date(2026, 11, 9), "13 days ago"),
        (date(2026, 11, 8), "2 weeks ago"),
        (date(2026, 10, 18), "5 weeks ago"),
        (date(2026, 9, 20), "2 months ago"),
        (date(2025, 11, 22), "12 months ago"),
        (date(2024, 11, 22), "2 years ago"),
    ],
)
def test_an_age_is_said_as_people_say_it(then: date, words: str) -> None:
    assert ago(then, TODAY) == words


@pytest.mark.parametrize(
    ("method", "sentence"),
    [
        (StatementMethod.PHONE, "Confirmed by phone 3 days ago."),
        (StatementMethod.SITE_VISIT, "Confirmed by a visit 3 days ago."),
        (StatementMethod.PROVIDER, "Confirmed by the program itself 3 days ago."),
        (StatementMethod.IMPORT, "From a published directory of 2026. Nobody has checked since."),
    ],
)
def test_says_who_checked(method: StatementMethod, sentence: str) -> None:
    assert how_checked(date(2026, 11, 19), method, TODAY) == sentence


def test_says_that_nobody_checked() -> None:
    assert how_checked(None, "", TODAY) == "Nobody has checked this yet."


def test_warns_of_what_its_directory_dropped() -> None:
    assert "it may have closed" in how_missing(date(2026, 1, 1))
    assert how_missing(None) == ""
