from uuid import UUID, uuid4

import pytest

from finder.referral.contents import (
    MOST_ENTRIES,
    Contents,
    ListIsFull,
    in_order,
    moved,
    noted,
    of_plan,
    sections_of,
    with_listings,
    without,
)

ONE, TWO, THREE, FOUR = (UUID(int=number) for number in range(1, 5))
DETOX, CARE, GROUP = "withdrawal_management", "behavioral_health", "support_group"


def listings(contents: Contents) -> list[UUID]:
    return [entry.listing for entry in contents.entries]


def list_of(*wanted: UUID) -> Contents:
    return with_listings(Contents("Asheville"), wanted)


def test_a_place_stands_on_a_list_once() -> None:
    assert listings(with_listings(list_of(ONE, TWO), [TWO, THREE, THREE])) == [ONE, TWO, THREE]


def test_what_would_not_fit_is_refused_and_nothing_is_lost() -> None:
    full = list_of(*(uuid4() for _ in range(MOST_ENTRIES)))
    with pytest.raises(ListIsFull):
        with_listings(full, [ONE])
    assert len(with_listings(full, [full.entries[0].listing])) == MOST_ENTRIES


@pytest.mark.parametrize(
    ("listing", "steps", "order"),
    [
        (TWO, -1, [TWO, ONE, THREE]),
        (TWO, 1, [ONE, THREE, TWO]),
        (ONE, -1, [ONE, TWO, THREE]),
        (THREE, 1, [ONE, TWO, THREE]),
        (FOUR, 1, [ONE, TWO, THREE]),
    ],
)
def test_a_place_moves_a_step_and_not_beyond_the_ends(listing: UUID, steps: int, order: list[UUID]) -> None:
    assert listings(moved(list_of(ONE, TWO, THREE), listing, steps)) == order


def test_it_moves_among_those_of_its_leg() -> None:
    plan = of_plan(Contents(), [(DETOX, "now", [ONE]), (CARE, "next", [TWO, THREE])], title="Plan")
    assert listings(moved(plan, THREE, -1)) == [ONE, THREE, TWO]
    assert moved(plan, TWO, -1) == plan


def test_what_was_added_while_places_were_dragged_stays_at_the_end() -> None:
    assert listings(in_order(list_of(ONE, TWO, THREE, FOUR), [THREE, ONE, TWO])) == [THREE, ONE, TWO, FOUR]


def test_only_a_note_can_be_shown() -> None:
    contents = noted(list_of(ONE), ONE, note="", is_shown=True)
    assert not contents.entries[0].note_is_shown
    contents = noted(contents, ONE, note="Bring an ID.", is_shown=True)
    assert (contents.entries[0].note, contents.entries[0].note_is_shown) == ("Bring an ID.", True)
    assert listings(without(contents, ONE)) == []


def test_a_plan_keeps_its_legs_in_its_order() -> None:
    loose = list_of(FOUR, TWO)
    plan = of_plan(
        loose,
        [(CARE, "now", [TWO, THREE]), (DETOX, "may_not_need", [ONE, TWO])],
        title="Asheville, November 28",
    )
    assert plan.title == "Asheville"
    found = [
        (name, start, [entry.listing for entry in entries])
        for name, start, entries in sections_of(plan, [DETOX, CARE, GROUP])
    ]
    assert found == [(CARE, "now", [TWO, THREE]), (DETOX, "may_not_need", [ONE]), ("", "", [FOUR])]
