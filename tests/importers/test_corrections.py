"""Tables of corrections as spreadsheets write them."""

import pytest

from finder.actions.refusals import Refused
from finder.importers.corrections import MOST_BYTES, MOST_LINES, read_corrections

HEADER = "service_name,outcome,new_service_name,new_number,id,version"


def table(*rows: str, header: str = HEADER) -> str:
    return "\r\n".join([header, *rows, ""])


def test_a_row_is_read_by_its_number_and_its_filled_cells() -> None:
    read = read_corrections(table("Old,All right,,,1,v1", "Old,,New House,,2,v2").encode())
    assert [(line.number, line.cells) for line in read.lines] == [
        (2, {"outcome": "All right", "id": "1", "version": "v1"}),
        (3, {"new_service_name": "New House", "id": "2", "version": "v2"}),
    ]


def test_rows_without_anything_filled_in_are_counted() -> None:
    read = read_corrections(table("Old,,,,1,v1", "Old,changed,,,2,v2", ",,,,,").encode())
    assert ([line.number for line in read.lines], read.untouched) == ([3], 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_name_with_accents_is_read_in_whatever_a_spreadsheet_writes(encoding: str) -> None:
    data = table("Old,changed,Casa de Recuperación,,1,v1").encode(encoding)
    assert read_corrections(data).lines[0].cells["new_service_name"] == "Casa de Recuperación"


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_read(separator: str) -> None:
    data = table("Old,changed,New House,,1,v1").replace(",", separator).encode()
    assert read_corrections(data).lines[0].cells["new_service_name"] == "New House"


def test_a_text_of_several_lines_is_one_cell_and_one_row() -> None:
    read = read_corrections(table('Old,changed,"First\nsecond, third",,1,v1', "Old,changed,B,,2,v2").encode())
    assert [line.number for line in read.lines] == [2, 3]
    assert read.lines[0].cells["new_service_name"] == "First\nsecond, third"


def test_columns_may_stand_in_another_order_and_others_beside_them() -> None:
    data = table("v1,mine,1,closed", header="Version,Notes,ID,Outcome").encode()
    assert read_corrections(data).lines[0].cells == {"version": "v1", "id": "1", "outcome": "closed"}


def test_a_correction_under_a_name_that_nobody_knows_is_named() -> None:
    data = table("1,v1,555", header="id,version,new_phone").encode()
    assert read_corrections(data).unknown == ["new_phone"]


def test_the_mark_before_a_formula_is_taken_off() -> None:
    data = table("Old,changed,,'+1 828-555-0142,1,v1").encode()
    assert read_corrections(data).lines[0].cells["new_number"] == "+1 828-555-0142"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Missing: id, version"),
        (b"name,outcome\r\nA,closed\r\n", "Missing: id, version"),
        (b"id,outcome\r\n1,closed\r\n", "Missing: version"),
        (b"\x81\x8d\x8f,\xff", "no text that we can read"),
        (b"x" * (MOST_BYTES + 1), "too large"),
        ((HEADER + "\r\n" + "Old,,,,1,v1\r\n" * (MOST_LINES + 1)).encode(), "at most 5000 rows"),
        (b"id,version,new_description\r\n1,v1," + b"x" * 200_000 + b"\r\n", "no table that we can read"),
    ],
    ids=["empty", "other columns", "no version", "no text", "too large", "too long", "a cell too long"],
)
def test_a_file_that_is_no_such_table_says_why(data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_corrections(data)
