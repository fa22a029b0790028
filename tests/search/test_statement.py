"""The order of results; docs/explanation says the formula."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from finder.actions.indexing import index_listings
from finder.enums import CareCategory, Outcome, ServiceStatus, VerifiedPart, Voice
from finder.models import ServiceAtLocation, TaxonomyTerm
from finder.search.statement import needs_by_taxonomy
from tests.factories import SourceRecordFactory, make_listing
from tests.made_up_checks import checked, doubted
from tests.search.asking import NOW, ask, fitting, names

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("directory")]

FAR_FROM_ALL = "96813"


@pytest.fixture
def listed() -> Callable[..., None]:
    def make(name: str, *, missing: bool = False, **fields: Any) -> None:
        listing = make_listing(**{"name": name, "zip_code": FAR_FROM_ALL, **fields})
        if missing:
            SourceRecordFactory(listing=listing, missing=True)
        index_listings([listing.pk])

    return make


def test_the_nearest_come_first() -> None:
    assert fitting("near=28711&category=behavioral_health&within=70&sort=distance") == [
        "Mountain Clinic",
        "Quiet Harbor",
        "Café Esperanza",
        "New Leaf House",
        "Open Door",
        "Upstate Recovery",
    ]


def test_names_are_in_order_of_the_alphabet() -> None:
    found = fitting("near=NC&sort=name")
    assert found == sorted(found)
    assert len(found) == 8


def test_what_fits_comes_before_what_may_in_every_order() -> None:
    for sort in ("best", "distance", "name", "checked"):
        found = names(ask(f"near=28801&need=medicaid&sort={sort}"))
        assert set(found[:3]) == {"Mountain Clinic", "Riverside Detox", "Tuesday Group"}, sort
        assert set(found[3:]) == {"Café Esperanza", "Quiet Harbor"}, sort


def test_lately_checked_come_first_when_asked(listed: Callable[..., None]) -> None:
    listed("A Long Ago", stated_on=date(2021, 1, 1))
    listed("B Last Year", stated_on=date(2025, 6, 1))
    listed("C Lately", stated_on=date(2026, 11, 1))
    assert fitting(f"near={FAR_FROM_ALL}&sort=checked") == ["C Lately", "B Last Year", "A Long Ago"]


def test_a_listing_sinks_with_the_years_since_someone_checked(listed: Callable[..., None]) -> None:
    listed("A Long Ago", stated_on=date(2021, 1, 1))
    listed("B Lately", stated_on=date(2026, 11, 1))
    assert fitting(f"near={FAR_FROM_ALL}") == ["B Lately", "A Long Ago"]


def test_a_near_stale_listing_stands_before_a_far_fresh_one(listed: Callable[..., None]) -> None:
    listed("Near And Stale", stated_on=date(2021, 1, 1))
    listed("Far And Fresh", zip_code="96701", stated_on=date(2026, 11, 1))
    listed("Farther And Fresh", zip_code="96786", stated_on=date(2026, 11, 1))
    assert fitting(f"near={FAR_FROM_ALL}")[-1] == "Farther And Fresh"


def test_a_listing_that_its_source_dropped_sinks(listed: Callable[..., None]) -> None:
    listed("A Dropped", missing=True)
    listed("B Kept")
    assert fitting(f"near={FAR_FROM_ALL}") == ["B Kept", "A Dropped"]


@pytest.mark.parametrize("outcome", [Outcome.WRONG_NUMBER, Outcome.NO_BED, Outcome.NEEDS_REFERRAL])
def test_a_disputed_listing_sinks_below_an_old_and_a_dropped_one(
    listed: Callable[..., None], outcome: Outcome
) -> None:
    listed("A Disputed")
    doubted(ServiceAtLocation.objects.get(service__name="A Disputed"), outcome)
    listed("B Long Ago", stated_on=date(2021, 1, 1))
    listed("C Dropped", missing=True)
    assert fitting(f"near={FAR_FROM_ALL}") == ["B Long Ago", "C Dropped", "A Disputed"]


def test_a_dispute_weighs_fifteen_miles_and_no_more(listed: Callable[..., None]) -> None:
    listed("Near And Disputed", zip_code="28801")
    doubted(ServiceAtLocation.objects.get(service__name="Near And Disputed"), Outcome.CLOSED)
    found = fitting("near=28801&within=100&category=behavioral_health")
    assert found.index("Mountain Clinic") < found.index("Near And Disputed") < found.index("Open Door")


def test_one_reader_alone_moves_nothing(listed: Callable[..., None]) -> None:
    listed("A House")
    doubted(ServiceAtLocation.objects.get(service__name="A House"), Outcome.CLOSED, readers=1)
    listed("B House")
    assert fitting(f"near={FAR_FROM_ALL}") == ["A House", "B House"]


def test_a_checked_phone_lifts_and_a_readers_word_does_not(listed: Callable[..., None]) -> None:
    for name in ("A Left", "B Praised", "C Checked"):
        listed(name, stated_on=date(2023, 1, 1))
    by_name = {each.service.name: each for each in ServiceAtLocation.objects.select_related("service")}
    checked(by_name["B Praised"], VerifiedPart.CONTACT, voice=Voice.PUBLIC, at=NOW)
    checked(by_name["C Checked"], VerifiedPart.CONTACT, at=NOW)
    assert fitting(f"near={FAR_FROM_ALL}") == ["C Checked", "A Left", "B Praised"]


def test_a_closed_listing_sinks_below_a_dropped_one(listed: Callable[..., None]) -> None:
    listed("A Closed", service__status=ServiceStatus.TEMPORARILY_CLOSED)
    listed("B Dropped", missing=True)
    assert fitting(f"near={FAR_FROM_ALL}") == ["B Dropped", "A Closed"]


def test_words_in_the_name_weigh_more_than_in_the_description(listed: Callable[..., None]) -> None:
    listed("A House", service__description="Founded by the lighthouse keepers.")
    listed("B Lighthouse")
    assert fitting("q=lighthouse") == ["B Lighthouse", "A House"]


def test_a_listing_without_a_position_is_not_near_anything(listed: Callable[..., None]) -> None:
    listed("Somewhere", unplaced=True)
    assert fitting(f"near={FAR_FROM_ALL}&within=500") == []
    assert fitting("near=HI&sort=distance") == ["Somewhere"]


def test_needs_of_one_taxonomy_are_one_need() -> None:
    terms = list(TaxonomyTerm.objects.in_order().filter(slug__in=["medicaid", "methadone", "buprenorphine"]))
    needs = needs_by_taxonomy(terms)
    assert [(need.taxonomy, len(need.terms)) for need in needs] == [("medication", 2), ("payment", 1)]
    assert CareCategory.SUPPORT_GROUP not in needs[0].applies_to
