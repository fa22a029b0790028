import csv
from pathlib import Path

import pytest
from openpyxl import Workbook

from finder.facilities.facility import Directory, FacilityFile, UnreadableFile
from finder.facilities.judgement import Judgement, categories, judgements
from finder.importers import samhsa

COLUMNS = [
    *("name1", "name2", "street1", "street2", "city", "state", "zip"),
    *("phone", "intake1", "intake2", "intake1a", "intake2a", "service_code_info"),
]
DETOX_HOUSE = [
    "Example Detox House ",
    "",
    " 1 Example Street",
    "",
    "Asheville",
    "NC",
    "28801",
    "828-555-0142 x12",
    "",
    "",
    "888-555HOPE",
    "",
    "SA DT * RES RD * BU",
]
CLINIC = [
    "Example Clinic",
    "Main Office",
    "2 Example Street",
    "Suite 3",
    "Asheville",
    "NC",
    "28801",
    "828-555-0143",
    "",
    "",
    "",
    "",
    "SA * OP * BU MU",
]
CODE_BOOK = [
    ["category_code", "category_name", "service_code", "service_name", "service_description"],
    ["TC", "Type of Care", "SA", "Substance use treatment", ""],
    ["TC", "Type of Care", "DT", "Detoxification  ", ""],
    ["SET", "Service Setting", "OP", "Outpatient", ""],
    ["SET", "Service Setting", "HID", "Hospital inpatient detoxification", ""],
    ["SET", "Service Setting", "RD", "Residential detoxification", ""],
    ["SET", "Service Setting", "RES", "Residential", ""],
    ["OM", "Opioid Medications", "BU", "Buprenorphine used in Treatment", ""],
    ["OM", "Opioid Medications", "MU", "Methadone used in Treatment", ""],
    ["OM", "Opioid Medications", "NU", "Naltrexone used in Treatment", ""],
]
TERMS = {1: frozenset({"DT"}), 2: frozenset({"HID"}), 3: frozenset({"NU"}), 4: frozenset({"SP"})}


def judged(file: FacilityFile, terms: dict[int, frozenset[str]]) -> list[Judgement]:
    return [judgement for _, judgement in judgements(file, terms)]


def workbook(path: Path, *rows: list[str], code_book: list[list[str]] | None = None) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (COLUMNS, *rows):
        sheet.append(row)
    for line in code_book or []:
        (book["Codes"] if "Codes" in book.sheetnames else book.create_sheet("Codes")).append(line)
    book.save(path)
    return path


def csv_file(path: Path, columns: list[str], *rows: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *rows])
    return path


def codes_only(path: Path, *codes: str) -> Path:
    rows = [[f"Example House {number}", *CLINIC[1:-1], each] for number, each in enumerate(codes)]
    return csv_file(path, COLUMNS, *rows)


def test_a_workbook_row_becomes_a_facility(tmp_path: Path) -> None:
    file = samhsa.read(workbook(tmp_path / "directory.xlsx", DETOX_HOUSE, code_book=CODE_BOOK))
    (facility,) = file.facilities
    assert facility.directory is Directory.SAMHSA_SU
    assert facility.key == "example detox house||1 example street|28801"
    assert facility.codes == {"SA", "DT", "RES", "RD", "BU"}
    assert facility.row_numbers == (2,)
    assert facility.fields.name == "Example Detox House"
    assert [phone.number_e164 for phone in facility.fields.phones] == ["+18285550142", "+18885554673"]
    assert (facility.fields.website, facility.fields.latitude) == ("", None)


def test_the_source_row_is_kept_untouched(tmp_path: Path) -> None:
    file = samhsa.read(workbook(tmp_path / "directory.xlsx", DETOX_HOUSE, code_book=CODE_BOOK))
    cells = dict(zip(COLUMNS, DETOX_HOUSE, strict=True))
    assert dict(file.facilities[0].rows[0]) == {column: cell for column, cell in cells.items() if cell}


