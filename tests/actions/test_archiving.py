from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User

from finder.actions.archiving import archive_listing, archive_listings, restore_listing
from finder.actions.indexing import index_listings
from finder.actions.refusals import Refused
from finder.enums import EditorialStatus
from finder.models import ListingIndex
from tests.factories import ListingFactory, make_listing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor")


def test_an_archived_listing_keeps_who_when_and_why(editor: User) -> None:
    listing = ListingFactory()
    archive_listing(listing=listing, reason=" Closed for good ", by=editor, now=NOW)
    assert (listing.editorial_status, listing.archived_reason) == (
        EditorialStatus.ARCHIVED,
        "Closed for good",
    )
    assert (listing.archived_by, listing.archived_at) == (editor, NOW)


def test_readers_find_an_archived_listing_no_longer(editor: User) -> None:
    listing = make_listing()
    index_listings([listing.pk])
    archive_listing(listing=listing, reason="Closed", by=editor, now=NOW)
    assert not ListingIndex.objects.exists()


def test_archiving_without_a_reason_is_refused(editor: User) -> None:
    listing = ListingFactory()
    with pytest.raises(Refused):
        archive_listing(listing=listing, reason="  ", by=editor, now=NOW)
    listing.refresh_from_db()
    assert listing.editorial_status == EditorialStatus.PUBLISHED


def test_a_listing_that_was_archived_keeps_its_first_reason(editor: User) -> None:
    first, other = ListingFactory(archived=True), ListingFactory()
    assert archive_listings(listings=[first, other], reason="Duplicate", by=editor, now=NOW) == 1
    first.refresh_from_db()
    assert first.archived_reason == "Closed for good"


def test_archiving_twice_is_refused(editor: User) -> None:
    with pytest.raises(Refused):
        archive_listing(listing=ListingFactory(archived=True), reason="Again", by=editor, now=NOW)


def test_a_restored_listing_is_a_draft_without_a_reason(editor: User) -> None:
    listing = ListingFactory(archived=True)
    restore_listing(listing=listing, by=editor, now=NOW)
    assert (listing.editorial_status, listing.archived_reason) == (EditorialStatus.DRAFT, "")
    assert not ListingIndex.objects.exists()


def test_a_published_listing_cannot_be_restored(editor: User) -> None:
    with pytest.raises(Refused):
        restore_listing(listing=ListingFactory(), by=editor, now=NOW)
