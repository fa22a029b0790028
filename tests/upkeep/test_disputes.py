"""When people who called put a part of a listing in doubt."""

from datetime import UTC, datetime, timedelta

import pytest

from finder.enums import Outcome, VerifiedPart, Voice
from finder.upkeep.disputes import DOUBTED_BY, Finding, disputed_parts, doubts_of, has_lapsed

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
CONTACT, HOURS, SERVICES, AVAILABILITY = VerifiedPart


def found(outcome: Outcome, by: str = "one", *, voice: Voice = Voice.PUBLIC, days_ago: int = 0) -> Finding:
    return Finding(outcome, voice, by if voice == Voice.PUBLIC else "", NOW - timedelta(days=days_ago))


def test_one_reader_disputes_nothing() -> None:
    assert disputed_parts([found(Outcome.WRONG_NUMBER)], now=NOW) == []


@pytest.mark.parametrize(("outcome", "part"), DOUBTED_BY.items())
def test_two_readers_dispute_the_part_that_it_is_about(outcome: Outcome, part: VerifiedPart) -> None:
    assert disputed_parts([found(outcome, "one"), found(outcome, "another")], now=NOW) == [part]


def test_two_readers_may_doubt_the_same_part_for_different_reasons() -> None:
    findings = [found(Outcome.WRONG_NUMBER, "one"), found(Outcome.CLOSED, "another")]
    assert disputed_parts(findings, now=NOW) == [CONTACT]


def test_the_same_reader_counts_once_whatever_they_say() -> None:
    findings = [found(Outcome.WRONG_NUMBER), found(Outcome.CLOSED), found(Outcome.WRONG_NUMBER)]
    assert disputed_parts(findings, now=NOW) == []


def test_two_readers_who_doubt_different_parts_dispute_none() -> None:
    findings = [found(Outcome.WRONG_NUMBER, "one"), found(Outcome.NO_BED, "another")]
    assert disputed_parts(findings, now=NOW) == []


@pytest.mark.parametrize("voice", [Voice.CASE_WORKER, Voice.EDITOR])
def test_the_word_of_one_of_us_is_enough(voice: Voice) -> None:
    assert disputed_parts([found(Outcome.WRONG_PLACE_OR_TIME, voice=voice)], now=NOW) == [HOURS]


@pytest.mark.parametrize("outcome", [Outcome.ANSWERED, Outcome.NO_ANSWER, Outcome.MET])
def test_what_doubts_nothing_disputes_nothing(outcome: Outcome) -> None:
    findings = [found(outcome, "one"), found(outcome, "another"), found(outcome, voice=Voice.CASE_WORKER)]
    assert disputed_parts(findings, now=NOW) == []


@pytest.mark.parametrize(("days_ago", "parts"), [(14, [AVAILABILITY]), (15, [])])
def test_no_room_is_forgotten_after_two_weeks(days_ago: int, parts: list[VerifiedPart]) -> None:
    findings = [found(Outcome.NO_BED, "one", days_ago=days_ago), found(Outcome.NOT_TAKING, "another")]
    findings[1] = findings[1]._replace(at=findings[0].at)
    assert disputed_parts(findings, now=NOW) == parts


def test_a_wrong_number_stays_wrong() -> None:
    findings = [found(Outcome.WRONG_NUMBER, by, days_ago=400) for by in ("one", "another")]
    assert disputed_parts(findings, now=NOW) == [CONTACT]


def test_it_lapses_at_the_end_of_a_day_and_not_in_the_middle() -> None:
    """One look each night is then enough to know."""
    told = datetime(2026, 11, 1, 9, tzinfo=UTC)
    assert not has_lapsed(AVAILABILITY, told, datetime(2026, 11, 15, 23, 59, tzinfo=UTC))
    assert has_lapsed(AVAILABILITY, told, datetime(2026, 11, 16, 0, 0, tzinfo=UTC))


def test_each_part_knows_what_doubts_it() -> None:
    assert doubts_of([AVAILABILITY]) == [Outcome.NOT_TAKING, Outcome.NO_BED]
    assert set(doubts_of(list(VerifiedPart))) == set(DOUBTED_BY)
    assert doubts_of([]) == []