def test_the_code_book_says_what_was_offered_and_what_left_out_means(tmp_path: Path) -> None:
    file = samhsa.read(workbook(tmp_path / "directory.xlsx", CLINIC, code_book=CODE_BOOK))
    assert file.offered == {Directory.SAMHSA_SU: {line[2] for line in CODE_BOOK[1:]}}
    assert judged(file, TERMS)[0].denied == {1, 2, 3}


def test_without_a_code_book_only_codes_that_occur_were_offered(tmp_path: Path) -> None:
    file = samhsa.read(csv_file(tmp_path / "directory.csv", COLUMNS, DETOX_HOUSE, CLINIC))
    assert file.offered == {Directory.SAMHSA_SU: {"SA", "DT", "RES", "RD", "OP", "BU", "MU"}}
    assert judged(file, TERMS)[1].denied == {1}


def test_the_code_book_decides_which_question_a_code_answers(tmp_path: Path) -> None:
    moved = [*CODE_BOOK[:-1], ["NEWQ", "A new question", "NU", "Naltrexone used in Treatment", ""]]
    file = samhsa.read(workbook(tmp_path / "directory.xlsx", CLINIC, code_book=moved))
    assert file.questions["NU"] == "NEWQ"
    assert judged(file, TERMS)[0].denied == {1, 2}


def test_two_rows_of_one_listing_are_united_before_they_are_judged(tmp_path: Path) -> None:
    again = ["EXAMPLE clinic", *CLINIC[1:-1], "DT * NU"]
    file = samhsa.read(workbook(tmp_path / "directory.xlsx", CLINIC, again, code_book=CODE_BOOK))
    assert (file.rows_read, file.rows_merged) == (2, 1)
    (facility,) = file.facilities
    assert facility.row_numbers == (2, 3)
    assert categories(facility.codes) == ["withdrawal_management", "behavioral_health"]
    assert judged(file, TERMS)[0].denied == {2}


def test_groups_and_blanks_part_the_codes() -> None:
    assert samhsa.codes_in(" SA  DT *OP*  od ") == ["SA", "DT", "OP", "OD"]


@pytest.mark.parametrize(
    ("codes", "directory"),
    [
        (["SA * OP", "DT * SP"], Directory.SAMHSA_SU),
        (["SA MH * OP", "MH * SP"], Directory.SAMHSA_MH),
        (["SA DT HH * OP", "MH"], Directory.SAMHSA_SU),
    ],
)
def test_codes_of_one_survey_alone_show_whose_file_it_is(
    tmp_path: Path, codes: list[str], directory: Directory
) -> None:
    file = samhsa.read(codes_only(tmp_path / "National_Directory_2024.csv", *codes))
    assert {facility.directory for facility in file.facilities} == {directory}


def test_a_code_book_shows_whose_file_it_is_before_the_rows_do(tmp_path: Path) -> None:
    book = [*CODE_BOOK[:2], ["TC", "Type of Care", "MH", "Mental health treatment", ""]]
    file = samhsa.read(workbook(tmp_path / "directory.xlsx", CLINIC, code_book=book))
    assert file.facilities[0].directory is Directory.SAMHSA_MH


def test_a_file_that_does_not_show_whose_it_is_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="substance use or mental health"):
        samhsa.read(codes_only(tmp_path / "directory.csv", "SUMH * OP"))


def test_a_file_of_shared_codes_is_told_by_what_it_treats_most(tmp_path: Path) -> None:
    file = samhsa.read(codes_only(tmp_path / "directory.csv", "SA SUMH * OP"))
    assert file.facilities[0].directory is Directory.SAMHSA_SU


def test_a_table_without_service_codes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="service_code_info"):
        samhsa.read(
            csv_file(tmp_path / "directory.csv", ["name1", "street1"], ["Example", "1 Example Street"])
        )


def test_a_code_of_no_known_meaning_is_kept_and_named(tmp_path: Path) -> None:
    file = samhsa.read(codes_only(tmp_path / "directory.csv", "SA DT * ZZTOP"))
    assert "ZZTOP" in file.facilities[0].codes
    assert file.facilities[0].unknown == ("ZZTOP",)
    assert file.warnings == ("No known meaning, kept as text: code ZZTOP.",)


