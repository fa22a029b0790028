"""Which listings may be the place that someone tells us about."""

from typing import Any

import pytest

from finder.actions.indexing import index_listings
from finder.geography.gazetteer import county_centroid
from finder.geography.readings import read_place
from finder.models import ServiceAtLocation
from finder.search.similar import similar_listings
from tests.factories import PhoneFactory, make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory() -> None:
    made = [
        make_listing(name="Riverside Detox Center", phone="828-555-0101"),
        make_listing(name="Mountain View Counseling", phone="828-555-0102"),
        make_listing(name="Safe Harbor", zip_code="28711", confidential=True, phone="828-555-0103"),
        make_listing(name="Riverside Circle", online=True, zip_code="", phone=""),
        make_listing(name="Riverside Detox", zip_code="99501", phone="907-555-0104"),
        make_listing(name="Riverside Unseen", draft=True, phone="828-555-0105"),
    ]
    index_listings([listing.pk for listing in made])


def names(name: str, place: str = "28801", phone: str = "") -> list[str]:
    where = read_place(place).place if place else None
    return [listing.service.name for listing in similar_listings(name=name, place=where, number_e164=phone)]


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize(
    ("name", "place", "found"),
    [
        ("Riverside Detox Center", "28801", ["Riverside Detox Center"]),
        ("RIVERSIDE  detox centre", "28801", ["Riverside Detox Center"]),
        ("Riverside", "Asheville, NC", ["Riverside Detox Center"]),
        ("The Riverside Detox Center of Asheville", "28801", ["Riverside Detox Center"]),
        ("Riverside Detox", "Buncombe County, NC", ["Riverside Detox Center"]),
        ("Riverside Detox", "NC", ["Riverside Detox Center"]),
        ("Riverside Detox", "Anchorage, AK", ["Riverside Detox"]),
        ("Riverside Circle", "online", ["Riverside Circle"]),
        ("Example Harbor House", "28801", []),
        ("Riverside Detox Center", "99501", ["Riverside Detox"]),
        ("riverside detox center", "", ["Riverside Detox Center"]),
        ("Riverside Unseen", "28801", []),
    ],
)
def test_names_alike_nearby(name: str, place: str, found: list[str]) -> None:
    assert names(name, place) == found


@pytest.mark.usefixtures("directory")
def test_the_same_phone_comes_first_wherever_it_is() -> None:
    assert names("Riverside Detox Center", "28801", "+19075550104") == [
        "Riverside Detox",
        "Riverside Detox Center",
    ]


@pytest.mark.usefixtures("directory")
def test_an_unpublished_listing_is_not_told_by_its_phone() -> None:
    assert names("Another", "28801", "+18285550105") == []


def test_the_phone_of_a_place_or_service_is_the_listing_s_too(db: Any) -> None:
    made: ServiceAtLocation = make_listing(name="Quiet House", phone="")
    PhoneFactory(listing=None, service=made.service, number="828-555-0120")
    PhoneFactory(listing=None, location=made.location, number="828-555-0121")
    assert names("Another", "28801", "+18285550120") == ["Quiet House"]
    assert names("Another", "28801", "+18285550121") == ["Quiet House"]


@pytest.mark.usefixtures("directory")
def test_a_private_address_is_found_where_a_search_finds_it_and_its_own_zip_code_tells_nothing() -> None:
    """Whoever tries one ZIP code after another learns what searching tells: the middle of the county."""
    middle = county_centroid("NC", "Buncombe County")
    assert middle
    assert (
        names("Safe Harbor", "28711") == names("Safe Harbor", f"{middle[0]},{middle[1]}") == ["Safe Harbor"]
    )
    made = make_listing(
        name="Far Harbor", zip_code="28711", confidential=True, location__region="Wake County"
    )
    index_listings([made.pk])
    assert "Far Harbor" not in names("Far Harbor", "28711")
    assert "Far Harbor" in names("Far Harbor", "Raleigh, NC")
