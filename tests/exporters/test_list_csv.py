import csv
from io import StringIO

import pytest

from finder.exporters.due_listings import BOM
from finder.exporters.list_csv import list_as_csv
from finder.referral.shown import ShownPhone
from tests.exporters.test_list_text import listed, place


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith(BOM)
    return list(csv.DictReader(StringIO(text.removeprefix(BOM), newline="")))


def test_is_one_row_for_each_place() -> None:
    two = listed(place(1), place(2), title="Treatment", start="Next")
    assert [(row["Part"], row["Name"]) for row in rows(list_as_csv(two))] == [
        ("Treatment; Next", "Clinic 1"),
        ("Treatment; Next", "Clinic 2"),
    ]


def test_says_all_that_is_known_of_a_place() -> None:
    phones = (ShownPhone("828-555-0142", ""), ShownPhone("828-555-0143", ""))
    (row,) = rows(
        list_as_csv(listed(place(phones=phones, note="Ask.", changes=("It moved.",), doubts=("?",))))
    )
    assert row == {
        "Part": "",
        "Name": "Clinic 1",
        "Kind of help": "Treatment",
        "Where": "Asheville, NC",
        "Address": "4 Oak Street, Asheville, NC 28801",
        "Phone": "828-555-0142",
        "Other phones": "828-555-0143",
        "Before you go": "Women only",
        "Facts": "Medicaid; Walk in",
        "Times": "Open: every day, day and night",
        "Checked": "Confirmed by phone today.",
        "What people found": "?",
        "Changed": "It moved.",
        "Note": "Ask.",
        "Page": "https://finder.example/listings/1/",
    }


def test_what_is_gone_is_said_to_be() -> None:
    (row,) = rows(list_as_csv(listed(place(is_gone=True))))
    assert row["Changed"] == "Not listed any more."


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_read_as_a_formula(formula: str) -> None:
    hostile = place(
        name=formula, note=formula, facts=(formula,), where=formula, url=formula, times=(formula,)
    )
    (row,) = rows(list_as_csv(listed(hostile, title=formula)))
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert row["Name"].startswith("'")


def test_a_line_break_or_quote_breaks_no_row() -> None:
    (row,) = rows(list_as_csv(listed(place(note='He said "come"\nthen, today'))))
    assert row["Note"] == 'He said "come"\nthen, today'
