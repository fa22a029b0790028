"""A group keeps its page while its feed renames, moves, splits and shuffles it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finder.meetings.meeting import MeetingGroup
from finder.models import ServiceAtLocation, SourceRecord
from tests.meeting_samples import TODAY, group, import_groups, meets
from tests.samples import facility, import_rows, index_row_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

TOMORROW = TODAY + timedelta(days=1)


def listings_by_name() -> dict[str, UUID]:
    return dict(ServiceAtLocation.objects.values_list("service__name", "pk"))


def test_a_renamed_group_keeps_its_page() -> None:
    import_groups(group("Example Tuesday Group"))
    before = listings_by_name()["Example Tuesday Group"]

    run = import_groups(group("Example Early Risers"), edition=TOMORROW)

    assert listings_by_name() == {"Example Early Risers": before}
    assert (run.created, run.updated, run.missing) == (0, 1, 0)
    assert SourceRecord.objects.get().key.startswith("example early risers")


def test_a_group_that_moves_keeps_its_page() -> None:
    import_groups(group(key="at the church"))
    before = listings_by_name()

    import_groups(group(key="at the library"), edition=TOMORROW)

    assert listings_by_name() == before


def test_new_slugs_at_the_same_place_under_the_same_name_are_the_same_group() -> None:
    import_groups(group("Example Group", meets("old-1")))
    before = listings_by_name()

    import_groups(group("Example Group", meets("new-1")), edition=TOMORROW)

    assert listings_by_name() == before


def test_a_day_list_that_becomes_rows_is_the_same_group() -> None:
    import_groups(group("Example Group", meets("noon-mon", "MO"), meets("noon-tue", "TU")))
    before = listings_by_name()

    import_groups(group("Example Group", meets("noon-mon", "MO"), meets("noon-2", "TU")), edition=TOMORROW)

    assert listings_by_name() == before


def test_of_a_group_that_is_split_the_larger_part_stays() -> None:
    import_groups(group("Example Group", meets("a"), meets("b", "WE"), meets("c", "TH")))
    before = listings_by_name()["Example Group"]

    run = import_groups(
        group("Example New Group", meets("c", "TH")),
        group("Example Old Group", meets("a"), meets("b", "WE")),
        edition=TOMORROW,
    )

    assert listings_by_name()["Example Old Group"] == before
    assert (run.created, run.updated) == (1, 1)


def test_of_two_groups_that_become_one_that_of_the_same_name_stays() -> None:
    import_groups(group("Example Left", meets("a")), group("Example Right", meets("b")))
    before = listings_by_name()["Example Right"]

    run = import_groups(group("Example Right", meets("a"), meets("b")), edition=TOMORROW)

    assert index_row_of("Example Left").missing_since == TOMORROW
    assert listings_by_name()["Example Right"] == before
    assert (run.updated, run.missing) == (1, 1)


def test_groups_that_trade_names_keep_their_pages() -> None:
    import_groups(group("Example Left", meets("a")), group("Example Right", meets("b")))
    before = listings_by_name()

    import_groups(group("Example Right", meets("a")), group("Example Left", meets("b")), edition=TOMORROW)

    after = listings_by_name()
    assert (after["Example Right"], after["Example Left"]) == (
        before["Example Left"],
        before["Example Right"],
    )


def test_a_new_group_may_take_the_name_that_another_gave_up() -> None:
    import_groups(group("Example Group", meets("a")))
    before = listings_by_name()["Example Group"]

    import_groups(group("Example Renamed", meets("a")), group("Example Group", meets("z")), edition=TOMORROW)

    assert listings_by_name()["Example Renamed"] == before
    assert listings_by_name()["Example Group"] != before


def test_the_same_slugs_in_another_feed_are_another_group() -> None:
    import_groups(group("Example Group"), source="example-north")

    run = import_groups(group("Example Group"), source="example-south")

    assert run.created == 1


def test_a_meeting_group_is_never_taken_for_a_facility_of_the_same_name_and_place() -> None:
    import_rows(facility("Example House"))
    key = SourceRecord.objects.get().key

    run = import_groups(group("Example House", key=key))

    assert run.created == 1


def test_two_groups_of_one_key_stay_two() -> None:
    twins = (group("Example Group", meets("a")), group("Example Group", meets("b")))
    assert import_groups(*twins).created == 2

    assert import_groups(*twins, edition=TOMORROW).unchanged == 2


def taken_back(act: Callable[[], Any]) -> Any:
    with transaction.atomic():
        result = act()
        transaction.set_rollback(True)
    return result


SLUGS = st.lists(st.sets(st.sampled_from("abcdef"), min_size=1), min_size=1, max_size=4).filter(
    lambda groups: sum(map(len, groups)) == len(set().union(*groups))
)


def groups_of(slugs: list[set[str]]) -> list[MeetingGroup]:
    return [
        group(f"Example {min(members)} {len(members)}", *(meets(slug) for slug in sorted(members)))
        for members in slugs
    ]


@settings(max_examples=30, deadline=timedelta(seconds=10), suppress_health_check=list(HealthCheck))
@given(SLUGS, SLUGS, st.randoms())
def test_the_order_of_rows_decides_no_page(old: list[set[str]], new: list[set[str]], dice: Any) -> None:
    def after(groups: list[MeetingGroup]) -> dict[str, UUID]:
        import_groups(*groups, edition=TOMORROW)
        return {name: pk for name, pk in listings_by_name().items() if pk in before}

    def both() -> tuple[dict[str, UUID], dict[str, UUID]]:
        import_groups(*groups_of(old), edition=date(2026, 11, 22))
        before.update(listings_by_name().values())
        shuffled = groups_of(new)
        dice.shuffle(shuffled)
        return taken_back(lambda: after(groups_of(new))), taken_back(lambda: after(shuffled))

    before: set[UUID] = set()
    in_order, shuffled = taken_back(both)
    assert in_order == shuffled
