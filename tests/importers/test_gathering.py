import pytest

from finder.facilities.facility import Directory, FacilityFile
from finder.importers.gathering import Gathering, contact_fields, read_website

EXAMPLE = {
    "name1": "Example House",
    "street1": "1 Example Street",
    "city": "Asheville",
    "state": "NC",
    "zip": "28801",
    "phone": "828-555-0142",
}


def gathered(*rows: dict[str, str]) -> FacilityFile:
    gathering = Gathering()
    for number, row in enumerate(rows, start=2):
        gathering.count_row()
        gathering.add(Directory.SAMHSA_SU, number, row, ["SA"])
    return gathering.file(gathering.codes_met(), {})


def test_names_are_joined_and_blanks_collapsed() -> None:
    fields = contact_fields({**EXAMPLE, "name1": " Example  House ", "name2": "Detox\tUnit "})
    assert (fields.organization_name, fields.name) == ("Example House", "Example House – Detox Unit")


@pytest.mark.parametrize("name2", ["", "  ", "EXAMPLE house"])
def test_a_second_name_that_adds_nothing_is_left_out(name2: str) -> None:
    assert contact_fields({**EXAMPLE, "name2": name2}).name == "Example House"


@pytest.mark.parametrize(
    ("zip_text", "state", "expected"),
    [
        ("28801", "NC", "28801"),
        ("28801-1234", "NC", "28801"),
        ("288011234", "NC", "28801"),
        ("1201", "MA", "01201"),
        ("601", "PR", "00601"),
        ("1201.0", "MA", "01201"),
        (" 28801 ", "nc", "28801"),
    ],
)
def test_zip_codes_become_five_digits(zip_text: str, state: str, expected: str) -> None:
    fields = contact_fields({**EXAMPLE, "zip": zip_text, "state": state})
    assert (fields.postal_code, fields.state_province) == (expected, state.upper())


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", ""),
        ("http://", ""),
        ("https://", ""),
        (" http:// ", ""),
        ("N/A", ""),
        ("intake@example.org", ""),
        ("javascript://example.org/%0aalert(1)", ""),
        ("http://[broken", ""),
        ("www.example.org", "http://www.example.org"),
        ("example.org/help", "http://example.org/help"),
        ("http://Www.example.org", "http://Www.example.org"),
        ("https://example.org", "https://example.org"),
    ],
)
def test_a_website_is_one_that_opens_or_none(raw: str, expected: str) -> None:
    assert read_website(raw) == expected


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        ("0", "0"),
        ("0.0", "0.0"),
        ("", ""),
        ("north", "west"),
        ("nan", "nan"),
        ("40.7", "-74.0"),
        ("-82.55", "35.6"),
    ],
)
def test_coordinates_that_cannot_be_right_are_missing(latitude: str, longitude: str) -> None:
    fields = contact_fields({**EXAMPLE, "latitude": latitude, "longitude": longitude})
    assert (fields.latitude, fields.longitude) == (None, None)


def test_coordinates_in_the_state_are_kept() -> None:
    fields = contact_fields({**EXAMPLE, "latitude": "35.595", "longitude": " -82.551"})
    assert (fields.latitude, fields.longitude) == (35.595, -82.551)


@pytest.mark.parametrize(
    ("street1", "street2", "expected"),
    [
        ("P.O. Box 7009", "", "postal"),
        ("PO Box E-15", "", "postal"),
        ("P. O. Box 1240", "P.O. Box 1240", "postal"),
        ("Post Office Box 12", "", "postal"),
        ("1 Example Street", "P.O. Box 12", "physical"),
        ("P.O. Box 12", "1 Example Street", "physical"),
        ("PO Box 12, 1 Example Street", "", "physical"),
        ("1727 Boxwood Place", "", "physical"),
        ("", "", "physical"),
    ],
)
def test_an_address_is_postal_only_when_it_is_nothing_but_a_box(
    street1: str, street2: str, expected: str
) -> None:
    assert contact_fields({**EXAMPLE, "street1": street1, "street2": street2}).location_type == expected


def test_phones_come_main_first_each_line_once() -> None:
    lines = {
        "intake1": "828-555-0143 x2",
        "intake2": "(828) 555-0142",
        "intake1a": "888-555HOPE",
        "hotline1": "988",
    }
    phones = contact_fields({**lines, **EXAMPLE}).phones
    assert [(phone.number, phone.extension, phone.phone_type) for phone in phones] == [
        ("828-555-0142", "", "MAIN"),
        ("828-555-0143", "2", "INTAKE"),
        ("888-555HOPE", "", "INTAKE"),
        ("988", "", "HOTLINE"),
    ]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"name1": "  "}, "No name (name1)."),
        ({"state": ""}, "No state."),
        ({"state": "ZZ"}, "“ZZ” is not the code of a state."),
        ({"zip": ""}, "No ZIP code."),
        ({"zip": "OP"}, "“OP” is not a ZIP code."),
        ({"zip": "0"}, "“0” is not a ZIP code."),
        ({"zip": "99999"}, "There is no ZIP code 99999."),
        ({"name1": "", "zip": "12"}, "No name (name1); “12” is not a ZIP code."),
    ],
)
def test_a_row_that_cannot_be_a_listing_is_rejected_with_its_reasons(
    cells: dict[str, str], reason: str
) -> None:
    row = EXAMPLE | cells
    (reject,) = gathered(EXAMPLE, row).rejects
    assert (reject.row_number, reject.reason, reject.row) == (3, reason, row)


def test_a_long_cell_is_shortened_in_the_reason() -> None:
    (reject,) = gathered(EXAMPLE | {"state": "Hospital inpatient/24-hour hospital inpatient"}).rejects
    assert reject.reason == "“Hospital inpatient/24-hour hospital inp…” is not the code of a state."


def test_a_row_without_a_phone_is_kept_with_a_warning() -> None:
    file = gathered(EXAMPLE | {"phone": " "})
    assert (len(file.facilities), file.warnings) == (1, ("No main phone number: row 2.",))


def test_a_warning_names_the_first_rows_and_counts_the_rest() -> None:
    rows = [EXAMPLE | {"phone": "", "name2": str(number)} for number in range(1012)]
    assert gathered(*rows).warnings == (
        "No main phone number: rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 1,002 more.",
    )


def test_a_zip_code_of_another_state_and_a_far_position_are_doubts() -> None:
    row = EXAMPLE | {"zip": "01201", "latitude": "0", "longitude": "0"}
    assert gathered(row).warnings == (
        "ZIP code of another state: row 2.",
        "Coordinates zero or outside the state, left out: row 2.",
    )


def test_rows_equal_but_for_case_and_blanks_are_one_listing() -> None:
    file = gathered(EXAMPLE, EXAMPLE | {"name1": "EXAMPLE  house ", "zip": "28801-0001"})
    assert (file.rows_read, file.rows_merged, len(file.facilities)) == (2, 1, 1)
    assert file.facilities[0].row_numbers == (2, 3)


def test_progress_is_told_on_the_way_and_at_the_end() -> None:
    told: list[tuple[int, int | None]] = []
    gathering = Gathering(progress=lambda done, total: told.append((done, total)), total=1003)
    for _ in range(1003):
        gathering.count_row()
    gathering.file({}, {})
    assert told == [(500, 1003), (1000, 1003), (1003, 1003)]