def test_progress_knows_how_many_rows_a_workbook_has(tmp_path: Path) -> None:
    rows = [[f"Example House {number}", *CLINIC[1:]] for number in range(600)]
    told: list[tuple[int, int | None]] = []
    samhsa.read(
        workbook(tmp_path / "directory.xlsx", *rows, code_book=CODE_BOOK),
        lambda done, total: told.append((done, total)),
    )
    assert told == [(500, 600), (600, 600)]


class TestCombinedCsv:
    """Both directories of 2024 in one file made by others, with lost zeros and rows spilled from sheet 2."""

    COLUMNS = ["facility_id", "directory_type", *COLUMNS]
    JUNK = [
        ["substance_12201", "substance", *[""] * 13],
        ["substance_12202", "substance", *[""] * 13],
        ["substance_12203", "substance", *[""] * 13],
        [
            "substance_12204",
            "substance",
            "",
            "Substance use treatment",
            "Detoxification",
            "",
            "Transitional housing",
            "Hospital inpatient/24-hour hospital inpatient",
            "Outpatient",
            "Residential/24-hour residential",
            *[""] * 5,
        ],
        ["substance_12205", "substance", "", "SA", "DT", "", "HH", "HI", "OP", "RES", *[""] * 5],
    ]

    @pytest.fixture
    def file(self, tmp_path: Path) -> FacilityFile:
        lost_zero = [*DETOX_HOUSE]
        lost_zero[5:7] = ["MA", "1201"]
        lost_zeros = [*DETOX_HOUSE]
        lost_zeros[5:7] = ["PR", "601"]
        survey = [*CLINIC[:-1], "MH * OP * SP"]
        rows = [
            ["mental_1", "mental", *survey],
            ["substance_1", "substance", *CLINIC],
            ["substance_2", "substance", *lost_zero],
            ["substance_3", "substance", *lost_zeros],
            ["other_1", "dental", *CLINIC],
            [""] * 15,
            *self.JUNK,
        ]
        return samhsa.read(csv_file(tmp_path / "facilities.csv", self.COLUMNS, *rows))

    def test_each_row_names_its_directory(self, file: FacilityFile) -> None:
        assert [facility.directory for facility in file.facilities] == [
            Directory.SAMHSA_MH,
            Directory.SAMHSA_SU,
            Directory.SAMHSA_SU,
            Directory.SAMHSA_SU,
        ]

    def test_one_place_in_both_directories_has_one_key_and_two_answers(self, file: FacilityFile) -> None:
        mental, substance = file.facilities[:2]
        assert mental.key == substance.key
        assert mental.codes != substance.codes

    def test_each_directory_offers_its_own_codes(self, file: FacilityFile) -> None:
        assert file.offered[Directory.SAMHSA_MH] == {"MH", "OP", "SP"}
        assert not {"MH", "SP"} & file.offered[Directory.SAMHSA_SU]

    def test_lost_zeros_of_zip_codes_come_back(self, file: FacilityFile) -> None:
        assert [facility.fields.postal_code for facility in file.facilities[2:]] == ["01201", "00601"]

    def test_rows_spilled_from_the_code_sheet_are_rejected_with_reasons(self, file: FacilityFile) -> None:
        assert [(reject.row_number, reject.reason) for reject in file.rejects] == [
            (6, "The directory_type is neither mental nor substance."),
            *((number, "No name (name1); no state; no ZIP code.") for number in (8, 9, 10)),
            (
                11,
                "No name (name1); “Hospital inpatient/24-hour hospital inp…” is not the code of a state;"
                " “Outpatient” is not a ZIP code.",
            ),
            (12, "No name (name1); “OP” is not a ZIP code."),
        ]

    def test_blank_rows_are_not_counted_as_read(self, file: FacilityFile) -> None:
        assert file.rows_read == len(file.facilities) + len(file.rejects) == 10
