"""A leg without a choice says why, what is nearest, and what to do instead."""

import pytest

from finder.plans.situations import Substance
from finder.search.plans.gaps import Instead, instead_of
from tests.search.plans.asking import CARE, DETOX, GROUP, ask, gap, leg, listed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

HERE = "near=28801"
MEETINGS = {Instead.ONLINE_MEETING}


def nearest(query: str) -> str | None:
    """Of care."""
    found = gap(query, CARE).nearest
    return found.listing.service.name if found else None


def test_a_leg_has_choices_or_a_gap_and_never_both() -> None:
    listed(CARE, "Clinic")
    found = {leg.category: leg for leg in ask(HERE).legs}
    assert found[CARE].gap is None
    assert found[DETOX].gap is not None
    assert not found[DETOX].choices


def test_the_nearest_is_the_nearest_anywhere_that_denies_no_need() -> None:
    listed(CARE, "Denies", zip_code="28202", no=["medicaid"])
    listed(CARE, "Farther", zip_code="10001")
    assert nearest(f"{HERE}&need=medicaid") == "Farther"


def test_else_the_nearest_that_denies_with_the_denied_need_named() -> None:
    listed(CARE, "Denies", zip_code="28202", no=["medicaid"])
    found = gap(f"{HERE}&need=medicaid&need=spanish", CARE)
    assert found.nearest is not None
    assert found.nearest.listing.service.name == "Denies"
    assert [term.slug for term in found.denied] == ["medicaid"]


def test_else_the_nearest_of_the_kind_though_it_is_closed_to_the_person() -> None:
    listed(CARE, "For veterans", zip_code="28202", yes=["veterans_affairs"])
    assert nearest(HERE) == "For veterans"


def test_a_listing_without_a_position_is_nearest_only_where_nothing_has_one() -> None:
    listed(CARE, "Somewhere", zip_code="", unplaced=True)
    assert nearest(HERE) == "Somewhere"
    listed(CARE, "Far", zip_code="10001")
    assert nearest(HERE) == "Far"


def test_there_is_no_nearest_only_when_the_directory_has_none_of_the_kind() -> None:
    listed(DETOX, "Detox")
    assert nearest(HERE) is None


def test_care_by_video_stands_in_for_care_in_the_same_state() -> None:
    listed(CARE, "By video", zip_code="28202", yes=["telehealth", "opioid_medication", "co_occurring"])
    listed(CARE, "Without medicine", zip_code="28203", yes=["telehealth", "co_occurring"])
    listed(CARE, "Another state", zip_code="29601", yes=["telehealth", "opioid_medication", "co_occurring"])
    remote = gap(f"{HERE}&substance=opioids", CARE).remote
    assert [result.listing.service.name for result in remote] == ["By video"]


def test_a_meeting_online_stands_in_for_a_meeting() -> None:
    listed(GROUP, "Online", online=True, zip_code="")
    remote = gap(HERE, GROUP).remote
    assert [result.listing.service.name for result in remote] == ["Online"]


def test_nothing_stands_in_for_detox() -> None:
    listed(GROUP, "Online", online=True, zip_code="")
    listed(CARE, "By video", zip_code="28202", yes=["telehealth"])
    assert gap(f"{HERE}&substance=alcohol", DETOX).remote == ()


@pytest.mark.parametrize("substance", Substance.values)
def test_a_meeting_never_fills_a_medical_gap(substance: str) -> None:
    for category in (DETOX, CARE):
        assert MEETINGS.isdisjoint(instead_of(category, {substance}))
        assert Instead.HELPLINE in set(instead_of(category, {substance}))


@pytest.mark.parametrize(
    "substance",
    ["alcohol", "benzodiazepines", "sleeping_pills", "barbiturates", "ghb", "phenibut", "several"],
)
def test_a_dangerous_detox_gap_names_the_emergency_room_and_the_nearest_bed(substance: str) -> None:
    assert list(instead_of(DETOX, {substance})) == [Instead.EMERGENCY_ROOM, Instead.BED, Instead.HELPLINE]


def test_opioids_name_the_emergency_room_and_medicine_by_video() -> None:
    assert list(instead_of(CARE, {"opioids"}))[:2] == [
        Instead.EMERGENCY_ROOM_MEDICINE,
        Instead.MEDICINE_BY_VIDEO,
    ]


def test_the_nearest_bed_may_be_farther_than_the_nearest_detox() -> None:
    listed(DETOX, "Visits", zip_code="28202", yes=["outpatient_detox"])
    listed(DETOX, "Bed", zip_code="10001", yes=["residential_detox"])
    listed(DETOX, "Bed without alcohol", zip_code="28203", yes=["hospital_detox"], no=["detox_alcohol"])
    found = gap(f"{HERE}&substance=alcohol", DETOX)
    assert (found.nearest and found.nearest.listing.service.name) == "Visits"
    assert (found.bed and found.bed.listing.service.name) == "Bed"


def test_a_gap_says_what_relaxing_a_need_would_open() -> None:
    listed(CARE, "Denies", no=["medicaid"], yes=["substance_use_treatment"])
    listed(CARE, "Far", zip_code="28202", yes=["medicaid", "substance_use_treatment"])
    opens = gap(f"{HERE}&need=medicaid", CARE).opens
    opened = {
        (
            repair.change.value,
            tuple(term.slug for term in repair.dropped),
            repair.question.within,
        ): repair.count
        for repair in opens
    }
    assert opened == {("need", ("medicaid",), 25): 1, ("wider", (), 100): 1}


def test_relaxing_a_need_never_opens_places_that_the_person_is_closed_out_of() -> None:
    listed(CARE, "For veterans", no=["medicaid"], yes=["veterans_affairs", "substance_use_treatment"])
    assert gap(f"{HERE}&need=medicaid", CARE).opens == ()


def test_a_leg_is_a_search_to_follow_too() -> None:
    search = leg(f"{HERE}&substance=alcohol&need=medicaid", DETOX).search
    assert search.categories == (DETOX.value,)
    assert [term.slug for term in search.needs] == ["medicaid", "detox_alcohol"]
    assert "no_alcohol_treatment" in {term.slug for term in search.excluded}
