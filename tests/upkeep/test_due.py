"""When a listing is due: the day follows from what it is, from what was checked, and from nothing else."""

from collections import Counter
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.enums import CareCategory, VerifiedPart
from finder.upkeep.due import SPREAD_OVER_DAYS, due_date

CONTACT, HOURS, SERVICES = VerifiedPart.CONTACT, VerifiedPart.HOURS, VerifiedPart.SERVICES
DETOX = [CareCategory.WITHDRAWAL_MANAGEMENT]
TREATMENT = [CareCategory.BEHAVIORAL_HEALTH]
GROUP = [CareCategory.SUPPORT_GROUP]
LISTING = UUID("8eafad30-4f1f-5c02-bd06-74a2eeb6fd4d")
TODAY = date(2026, 11, 20)
ALL_TODAY = {CONTACT: TODAY, HOURS: TODAY, SERVICES: TODAY}


def due(
    categories: list[CareCategory],
    verified: dict[VerifiedPart, date],
    *,
    cadence: int | None = None,
    listing: UUID = LISTING,
) -> date | None:
    return due_date(
        listing=listing, categories=categories, cadence_days=cadence, verified=verified, listed_on=TODAY
    )


def days(categories: list[CareCategory], verified: dict[VerifiedPart, date], **more: int) -> int:
    found = due(categories, verified, **more)
    assert found is not None
    return (found - TODAY).days


def test_a_support_group_is_not_phoned() -> None:
    assert due(GROUP, {}) is None
    assert due(GROUP, ALL_TODAY) is None


def test_a_place_that_also_holds_groups_is_phoned() -> None:
    assert due([*GROUP, *TREATMENT], {}) is not None


@pytest.mark.parametrize(("categories", "after"), [(TREATMENT, 180), (DETOX, 90), (DETOX + TREATMENT, 90)])
def test_the_phone_is_checked_twice_a_year_and_that_of_a_detox_four_times(
    categories: list[CareCategory], after: int
) -> None:
    assert days(categories, ALL_TODAY) == after


def test_the_part_that_is_due_first_decides() -> None:
    long_ago = TODAY - timedelta(days=300)
    assert days(TREATMENT, {CONTACT: TODAY, HOURS: TODAY, SERVICES: long_ago}) == 365 - 300


def test_a_part_that_nobody_checked_counts_from_the_oldest_check_of_the_others() -> None:
    verified = {CONTACT: TODAY, SERVICES: TODAY - timedelta(days=200)}
    assert days(TREATMENT, verified) == 365 - 200


def test_a_program_may_ask_to_be_asked_more_often_and_not_more_seldom() -> None:
    assert days(TREATMENT, ALL_TODAY, cadence=30) == 30
    assert days(TREATMENT, ALL_TODAY, cadence=366) == 180


@given(st.uuids(), st.sampled_from([DETOX, TREATMENT]), st.sampled_from([None, 7, 30, 366]))
def test_what_nobody_checked_is_due_within_half_a_year(
    listing: UUID, categories: list[CareCategory], cadence: int | None
) -> None:
    found = due(categories, {}, cadence=cadence, listing=listing)
    assert found is not None
    assert TODAY < found <= TODAY + timedelta(days=min(cadence or SPREAD_OVER_DAYS, SPREAD_OVER_DAYS))


def test_a_detox_that_nobody_checked_is_due_within_a_quarter() -> None:
    found = [due(DETOX, {}, listing=uuid4()) for _ in range(500)]
    assert max(each for each in found if each) <= TODAY + timedelta(days=90)


def test_a_directory_that_comes_in_one_day_is_spread_over_the_days() -> None:
    per_day = Counter(due(TREATMENT, {}, listing=uuid4()) for _ in range(12_000))
    assert len(per_day) == SPREAD_OVER_DAYS
    assert max(per_day.values()) < 3 * 12_000 / SPREAD_OVER_DAYS
