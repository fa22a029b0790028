from typing import Any

import pytest

from finder.upkeep.likeness import Likeness, is_same_name


def likeness(**known: Any) -> Likeness:
    nothing: dict[str, Any] = {
        "names": 0.5,
        "is_same_name": False,
        "same_phone": False,
        "same_street": False,
        "same_time": False,
        "miles": None,
        "in_one_edition": False,
    }
    return Likeness(**nothing | known)


@pytest.mark.parametrize(
    "known",
    [
        {"same_phone": True, "same_street": True},
        {"same_phone": True, "names": 0.9},
        {"same_street": True, "names": 0.9},
        {"same_phone": True, "miles": 0.1},
        {"same_time": True, "miles": 0.1},
    ],
)
def test_two_things_in_common_are_worth_a_question(known: dict[str, Any]) -> None:
    assert likeness(**known).is_enough


@pytest.mark.parametrize(
    "known",
    [
        {"names": 1.0},
        {"names": 1.0, "miles": 0.1},
        {"same_phone": True},
        {"same_street": True, "names": 0.6},
        {"same_phone": True, "same_street": True, "names": 0.1},
        {"same_phone": True, "miles": 3.0},
    ],
)
def test_one_thing_is_not(known: dict[str, Any]) -> None:
    assert not likeness(**known).is_enough


def test_what_one_edition_tells_apart_is_two_places() -> None:
    together = {"same_phone": True, "same_street": True, "names": 0.95, "in_one_edition": True}
    assert not likeness(**together).is_enough
    assert likeness(**together, is_same_name=True).is_enough


def test_the_reason_names_what_is_in_common() -> None:
    found = likeness(same_phone=True, same_street=True, names=0.9)
    assert found.in_words() == "the same phone; the same street and ZIP code; names nearly the same"
    assert likeness(miles=0.1, same_time=True).in_words() == (
        "places close to each other; the same time of meeting; names rather alike"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ohio Addicition Recovery Center", "ohio addiction recovery center"),
        ("Pathways Counseling Services", "Pathways Counseling Services"),
        ("Riverside – Recovery", "Recovery Riverside"),
    ],
)
def test_a_slip_of_the_pen_is_the_same_name(one: str, other: str) -> None:
    assert is_same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Caron – Teen Phase I Services", "Caron – Teen Phase II Services"),
        ("Meridian – Womens Center", "Meridian – Mens Center"),
        ("Samuels House", "Samuels House 2"),
        ("Devon Inpatient", "Devon Outpatient"),
        ("Fond du Lac – Adult Outpatient", "Fond du Lac – Adolescent Outpatient"),
    ],
)
def test_another_program_is_another_name(one: str, other: str) -> None:
    assert not is_same_name(one, other)
