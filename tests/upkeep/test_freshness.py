"""How fresh each part is: the last check of it, else the newest edition; and what is in doubt."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.enums import CapacityCode, CapacityUnit, Outcome, StatementMethod, VerifiedPart, Voice
from finder.upkeep.disputes import Finding, disputed_parts
from finder.upkeep.freshness import (
    SAID_ON_PAGES,
    Check,
    Doubt,
    Edition,
    Freshness,
    doubts,
    freshness,
    parts_of,
)
from finder.upkeep.kept_freshness import doubts_in, kept, parts_in, rooms_in, without_expired
from finder.upkeep.rooms import Room

CONTACT, HOURS, SERVICES, AVAILABILITY = VerifiedPart
IMPORT, PHONE, SITE_VISIT, PROVIDER = StatementMethod
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = NOW.date()
SURVEY = Edition(date(2022, 1, 1), "samhsa-su")


def check(
    *parts: VerifiedPart, days_ago: int = 3, method: StatementMethod = PHONE, voice: str = "EDITOR"
) -> Check:
    return Check(parts, TODAY - timedelta(days=days_ago), method, voice)


def by_part(*checks: Check, edition: Edition | None = SURVEY) -> dict[VerifiedPart, tuple[date, str, str]]:
    found = freshness(checks, edition, SAID_ON_PAGES)
    return {each.part: (each.on, each.method, each.voice or each.source) for each in found}


def test_what_nobody_checked_is_as_old_as_the_directory() -> None:
    assert by_part() == dict.fromkeys(SAID_ON_PAGES, (SURVEY.on, IMPORT, "samhsa-su"))


def test_a_check_makes_fresh_what_was_checked_and_nothing_else() -> None:
    found = by_part(check(CONTACT))
    assert found[CONTACT] == (date(2026, 11, 17), PHONE, "EDITOR")
    assert found[SERVICES] == (SURVEY.on, IMPORT, "samhsa-su")


def test_a_check_counts_even_where_an_edition_is_newer() -> None:
    newer = Edition(TODAY, "samhsa-su")
    assert by_part(check(CONTACT, days_ago=400), edition=newer)[CONTACT][1] == PHONE


def test_the_last_check_of_a_part_counts_in_whatever_order_they_are_read() -> None:
    old, new = check(CONTACT, days_ago=90, voice="PROVIDER"), check(CONTACT, days_ago=2)
    assert by_part(old, new)[CONTACT] == by_part(new, old)[CONTACT] == (date(2026, 11, 18), PHONE, "EDITOR")


def test_of_one_day_the_check_that_says_in_what_role_comes_last() -> None:
    assert (
        by_part(check(SERVICES, voice=""), check(SERVICES, voice="CASE_WORKER"))[SERVICES][2] == "CASE_WORKER"
    )


def test_what_nobody_ever_stated_is_left_out() -> None:
    assert by_part(check(HOURS), edition=None).keys() == {HOURS}


def test_hours_are_a_part_of_what_has_hours() -> None:
    assert parts_of(has_schedules=True) == (CONTACT, HOURS, SERVICES)
    assert parts_of(has_schedules=False) == (CONTACT, SERVICES)


def test_a_readers_word_and_room_for_today_move_neither_rank_nor_due_date() -> None:
    assert not check(CONTACT, voice="PUBLIC").counts
    assert not check(AVAILABILITY).counts
    assert check(CONTACT, AVAILABILITY, voice="PROVIDER").counts


@pytest.mark.parametrize(("part", "days"), [(CONTACT, 365), (HOURS, 365), (SERVICES, 730)])
def test_each_part_grows_old_in_its_own_time(part: VerifiedPart, days: int) -> None:
    assert not Freshness(part, TODAY - timedelta(days=days), PHONE).is_old(TODAY)
    assert Freshness(part, TODAY - timedelta(days=days + 1), PHONE).is_old(TODAY)


# What is in doubt


def finding(outcome: Outcome, reporter: str = "one", *, hours_ago: int = 1) -> Finding:
    voice = Voice.PUBLIC if reporter else Voice.CASE_WORKER
    return Finding(outcome, voice, reporter, NOW - timedelta(hours=hours_ago))


def in_doubt(*findings: Finding) -> list[Doubt]:
    return doubts(findings, disputed_parts(findings, now=NOW), now=NOW)


def test_one_reader_disputes_nothing() -> None:
    assert in_doubt(finding(Outcome.WRONG_NUMBER), finding(Outcome.WRONG_NUMBER)) == []


def test_two_readers_are_counted() -> None:
    found = in_doubt(finding(Outcome.WRONG_NUMBER), finding(Outcome.WRONG_NUMBER, "another"))
    assert found == [Doubt(CONTACT, (Outcome.WRONG_NUMBER,), 2)]


def test_one_of_us_is_enough_and_counts_as_one() -> None:
    found = in_doubt(finding(Outcome.CLOSED, ""), finding(Outcome.CLOSED, "", hours_ago=9))
    assert found == [Doubt(CONTACT, (Outcome.CLOSED,), 1)]


def test_different_findings_of_one_part_are_all_kept() -> None:
    (found,) = in_doubt(finding(Outcome.CLOSED, "another"), finding(Outcome.WRONG_NUMBER))
    assert set(found.outcomes) == {Outcome.WRONG_NUMBER, Outcome.CLOSED}


def test_a_doubt_about_room_lapses_after_two_weeks() -> None:
    old = [finding(Outcome.NO_BED, each, hours_ago=15 * 24) for each in ("one", "another")]
    assert in_doubt(*old) == []
    assert in_doubt(*(each._replace(at=NOW) for each in old)) != []


def room(*, hours_ago: int, available: int | None = 2) -> Room:
    said_at = NOW - timedelta(hours=hours_ago)
    return Room(
        CapacityUnit.DETOX_BEDS,
        CapacityCode.YES,
        available,
        said_at,
        said_at + timedelta(hours=24),
        Voice.PROVIDER,
    )


# As the index keeps it

checks = st.builds(
    Check,
    parts=st.lists(st.sampled_from(SAID_ON_PAGES), min_size=1, unique=True),
    on=st.dates(),
    method=st.sampled_from([PHONE, SITE_VISIT, PROVIDER]),
    voice=st.sampled_from(["", *Voice.values]),
)


@given(
    st.lists(checks, max_size=3),
    st.none() | st.just(SURVEY),
    st.booleans(),
    st.lists(
        st.builds(
            Doubt,
            part=st.sampled_from(VerifiedPart),
            outcomes=st.lists(st.sampled_from(Outcome), min_size=1, unique=True).map(tuple),
            people=st.integers(1, 9),
        ),
        unique_by=lambda each: each.part,
    ),
    st.lists(
        st.builds(room, hours_ago=st.integers(0, 50), available=st.none() | st.integers(1, 9)), max_size=2
    ),
)
def test_what_is_kept_is_read_again(
    found: list[Check], edition: Edition | None, has_hours: bool, in_doubt: list[Doubt], rooms: list[Room]
) -> None:
    parts = freshness(found, edition, parts_of(has_schedules=has_hours))
    written = json.loads(json.dumps(kept(parts, in_doubt, rooms)))
    assert parts_in(written) == parts
    assert doubts_in(written) == in_doubt
    assert rooms_in(written) == rooms
    held = [each for each in rooms if each.expires_at > NOW]
    assert without_expired(written, NOW) == kept(parts, in_doubt, held)


def test_nothing_is_kept_of_nothing() -> None:
    assert kept([], [], []) == {}
