from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from finder.facilities.facility import (
    Codes,
    ContactFields,
    Directory,
    Facility,
    PhoneNumber,
    distinct_phones,
    natural_key,
    pairing_key,
    united,
)

MAIN = PhoneNumber("828-555-0142", "", "+18285550142", "MAIN")
INTAKE = PhoneNumber("828-555-0143", "", "+18285550143", "INTAKE")
FIELDS = ContactFields(
    organization_name="Example House",
    name="Example House",
    address_1="1 Example Street",
    address_2="",
    city="Asheville",
    state_province="NC",
    postal_code="28801",
    website="",
    latitude=None,
    longitude=None,
    location_type="physical",
    phones=(MAIN,),
)
EXAMPLE = Facility(
    directory=Directory.FINDTREATMENT_SU,
    key="example house||1 example street|28801",
    fields=FIELDS,
    codes=frozenset({"SA"}),
    rows=({"name1": "Example House"},),
    row_numbers=(2,),
    pairing_key=None,
)
name_parts = st.text(st.characters(exclude_characters="|"), max_size=12)


@given(name_parts, name_parts, name_parts)
def test_case_and_blanks_make_no_other_listing(name1: str, name2: str, street1: str) -> None:
    spaced = [f"  {part}\t".replace(" ", "  ") for part in (name1, name2, street1)]
    assert natural_key(*spaced, "28801") == natural_key(name1, name2, street1, "28801")


@given(st.text("AbÉ c", max_size=8))
def test_upper_case_makes_no_other_listing(name: str) -> None:
    assert natural_key(name.upper(), "", "", "28801") == natural_key(name.lower(), "", "", "28801")


def test_another_program_at_the_same_address_is_another_listing() -> None:
    detox = natural_key("Example House", "Detox", "1 Example Street", "28801")
    assert detox != natural_key("Example House", "Outpatient", "1 Example Street", "28801")


def test_a_place_is_paired_by_street_zip_and_the_digits_of_its_main_number() -> None:
    assert pairing_key(FIELDS) == "1 example street|28801|18285550142"


def test_a_place_without_a_main_number_is_not_paired() -> None:
    assert pairing_key(replace(FIELDS, phones=(INTAKE,))) is None


def test_a_vanity_number_pairs_with_its_digits() -> None:
    vanity = replace(MAIN, number="828-555-01HA")
    assert pairing_key(replace(FIELDS, phones=(vanity,))) == pairing_key(FIELDS)


def test_united_rows_say_what_either_says() -> None:
    other = replace(EXAMPLE, codes=frozenset({"DT"}), row_numbers=(9,), unknown=("TAP: Yodeling",))
    both = united(EXAMPLE, other)
    assert both.codes == {"SA", "DT"}
    assert both.row_numbers == (2, 9)
    assert both.rows == EXAMPLE.rows + other.rows
    assert both.unknown == ("TAP: Yodeling",)


def test_a_later_row_fills_in_what_the_first_leaves_blank() -> None:
    later = replace(
        FIELDS, website="http://example.org", latitude=35.6, longitude=-82.5, phones=(INTAKE, MAIN)
    )
    both = united(EXAMPLE, replace(EXAMPLE, fields=later)).fields
    assert both == replace(later, phones=(MAIN, INTAKE))


def test_a_later_row_does_not_overwrite_the_first() -> None:
    first = replace(FIELDS, website="http://example.org", latitude=35.6, longitude=-82.5)
    later = replace(FIELDS, website="http://other.example.org", latitude=35.1, longitude=-82.1)
    assert united(replace(EXAMPLE, fields=first), replace(EXAMPLE, fields=later)).fields == first


def test_what_one_row_states_is_no_longer_inferred() -> None:
    certified = replace(EXAMPLE, codes=frozenset({"SA", "OTP"}), inferred=frozenset({"SA", "OTP"}))
    assert united(certified, EXAMPLE).inferred == {"OTP"}
    assert united(EXAMPLE, certified).inferred == {"OTP"}


def test_the_first_mention_of_a_line_stays_in_its_place() -> None:
    again = replace(MAIN, phone_type="INTAKE")
    assert distinct_phones([MAIN, INTAKE, again]) == (MAIN, INTAKE)


@given(st.sets(st.sampled_from("ABCD")), st.sets(st.sampled_from("ABCD")))
def test_codes_are_a_set_like_any_other(some: set[str], others: set[str]) -> None:
    codes = Codes([*some, *some])
    assert codes == some
    assert len(codes) == len(some)
    assert (codes | others, codes & others, codes - others) == (some | others, some & others, some - others)
    assert (others | codes, others & codes, others - codes) == (some | others, some & others, others - some)


def test_another_extension_is_another_line() -> None:
    desk = replace(MAIN, extension="12")
    assert distinct_phones([MAIN, desk]) == (MAIN, desk)
