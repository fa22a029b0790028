import re
from statistics import fmean

import pytest
import zipcodes
from hypothesis import given
from hypothesis import strategies as st

from finder.geography import gazetteer
from finder.geography.gazetteer import (
    accepted_names,
    cities,
    counties,
    county_centroid,
    is_in_state,
    nearby_zip_codes,
    pad_zip,
    states,
    zip_code,
    zip_codes,
)
from finder.geography.states import MILITARY, STATE_NAMES

ZIPS = st.integers(1, 99999).map("{:05}".format)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("28801", "28801"),
        (" 28801 ", "28801"),
        ("28801-1234", "28801"),
        ("288011234", "28801"),
        (28801, "28801"),
        ("2139", "02139"),
        ("501", "00501"),
        (501, "00501"),
        (0, None),
        ("0", None),
        ("00000", None),
        ("", None),
        (None, None),
        ("12", None),
        ("123456", None),
        ("28801-12", None),
        ("2880A", None),
        ("٢٨٨٠١", None),
    ],
)
def test_a_zip_code_is_read_however_it_was_written(written: str | int | None, read: str | None) -> None:
    assert pad_zip(written) == read


@given(ZIPS, st.integers(0, 9999).map("{:04}".format))
def test_an_extension_changes_nothing(code: str, extension: str) -> None:
    assert pad_zip(code) == pad_zip(f"{code}-{extension}") == pad_zip(code + extension) == code


@given(st.integers(100, 99999))
def test_a_number_is_its_digits(number: int) -> None:
    assert pad_zip(number) == pad_zip(str(number)) == f"{number:05}"


@given(st.text(max_size=12))
def test_any_text_gives_five_digits_or_nothing(text: str) -> None:
    padded = pad_zip(text)
    assert padded is None or re.fullmatch(r"[0-9]{5}", padded)


def test_a_zip_code_knows_where_it_is() -> None:
    asheville = zip_code("28801-1234")
    assert asheville is not None
    assert (asheville.city, asheville.county, asheville.state) == ("Asheville", "Buncombe County", "NC")
    assert (asheville.latitude, asheville.longitude) == (35.5971, -82.5565)
    assert (asheville.timezone, asheville.is_standard) == ("America/New_York", True)


def test_an_unknown_zip_code_is_none() -> None:
    assert zip_code("99999") is None
    assert zip_code("") is None


def test_a_military_zip_code_has_no_position() -> None:
    apo = zip_code("09012")
    assert apo is not None
    assert (apo.state, apo.latitude, apo.longitude) == ("AE", None, None)


def test_no_position_is_left_at_zero() -> None:
    assert not [each for each in zip_codes() if each.latitude == 0 or each.longitude == 0]


def test_a_zip_code_without_a_position_takes_that_of_its_city() -> None:
    livingston = zip_code("77352")  # 0,0 in the source
    assert livingston is not None
    assert livingston.latitude == pytest.approx(30.71, abs=0.2)
    assert livingston.longitude == pytest.approx(-94.93, abs=0.2)


def test_every_state_has_a_name_and_lies_in_its_own_box() -> None:
    for each in zip_codes():
        assert each.state in STATE_NAMES
        if each.state not in MILITARY and each.latitude is not None and each.longitude is not None:
            assert is_in_state(each.latitude, each.longitude, each.state), each


def test_every_zip_code_but_military_ones_has_a_time_zone() -> None:
    assert {each.state for each in zip_codes() if "/" not in each.timezone} <= MILITARY


@pytest.mark.parametrize("code", sorted(STATE_NAMES.keys() - MILITARY))
def test_a_state_is_found_by_code_and_by_name(code: str) -> None:
    (state,) = states(code)
    assert state.state == code
    assert states(STATE_NAMES[code]) == states(STATE_NAMES[code].upper()) == (state,)


def test_military_codes_are_no_place() -> None:
    assert states("AE") == ()


