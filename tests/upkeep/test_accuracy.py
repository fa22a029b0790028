import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.enums import CareCategory
from finder.upkeep.accuracy import Found, kind_of, share_of, share_of_all, wilson

RIGHT = Found(True, name_is_right=True, phone_is_right=True, address_is_right=True, service_is_right=True)


def test_all_right_is_exact_and_functional() -> None:
    assert RIGHT.is_exact
    assert RIGHT.is_functional


@pytest.mark.parametrize("wrong", ["name_is_right", "address_is_right"])
def test_a_wrong_name_or_street_still_gets_people_there(wrong: str) -> None:
    found = Found(**{"was_reached": True, "phone_is_right": True, "service_is_right": True, wrong: False})
    assert not found.is_exact
    assert found.is_functional


@pytest.mark.parametrize("wrong", ["phone_is_right", "service_is_right"])
def test_a_wrong_number_or_another_service_does_not(wrong: str) -> None:
    found = Found(**{"was_reached": True, "phone_is_right": True, "service_is_right": True, wrong: False})
    assert not found.is_exact
    assert not found.is_functional


def test_what_the_page_does_not_say_is_not_held_against_it() -> None:
    online = Found(True, name_is_right=True, phone_is_right=True, service_is_right=True)
    assert online.is_exact


def test_nobody_reached_is_wrong_both_ways() -> None:
    found = Found(False, phone_is_right=True)
    assert not found.is_exact
    assert not found.is_functional


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    # Newcombe 1998, table I, method 3: Wilson's score interval without correction
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_the_published_one(right: int, total: int, low: float, high: float) -> None:
    found = share_of(right, total)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(1, 500).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_the_share_lies_within_its_interval(sample: tuple[int, int]) -> None:
    found = share_of(*sample)
    assert 0 <= found.low <= found.share <= found.high <= 1


def test_there_is_no_share_of_nothing() -> None:
    with pytest.raises(ValueError, match="nothing"):
        share_of(0, 0)


def test_each_kind_counts_as_it_is_listed() -> None:
    strata = {"detox": [True] * 10, "treatment": [False] * 10}
    found = share_of_all(strata, {"detox": 100, "treatment": 300, "group": 0})
    assert found is not None
    assert found.share == 0.25


def test_one_kind_alone_is_as_sure_as_it_is_by_itself() -> None:
    found = share_of_all({"detox": [True] * 8 + [False] * 2}, {"detox": 50})
    assert found is not None
    assert (found.low, found.high) == pytest.approx(wilson(0.8, 10))


def test_without_a_sample_of_one_kind_nothing_is_said_of_all() -> None:
    assert share_of_all({"detox": [True]}, {"detox": 10, "treatment": 10}) is None
    assert share_of_all({}, {}) is None


def test_the_interval_of_all_holds_the_truth_about_as_often_as_it_says() -> None:
    dice, listed = random.Random(5), {"detox": 600, "treatment": 3000, "group": 2000}
    truth = {"detox": 0.9, "treatment": 0.55, "group": 0.7}
    whole = sum(listed[kind] * truth[kind] for kind in listed) / sum(listed.values())
    held = 0
    for _ in range(400):
        strata = {kind: [dice.random() < truth[kind] for _ in range(50)] for kind in listed}
        found = share_of_all(strata, listed)
        assert found is not None
        held += found.low <= whole <= found.high
    assert 0.92 <= held / 400 <= 0.98


def test_a_listing_of_several_kinds_is_drawn_as_the_rarest() -> None:
    assert kind_of(["support_group", "behavioral_health"]) == CareCategory.BEHAVIORAL_HEALTH
    assert kind_of(CareCategory.values) == CareCategory.WITHDRAWAL_MANAGEMENT
