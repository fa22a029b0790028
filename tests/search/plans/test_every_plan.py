"""Every plan keeps its promises, for many places and situations, held against the statements themselves.

With DIRECTORY_FILE set to a real SAMHSA workbook, that file is planned over instead of the small made-up one,
from 300 ZIP Codes of the whole country: DIRECTORY_FILE=... pytest tests/search/plans/test_every_plan.py
"""

import os
import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.http import QueryDict

from finder.actions.indexing import index_listings
from finder.geography.gazetteer import zip_code, zip_codes
from finder.geography.position import great_circle_miles
from finder.models.answers import answers, last_checked
from finder.plan_filters import PlanFilterSet
from finder.search.answer import Result
from finder.search.plans.answer import Leg, Plan
from finder.search.plans.choices import Choice, ReasonKey
from finder.search.vocabulary import current_vocabulary
from finder.views.plan_words import ask_words, gap_reason, reason_words
from tests.factories import make_listing
from tests.made_up_directory import write_directory
from tests.rolled_back import rolled_back
from tests.search.plans.asking import CARE, DETOX, GROUP, NOW, ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("directory")]

MEETINGS = 120
FAR_ZIPS = ("59301", "99501", "99723", "00901", "96813", "79901", "92173", "04730")
"""Rural Montana, Anchorage, Utqiagvik, Puerto Rico, Hawaii, three border towns."""
ZIPS = 300 if "DIRECTORY_FILE" in os.environ else 12

PEOPLE = {
    # what is asked: the start of detox, of care
    "substance=alcohol": ("now", "next"),
    "substance=benzodiazepines&need=medicaid": ("now", "next"),
    "substance=opioids": ("may_not_need", "now"),
    "substance=opioids&situation=pregnant&need=medicaid": ("may_not_need", "now"),
    "substance=alcohol&substance=opioids&need=spanish": ("now", "now"),
    "substance=kratom&within=60": ("now", "now"),
    "substance=stimulants&situation=under_18": ("may_not_need", "now"),
    "substance=cannabis&situation=out_of_jail&need=wheelchair_accessible": ("may_not_need", "now"),
    "substance=opioids&situation=on_methadone&situation=wants_detox&need=otp&within=100": ("now", "now"),
    "substance=alcohol&situation=veteran&situation=cannot_travel": ("now", "next"),
    "": ("now", "now"),
}

NEVER_DENIED = {
    (DETOX, "alcohol"): {"detox_alcohol"},
    (DETOX, "benzodiazepines"): {"detox_benzodiazepines"},
    (DETOX, "opioids"): {"detox_opioids"},
    (CARE, "opioids"): {"opioid_medication", "buprenorphine", "methadone", "otp"},
    (DETOX, "on_methadone"): {"methadone", "otp", "accepts_opioid_medication"},
    (DETOX, "under_18"): {"children"},
    (CARE, "under_18"): {"children"},
}
STATED_FOR_KRATOM = {DETOX: {"detox_opioids", "kratom"}, CARE: {"opioid_treatment", "kratom"}}


@dataclass(frozen=True)
class Facts:
    """Of a listing, from its statements and not from the index."""

    yes: frozenset[str]
    no: frozenset[str]