@pytest.mark.parametrize(
    ("city", "state"),
    [("Asheville", "NC"), ("New York", "NY"), ("Los Angeles", "CA"), ("Anchorage", "AK"), ("Ponce", "PR")],
)
def test_a_city_is_the_mean_of_its_standard_zip_codes(city: str, state: str) -> None:
    rows = [
        row
        for row in zipcodes.filter_by(city=city, state=state)
        if row["zip_code_type"] == "STANDARD" and float(row["lat"])
    ]
    (found,) = cities(city, state)
    assert found.latitude == pytest.approx(fmean(float(row["lat"]) for row in rows))
    assert found.longitude == pytest.approx(fmean(float(row["long"]) for row in rows))
    assert found.standard_zips == len(rows)


def test_a_county_is_the_mean_of_its_standard_zip_codes() -> None:
    rows = zipcodes.filter_by(county="Buncombe County", state="NC", zip_code_type="STANDARD")
    mean = fmean(float(row["lat"]) for row in rows), fmean(float(row["long"]) for row in rows)
    assert county_centroid("NC", "Buncombe County") == pytest.approx(mean)


def test_a_place_of_post_office_boxes_alone_is_the_mean_of_all() -> None:
    rows = zipcodes.filter_by(city="Dana", state="NC")
    assert {row["zip_code_type"] for row in rows} == {"PO BOX"}
    (dana,) = cities("Dana", "NC")
    assert dana.latitude == pytest.approx(fmean(float(row["lat"]) for row in rows))
    assert dana.standard_zips == 0


def test_an_unknown_county_has_no_centroid() -> None:
    assert county_centroid("NC", "Nowhere County") is None


def test_cities_of_one_name_come_largest_first() -> None:
    portlands = cities("Portland")
    assert portlands[0].state == "OR"
    sizes = [city.standard_zips for city in portlands]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("name", ["st marys", "Saint Mary's", "ST. MARYS"])
def test_spellings_of_one_county_are_one(name: str) -> None:
    (county,) = counties(name, "MD")
    assert county.name == "St. Mary's County"


def test_a_county_has_one_spelling_in_every_zip_code() -> None:
    spelled = {each.county for each in zip_codes() if each.state == "VA" and "norfolk" in each.county.lower()}
    assert spelled == {"Norfolk City"}


def test_an_accepted_name_leads_to_the_postal_city() -> None:
    assert cities("Hollywood", "CA") == ()
    assert [area.name for area in accepted_names("Hollywood", "CA")] == ["Los Angeles"]


def test_a_city_of_that_name_hides_accepted_names_in_its_state() -> None:
    known = gazetteer.all_areas(accepted=True)
    for name, areas in known.items():
        own = {area.state for area in cities(name)}
        assert not [area for area in accepted_names(name) if area.state in own], (name, areas)


@pytest.mark.parametrize(
    ("place", "latitude", "longitude", "state", "inside"),
    [
        ("Asheville", 35.5951, -82.5515, "NC", True),
        ("Asheville", 35.5951, -82.5515, "CA", False),
        ("a lost minus sign", 35.5951, 82.5515, "NC", False),
        ("nowhere", 0, 0, "NC", False),
        ("swapped", -82.5515, 35.5951, "NC", False),
        ("Attu Station", 52.9, 172.9, "AK", True),
        ("Adak", 51.88, -176.65, "AK", True),
        ("Utqiagvik", 71.29, -156.79, "AK", True),
        ("Key West", 24.55, -81.78, "FL", True),
        ("El Paso", 31.76, -106.49, "TX", True),
        ("Lihue", 21.98, -159.37, "HI", True),
        ("Majuro", 7.1, 171.36, "MH", True),
        ("Kolonia", 6.96, 158.21, "FM", True),
        ("Tau", -14.23, -169.51, "AS", True),
        ("anywhere", 35.5951, -82.5515, "AE", False),
        ("anywhere", 35.5951, -82.5515, "ZZ", False),
    ],
)
def test_a_point_is_checked_against_its_state(
    place: str, latitude: float, longitude: float, state: str, inside: bool
) -> None:
    assert is_in_state(latitude, longitude, state) is inside, place


def test_neighbors_of_an_unknown_zip_code_start_alike() -> None:
    near = nearby_zip_codes("28899")
    assert near[0].zip_code[:3] == "288"
    assert [abs(int(each.zip_code) - 28899) for each in near] == sorted(
        abs(int(each.zip_code) - 28899) for each in near
    )
