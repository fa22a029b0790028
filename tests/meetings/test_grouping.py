from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from finder.meetings.grouping import MeetingRow, grouped, told_apart
from finder.meetings.meeting import MeetingPlace, MeetingTime

PLACE = MeetingPlace(address_1="1 Example Street", city="Asheville", state_province="NC", postal_code="28801")


def row(slug: str, **fields: object) -> MeetingRow:
    stated = {"name": "Example Group", "place": PLACE, "times": (MeetingTime(slug),), "row": {"slug": slug}}
    return MeetingRow(number=1, **(stated | fields))  # type: ignore[arg-type]


def test_spelling_does_not_part_a_group() -> None:
    shouted = replace(PLACE, address_1="1  EXAMPLE street")
    assert [each.slugs for each in grouped([row("a"), row("b", place=shouted)], ())] == [("a", "b")]


def test_another_place_or_another_name_is_another_listing() -> None:
    elsewhere = replace(PLACE, address_1="2 Example Street")
    assert len(grouped([row("a"), row("b", place=elsewhere), row("c", name="Other Group")], ())) == 3


def test_a_group_says_what_any_of_its_rows_says() -> None:
    newer = row("b", updated_on=date(2025, 1, 2), website="https://example.org", description="Welcome")
    group = grouped([row("a", updated_on=date(2024, 1, 2)), newer], ("alcoholics_anonymous",))[0]
    assert (group.updated_on, group.website, group.description) == (
        date(2025, 1, 2),
        "https://example.org",
        "Welcome",
    )


@given(order=st.permutations("abcd"))
def test_the_order_of_rows_changes_no_listing(order: list[str]) -> None:
    elsewhere = replace(PLACE, city="Weaverville")
    rows = {"a": row("a"), "b": row("b", place=elsewhere), "c": row("c"), "d": row("d", name="Other Group")}
    found = {group.key: set(group.slugs) for group in grouped([rows[slug] for slug in order], ())}
    assert found == {rows["a"].key: {"a", "c"}, rows["b"].key: {"b"}, rows["d"].key: {"d"}}


@given(order=st.permutations("abc"))
def test_where_rows_differ_the_first_slug_speaks(order: list[str]) -> None:
    rows = {
        "a": row("a", description="Welcome", website="https://a.example.org"),
        "b": row("b", name="EXAMPLE Group", description="All are welcome", website="https://b.example.org"),
        "c": row("c", place=replace(PLACE, address_1="1 EXAMPLE STREET", notes="Ring twice")),
    }
    group = grouped([rows[slug] for slug in order], ())[0]
    assert (group.name, group.website) == ("Example Group", "https://a.example.org")
    assert group.description == "Welcome\n\nAll are welcome"
    assert (group.place.address_1, group.place.notes) == ("1 Example Street", "Ring twice")
    assert group.slugs == ("a", "b", "c")


@given(order=st.permutations([("SU", "Noon"), ("MO", "Noon"), ("MO", "Nine"), ("TU", "Noon")]))
def test_times_of_one_slug_are_told_apart_by_what_they_say(order: list[tuple[str, str]]) -> None:
    rows = [row("a", name=name, times=(MeetingTime("a", byday=day),)) for day, name in order]
    taken = row("a-2", times=(MeetingTime("a-2"),))
    found = {each.times[0].slug: (each.times[0].byday, each.name) for each in told_apart([*rows, taken])}
    assert found == {
        "a": ("MO", "Nine"),
        "a-1": ("MO", "Noon"),
        "a-2": ("", "Example Group"),
        "a-3": ("SU", "Noon"),
        "a-4": ("TU", "Noon"),
    }
