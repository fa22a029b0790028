from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from finder.actions.publishing import NotReady, missing_for_publishing, publish_listing
from finder.actions.refusals import Refused
from finder.enums import EditorialStatus
from finder.models import ListingIndex
from tests.factories import ListingFactory, PhoneFactory, make_listing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor")


def test_a_complete_draft_is_published_and_found(editor: User) -> None:
    listing = make_listing(draft=True)
    publish_listing(listing=listing, by=editor, now=NOW)
    assert listing.editorial_status == EditorialStatus.PUBLISHED
    assert ListingIndex.objects.filter(listing=listing).exists()


def test_a_published_listing_is_due_for_its_first_check(editor: User) -> None:
    listing = make_listing(draft=True)
    publish_listing(listing=listing, by=editor, now=NOW)
    due = listing.verification_due_date
    assert due is not None
    assert NOW.date() < due <= NOW.date() + timedelta(days=180)


def test_the_gate_names_everything_that_is_missing(editor: User) -> None:
    listing = ListingFactory(
        draft=True,
        service__name=" ",
        location__city="",
        location__postal_code="",
        location__state_province="",
    )
    with pytest.raises(NotReady) as refusal:
        publish_listing(listing=listing, by=editor, now=NOW)
    assert refusal.value.missing == [
        "a name",
        "a phone number or an online address",
        "the state",
        "the city",
        "the ZIP code",
        "a description, or one source that says something about it",
    ]
    listing.refresh_from_db()
    assert listing.editorial_status == EditorialStatus.DRAFT


@pytest.mark.parametrize(
    ("place", "missing"),
    [
        ({"online": True, "location__city": "", "location__state_province": ""}, []),
        ({"confidential": True, "location__city": "", "location__region": "Buncombe County"}, []),
        (
            {"confidential": True, "location__region": ""},
            ["the county (all that is shown of a confidential address)"],
        ),
        ({"location__city": ""}, ["the city"]),
    ],
)
def test_a_place_needs_what_readers_are_shown_of_it(place: dict[str, Any], missing: list[str]) -> None:
    assert missing_for_publishing(make_listing(draft=True, **place)) == missing


def test_a_web_address_does_in_place_of_a_phone() -> None:
    assert missing_for_publishing(make_listing(phone="", service__url="https://example.org")) == []


def test_a_phone_of_the_service_is_enough() -> None:
    listing = make_listing(phone="")
    PhoneFactory(listing=None, service=listing.service)
    assert missing_for_publishing(listing) == []


def test_a_description_does_in_place_of_a_statement() -> None:
    listing = ListingFactory(draft=True, service__description="Counseling for adults.")
    PhoneFactory(listing=listing)
    assert missing_for_publishing(listing) == []


def test_an_archived_listing_is_restored_before_it_is_published(editor: User) -> None:
    with pytest.raises(Refused, match="Restore it first"):
        publish_listing(listing=make_listing(archived=True), by=editor, now=NOW)


def test_a_published_listing_is_not_published_again(editor: User) -> None:
    with pytest.raises(Refused, match="already"):
        publish_listing(listing=make_listing(), by=editor, now=NOW)
