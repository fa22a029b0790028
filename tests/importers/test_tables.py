import gzip
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from finder.facilities.facility import UnreadableFile
from finder.importers import tables
from finder.importers.tables import SourceRow, is_json, read_table, read_text

HEADER = "name1,street1,zip\n"
ROW = "Example House,1 Example Street,01201\n"


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows_of(path: Path) -> list[tuple[int, dict[str, str]]]:
    return [(number, dict(row)) for number, row in read_table(path).rows()]


def names_in(path: Path) -> list[str]:
    return [row["name1"] for _, row in rows_of(path)]


def workbook(path: Path, *sheets: list[list[object]]) -> Path:
    book = Workbook()
    for title in book.sheetnames:
        del book[title]
    for lines in sheets:
        sheet = book.create_sheet()
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


def test_cells_come_under_their_column_and_rows_with_the_number_people_see(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", HEADER + ROW)
    assert rows_of(path) == [
        (2, {"name1": "Example House", "street1": "1 Example Street", "zip": "01201"}),
    ]


def test_rows_can_be_walked_twice(tmp_path: Path) -> None:
    table = read_table(written(tmp_path / "a.csv", HEADER + ROW))
    assert [dict(row) for _, row in table.rows()] == [dict(row) for _, row in table.rows()]


def test_cells_stay_untrimmed(tmp_path: Path) -> None:
    assert names_in(written(tmp_path / "a.csv", HEADER + " Example  House ,1 Example Street,01201\n")) == [
        " Example  House "
    ]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    assert names_in(written(tmp_path / "a.csv", b"\xef\xbb\xbf" + (HEADER + ROW).encode())) == [
        "Example House"
    ]


def test_what_is_not_utf_8_is_read_as_windows_1252(tmp_path: Path) -> None:
    text = HEADER + "Casa “Ejémplo”,1 Example Street,01201\n"
    assert names_in(written(tmp_path / "a.csv", text.encode("cp1252"))) == ["Casa “Ejémplo”"]


def test_utf_8_cut_between_two_chunks_stays_utf_8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "CHUNK_BYTES", 1)
    assert names_in(written(tmp_path / "a.csv", HEADER + "Ejémplo,1 Example Street,01201\n")) == ["Ejémplo"]