@pytest.fixture(scope="module")
def directory(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    with rolled_back(django_db_blocker):
        call_command("loaddata", "sources", "vocabulary", verbosity=0)
        given, made_up = os.environ.get("DIRECTORY_FILE"), tmp_path_factory.mktemp("made_up") / "SA_2022.xlsx"
        path = Path(given) if given else write_directory(made_up, facilities=300)
        call_command("import_listings", "samhsa", str(path), "--edition", "2022", "--json")
        make_meetings()
        yield


def make_meetings() -> None:
    dice = random.Random(11)
    kinds = ["alcoholics_anonymous", "narcotics_anonymous", "smart_recovery", "women_meeting", "al_anon"]
    places = [each for each in zip_codes() if each.zip_code.startswith(("287", "288", "100", "799"))]
    made = [
        make_listing(
            name=f"Example Group {number}",
            categories=[GROUP],
            zip_code=dice.choice(places).zip_code,
            yes=[dice.choice(kinds), dice.choice(["in_person", "online"]), "open_meeting"],
        ).pk
        for number in range(MEETINGS)
    ]
    index_listings(made)


def zips() -> list[str]:
    dice = random.Random(7)
    near = [each.zip_code for each in zip_codes() if each.zip_code.startswith(("287", "288", "100", "799"))]
    everywhere = [each.zip_code for each in zip_codes() if each.is_standard and each.latitude is not None]
    pool = everywhere if "DIRECTORY_FILE" in os.environ else near
    return [*FAR_ZIPS, *dice.sample(sorted(pool), ZIPS - len(FAR_ZIPS) if ZIPS > 50 else ZIPS)]


def facts(result: Result) -> Facts:
    terms = current_vocabulary().terms
    known = answers(result.listing.statements.all())
    return Facts(
        yes=frozenset(terms[pk].slug for pk, answer in known.items() if answer.is_yes),
        no=frozenset(terms[pk].slug for pk, answer in known.items() if not answer.is_yes),
    )


def closed_to(said: Collection[str], yes: Collection[str]) -> list[str]:
    """By the issue's own words, and not by the product's table."""
    faults = ["dui_only"] if "dui_only" in yes else []
    faults += ["alcohol_only"] if "alcohol_only" in yes and "alcohol" not in said else []
    faults += ["opioid_only"] if "opioid_only" in yes and "opioids" not in said else []
    faults += ["no_alcohol_treatment"] if "no_alcohol_treatment" in yes and "alcohol" in said else []
    for_opioids = {"no_opioid_treatment", "no_opioid_medication"} & set(yes)
    faults += sorted(for_opioids) if "opioids" in said else []
    faults += ["veterans_affairs"] if "veterans_affairs" in yes and "veteran" not in said else []
    faults += sorted({"department_of_defense", "indian_health_service", "tribal_government"} & set(yes))
    return faults + sorted({"women_meeting", "al_anon"} & set(yes))


def hold_choice(choice: Choice, leg: Leg, query: str) -> None:
    said = set(query.replace("=", "&").split("&"))
    known, listing = facts(choice.result), choice.result.listing
    assert leg.category in listing.service.categories
    assert not closed_to(said, known.yes), (query, listing)
    for (category, word), terms in NEVER_DENIED.items():
        if category == leg.category and word in said:
            assert not terms <= known.no, (query, listing)
    for need in QueryDict(query).getlist("need"):
        concerned = current_vocabulary().by_slug[need].taxonomy.categories
        if set(concerned) & set(listing.service.categories):
            assert need not in known.no, (query, listing)
    if "kratom" in said and leg.category in STATED_FOR_KRATOM:
        assert known.yes & STATED_FOR_KRATOM[leg.category]
        assert choice.is_inferred == ("kratom" not in known.yes)


def hold_reasons(choice: Choice, known: Facts, here: str) -> None:
    listing, center = choice.result.listing, zip_code(here)
    location = listing.location
    for reason in choice.reasons:
        slugs = {term.slug for term in reason.terms}
        match reason.key:
            case ReasonKey.MILES:
                ends = (location.latitude, location.longitude, center.latitude, center.longitude)
                assert choice.result.miles == pytest.approx(great_circle_miles(*ends), abs=0.01)
            case ReasonKey.COVERS:
                assert set(reason.legs) <= set(listing.service.categories)
            case ReasonKey.CHECKED:
                assert choice.result.index.checked_on == last_checked(listing.statements.all()).on
            case ReasonKey.ONLINE:
                assert location.location_type == "virtual"
            case _stated:
                assert slugs
                assert slugs <= known.yes


def hold_leg(leg: Leg, found: Plan, query: str, here: str) -> None:
    search = found.question.search
    assert bool(leg.choices) != bool(leg.gap), (query, here)
    assert len(leg.choices) <= 3
    for choice in leg.choices:
        hold_choice(choice, leg, query)
        hold_reasons(choice, facts(choice.result), here)
        words = reason_words(choice, search, today=NOW.date())
        assert len(words) == len(choice.reasons)
        assert all(words)
        assert all(ask_words(choice))
    if leg.gap:
        assert gap_reason(leg, leg.gap, search)
        assert leg.gap.instead
        assert leg.gap.nearest, (query, here)
        for result in leg.gap.remote:
            assert leg.category != DETOX
            assert not closed_to(set(query.replace("=", "&").split("&")), facts(result).yes)


@pytest.mark.parametrize("query", PEOPLE)
def test_every_plan_keeps_its_promises(query: str) -> None:
    for here in zips():
        found = ask(f"near={here}&{query}")
        starts = tuple(leg.start.value for leg in found.legs)
        assert starts == (*PEOPLE[query], "alongside")
        assert [leg.category for leg in found.legs] == [DETOX, CARE, GROUP]
        for leg in found.legs:
            hold_leg(leg, found, query, here)


def test_the_directory_has_places_to_offer_and_gaps_to_name() -> None:
    """Else the promises would be kept by saying nothing."""
    plans = [ask(f"near={here}&substance=alcohol") for here in zips()]
    legs = [leg for found in plans for leg in found.legs]
    assert sum(bool(leg.choices) for leg in legs) > len(legs) / 4
    assert sum(bool(leg.gap) for leg in legs) > 3


def test_every_person_of_the_table_can_be_asked_for() -> None:
    assert all(PlanFilterSet(QueryDict(query)).is_valid() for query in PEOPLE)
