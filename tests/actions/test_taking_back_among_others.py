"""One import of several is taken back: what the others say stays, in whatever order they came."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from finder.actions.indexing import untrue_rows
from finder.models import (
    ChangeRequest,
    ImportRun,
    Location,
    ServiceAtLocation,
    SourceRecord,
    Statement,
)
from tests.actions.test_importing import CLINIC, HOUSE
from tests.directory_rows import directory
from tests.meeting_samples import TODAY, group, import_groups, meets
from tests.samples import Row, facility, import_rows, index_row_of, listing_named
from tests.taken_back import GONE, NEAR, edit_by_hand, take_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]
TOMORROW = TODAY + timedelta(days=1)


# With other imports


def test_a_record_that_a_later_import_read_anew_is_its_own_now() -> None:
    first = import_rows(HOUSE, CLINIC, edition=2022)
    second = import_rows(HOUSE | {"city": "Arden"}, edition=2024)

    take_back(first)

    assert SourceRecord.objects.get().created_in == second
    assert listing_named("Example House").location.city == "Arden"
    assert first.reverted_words == ["1 record stays, since a later import has read it anew."]
    take_back(second)
    assert not ServiceAtLocation.objects.exists()


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_two_imports_are_taken_back_in_any_order(order: tuple[int, int]) -> None:
    import_rows(HOUSE, CLINIC, GONE, edition=2020)
    edit_by_hand()
    before = directory()
    runs = {
        1: import_rows(HOUSE | {"city": "Arden"}, CLINIC | {"phone": "828-555-0177"}, edition=2022),
        2: import_rows(HOUSE | {"city": "Candler"}, GONE, NEAR, edition=2024),
    }

    for number in order:
        take_back(runs[number])

    assert directory() == before


def test_of_two_imports_the_later_one_still_speaks() -> None:
    import_rows(HOUSE, edition=2020)
    middle = import_rows(HOUSE | {"city": "Arden"}, edition=2022)
    import_rows(HOUSE | {"city": "Candler"}, edition=2024)

    take_back(middle)

    assert listing_named("Example House").location.city == "Candler"
    assert [said.stated_on.year for said in Statement.objects.all()] == [2024, 2020]


def test_a_listing_that_a_later_edition_lacks_too_stays_missing() -> None:
    import_rows(HOUSE, CLINIC, edition=2020)
    middle = import_rows(HOUSE, edition=2022)
    import_rows(HOUSE, edition=2024)

    take_back(middle)

    assert index_row_of("Example Clinic").missing_since == date(2024, 1, 1)


def test_a_group_that_a_later_feed_lacks_too_stays_missing() -> None:
    import_groups(group("Example Left", meets("a")), group("Example Right", meets("b")))
    middle = import_groups(group("Example Left", meets("a")), edition=TOMORROW)
    import_groups(group("Example Left", meets("a")), edition=TOMORROW + timedelta(days=1))

    take_back(middle)

    assert index_row_of("Example Right").missing_since == TOMORROW + timedelta(days=1)


def test_a_group_that_a_later_feed_held_again_is_not_missing() -> None:
    import_groups(
        group("Example Left", meets("a")), group("Example Right", meets("b"), updated_on=date(2024, 1, 1))
    )
    middle = import_groups(group("Example Left", meets("a")), edition=TOMORROW)
    import_groups(
        group("Example Left", meets("a")),
        group("Example Right", meets("b"), updated_on=date(2024, 1, 1)),
        edition=TOMORROW + timedelta(days=1),
    )

    take_back(middle)

    assert index_row_of("Example Right").missing_since is None


def test_what_only_it_called_missing_from_the_start_is_there_again() -> None:
    run = import_rows(HOUSE, edition=2024)
    import_rows(CLINIC, edition=2022)
    assert index_row_of("Example Clinic").missing_since == date(2024, 1, 1)

    take_back(run)

    assert index_row_of("Example Clinic").missing_since is None


def test_a_listing_of_which_an_older_edition_told_later_is_that_editions_now() -> None:
    run = import_rows(HOUSE, edition=2024)
    older = import_rows(HOUSE | {"city": "Arden"}, edition=2022)

    take_back(run)

    record = SourceRecord.objects.get()
    assert (record.created_in, record.edition) == (older, date(2022, 1, 1))
    assert run.reverted_words[0].startswith("1 record keeps its name and address, since an older edition")
    import_rows(HOUSE | {"city": "Arden"}, edition=2022)
    assert listing_named("Example House").location.city == "Arden"


def test_a_listing_that_an_edition_between_lacks_is_missing_again() -> None:
    import_rows(HOUSE, CLINIC, edition=2020)
    newest = import_rows(HOUSE, CLINIC | {"phone": "828-555-0177"}, edition=2024)
    import_rows(HOUSE, edition=2022)
    assert index_row_of("Example Clinic").missing_since is None

    take_back(newest)

    assert index_row_of("Example Clinic").missing_since == date(2022, 1, 1)


# Any imports, taken back in any order


def an_edition(dice: random.Random) -> list[Row]:
    """Some of eight places, each moved, renamed or with another number now and then."""
    return [
        facility(
            f"Example Place {number}{dice.choice(['', '', ' West'])}",
            street1=f"{number} Example Street",
            city=dice.choice(["Asheville", "Arden", "Candler"]),
            phone=f"828-555-01{dice.choice([number, number, number + 20]):02}",
            service_code_info=dice.choice(["SA DT", "SA RD", "SA DT * RD"]),
        )
        for number in range(1, 9)
        if dice.random() < 0.7
    ]


def questions() -> set[tuple[Any, ...]]:
    return set(ChangeRequest.objects.values_list("listing", "field", "current_value", "proposed_value"))


def some_history(dice: random.Random, years: Sequence[int]) -> list[ImportRun]:
    """Each import begins at a time of its own."""
    runs = []
    for year in years:
        began = datetime(2026, 11, 22, 18, ImportRun.objects.count(), tzinfo=UTC)
        runs.append(import_rows(*an_edition(dice), edition=year, now=began))
    return runs


def edited_by_hand(dice: random.Random) -> None:
    some_history(dice, [2015])
    for location in dice.sample(list(Location.objects.order_by("address_1", "pk")), 2):
        Location.objects.filter(pk=location.pk).update(city="West Asheville")


@pytest.mark.parametrize("seed", range(8))
def test_the_newest_first_every_import_is_taken_back_without_a_trace(seed: int) -> None:
    dice = random.Random(seed)
    edited_by_hand(dice)
    runs, before = [], []
    for year in dice.sample(range(2010, 2025), 4):
        before.append(directory())
        runs += some_history(dice, [year])

    while runs:
        take_back(runs.pop())
        assert directory() == before.pop()


@pytest.mark.parametrize("seed", range(8))
def test_whatever_came_after_an_edit_can_be_taken_back_in_any_order(seed: int) -> None:
    """A question may then be asked that nobody asked before; none is lost."""
    dice = random.Random(seed)
    edited_by_hand(dice)
    before, asked = directory(), questions()
    runs = some_history(dice, sorted(dice.sample(range(2016, 2025), 4)))

    for run in dice.sample(runs, len(runs)):
        take_back(run)
        assert not untrue_rows()

    assert directory() | {"ChangeRequest": before["ChangeRequest"]} == before
    assert asked <= questions()


@pytest.mark.parametrize("seed", range(8))
def test_editions_in_any_order_leave_no_listing_behind(seed: int) -> None:
    dice = random.Random(seed)
    runs = some_history(dice, dice.sample(range(2010, 2025), 4))

    for run in dice.sample(runs, len(runs)):
        take_back(run)
        assert not untrue_rows()

    assert not ServiceAtLocation.objects.exists()
