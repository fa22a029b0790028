"""Whether there is room, as a reader is told: who said it, how long ago, and never past its time."""

from datetime import UTC, datetime, timedelta

import pytest

from finder.enums import CapacityCode, CapacityUnit, VerifiedPart, Voice
from finder.models import ListingIndex
from finder.upkeep.kept_freshness import kept
from finder.upkeep.rooms import Room, expires_at
from finder.views.rooms import room_words

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)
DETOX_BEDS, RESIDENTIAL, OUTPATIENT = CapacityUnit
YES, WAITLIST, NO = CapacityCode


def told(
    unit: CapacityUnit = DETOX_BEDS,
    code: CapacityCode = YES,
    available: int | None = None,
    *,
    voice: Voice = Voice.PROVIDER,
    ago: timedelta = timedelta(hours=3),
    disputed: tuple[VerifiedPart, ...] = (),
) -> tuple[str, ...]:
    said_at = NOW - ago
    room = Room(unit, code, available, said_at, expires_at(unit, said_at), voice)
    index = ListingIndex(freshness=kept([], [], [room]), disputed=[part.value for part in disputed])
    return room_words(index, now=NOW)


@pytest.mark.parametrize(
    ("unit", "code", "available", "words"),
    [
        (DETOX_BEDS, YES, 2, "2 detox beds free"),
        (DETOX_BEDS, YES, 1, "1 detox bed free"),
        (DETOX_BEDS, YES, None, "Detox beds free"),
        (DETOX_BEDS, WAITLIST, None, "Waiting list for detox beds"),
        (DETOX_BEDS, NO, 0, "No detox bed free"),
        (RESIDENTIAL, YES, 1, "1 residential bed free"),
        (RESIDENTIAL, YES, None, "Residential beds free"),
        (RESIDENTIAL, WAITLIST, 0, "Waiting list for residential beds"),
        (RESIDENTIAL, NO, None, "No residential bed free"),
        (OUTPATIENT, YES, 4, "Room for 4 new outpatients"),
        (OUTPATIENT, YES, None, "Room for new outpatients"),
        (OUTPATIENT, WAITLIST, None, "Waiting list for new outpatients"),
        (OUTPATIENT, NO, None, "No room for new outpatients"),
    ],
)
def test_what_there_is_room_for_is_said(
    unit: CapacityUnit, code: CapacityCode, available: int | None, words: str
) -> None:
    assert told(unit, code, available) == (f"{words}, said by the program 3 hours ago; call to be sure.",)


@pytest.mark.parametrize(
    ("voice", "words"),
    [
        (Voice.PROVIDER, "said by the program 3 hours ago"),
        (Voice.CASE_WORKER, "told to a case worker 3 hours ago"),
        (Voice.EDITOR, "told to our editors 3 hours ago"),
        (Voice.PUBLIC, "told to someone who called 3 hours ago"),
    ],
)
def test_who_said_it_is_said(voice: Voice, words: str) -> None:
    assert told(voice=voice) == (f"Detox beds free, {words}; call to be sure.",)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(minutes=59), "in the last hour"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(hours=24), "yesterday"),
        (timedelta(days=3), "3 days ago"),
    ],
)
def test_how_long_ago_is_said(ago: timedelta, words: str) -> None:
    assert words in told(OUTPATIENT, ago=ago)[0]


def test_nothing_is_said_past_its_time() -> None:
    assert told(ago=timedelta(hours=24)) == ()
    assert told(OUTPATIENT, ago=timedelta(days=7)) == ()


def test_nothing_is_said_while_people_dispute_it() -> None:
    assert told(disputed=(VerifiedPart.AVAILABILITY,)) == ()
    assert told(disputed=(VerifiedPart.CONTACT,)) != ()
