"""Why a place was chosen, and what to ask there."""

import pytest

from finder.search.plans.choices import Choice, ReasonKey
from tests.search.plans.asking import CARE, DETOX, GROUP, leg, listed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

HERE = "near=28801"


def only(query: str, category: str) -> Choice:
    (choice,) = leg(query, next(each for each in (DETOX, CARE, GROUP) if each == category)).choices
    return choice


def keys(choice: Choice) -> list[str]:
    return [reason.key.value for reason in choice.reasons]


def named(choice: Choice) -> list[str]:
    return [term.slug for reason in choice.reasons if reason.key == ReasonKey.STATES for term in reason.terms]


def test_reasons_are_facts_in_the_order_of_their_weight() -> None:
    listed(
        DETOX,
        "Riverside",
        categories=[DETOX, CARE],
        yes=["medically_supervised", "hospital_detox", "detox_alcohol", "medicaid"],
    )
    choice = only(f"{HERE}&substance=alcohol&need=medicaid", DETOX)
    assert keys(choice) == [
        "miles",
        "supervised",
        "around_the_clock",
        "states",
        "states",
        "covers",
        "checked",
    ]
    assert named(choice) == ["medicaid", "detox_alcohol"]


def test_what_is_not_stated_is_no_reason_but_a_question() -> None:
    listed(DETOX, "Riverside")
    choice = only(f"{HERE}&substance=alcohol&need=medicaid", DETOX)
    assert keys(choice) == ["miles", "checked"]
    asked = [term.slug for term in choice.terms_to_ask]
    assert asked == ["medicaid", "detox_alcohol", "medically_supervised"]


def test_a_private_address_gives_no_miles() -> None:
    listed(CARE, "Safe House", confidential=True)
    assert "miles" not in keys(only(f"{HERE}&within=60", CARE))


def test_detox_by_visits_carries_the_question_about_seizures() -> None:
    listed(DETOX, "Visits", yes=["outpatient_detox"])
    assert "seizures" in [ask.key for ask in only(HERE, DETOX).asks]


def test_a_bed_does_not() -> None:
    listed(DETOX, "Bed", yes=["residential_detox", "outpatient_detox"])
    assert "seizures" not in [ask.key for ask in only(HERE, DETOX).asks]


def test_detox_from_opioids_is_asked_how_medicine_goes_on() -> None:
    listed(DETOX, "Bed", yes=["residential_detox"])
    asked = [ask.key for ask in only(f"{HERE}&substance=opioids", DETOX).asks]
    assert asked == ["medicine_starts", "medicine_continues", "naloxone"]


def test_sedatives_without_a_question_of_their_own_are_inferred() -> None:
    listed(DETOX, "Bed", yes=["residential_detox", "detox_benzodiazepines"])
    assert only(f"{HERE}&substance=phenibut", DETOX).is_inferred
    assert not only(f"{HERE}&substance=benzodiazepines", DETOX).is_inferred


def test_a_wish_that_is_met_is_a_reason() -> None:
    listed(CARE, "Clinic", yes=["adolescents", "children"])
    assert named(only(f"{HERE}&situation=under_18", CARE)) == ["children", "adolescents"]


def test_a_group_that_does_not_say_who_may_come_is_asked() -> None:
    listed(GROUP, "Tuesday Group")
    assert "open_to_me" in [ask.key for ask in only(HERE, GROUP).asks]
