import json
from datetime import time
from typing import Any

import pytest

from finder.enums import CareCategory
from finder.exporters.json_ld import json_ld_script, listing_as_json_ld
from tests.factories import ListingFactory, PhoneFactory, ScheduleFactory

pytestmark = pytest.mark.django_db

PAGE = "https://help.example.org/listings/1/riverside/"


def described(**traits: Any) -> dict[str, Any]:
    return listing_as_json_ld(ListingFactory(**traits), page_url=PAGE)


@pytest.mark.parametrize(
    ("traits", "kind"),
    [
        ({"detox": True}, "MedicalClinic"),
        ({"treatment": True}, "MedicalClinic"),
        ({"treatment": True, "online": True}, "MedicalOrganization"),
        ({"support_group": True}, "Organization"),
        (
            {"service__categories": [CareCategory.SUPPORT_GROUP, CareCategory.BEHAVIORAL_HEALTH]},
            "MedicalClinic",
        ),
    ],
)
def test_is_of_the_kind_that_it_is(traits: dict[str, Any], kind: str) -> None:
    assert described(**traits)["@type"] == kind


def test_says_what_is_stated() -> None:
    listing = ListingFactory(
        service__name="Riverside Detox",
        service__description="Detox with a nurse.",
        service__organization__name="Carolina Recovery",
        location__address_1="12 Main Street",
        location__latitude=35.6,
        location__longitude=-82.55,
    )
    PhoneFactory(listing=listing, number="828-555-0142", extension="4")
    assert listing_as_json_ld(listing, page_url=PAGE) == {
        "@context": "https://schema.org",
        "@type": "MedicalClinic",
        "@id": PAGE,
        "mainEntityOfPage": PAGE,
        "name": "Riverside Detox",
        "description": "Detox with a nurse.",
        "telephone": ["+18285550142 ext. 4"],
        "parentOrganization": {"@type": "Organization", "name": "Carolina Recovery"},
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "12 Main Street",
            "addressLocality": "Asheville",
            "addressRegion": "NC",
            "postalCode": "28801",
            "addressCountry": "US",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": 35.6, "longitude": -82.55},
    }


def test_what_is_not_stated_is_left_out() -> None:
    names = set(described(online=True))
    assert names == {"@context", "@type", "@id", "mainEntityOfPage", "name", "parentOrganization"}


def test_a_confidential_address_is_not_in_it() -> None:
    said = json.dumps(described(confidential=True, location__address_1="12 Hidden Street"))
    for particular in ("Hidden", "Asheville", "28801", "35.", "-82.", "NC"):
        assert particular not in said


def test_a_position_that_is_only_about_right_is_left_out() -> None:
    assert "geo" not in described(location__position_is_approximate=True)


def test_hours_of_every_week_are_said() -> None:
    listing = ListingFactory()
    ScheduleFactory(listing=listing, byday="MO, WE", opens_at=time(9), closes_at=time(17, 30))
    (hours,) = listing_as_json_ld(listing, page_url=PAGE)["openingHoursSpecification"]
    assert hours["dayOfWeek"] == ["Monday", "Wednesday"]
    assert (hours["opens"], hours["closes"]) == ("09:00", "17:30")


@pytest.mark.parametrize(
    "schedule",
    [
        {"meeting": True},
        {"intake": True},
        {"interval": 2},
        {"freq": "MONTHLY"},
        {"closes_at": None},
        {"byday": ""},
    ],
)
def test_what_is_no_opening_of_every_week_is_not_said_to_be_one(schedule: dict[str, Any]) -> None:
    listing = ListingFactory()
    ScheduleFactory(listing=listing, **schedule)
    assert "openingHoursSpecification" not in listing_as_json_ld(listing, page_url=PAGE)


def test_text_cannot_end_the_script() -> None:
    hostile = '</script><script>alert(1)</script><!-- & "'
    listing = ListingFactory(service__name=hostile)
    element = json_ld_script(listing, page_url=PAGE)
    opening, ending = '<script type="application/ld+json">', "</script>"
    inner = element.removeprefix(opening).removesuffix(ending)
    assert element == f"{opening}{inner}{ending}"
    assert not set("<>&") & set(inner)
    assert json.loads(inner)["name"] == hostile


def test_no_search_engine_is_told_of_a_made_up_listing() -> None:
    assert json_ld_script(ListingFactory(demo=True), page_url=PAGE) == ""
