from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from finder.actions.archiving import archive_listing
from finder.actions.composing import current_values
from finder.actions.indexing import index_listings
from finder.actions.merging import DUPLICATE, KEPT, accept_merge, differences, reject_merge
from finder.actions.moving import FOLLOWS, STAYS
from finder.actions.refusals import Refused
from finder.enums import CapacityCode, CapacityUnit, EditorialStatus, ReviewStatus, Voice
from finder.models import Capacity, ListingIndex, Merge, Redirect, ServiceAtLocation
from tests.factories import SourceRecordFactory, make_listing
from tests.made_up_pairs import record_fields

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("eddie")


def imported(name: str, edition: date, **more: Any) -> ServiceAtLocation:
    """As an import leaves it."""
    listing = make_listing(name=name, stated_on=edition, phone="828-555-0142", **more)
    values = current_values(listing, listing.phones.all(), listing.schedules.all())
    SourceRecordFactory(listing=listing, fields=record_fields(values), edition=edition)
    listing.imported = values
    listing.save()
    return ServiceAtLocation.objects.with_parts().get(pk=listing.pk)


def merge_of(kept: ServiceAtLocation, duplicate: ServiceAtLocation) -> Merge:
    index_listings([kept.pk, duplicate.pk])
    return Merge.objects.create(listing=kept, duplicate=duplicate, reason="The same street", proposed_at=NOW)


def pair() -> Merge:
    """The older edition no longer holds the first."""
    kept = imported("Old Name", date(2024, 1, 1), yes=["medicaid"])
    kept.source_records.update(missing_since=date(2025, 1, 1))
    return merge_of(kept, imported("New Name", date(2025, 1, 1), yes=["spanish"]))


def by_hand(**of_duplicate: Any) -> Merge:
    kept = make_listing(name="Riverside", service__description="Ours.", service__url="https://a.example/")
    duplicate = make_listing(
        **{"name": "Riverside", "service__description": "Theirs.", "phone": "828-555-0177", **of_duplicate}
    )
    for listing in (kept, duplicate):
        type(listing.location).objects.filter(pk=listing.location_id).update(address_1="1 Main Street")
    type(kept.service.organization).objects.update(name="Carolina Recovery Partners")
    return merge_of(kept, duplicate)


def test_between_two_sources_the_newest_edition_leads(editor: User) -> None:
    merge = pair()
    accept_merge(merge=merge, by=editor, now=NOW)
    kept = ServiceAtLocation.objects.get(pk=merge.listing_id)
    assert kept.service.name == "New Name"
    assert kept.source_records.count() == 2
    assert ListingIndex.objects.get(pk=kept.pk).missing_since is None


def test_the_duplicate_is_archived_with_the_name_of_the_kept_one(editor: User) -> None:
    merge = pair()
    accept_merge(merge=merge, by=editor, now=NOW)
    merge.duplicate.refresh_from_db()
    assert merge.duplicate.editorial_status == EditorialStatus.ARCHIVED
    assert "The same place as" in merge.duplicate.archived_reason
    assert list(ListingIndex.objects.values_list("pk", flat=True)) == [merge.listing_id]
    assert Redirect.objects.get().listing_id == merge.listing_id


def test_where_a_person_wrote_one_of_them_it_refuses_to_guess(editor: User) -> None:
    merge = by_hand()
    with pytest.raises(Refused, match="phones, description"):
        accept_merge(merge=merge, by=editor, now=NOW)
    merge.refresh_from_db()
    assert merge.status == ReviewStatus.PROPOSED
    assert ListingIndex.objects.count() == 2


def test_what_was_chosen_is_what_the_kept_one_says(editor: User) -> None:
    merge = by_hand()
    accept_merge(merge=merge, choices={"phones": DUPLICATE, "description": KEPT}, by=editor, now=NOW)
    kept = ServiceAtLocation.objects.get(pk=merge.listing_id)
    assert kept.service.description == "Ours."
    assert [phone.number for phone in kept.phones.all()] == ["828-555-0177"]


def test_what_only_the_duplicate_says_is_kept(editor: User) -> None:
    merge = by_hand(service__fees_description="Free.", service__description="Ours.", phone="828-555-0142")
    accept_merge(merge=merge, by=editor, now=NOW)
    service = ServiceAtLocation.objects.get(pk=merge.listing_id).service
    assert (service.fees_description, service.url) == ("Free.", "https://a.example/")


def test_a_choice_stays_when_its_source_speaks_again(editor: User) -> None:
    merge = pair()
    accept_merge(merge=merge, choices={"name": KEPT}, by=editor, now=NOW)
    kept = ServiceAtLocation.objects.get(pk=merge.listing_id)
    assert kept.service.name == "Old Name"
    assert kept.imported["service.name"] == "New Name"


def test_parts_that_agree_are_no_question() -> None:
    found = {each.part: each.is_conflict for each in differences(by_hand())}
    assert found == {"phones": True, "description": True}
    assert {each.part for each in differences(pair()) if not each.is_conflict} >= {"name"}


def test_nothing_is_merged_into_an_archived_listing(editor: User) -> None:
    merge = pair()
    archive_listing(listing=merge.listing, reason="Closed", by=editor, now=NOW)
    with pytest.raises(Refused):
        accept_merge(merge=merge, by=editor, now=NOW)
    assert list(ListingIndex.objects.values_list("pk", flat=True)) == [merge.duplicate_id]


def test_a_rejected_merge_keeps_both(editor: User) -> None:
    merge = pair()
    reject_merge(merge=merge, by=editor, now=NOW)
    assert ListingIndex.objects.count() == 2
    assert merge.status == ReviewStatus.REJECTED


def test_of_two_that_say_the_same_thing_one_is_kept(editor: User) -> None:
    merge = pair()
    for listing, available in ((merge.listing, 1), (merge.duplicate, 5)):
        Capacity.objects.create(
            listing=listing,
            unit=CapacityUnit.DETOX_BEDS,
            code=CapacityCode.YES,
            available=available,
            updated=NOW,
            expires_at=datetime(2026, 11, 21, 12, tzinfo=UTC),
            voice=Voice.PROVIDER,
        )
    accept_merge(merge=merge, by=editor, now=NOW)
    assert Capacity.objects.get(listing=merge.listing).available == 1
    assert Capacity.objects.get(listing=merge.duplicate).available == 5


def test_whatever_hangs_on_a_listing_is_moved_or_said_to_stay() -> None:
    relations = {
        relation.related_model: relation.get_accessor_name() or ""
        for relation in ServiceAtLocation._meta.related_objects
        if relation.related_model._meta.app_label == "finder"
        and not hasattr(relation.related_model, "pgh_tracked_model")
    }
    unnamed = {
        name.removesuffix("s")
        for model, name in relations.items()
        if model not in FOLLOWS and name not in STAYS
    }
    assert unnamed <= set(STAYS), "Say in finder/actions/moving.py whether it follows or stays."
