"""Whether there is room: an answer holds for a while, and then it is not known again."""

from datetime import UTC, datetime, timedelta

import pytest

from finder.enums import CapacityCode, CapacityUnit, CareCategory, Voice
from finder.upkeep.rooms import Room, expires_at, has_room_until, holding, units_of

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DETOX_BEDS, RESIDENTIAL, OUTPATIENT = CapacityUnit


def room(
    unit: CapacityUnit = DETOX_BEDS, code: CapacityCode = CapacityCode.YES, *, hours_ago: int = 1
) -> Room:
    said_at = NOW - timedelta(hours=hours_ago)
    return Room(unit, code, None, said_at, expires_at(unit, said_at), Voice.PROVIDER)


@pytest.mark.parametrize(("unit", "hours"), [(DETOX_BEDS, 24), (RESIDENTIAL, 24), (OUTPATIENT, 7 * 24)])
def test_beds_hold_for_a_day_and_an_outpatient_program_for_a_week(unit: CapacityUnit, hours: int) -> None:
    assert holding([room(unit, hours_ago=hours - 1)], NOW)
    assert not holding([room(unit, hours_ago=hours)], NOW)


def test_it_is_known_to_have_room_until_the_last_answer_of_yes_expires() -> None:
    rooms = [room(DETOX_BEDS), room(OUTPATIENT, hours_ago=24)]
    assert has_room_until(rooms, NOW) == NOW + timedelta(days=6)


@pytest.mark.parametrize("code", [CapacityCode.NO, CapacityCode.WAITLIST])
def test_a_waiting_list_is_no_room(code: CapacityCode) -> None:
    assert has_room_until([room(code=code)], NOW) is None


def test_an_old_yes_is_not_known() -> None:
    assert has_room_until([room(hours_ago=24)], NOW) is None


@pytest.mark.parametrize(
    ("categories", "units"),
    [
        ([CareCategory.SUPPORT_GROUP], []),
        ([CareCategory.WITHDRAWAL_MANAGEMENT], [DETOX_BEDS, OUTPATIENT]),
        ([CareCategory.BEHAVIORAL_HEALTH], [RESIDENTIAL, OUTPATIENT]),
        (list(CareCategory), [DETOX_BEDS, RESIDENTIAL, OUTPATIENT]),
    ],
)
def test_each_kind_of_help_is_asked_of_its_own_room(
    categories: list[CareCategory], units: list[CapacityUnit]
) -> None:
    assert units_of(categories) == units
