import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.geography.gazetteer import Area, all_areas, states, zip_codes
from finder.geography.places import PlaceKind
from finder.geography.readings import MAX_OTHERS, PlaceNotFound, read_place
from finder.geography.states import MILITARY, STATE_NAMES

AS_IT_STANDS = [
    ("28801", "28801 (Asheville, NC)"),
    ("28801-1234", "28801 (Asheville, NC)"),
    ("288011234", "28801 (Asheville, NC)"),
    ("Asheville NC 28801", "28801 (Asheville, NC)"),
    ("Asheville, NC", "Asheville, NC"),
    ("asheville nc", "Asheville, NC"),
    ("ASHEVILLE ,NC", "Asheville, NC"),
    ("  Asheville   N.C. ", "Asheville, NC"),
    ("Asheville, North Carolina", "Asheville, NC"),
    ("Asheville Carolina del Norte", "Asheville, NC"),
    ("Asheville NC USA", "Asheville, NC"),
    ("Asheville, Buncombe County, NC", "Asheville, NC"),
    ("12 Main St, Asheville, NC", "Asheville, NC"),
    ("12 Main St, Asheville NC", "Asheville, NC"),
    ("Asheville", "Asheville, NC"),
    ("Portland", "Portland, OR"),
    ("Kansas City Kansas", "Kansas City, KS"),
    ("Charleston West Virginia", "Charleston, WV"),
    ("Port Washington", "Port Washington, NY"),
    ("Buncombe County, NC", "Buncombe County, NC"),
    ("Buncombe County", "Buncombe County, NC"),
    ("County of Buncombe", "Buncombe County, NC"),
    ("Buncombe, NC", "Buncombe County, NC"),
    ("condado de Buncombe", "Buncombe County, NC"),
    ("Orange County, NC", "Orange County, NC"),
    ("Orleans Parish", "Orleans Parish, LA"),
    ("Orleans County, LA", "Orleans Parish, LA"),
    ("St Tammany Parish, LA", "St. Tammany Parish, LA"),
    ("Matanuska-Susitna Borough", "Matanuska-Susitna Borough, AK"),
    ("Nome Census Area, AK", "Nome Census Area, AK"),
    ("Richmond, VA", "Richmond, VA"),
    ("Richmond City, VA", "Richmond City, VA"),
    ("Bayamón, PR", "Bayamon, PR"),
    ("municipio de Bayamón", "Bayamon Municipio, PR"),
    ("St. Louis, MO", "Saint Louis, MO"),
    ("Saint Louis, MO", "Saint Louis, MO"),
    ("Ft. Worth", "Fort Worth, TX"),
    ("Mt. Airy, NC", "Mount Airy, NC"),
    ("Cañon City", "Canon City, CO"),
    ("San Germán", "San German, PR"),
    ("coeur d'alene", "Coeur d'Alene, ID"),
    ("mclean va", "McLean, VA"),
    ("n myrtle beach", "North Myrtle Beach, SC"),
    ("winston salem", "Winston-Salem, NC"),
    ("NC", "North Carolina"),
    ("north carolina", "North Carolina"),
    ("Carolina del Norte", "North Carolina"),
    ("Nuevo México", "New Mexico"),
    ("Dakota del Sur", "South Dakota"),
    ("Pensilvania", "Pennsylvania"),
    ("Luisiana", "Louisiana"),
    ("Hawái", "Hawaii"),
    ("Virginia Occidental", "West Virginia"),
    ("estado de Nueva York", "New York State"),
    ("New York State", "New York State"),
    ("New York", "New York, NY"),
    ("Nueva York", "New York, NY"),
    ("Washington", "Washington"),
    ("Washington DC", "Washington, DC"),
    ("Washington, D.C.", "Washington, DC"),
    ("Washington D. C.", "Washington, DC"),
    ("NYC", "New York, NY"),
    ("LA", "Louisiana"),
    ("SF", "San Francisco, CA"),
    ("Philly", "Philadelphia, PA"),
    ("Vegas", "Las Vegas, NV"),
    ("Vegas NV", "Las Vegas, NV"),
    ("Hollywood, CA", "Los Angeles, CA"),
    ("online", "Online"),
    ("En línea", "Online"),
    ("VIRTUAL", "Online"),
    ("35.5951,-82.5515", "near Asheville, NC"),
    (" 35.5951 , -82.5515 ", "near Asheville, NC"),
    ("51.5,-0.1", "51.5, -0.1"),
]

MISSPELT = [
    ("Ashevile", "Asheville, NC"),
    ("Ashvile NC", "Asheville, NC"),
    ("Ashvile, North Carolna", "Asheville, NC"),
    ("ashvile north carolna", "Asheville, NC"),
    ("12 Main St, Ashevile, NC", "Asheville, NC"),
    ("Buncomb County", "Buncombe County, NC"),
    ("Buncomb, NC", "Buncombe County, NC"),
    ("North Carolna", "North Carolina"),
    ("Philidelphia", "Philadelphia, PA"),
    ("Albuqerque", "Albuquerque, NM"),
    ("Tuscon", "Tucson, AZ"),
    ("san fransico", "San Francisco, CA"),
    ("New Yrok", "New York, NY"),
    ("Washingtn", "Washington"),
    ("Asheville, SC", "Asheville, NC"),
    ("2139", "02139 (Cambridge, MA)"),
]

NO_PLACE = [
    "",
    "   ",
    ",",
    "xqzzt",
    "'; DROP TABLE listing; --",
    "<script>alert(1)</script>",
    "x" * 10_000,
    "Asheville, NC" + " " * 10 + "x" * 100,
    "😀😀",
    "\0",
    "a\0b",
    "東京",
    "USA",
    "988",
    "95.0,10.0",
    "35.0,181.0",
    "AE",
    "APO, AE",
]