def test_utf_8_that_ends_inside_a_character_is_not_taken_for_utf_8(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", (HEADER + "Example House,1 Example Street,caf").encode() + b"\xe9")
    assert rows_of(path)[0][1]["zip"] == "café"


def test_excels_unicode_text_is_read(tmp_path: Path) -> None:
    text = (HEADER + ROW).replace(",", "\t")
    assert names_in(written(tmp_path / "a.txt", text.encode("utf-16"))) == ["Example House"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_header_shows_what_divides_the_cells(tmp_path: Path, delimiter: str) -> None:
    text = (HEADER + ROW).replace(",", delimiter)
    assert names_in(written(tmp_path / "a.csv", text)) == ["Example House"]


def test_a_line_break_inside_quotes_belongs_to_its_cell(tmp_path: Path) -> None:
    text = HEADER + '"Example\nHouse",1 Example Street,01201\n' + ROW
    assert [(number, row["name1"]) for number, row in rows_of(written(tmp_path / "a.csv", text))] == [
        (2, "Example\nHouse"),
        (3, "Example House"),
    ]


def test_a_quote_never_closed_is_refused_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", HEADER + '"Example House,1 Example Street,01201\n' + ROW)
    with pytest.raises(UnreadableFile, match="line 3"):
        rows_of(path)


def test_short_rows_lack_cells_and_long_rows_keep_theirs(tmp_path: Path) -> None:
    text = HEADER + "Short House\n" + "Long House,1 Example Street,01201,,more\n"
    assert [row for _, row in rows_of(written(tmp_path / "a.csv", text))] == [
        {"name1": "Short House"},
        {"name1": "Long House", "street1": "1 Example Street", "zip": "01201", "column_5": "more"},
    ]


def test_blank_rows_are_skipped_but_counted_in_the_numbers(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", HEADER + "\n ,,\n,,\n" + ROW)
    assert [number for number, _ in rows_of(path)] == [5]


def test_the_header_is_found_below_title_lines(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "Facility Listing\n\nJanuary\nNotes, more\n" + HEADER + ROW)
    assert [(number, row["name1"]) for number, row in rows_of(path)] == [(6, "Example House")]


def test_a_header_further_down_is_not_searched_for(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="name1 and street1"):
        read_table(written(tmp_path / "a.csv", "title\n" * 10 + HEADER + ROW))


def test_columns_are_found_whatever_their_case_and_order(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", " ZIP ,Street1,NAME1\n01201,1 Example Street,Example House\n")
    assert names_in(path) == ["Example House"]


def test_unnamed_and_repeated_columns_keep_their_cells(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", ",name1,street1,name1\n7,Example House,1 Example Street,again\n")
    assert rows_of(path)[0][1] == {
        "column_1": "7",
        "name1": "Example House",
        "street1": "1 Example Street",
        "column_4": "again",
    }


def test_a_packed_csv_is_unpacked(tmp_path: Path) -> None:
    assert names_in(written(tmp_path / "a.csv.gz", gzip.compress((HEADER + ROW).encode()))) == [
        "Example House"
    ]


def test_a_workbook_is_read_whatever_its_name_ends_in(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["name1", "street1"], ["Example House", "1 Example Street"]])
    assert names_in(path.rename(tmp_path / "a.csv")) == ["Example House"]


def test_numbers_and_ticks_in_a_workbook_become_plain_text(tmp_path: Path) -> None:
    lines = [["name1", "street1", "zip", "dt", "hid", "latitude"], ["A", "B", 1201, True, False, 35.5]]
    path = workbook(tmp_path / "a.xlsx", lines)
    assert rows_of(path)[0][1] == {"name1": "A", "street1": "B", "zip": "1201", "dt": "1", "latitude": "35.5"}


def test_a_workbook_shows_its_total_and_its_row_numbers_below_titles(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Title"], [], ["name1", "street1"], ["A", "B"], [], ["C", "D"]])
    table = read_table(path)
    assert (table.total, [number for number, _ in table.rows()]) == (3, [4, 6])


def test_the_code_book_of_another_sheet_gives_each_code_its_category(tmp_path: Path) -> None:
    codes = [["service_name", "service_code", "category_code"], ["Detoxification", "DT ", "TC"], ["", "", ""]]
    facilities = [["name1", "street1"], ["A", "B"]]
    assert read_table(workbook(tmp_path / "a.xlsx", codes, facilities)).code_book == {"DT": "TC"}


def test_a_csv_has_no_code_book(tmp_path: Path) -> None:
    assert read_table(written(tmp_path / "a.csv", HEADER + ROW)).code_book == {}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\n <!DOCTYPE html><html>", "is a web page"),
        (b"\xef\xbb\xbf<html>", "is a web page"),
        (b"PK\x03\x04 not a workbook", "not a workbook"),
        (b"\xd0\xcf\x11\xe0 not a workbook", "not a workbook"),
        (b"\x00\x01\x02 name1,street1", "neither a workbook nor text"),
        (b"city,state\nAsheville,NC\n", "no header with name1 and street1"),
        (gzip.compress(HEADER.encode(), mtime=0)[:-6], "damaged or cut off"),
        (b"\x1f\x8b\x08 not packed", "damaged or cut off"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match=sentence) as refusal:
        read_table(written(tmp_path / "given.csv", content))
    assert "“given.csv”" in str(refusal.value)
    assert str(refusal.value).count(".") == 2


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"no file “gone\.csv”"):
        read_table(tmp_path / "gone.csv")


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("letter.txt", "hello")
    with pytest.raises(UnreadableFile, match="not a workbook"):
        read_table(tmp_path / "a.xlsx")


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_BYTES", 1024**2)
    packed = written(tmp_path / "a.csv.gz", gzip.compress(HEADER.encode() + b"\n" * 2 * 1024**2))
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 2 * 1024**2)
    for path in (packed, tmp_path / "a.xlsx"):
        with pytest.raises(UnreadableFile, match="unpacks to more than 1 MB"):
            read_table(path)


def test_json_is_told_from_tables(tmp_path: Path) -> None:
    assert is_json(written(tmp_path / "a.json", '\ufeff\n {"rows": []}'))
    assert is_json(written(tmp_path / "b.json.gz", gzip.compress(b"[]")))
    assert not is_json(written(tmp_path / "c.csv", HEADER))
    assert not is_json(workbook(tmp_path / "d.xlsx", [["name1", "street1"]]))


def test_text_is_read_without_its_byte_order_mark(tmp_path: Path) -> None:
    assert read_text(written(tmp_path / "a.json", "\ufeff[]")) == "[]"


@given(st.lists(st.sampled_from(["", "1", "text"]), max_size=6))
def test_a_row_is_a_mapping_of_its_filled_cells(cells: list[str]) -> None:
    row = SourceRow({"a": 0, "b": 1, "c": 2}, cells)
    names = ["a", "b", "c", "column_4", "column_5", "column_6"]
    assert dict(row) == {name: cell for name, cell in zip(names, cells, strict=False) if cell}
    assert len(row) == len(dict(row))
