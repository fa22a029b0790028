from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from finder.actions.duplicates import propose_duplicates
from finder.actions.indexing import index_listings
from finder.actions.merging import reject_merge
from finder.enums import CareCategory, QueueReason, StatementMethod
from finder.models import Merge, QueueItem, ServiceAtLocation
from tests.factories import (
    ScheduleFactory,
    SourceFactory,
    SourceRecordFactory,
    StatementFactory,
    make_listing,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
STREET = {"location__address_1": "12 Main St."}


def listed(name: str = "Riverside Recovery Center", **more: Any) -> ServiceAtLocation:
    listing = make_listing(name=name, **{"phone": "828-555-0142", **STREET, **more})
    index_listings([listing.pk])
    return listing


def pairs() -> list[set[Any]]:
    found = Merge.objects.order_by("pk").values_list("listing_id", "duplicate_id")
    return [set(pair) for pair in found]


def test_the_same_phone_and_street_under_names_alike_are_asked_about() -> None:
    one, other = listed(), listed("Riverside Recovery Ctr", location__address_1="12 main st")
    listed("Hillside", phone="828-555-0177", location__address_1="9 Oak Street")
    assert propose_duplicates(now=NOW) == 1
    assert pairs() == [{one.pk, other.pk}]
    assert Merge.objects.get().reason.startswith("the same phone; the same street and ZIP code")


def test_both_wait_in_the_queue() -> None:
    one, other = listed(), listed()
    propose_duplicates(now=NOW)
    waiting = QueueItem.objects.filter(reasons__contains=[QueueReason.DUPLICATE])
    assert set(waiting.values_list("listing_id", flat=True)) == {one.pk, other.pk}


def test_only_those_that_are_asked_for_are_compared_with_all() -> None:
    one, other = listed(), listed()
    listed("Hillside House", phone="828-555-0177"), listed("Hillside House", phone="828-555-0177")
    propose_duplicates(listing_ids=[other.pk], now=NOW)
    assert pairs() == [{one.pk, other.pk}]


def test_a_pair_is_asked_about_once(django_user_model: type[User]) -> None:
    listed(), listed()
    propose_duplicates(now=NOW)
    assert propose_duplicates(now=NOW) == 0
    merge = Merge.objects.get()
    reject_merge(merge=merge, by=django_user_model.objects.create(username="eddie"), now=NOW)
    assert propose_duplicates(now=NOW) == 0
    assert not QueueItem.objects.open().exists()


@pytest.mark.parametrize("hidden", [{"draft": True}, {"archived": True}, {"demo": True}])
def test_what_readers_do_not_see_is_not_compared(hidden: dict[str, bool]) -> None:
    listed()
    listed(**hidden)
    assert propose_duplicates(now=NOW) == 0


def test_a_private_address_is_never_told_to_be_another() -> None:
    listed(), listed(confidential=True)
    assert propose_duplicates(now=NOW) == 0


def test_a_hotline_of_many_tells_nothing() -> None:
    for number in range(14):
        listed(location__address_1=f"{number} Main Street")
    assert propose_duplicates(now=NOW) == 0


def test_two_programs_of_one_edition_are_two() -> None:
    source = SourceFactory()
    one, other = listed("Caron – Phase I Services"), listed("Caron – Phase II Services")
    for listing in (one, other):
        SourceRecordFactory(listing=listing, source=source, edition=date(2025, 1, 1))
    assert propose_duplicates(now=NOW) == 0
    other.source_records.update(edition=date(2024, 1, 1), missing_since=date(2025, 1, 1))
    assert propose_duplicates(now=NOW) == 1


def test_the_one_that_people_checked_is_kept() -> None:
    first, checked = listed(), listed()
    SourceRecordFactory(listing=first)
    StatementFactory(listing=checked, method=StatementMethod.PHONE)
    propose_duplicates(now=NOW)
    assert Merge.objects.get().listing_id == checked.pk


def test_groups_of_two_feeds_that_meet_at_one_time_and_place_are_asked_about() -> None:
    group = {"categories": [CareCategory.SUPPORT_GROUP], "phone": ""}
    one, other = listed("Tuesday Night Group", **group), listed("Tuesday Night Step Group", **group)
    another = listed("Tuesday Night Men", **group)
    for listing in (one, other):
        ScheduleFactory(listing=listing, meeting=True)
    ScheduleFactory(listing=another, meeting=True, byday="WE")
    propose_duplicates(now=NOW)
    assert pairs() == [{one.pk, other.pk}]
