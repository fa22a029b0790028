import csv
import json
from pathlib import Path
from typing import Any

import pytest

from finder.facilities.facility import Directory, Facility, FacilityFile, UnreadableFile
from finder.facilities.judgement import Judgement, judgements
from finder.importers import findtreatment

ROW: dict[str, Any] = {
    "_irow": 1,
    "frid": "00ff",
    "name1": "Example House",
    "name2": None,
    "street1": "1 Example Street",
    "street2": None,
    "city": "Asheville",
    "state": "NC",
    "zip": "28801",
    "phone": "(828) 555-0142",
    "typeFacility": "SA",
    "intake1": "828-555-0143",
    "hotline1": None,
    "website": "http://",
    "latitude": "35.595",
    "longitude": "-82.551",
    "miles": 0.24,
    "services": [
        {"f1": "Type of Care", "f2": "TC", "f3": "Substance use treatment; Detoxification"},
        {"f1": "Special Programs", "f2": "SG", "f3": "Young adults"},
    ],
}
OTP_ROW = ROW | {"typeFacility": "OTP", "services": None}
EXPORT_COLUMNS = [
    *("", "name1", "name2", "street1", "street2", "city", "state", "zip", "zip4", "county", "phone"),
    *("intake_prompt", "intake1", "intake2", "website", "latitude", "longitude", "type_facility"),
    *("dt", "sa", "hid", "zznew"),
]
EXPORT_ROW = [
    *(
        "7",
        "Example House",
        "",
        "1 Example Street",
        "",
        "Pittsfield",
        "MA",
        "1201",
        "1",
        "",
        "413-555-0142",
        "Intake",
    ),
    *("", "", "http://", "42.45", "-73.25", "SA", "1", "1", "", "1"),
]


def judged(file: FacilityFile, terms: dict[int, frozenset[str]]) -> list[Judgement]:
    return [judgement for _, judgement in judgements(file, terms)]


def page(path: Path, *rows: dict[str, Any] | None, **answer: Any) -> Path:
    path.write_text(json.dumps({"page": 1, "rows": rows, **answer}), encoding="utf-8")
    return path


def export(path: Path, *rows: list[str], titles: int = 0) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*[["Facility listing"]] * titles, EXPORT_COLUMNS, *rows])
    return path


def only(path: Path) -> Facility:
    (facility,) = findtreatment.read(path).facilities
    return facility


def test_a_row_of_the_api_becomes_a_facility(tmp_path: Path) -> None:
    facility = only(page(tmp_path / "page.json", ROW))
    assert facility.directory is Directory.FINDTREATMENT_SU
    assert facility.key == "example house||1 example street|28801"
    assert facility.codes == {"SA", "DT", "TAY"}
    assert facility.row_numbers == (1,)
    assert (facility.fields.latitude, facility.fields.longitude) == (35.595, -82.551)
    assert facility.fields.website == ""
    assert [phone.number for phone in facility.fields.phones] == ["828-555-0142", "828-555-0143"]


def test_the_category_tells_codes_of_one_name_apart(tmp_path: Path) -> None:
    by_age = ROW | {"services": [{"f2": "AGE", "f3": "Young adults"}]}
    assert only(page(tmp_path / "page.json", by_age)).codes == {"YAD"}


def test_what_belongs_to_the_request_is_dropped_from_the_kept_row(tmp_path: Path) -> None:
    row = dict(only(page(tmp_path / "page.json", ROW)).rows[0])
    assert not {"_irow", "frid", "miles"} & row.keys()
    assert row["services TC"] == "Substance use treatment; Detoxification"


@pytest.mark.parametrize(
    ("kind", "directory"),
    [
        ("SA", Directory.FINDTREATMENT_SU),
        ("SU", Directory.FINDTREATMENT_SU),
        ("OTP", Directory.FINDTREATMENT_SU),
        ("MH", Directory.FINDTREATMENT_MH),
    ],
)
def test_the_type_tells_the_directory(tmp_path: Path, kind: str, directory: Directory) -> None:
    assert only(page(tmp_path / "page.json", ROW | {"typeFacility": kind})).directory is directory


def test_both_spellings_of_the_type_are_read(tmp_path: Path) -> None:
    row = {key: value for key, value in ROW.items() if key != "typeFacility"} | {"type_facility": "MH"}
    assert only(page(tmp_path / "page.json", row)).directory is Directory.FINDTREATMENT_MH


@pytest.mark.parametrize("kind", ["BUPREN", "HRSA", "", None])
def test_a_practitioner_is_left_out_without_a_trace(tmp_path: Path, kind: str | None) -> None:
    person = ROW | {"typeFacility": kind, "name1": "Doe", "name2": "Jane", "website": "jane@example.org"}
    file = findtreatment.read(page(tmp_path / "page.json", ROW, person))
    (reject,) = file.rejects
    assert (len(file.facilities), reject.row_number, reject.row) == (1, 2, {})
    assert "Doe" not in repr(file)
    assert "Jane" not in repr(file)


def test_the_type_of_a_certified_program_says_two_codes(tmp_path: Path) -> None:
    facility = only(page(tmp_path / "page.json", OTP_ROW))
    assert facility.codes == facility.inferred == {"OTP", "SA"}


def test_a_program_without_services_is_never_said_to_lack_one(tmp_path: Path) -> None:
    other = ROW | {"name1": "Other House"}
    file = findtreatment.read(page(tmp_path / "page.json", OTP_ROW, other))
    terms = {1: frozenset({"DT"}), 2: frozenset({"OTP"})}
    assert judged(file, terms)[0] == Judgement(frozenset({2}), frozenset())