@pytest.mark.parametrize(("words", "label"), AS_IT_STANDS)
def test_what_was_named_is_read_as_it_stands(words: str, label: str) -> None:
    reading = read_place(words)
    assert (reading.place.label, reading.corrected) == (label, False)


@pytest.mark.parametrize(("words", "label"), MISSPELT)
def test_what_was_misspelt_is_read_and_said_to_be_corrected(words: str, label: str) -> None:
    reading = read_place(words)
    assert (reading.place.label, reading.corrected) == (label, True)


@pytest.mark.parametrize("words", NO_PLACE)
def test_what_names_no_place_is_not_found(words: str) -> None:
    with pytest.raises(PlaceNotFound):
        read_place(words)


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("Ashevile", "Nashville, TN"),
        ("New York", "New York State"),
        ("Washington", "Washington, DC"),
        ("Washingtn", "Washington, DC"),
        ("LA", "Los Angeles, CA"),
        ("Portland", "Portland, ME"),
        ("Manhattan", "Manhattan, KS"),
        ("Pittsburg", "Pittsburgh, PA"),
        ("Buncombe", "Buncombe County, NC"),
        ("Hollywood", "Los Angeles, CA"),
        ("Orange County", "Orange County, FL"),
    ],
)
def test_other_places_of_that_name_are_offered(words: str, other: str) -> None:
    assert other in [place.label for place in read_place(words).others]


@pytest.mark.parametrize("words", ["Springfield", "Washington County", "Ashevile", "Wilmingtn"])
def test_a_few_others_are_offered_and_each_place_once(words: str) -> None:
    reading = read_place(words)
    labels = [reading.place.label, *(place.label for place in reading.others)]
    assert 1 < len(labels) == len(set(labels)) <= 1 + MAX_OTHERS


def test_a_full_name_leaves_nothing_to_ask() -> None:
    assert read_place("Portland, OR").others == ()


def test_an_unknown_zip_code_suggests_towns_of_its_area() -> None:
    with pytest.raises(PlaceNotFound) as caught:
        read_place("28800")
    assert "Asheville, NC" in [place.label for place in caught.value.suggestions]


def test_a_place_abroad_suggests_its_namesakes() -> None:
    with pytest.raises(PlaceNotFound) as caught:
        read_place("Paris, France")
    assert caught.value.suggestions[0].label == "Paris, TX"


def test_a_military_zip_code_is_on_no_map() -> None:
    with pytest.raises(PlaceNotFound) as caught:
        read_place("09012")
    assert caught.value.suggestions == ()


def test_the_words_stay_out_of_the_error_text_and_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(PlaceNotFound) as caught:
        read_place("my secret hideout")
    assert caught.value.words == "my secret hideout"
    assert "secret" not in str(caught.value)
    assert not caplog.records


def test_a_zip_code_carries_all_that_is_known() -> None:
    place = read_place("28801").place
    assert (place.kind, place.zip_code) == (PlaceKind.ZIP, "28801")
    assert (place.city, place.county, place.state) == ("Asheville", "Buncombe County", "NC")
    assert place.timezone == "America/New_York"


def test_a_point_is_kept_as_it_was_given() -> None:
    place = read_place("35.59512345,-82.55154321").place
    assert (place.latitude, place.longitude) == (35.59512345, -82.55154321)
    assert place.query == "35.59512345,-82.55154321"


def test_online_is_nowhere_on_the_map() -> None:
    place = read_place("online").place
    assert (place.kind, place.latitude, place.longitude) == (PlaceKind.ONLINE, None, None)


def every_area() -> list[Area]:
    found = {area for areas in all_areas(accepted=False).values() for area in areas}
    return sorted(found, key=lambda area: (area.state, area.name, area.kind.value))


@pytest.mark.parametrize("kind", [PlaceKind.CITY, PlaceKind.COUNTY])
def test_every_label_reads_back_as_itself(kind: PlaceKind) -> None:
    places = [area.place for area in every_area() if area.kind is kind]
    astray = [place.label for place in places if read_place(place.query).place.label != place.label]
    assert len(places) > 3000
    assert astray == []


def test_only_places_with_one_label_read_back_as_another_kind() -> None:
    """Carson City is a city and its own county; the city answers for both."""
    places = [area.place for area in every_area()]
    changed = {place.label for place in places if read_place(place.query).place != place}
    assert changed == {place.label for place in places if place.kind is PlaceKind.COUNTY} & {
        place.label for place in places if place.kind is PlaceKind.CITY
    }


@pytest.mark.parametrize("code", sorted(STATE_NAMES.keys() - MILITARY))
def test_every_state_reads_back_as_itself(code: str) -> None:
    (state,) = states(code)
    reading = read_place(state.place.query)
    assert (reading.place, reading.corrected) == (state.place, False)


def test_every_zip_code_reads_back_as_itself() -> None:
    for each in zip_codes():
        if each.latitude is not None:
            assert read_place(each.zip_code).place.query == each.zip_code


@settings(deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_point_reads_back_as_itself(latitude: float, longitude: float) -> None:
    place = read_place(f"{latitude:.6f},{longitude:.6f}").place
    assert read_place(place.query).place == place


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=120) | st.text("ashevilnc, 0123456789.-", max_size=30))
def test_any_text_is_a_place_or_not_found(words: str) -> None:
    try:
        reading = read_place(words)
    except PlaceNotFound:
        return
    assert read_place(reading.place.query).place.label == reading.place.label
