"""How a large county's list is split: nothing is lost, nothing is in two files, and no file is too full."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.exporters.pack_parts import ROOM, Part, Row, part_called, part_nearest_in_number, parts_of, weight


def row(zip_code: str, room: int = 1_000, name: str = "Riverside", categories: tuple[str, ...] = ()) -> Row:
    return Row(uuid4(), zip_code, name, categories, room)


def listings(parts: list[Part]) -> list[UUID]:
    return [each.listing for part in parts for each in part.rows]


def test_a_county_that_fits_is_one_part() -> None:
    rows = [row("28804"), row("28801"), row("")]
    assert [[each.zip_code for each in part.rows] for part in parts_of(rows)] == [["", "28801", "28804"]]


def test_a_county_without_listings_has_no_part() -> None:
    assert parts_of([]) == []


def test_zip_codes_go_together_in_their_order_until_a_part_is_full() -> None:
    rows = [row(code, ROOM // 2 - 1) for code in ("28803", "28801", "28804", "28802")]
    assert [(part.first, part.last, part.key) for part in parts_of(rows)] == [
        ("28801", "28802", "28801"),
        ("28803", "28804", "28803"),
    ]


def test_a_zip_code_too_large_for_one_part_has_several_of_its_own() -> None:
    rows = [row("28801"), *(row("28802", ROOM // 2 - 1) for _ in range(3)), row("28803")]
    assert [part.key for part in parts_of(rows)] == ["28801", "28802-1", "28802-2", "28803"]


def test_what_has_no_address_comes_with_the_first_and_has_a_name_when_it_stands_alone() -> None:
    assert parts_of([row(""), row("28801")])[0].key == "28801"
    assert [part.key for part in parts_of([row("", ROOM), row("28801")])] == ["other", "28801"]


@given(
    st.lists(st.tuples(st.sampled_from(["", "28801", "28802", "28803"]), st.integers(1, ROOM)), max_size=60)
)
def test_every_listing_is_in_exactly_one_part_and_no_part_is_too_full(rows: list[tuple[str, int]]) -> None:
    made = [row(zip_code, room) for zip_code, room in rows]
    parts = parts_of(made)
    assert sorted(listings(parts)) == sorted(each.listing for each in made)
    assert all(weight(part.rows) <= ROOM for part in parts)
    assert len({part.key for part in parts}) == len(parts)


@pytest.mark.parametrize(
    ("area", "key"),
    [
        ("28801", "28801"),
        ("28802", "28801"),
        ("28803", "28803"),
        ("28804", "28803"),
        ("28899", None),
        ("2880", None),
        ("28801x", None),
    ],
)
def test_a_part_is_called_by_any_of_its_zip_codes(area: str, key: str | None) -> None:
    parts = parts_of([row(code, ROOM // 2 - 1) for code in ("28801", "28802", "28803", "28804")])
    found = part_called(parts, area)
    assert (found.key if found else None) == key


def test_without_an_area_only_a_whole_county_is_meant() -> None:
    whole, split = parts_of([row("28801")]), parts_of([row("28801", ROOM), row("28802", ROOM)])
    assert part_called(whole, "") is whole[0]
    assert part_called(split, "") is None


@pytest.mark.parametrize(("zip_code", "key"), [("28700", "28801"), ("28850", "28801"), ("28999", "28903")])
def test_a_zip_code_of_none_leads_to_the_nearest_before_it(zip_code: str, key: str) -> None:
    found = part_nearest_in_number(parts_of([row("28801", ROOM), row("28903", ROOM)]), zip_code)
    assert found is not None
    assert found.key == key


def test_a_part_counts_a_listing_of_two_kinds_as_each() -> None:
    part = Part((row("28801", categories=("support_group", "behavioral_health")), row("28801")))
    assert (part.count("support_group"), part.count("behavioral_health")) == (1, 1)