def test_a_service_of_no_known_name_is_kept_as_text(tmp_path: Path) -> None:
    row = ROW | {"services": [{"f2": "TAP", "f3": "Yodeling; Anger management"}]}
    file = findtreatment.read(page(tmp_path / "page.json", row))
    assert file.facilities[0].codes == {"ANG"}
    assert file.facilities[0].unknown == ("TAP: Yodeling",)
    assert file.warnings == ("No known meaning, kept as text: code TAP: Yodeling.",)


@pytest.mark.parametrize("services", [None, [], "", [None], [{"f1": "Type of Care", "f2": "TC", "f3": None}]])
def test_no_services_are_no_codes(tmp_path: Path, services: object) -> None:
    assert only(page(tmp_path / "page.json", ROW | {"services": services})).codes == frozenset()


@pytest.mark.parametrize("zip_code", [28801, "28801", "28801-1234", 28801.0])
def test_a_zip_code_may_be_a_number(tmp_path: Path, zip_code: object) -> None:
    assert only(page(tmp_path / "page.json", ROW | {"zip": zip_code})).fields.postal_code == "28801"


def test_a_zip_code_of_zero_is_rejected(tmp_path: Path) -> None:
    (reject,) = findtreatment.read(page(tmp_path / "page.json", ROW | {"zip": 0})).rejects
    assert reject.reason == "“0” is not a ZIP code."


def test_a_row_that_is_no_object_is_rejected(tmp_path: Path) -> None:
    file = findtreatment.read(page(tmp_path / "page.json", None, ROW))
    assert ([reject.row_number for reject in file.rejects], len(file.facilities)) == ([1], 1)


def test_rows_without_their_envelope_are_read(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text("\ufeff" + json.dumps([ROW]), encoding="utf-8")
    assert only(path).fields.name == "Example House"


def test_pages_of_a_folder_are_read_in_name_order_and_united(tmp_path: Path) -> None:
    page(
        tmp_path / "page-2.json", ROW | {"services": [{"f2": "OM", "f3": "Buprenorphine used in Treatment"}]}
    )
    page(tmp_path / "page-1.json", ROW | {"name1": "Other House"}, ROW)
    (tmp_path / "notes.txt").write_text("not a page")
    file = findtreatment.read(tmp_path)
    assert [facility.fields.name for facility in file.facilities] == ["Other House", "Example House"]
    assert (file.rows_read, file.rows_merged) == (3, 1)
    example = file.facilities[1]
    assert example.codes == {"SA", "DT", "TAY", "BU"}
    assert [(n, row["page"]) for n, row in zip(example.row_numbers, example.rows, strict=True)] == [
        (2, "page-1.json"),
        (1, "page-2.json"),
    ]


def test_rejects_and_warnings_name_their_page(tmp_path: Path) -> None:
    page(tmp_path / "page-1.json", ROW | {"phone": None})
    page(tmp_path / "page-2.json", ROW | {"name1": ""})
    file = findtreatment.read(tmp_path)
    assert file.rejects[0].reason == "page-2.json: No name (name1)."
    assert file.warnings == ("No main phone number: row 1 of page-1.json.",)


def test_an_answer_with_pages_missing_is_not_complete(tmp_path: Path) -> None:
    file = findtreatment.read(page(tmp_path / "page.json", ROW, recordCount=22_949))
    assert not file.is_complete
    assert file.warnings == ("Only 1 of the locator's 22,949 rows are here.",)


def test_an_answer_with_every_row_is_complete(tmp_path: Path) -> None:
    assert findtreatment.read(page(tmp_path / "page.json", ROW, recordCount=1)).is_complete


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"rows": [{"name1": "Example', "not whole JSON"),
        ("[" * 100_000, "not whole JSON"),
        ('{"message": "Forbidden"}', "no list of rows"),
        ("<html>Service unavailable</html>", "web page"),
        ("", "is empty"),
        ("name1,street1\nExample,1 Example Street\n", "no type_facility column"),
    ],
)
def test_what_is_no_page_is_refused_by_name(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "page-3.json"
    path.write_text(content)
    with pytest.raises(UnreadableFile, match=sentence) as refusal:
        findtreatment.read(path)
    assert "“page-3.json”" in str(refusal.value)


def test_one_bad_page_refuses_the_folder(tmp_path: Path) -> None:
    page(tmp_path / "page-1.json", ROW)
    (tmp_path / "page-2.json").write_text("{")
    with pytest.raises(UnreadableFile, match=r"page-2\.json"):
        findtreatment.read(tmp_path)


def test_a_folder_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no pages of the locator"):
        findtreatment.read(tmp_path)


@pytest.mark.parametrize("titles", [0, 4])
def test_a_row_of_the_download_becomes_a_facility(tmp_path: Path, titles: int) -> None:
    facility = only(export(tmp_path / "listing.csv", EXPORT_ROW, titles=titles))
    assert facility.codes == {"DT", "SA", "ZZNEW"}
    assert facility.unknown == ("ZZNEW",)
    assert facility.fields.postal_code == "01201"
    assert facility.row_numbers == (2 + titles,)
    assert facility.rows[0]["column_1"] == "7"


def test_columns_never_ticked_were_not_offered(tmp_path: Path) -> None:
    file = findtreatment.read(export(tmp_path / "listing.csv", EXPORT_ROW))
    assert file.offered == {Directory.FINDTREATMENT_SU: {"DT", "SA", "ZZNEW"}}


def test_a_contact_column_among_the_codes_is_no_code(tmp_path: Path) -> None:
    path = tmp_path / "listing.csv"
    path.write_text(
        "name1,street1,state,zip,type_facility,dt,zip4\nExample House,1 Example Street,NC,28801,SA,1,1\n"
    )
    assert only(path).codes == {"DT"}
