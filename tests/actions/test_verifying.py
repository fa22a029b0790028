"""Someone found parts of a listing right: readers see it, it rises, and its next check is put off."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User

from finder.actions.due_dates import refresh_due_dates
from finder.actions.indexing import index_listings, untrue_rows
from finder.actions.queueing import refresh_queue_items
from finder.actions.refusals import Refused
from finder.actions.verifying import verify_parts, voice_of
from finder.enums import QueueReason, StatementMethod, VerifiedPart, Voice
from finder.models import ListingIndex, QueueItem, ServiceAtLocation, Verification
from tests.admin.conftest import case_worker, editor, roles
from tests.factories import make_listing

__all__ = ["case_worker", "editor", "roles"]

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def listing() -> ServiceAtLocation:
    made = make_listing(stated_on=date(2022, 1, 1))
    index_listings([made.pk])
    return made


def verify(
    listing: ServiceAtLocation,
    *parts: VerifiedPart,
    voice: Voice = Voice.PROVIDER,
    by: User | None = None,
    now: datetime = NOW,
) -> Verification:
    method = StatementMethod.PROVIDER if voice == Voice.PROVIDER else StatementMethod.PHONE
    return verify_parts(listing=listing, parts=parts, voice=voice, method=method, by=by, now=now)


def index_of(listing: ServiceAtLocation) -> ListingIndex:
    return ListingIndex.objects.get(pk=listing.pk)


def test_the_index_says_what_was_checked_how_and_by_whom_and_not_by_name(
    listing: ServiceAtLocation, editor: User
) -> None:
    verify(listing, VerifiedPart.CONTACT, voice=Voice.EDITOR, by=editor)
    index = index_of(listing)
    assert index.freshness == {
        "CONTACT": ["2026-11-20", "PHONE", "EDITOR"],
        "EDITION": ["2022-01-01", "samhsa-su"],
    }
    assert (index.checked_on, index.checked_method, index.checked_source) == (NOW.date(), "PHONE", "staff")
    assert untrue_rows() == []


def test_the_program_speaks_without_a_person(listing: ServiceAtLocation) -> None:
    assert verify(listing, VerifiedPart.CONTACT).verified_by is None
    assert index_of(listing).checked_source == "provider"


def test_saying_nothing_is_refused(listing: ServiceAtLocation) -> None:
    with pytest.raises(Refused):
        verify(listing)
    assert not Verification.objects.exists()


def test_a_readers_word_is_shown_and_neither_lifts_nor_puts_off(listing: ServiceAtLocation) -> None:
    refresh_due_dates(listing_ids=[listing.pk], now=NOW)
    due = ServiceAtLocation.objects.get().verification_due_date
    verify(listing, VerifiedPart.CONTACT, voice=Voice.PUBLIC)
    index = index_of(listing)
    assert index.freshness["CONTACT"][-1] == "PUBLIC"
    assert index.checked_on == date(2022, 1, 1)
    assert ServiceAtLocation.objects.get().verification_due_date == due


def test_a_checked_listing_is_due_later_and_leaves_the_queue(listing: ServiceAtLocation) -> None:
    ServiceAtLocation.objects.update(verification_due_date=date(2026, 11, 1))
    refresh_queue_items(listing_ids=[listing.pk], now=NOW)
    assert QueueItem.objects.open().get().reasons == [QueueReason.DUE]
    verify(listing, VerifiedPart.CONTACT, VerifiedPart.SERVICES)
    assert ServiceAtLocation.objects.get().verification_due_date == NOW.date() + timedelta(days=180)
    assert not QueueItem.objects.open().exists()


def test_case_workers_and_editors_speak_in_their_own_roles(case_worker: User, editor: User) -> None:
    assert (voice_of(case_worker), voice_of(editor)) == (Voice.CASE_WORKER, Voice.EDITOR)
