"""Which places a plan offers, and in which order."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from finder.actions.indexing import index_listings
from finder.enums import Fit, ServiceStatus
from finder.plans.starts import Start
from tests.factories import ScheduleFactory, make_listing
from tests.search.plans.asking import CARE, DETOX, GROUP, NOW, ask, leg, listed, names

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

HERE = "near=28801"
BED = ["medically_supervised", "residential_detox"]


@pytest.fixture(autouse=True)
def indexed_when_asked() -> Iterator[None]:
    """The index knows the times of the two weeks after it was made."""
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_legs_come_in_one_order_whatever_starts_first() -> None:
    assert [leg.category for leg in ask(f"{HERE}&substance=opioids").legs] == [DETOX, CARE, GROUP]


def test_a_page_leads_with_what_starts_now() -> None:
    assert [leg.category for leg in ask(f"{HERE}&substance=opioids").leading] == [CARE]
    assert [leg.category for leg in ask(f"{HERE}&substance=alcohol").leading] == [DETOX]
    both = ask(f"{HERE}&substance=alcohol&substance=opioids&situation=pregnant")
    assert [leg.category for leg in both.leading] == [CARE, DETOX]


def test_each_leg_has_its_start() -> None:
    starts = [leg.start for leg in ask(f"{HERE}&substance=stimulants").legs]
    assert starts == [Start.MAY_NOT_NEED, Start.NOW, Start.ALONGSIDE]


def test_supervised_detox_comes_before_a_nearer_one_that_is_not() -> None:
    listed(DETOX, "Near", no=["medically_supervised"])
    listed(DETOX, "Unsure", zip_code="28804")
    listed(DETOX, "Supervised", zip_code="28711", yes=["medically_supervised"])
    assert names(HERE, DETOX) == ["Supervised", "Unsure", "Near"]


def test_a_bed_comes_before_visits() -> None:
    listed(DETOX, "Visits", yes=["medically_supervised", "outpatient_detox"])
    listed(DETOX, "Hospital", zip_code="28711", yes=["medically_supervised", "hospital_detox"])
    assert names(HERE, DETOX) == ["Hospital", "Visits"]


def test_what_states_the_need_comes_before_what_may_meet_it() -> None:
    listed(CARE, "Maybe")
    listed(CARE, "Yes", zip_code="28711", yes=["medicaid", "substance_use_treatment"])
    found = leg(f"{HERE}&need=medicaid", CARE).choices
    assert [(each.result.listing.service.name, each.result.fit) for each in found] == [
        ("Yes", Fit.YES),
        ("Maybe", Fit.MAYBE),
    ]


def test_of_two_at_the_same_place_the_one_that_covers_two_legs_wins() -> None:
    listed(DETOX, "A Detox", yes=BED)
    listed(DETOX, "Both", categories=[DETOX, CARE], yes=BED)
    assert names(HERE, DETOX) == ["Both", "A Detox"]


def test_what_denies_the_other_legs_need_covers_nothing() -> None:
    listed(DETOX, "A Detox", yes=BED)
    listed(DETOX, "Both", categories=[DETOX, CARE], yes=BED, no=["substance_use_treatment", "co_occurring"])
    assert names(HERE, DETOX) == ["A Detox", "Both"]


def test_at_most_three_are_offered() -> None:
    for number in range(5):
        listed(CARE, f"Clinic {number}")
    assert names(HERE, CARE) == ["Clinic 0", "Clinic 1", "Clinic 2"]


def test_nothing_outside_the_place_is_a_choice() -> None:
    listed(CARE, "Far", zip_code="28202")
    assert names(HERE, CARE) == []
    assert names(f"{HERE}&within=200", CARE) == ["Far"]


def test_a_county_means_the_addresses_in_it() -> None:
    listed(CARE, "In the county", zip_code="28711")
    listed(CARE, "Next to it", zip_code="28792")
    assert names("near=Buncombe County, NC", CARE) == ["In the county"]


def test_a_place_that_denies_a_need_is_never_a_choice() -> None:
    listed(CARE, "No", no=["medicaid"])
    assert names(f"{HERE}&need=medicaid", CARE) == []


@pytest.mark.parametrize(
    ("substance", "denied"),
    [
        ("alcohol", "detox_alcohol"),
        ("benzodiazepines", "detox_benzodiazepines"),
        ("ghb", "detox_benzodiazepines"),
        ("opioids", "detox_opioids"),
    ],
)
def test_detox_must_not_deny_the_substance_and_need_not_state_it(substance: str, denied: str) -> None:
    listed(DETOX, "Says no", no=[denied])
    listed(DETOX, "Does not say")
    assert names(f"{HERE}&substance={substance}", DETOX) == ["Does not say"]
    assert "Says no" in names(f"{HERE}&substance=cannabis", DETOX)


def test_all_substances_count_at_once() -> None:
    listed(DETOX, "Alcohol only", yes=["detox_alcohol"], no=["detox_opioids"])
    assert names(f"{HERE}&substance=alcohol&substance=opioids", DETOX) == []


@pytest.mark.parametrize(
    "terms",
    [["buprenorphine_detox"], ["methadone_detox"], ["accepts_opioid_medication"]],
)
def test_tapering_and_accepting_medicine_from_elsewhere_are_no_ongoing_medicine(terms: list[str]) -> None:
    listed(CARE, "Tapers", yes=terms, no=["opioid_medication", "buprenorphine", "methadone", "otp"])
    assert names(f"{HERE}&substance=opioids", CARE) == []


def test_kratom_leads_only_to_places_that_state_opioid_care_and_says_that_it_is_inferred() -> None:
    listed(CARE, "Says nothing")
    listed(CARE, "Opioids", yes=["opioid_treatment"])
    listed(CARE, "Kratom", zip_code="28711", yes=["kratom"])
    found = leg(f"{HERE}&substance=kratom", CARE).choices
    inferred = {each.result.listing.service.name: each.is_inferred for each in found}
    assert inferred == {"Opioids": True, "Kratom": False}
    asked = {each.result.listing.service.name: [term.slug for term in each.terms_to_ask] for each in found}
    assert "kratom" in asked["Opioids"]
    assert "kratom" not in asked["Kratom"]


@pytest.mark.parametrize(
    ("closed", "query", "lifted"),
    [
        ("dui_only", "", None),
        ("alcohol_only", "&substance=opioids", "&substance=alcohol"),
        ("opioid_only", "&substance=alcohol", "&substance=opioids"),
        ("no_alcohol_treatment", "&substance=alcohol", "&substance=cannabis"),
        ("no_opioid_treatment", "&substance=opioids", "&substance=alcohol"),
        ("no_opioid_treatment", "&substance=kratom", "&substance=alcohol"),
        ("no_opioid_medication", "&substance=opioids", "&substance=alcohol"),
        ("no_opioid_medication", "&situation=on_methadone", "&substance=alcohol"),
        ("veterans_affairs", "", "&situation=veteran"),
        ("department_of_defense", "&situation=veteran", "&situation=in_the_military"),
        ("indian_health_service", "", "&situation=native_american"),
        ("tribal_government", "", "&situation=native_american"),
    ],
)
def test_a_place_closed_to_a_person_is_never_offered_to_them(
    closed: str, query: str, lifted: str | None
) -> None:
    listed(CARE, "Limited", yes=[closed])
    assert names(HERE + query, CARE) == []
    assert lifted is None or names(HERE + lifted, CARE) == ["Limited"]


def test_a_closed_service_is_never_offered() -> None:
    listed(CARE, "Closed", service__status=ServiceStatus.TEMPORARILY_CLOSED)
    assert names(HERE, CARE) == []


def test_whoever_takes_methadone_is_not_sent_where_they_must_stop() -> None:
    denies = ["methadone", "otp", "accepts_opioid_medication"]
    listed(DETOX, "Stops it", no=denies)
    listed(DETOX, "Accepts it", zip_code="28711", yes=["accepts_opioid_medication"])
    assert names(f"{HERE}&substance=alcohol&situation=on_methadone", DETOX) == ["Accepts it"]


def test_under_18_a_place_for_adults_only_is_no_choice() -> None:
    listed(CARE, "Adults", no=["children"])
    listed(CARE, "Does not say")
    found = leg(f"{HERE}&situation=under_18", CARE).choices
    assert [each.result.listing.service.name for each in found] == ["Does not say"]
    assert "parent" in {ask.key for ask in found[0].asks}


def test_under_18_a_room_of_adults_online_is_never_offered() -> None:
    listed(GROUP, "Adults online", yes=["online", "narcotics_anonymous"])
    listed(GROUP, "In a church", zip_code="28711", yes=["in_person"])
    listed(GROUP, "Young online", zip_code="28792", yes=["online", "young_people_meeting"])
    assert set(names(f"{HERE}&situation=under_18", GROUP)) == {"In a church", "Young online"}
    assert "Adults online" in names(HERE, GROUP)


@pytest.mark.parametrize("limited", ["women_meeting", "al_anon", "gamblers_anonymous", "spanish_meeting"])
def test_a_group_for_others_is_not_offered_unless_asked_for(limited: str) -> None:
    listed(GROUP, "For some", yes=[limited])
    assert names(HERE, GROUP) == []
    assert names(f"{HERE}&need={limited}", GROUP) == ["For some"]


def test_a_closed_alcoholics_anonymous_meeting_is_for_people_who_drink() -> None:
    listed(GROUP, "Closed", yes=["alcoholics_anonymous", "closed_meeting"])
    listed(GROUP, "Open", yes=["alcoholics_anonymous", "open_meeting"])
    assert names(f"{HERE}&substance=opioids", GROUP) == ["Open"]
    assert set(names(f"{HERE}&substance=alcohol", GROUP)) == {"Closed", "Open"}


def test_a_wish_is_worth_some_miles_and_not_more() -> None:
    listed(CARE, "Here")
    listed(CARE, "Special", zip_code="28806", yes=["pregnant"])
    assert names(f"{HERE}&situation=pregnant", CARE) == ["Special", "Here"]
    assert names(HERE, CARE) == ["Here", "Special"]


def test_whoever_cannot_travel_is_offered_care_by_video_from_the_whole_state() -> None:
    listed(CARE, "By video", zip_code="28202", yes=["telehealth"])
    listed(CARE, "Another state", zip_code="29601", yes=["telehealth"])
    assert names(f"{HERE}&situation=cannot_travel", CARE) == ["By video"]


def test_whoever_cannot_travel_is_offered_meetings_online() -> None:
    listed(GROUP, "Online", online=True, zip_code="", yes=["online"])
    (choice,) = leg(f"{HERE}&situation=cannot_travel", GROUP).choices
    assert choice.result.listing.service.name == "Online"
    assert choice.result.miles is None


def test_meetings_come_in_the_order_of_time() -> None:
    for name, day in (("Tuesday", "TU"), ("Monday", "MO"), ("Never said", "")):
        made = make_listing(name=name, categories=[GROUP])
        if day:
            ScheduleFactory(listing=made, meeting=True, byday=day)
        index_listings([made.pk])
    assert names(HERE, GROUP) == ["Monday", "Tuesday", "Never said"]


def test_a_time_that_is_asked_holds_and_what_is_not_said_may_fit() -> None:
    for name, day in (("Tuesday", "TU"), ("Monday", "MO"), ("Never said", "")):
        made = make_listing(name=name, categories=[GROUP])
        if day:
            ScheduleFactory(listing=made, meeting=True, byday=day)
        index_listings([made.pk])
    assert names(f"{HERE}&when=tue", GROUP) == ["Tuesday", "Never said"]


def test_age_of_the_last_check_weighs_as_in_a_search() -> None:
    listed(CARE, "Old", stated_on=date(2020, 1, 1))
    listed(CARE, "Fresh", zip_code="28804")
    assert names(HERE, CARE) == ["Fresh", "Old"]


def test_words_and_what_is_left_out_hold_for_every_leg() -> None:
    listed(CARE, "Riverside Clinic", yes=["residential"])
    listed(CARE, "Mountain Clinic")
    assert names(f"{HERE}&q=mountain", CARE) == ["Mountain Clinic"]
    assert names(f"{HERE}&not=residential", CARE) == ["Mountain Clinic"]


def test_category_sort_and_page_change_nothing() -> None:
    listed(CARE, "Riverside Clinic")
    plain, burdened = ask(HERE), ask(f"{HERE}&category=support_group&sort=name&page=7")
    assert [[each.result for each in leg.choices] for leg in plain.legs] == [
        [each.result for each in leg.choices] for leg in burdened.legs
    ]


def test_without_a_place_there_are_choices_without_miles() -> None:
    listed(CARE, "Riverside Clinic")
    (choice,) = leg("substance=opioids", CARE).choices
    assert choice.result.miles is None


def test_a_whole_plan_takes_few_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for category in (DETOX, CARE, GROUP):
        for number in range(4):
            listed(category, f"Place {number}")
    with django_assert_max_num_queries(5):
        ask(f"{HERE}&substance=alcohol&substance=opioids&need=medicaid&situation=pregnant")


@pytest.mark.parametrize("more", ["", "&when=tue"])
def test_a_plan_of_nothing_but_gaps_takes_few_more(
    more: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for category in (DETOX, CARE, GROUP):
        for zip_code in ("10001", "99501"):
            listed(category, "Far", zip_code=zip_code, no=["medicaid"])
    ask(HERE)
    with django_assert_max_num_queries(8):
        found = ask(f"{HERE}&substance=alcohol&need=medicaid{more}")
    assert all(leg.gap and leg.gap.nearest for leg in found.legs)
