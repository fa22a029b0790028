"""No number below ten is shown, nor one that it could be reckoned from, whatever was counted."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.admin.unmet_rows import Extent, Row, Span, in_order, rows_of, total_of
from finder.models.unmet import MonthlyCount

VIEWS = list(product(Span, Extent))


def cell(month: int, times: int, county: str = "Buncombe County", need: str = "medicaid") -> MonthlyCount:
    return MonthlyCount(date(2026, month, 1), "NC", county, "withdrawal_management", need, times)


def shown(cells: list[MonthlyCount], span: Span, extent: Extent = Extent.COUNTY) -> list[tuple[str, str]]:
    return [(row.period, str(row.figure)) for row in rows_of(cells, span, extent)]


CELLS = st.lists(
    st.builds(
        cell,
        month=st.integers(1, 12),
        times=st.integers(1, 25),
        county=st.sampled_from(["", "Buncombe County", "Madison County", "Yancey County"]),
        need=st.sampled_from(["medicaid", "spanish"]),
    ),
    unique_by=lambda made: made[:-1],
    max_size=40,
)


@given(CELLS)
def test_no_number_below_ten_is_shown_or_left_alone(cells: list[MonthlyCount]) -> None:
    """Take away the cells that are shown, and of any number in any table whole tens are left."""
    for span, extent in VIEWS:
        for row in rows_of(cells, span, extent):
            open_cells = [cell.times for cell in cells_of(row, cells, span, extent) if cell.times >= 10]
            assert (row.figure.shown - sum(open_cells)) % 10 == 0
            assert row.figure.shown == 0 or row.figure.shown >= 10


@given(CELLS)
def test_what_is_shown_is_true(cells: list[MonthlyCount]) -> None:
    for span, extent in VIEWS:
        for row in rows_of(cells, span, extent):
            whole = sum(cell.times for cell in cells_of(row, cells, span, extent))
            assert row.figure.shown <= whole < row.figure.shown + 10
            assert (str(row.figure) == "fewer than 10") == (whole < 10)
            if row.figure.is_exact:
                assert row.figure.shown == whole


def cells_of(row: Row, cells: list[MonthlyCount], span: Span, extent: Extent) -> list[MonthlyCount]:
    return [
        cell
        for cell in cells
        if (span.name_of(cell.month), cell.need) == (row.period, row.need)
        and (extent == Extent.STATE or cell.county == row.county)
    ]


def test_nine_is_hidden_and_ten_is_not() -> None:
    cells = [cell(10, 9), cell(11, 10)]
    assert shown(cells, Span.MONTH) == [("2026-10", "fewer than 10"), ("2026-11", "10")]


def test_a_sum_that_would_give_one_month_away_says_or_more() -> None:
    assert shown([cell(10, 12), cell(11, 14), cell(12, 4)], Span.QUARTER) == [("2026-Q4", "26 or more")]


def test_hidden_months_count_in_whole_tens_of_what_they_make() -> None:
    assert shown([cell(10, 12), cell(11, 4), cell(12, 6)], Span.QUARTER) == [("2026-Q4", "22 or more")]
    assert shown([cell(10, 12), cell(11, 4), cell(12, 5)], Span.QUARTER) == [("2026-Q4", "12 or more")]
    assert shown([cell(10, 3), cell(11, 4), cell(12, 5)], Span.QUARTER) == [("2026-Q4", "10 or more")]


def test_a_sum_of_shown_months_is_given_in_full() -> None:
    assert shown([cell(10, 12), cell(11, 10)], Span.QUARTER) == [("2026-Q4", "22")]


def test_a_state_does_not_give_its_one_hidden_county_away() -> None:
    cells = [cell(11, 30), cell(11, 3, county="Madison County")]
    assert shown(cells, Span.MONTH, Extent.STATE) == [("2026-11", "30 or more")]


def test_a_quarter_of_a_state_does_not_give_one_hidden_month_of_it_away() -> None:
    cells = [cell(10, 5), cell(10, 5, county="Madison County"), cell(11, 4)]
    assert shown(cells, Span.QUARTER, Extent.STATE) == [("2026-Q4", "10 or more")]


def test_the_total_is_that_of_what_is_shown() -> None:
    rows = rows_of([cell(10, 12), cell(11, 9)], Span.MONTH, Extent.COUNTY)
    assert total_of(rows) == 12


def test_the_order_does_not_tell_hidden_numbers_apart() -> None:
    cells = [cell(1, 2), cell(2, 9), cell(3, 5), cell(4, 10)]
    rows = rows_of(cells, Span.MONTH, Extent.COUNTY)
    by_count = in_order(rows, "count", is_descending=True)
    assert [row.period for row in by_count] == ["2026-04", "2026-01", "2026-02", "2026-03"]


@pytest.mark.parametrize(
    ("span", "first", "last", "name"),
    [
        (Span.MONTH, 8, 8, "2026-08"),
        (Span.QUARTER, 7, 9, "2026-Q3"),
        (Span.YEAR, 1, 12, "2026"),
    ],
)
def test_a_span_begins_and_ends_with_whole_months(span: Span, first: int, last: int, name: str) -> None:
    august = date(2026, 8, 1)
    assert (span.first_month(august).month, span.last_month(august).month) == (first, last)
    assert span.name_of(august) == name
