"""What a person wrote stays; what only imports wrote follows the imports."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from finder.actions.composing import A_PERSONS_FIELD, Difference, composed, settled
from finder.models import SourceRecord

FIELD = "service.name"
SAID: dict[str, Any] = {
    "organization_name": "Example", "name": "Example House", "location_type": "physical",
    "address_1": "1 Example Street", "address_2": "", "city": "Asheville", "state_province": "NC",
    "postal_code": "28801", "website": "", "latitude": None, "longitude": None, "phones": [],
    "categories": ["behavioral_health"],
}  # fmt: skip
MAIN = ["828-555-0142", "", "+18285550142", "MAIN"]


def record(source: str = "samhsa-su", edition: int = 2024, *, missing: int = 0, **said: Any) -> SourceRecord:
    return SourceRecord(
        source_id=source,
        edition=date(edition, 1, 1),
        missing_since=date(missing, 1, 1) if missing else None,
        fields=SAID | said,
    )


def test_a_field_that_only_imports_wrote_follows_the_newest() -> None:
    settlement = settled({FIELD: "Old"}, {FIELD: "Old"}, {FIELD: "New"})

    assert (settlement.changes, settlement.differences) == ({FIELD: "New"}, [])


def test_a_field_that_a_person_edited_stays_and_the_difference_is_told() -> None:
    settlement = settled({FIELD: "Edited"}, {FIELD: "Old"}, {FIELD: "New"})

    assert (settlement.changes, settlement.differences) == ({}, [Difference(FIELD, "Edited", "New")])


def test_a_source_that_says_again_what_a_person_corrected_is_no_news() -> None:
    settlement = settled({FIELD: "Edited"}, {FIELD: "Old"}, {FIELD: "Old"})

    assert (settlement.changes, settlement.differences) == ({}, [])
    assert settlement.asked_before == {FIELD}


def test_a_field_that_a_source_came_to_agree_on_is_still_the_persons() -> None:
    agreed = settled({FIELD: "Edited"}, {FIELD: "Old"}, {FIELD: "Edited"})
    assert agreed.base == {FIELD: A_PERSONS_FIELD}

    settlement = settled({FIELD: "Edited"}, agreed.base, {FIELD: "New"})

    assert (settlement.changes, settlement.differences) == ({}, [Difference(FIELD, "Edited", "New")])


@given(st.lists(st.sampled_from("ABC"), min_size=1))
def test_no_run_of_editions_ever_overwrites_an_edit(editions: list[str]) -> None:
    current, base = {FIELD: "B"}, {FIELD: "A"}
    for value in editions:
        settlement = settled(current, base, {FIELD: value})
        base = settlement.base
        assert settlement.changes == {}


@given(st.lists(st.sampled_from("ABC"), min_size=1))
def test_unedited_fields_always_say_what_was_imported_last(editions: list[str]) -> None:
    current, base = {FIELD: "A"}, {FIELD: "A"}
    for value in editions:
        settlement = settled(current, base, {FIELD: value})
        current, base = current | settlement.changes, settlement.base

    assert current == {FIELD: editions[-1]}


def test_the_newest_edition_leads() -> None:
    older = record("samhsa-su", 2022, name="Example House")
    newer = record("samhsa-mh", 2024, name="Example Center")

    assert composed([older, newer])["service.name"] == "Example Center"


def test_a_record_that_went_missing_no_longer_leads() -> None:
    gone = record("samhsa-su", 2023, missing=2024, name="Example House")
    held = record("samhsa-mh", 2022, name="Example Center")

    assert composed([gone, held])["service.name"] == "Example Center"


def test_what_the_leading_edition_leaves_out_another_source_may_add() -> None:
    older = record("samhsa-mh", 2022, website="https://example.org", phones=[MAIN])

    values = composed([record("samhsa-su", 2024), older])

    assert (values["service.url"], values["phones"]) == ("https://example.org", [MAIN])


def test_categories_of_two_directories_are_united() -> None:
    detox = record("samhsa-su", categories=["withdrawal_management"])

    values = composed([detox, record("samhsa-mh", categories=["behavioral_health"])])

    assert values["service.categories"] == ["withdrawal_management", "behavioral_health"]


def test_exact_coordinates_beat_the_middle_of_the_zip_code() -> None:
    exact = record("findtreatment-su", 2022, latitude=35.6, longitude=-82.5)

    assert composed([record("samhsa-su", 2024), exact])["position"][:3] == [35.6, -82.5, False]


def test_without_coordinates_the_middle_of_the_zip_code_is_marked_approximate() -> None:
    latitude, longitude, is_approximate, county, timezone = composed([record()])["position"]

    assert (round(latitude), round(longitude), is_approximate) == (36, -83, True)
    assert (county, timezone) == ("Buncombe County", "America/New_York")


def test_coordinates_of_another_zip_code_are_not_taken() -> None:
    moved_from = record("findtreatment-su", 2022, postal_code="28804", latitude=35.64, longitude=-82.56)

    assert composed([record("samhsa-su", 2024), moved_from])["position"][2] is True
