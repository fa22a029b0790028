import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.meetings.addresses import Address, Point, address_of, country_code, point_of

KEYS = ("formatted_address", "address", "city", "state", "postal_code", "country", "latitude", "coordinates")
ASHEVILLE = Address("1 Example Street", "Asheville", "NC", "28801", "US", False)


@pytest.mark.parametrize(
    "text",
    [
        "1 Example Street, Asheville, NC 28801, USA",
        "1 Example Street, Asheville, NC 28801-1234, USA",
        "1 Example Street, Asheville, NC 28801",
        "1 Example Street, Asheville, NC, 28801",
        "1 Example Street, Asheville, North Carolina 28801, United States",
        "1 Example Street, Asheville NC 28801, USA",
        "1 Example Street, Asheville, NC 28801, USA @ Example Church",
    ],
)
def test_an_american_address_falls_into_its_parts(text: str) -> None:
    assert address_of({"formatted_address": text})[:5] == ASHEVILLE[:5]


@pytest.mark.parametrize(
    ("text", "is_approximate"),
    [
        ("1 Example Street, Asheville, NC 28801, USA", False),
        ("1 Example Street, Asheville, NC 28801", False),
        ("Asheville, NC 28801, USA", True),
        ("Asheville, NC, USA", True),
        ("North Carolina, USA", True),
        ("1 Example Street, Asheville", True),
        ("1 Example Road, London SW1A 2AA, UK", True),
        ("1 Example Road, Westminster, London SW1A 2AA, UK", False),
    ],
)
def test_an_address_of_fewer_than_four_parts_is_approximate(text: str, is_approximate: bool) -> None:
    assert address_of({"formatted_address": text}).is_approximate == is_approximate


def test_parts_in_columns_of_their_own_are_read() -> None:
    row = {"address": "1 Example Street", "city": "Asheville", "state": ".NC", "postal_code": "28801"}
    assert address_of(row) == ASHEVILLE


def test_a_zip_code_gives_a_state_that_is_left_out() -> None:
    assert address_of({"address": "1 Example Street", "postal_code": "28801"}).state == "NC"


def test_a_province_tells_of_canada() -> None:
    row = {"address": "1 Example Road", "city": "Edmonton", "state": "AB", "postal_code": "T5J 0N3"}
    assert address_of(row) == Address("1 Example Road", "Edmonton", "AB", "", "CA", False)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("USA", "US"),
        ("U.S.A", "US"),
        ("United States", "US"),
        ("México", "MX"),
        ("de", "DE"),
        ("", "US"),
        ("Narnia", "US"),
    ],
)
def test_countries_have_many_names(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("latitude", "longitude", "fault"),
    [
        ("0", "-82.5", "zero"),
        ("35.5", "0.0", "zero"),
        ("51.5", "-0.1", "outside"),
        ("35.5", "", ""),
        ("a", "b", ""),
    ],
)
def test_coordinates_that_cannot_be_are_none(latitude: str, longitude: str, fault: str) -> None:
    assert point_of({"latitude": latitude, "longitude": longitude}, ASHEVILLE) == Point(fault=fault)


@settings(deadline=None)  # the gazetteer loads at first use
@given(row=st.dictionaries(st.sampled_from(KEYS), st.text() | st.text("1, .UST")))
def test_any_address_is_read(row: dict[str, str]) -> None:
    address = address_of(row)
    assert len(address.country) == 2
    assert len(address.state) in {0, 2}
    assert address.postal_code == "" or len(address.postal_code) == 5
    assert (point_of(row, address).latitude is None) == (point_of(row, address).longitude is None)
