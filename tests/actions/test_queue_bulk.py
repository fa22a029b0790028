"""Many items at once: what is said beforehand is what happens."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from finder.actions.indexing import index_listings
from finder.actions.queue_bulk import Deed, Forecast, Order, carry_out, forecasts
from finder.actions.refusals import Refused
from finder.actions.working import claim
from finder.enums import EditorialStatus, QueueOutcome, QueueReason, ReportKind
from finder.models import QueueItem, ServiceAtLocation
from tests.waiting import NOW, due_item, due_listing, queued, report, told

pytestmark = pytest.mark.django_db

NEXT_MONTH = NOW + timedelta(days=30)
PUT_OFF = Order(Deed.PUT_OFF, until=NEXT_MONTH)
RESOLVE = Order(Deed.RESOLVE)
ARCHIVE = Order(Deed.ARCHIVE, reason="The chain closed all its houses")


@pytest.fixture
def eddie() -> User:
    return User.objects.create_user("eddie")


@pytest.fixture
def erin() -> User:
    return User.objects.create_user("erin")


def foretold(items: list[QueueItem], order: Order, by: User) -> list[tuple[bool, str]]:
    """And it changes nothing."""
    before = list(QueueItem.objects.order_by("pk").values())
    found = forecasts(items=items, order=order, by=by, now=NOW)
    assert list(QueueItem.objects.order_by("pk").values()) == before
    return [(each.happens, each.words) for each in found]


def done(items: list[QueueItem], order: Order, by: User) -> list[Forecast]:
    found = carry_out(items=items, order=order, by=by, now=NOW)
    for item in items:
        item.refresh_from_db()
    return found


def doubted(name: str = "Doubted") -> ServiceAtLocation:
    listing = due_listing(name)
    for reader in "ab":
        told(listing, reader=reader)
    index_listings([listing.pk])
    return listing


def test_items_are_put_off_until_a_day(eddie: User) -> None:
    item = due_item()
    assert foretold([item], PUT_OFF, eddie) == [(True, "Nobody is given it before Dec. 28, 2026.")]
    done([item], PUT_OFF, eddie)
    assert item.not_before == NEXT_MONTH


def test_what_is_reported_as_unsafe_cannot_be_put_off(eddie: User) -> None:
    listing = due_listing()
    report(listing)
    (item,) = queued(listing)
    assert foretold([item], PUT_OFF, eddie) == [(False, "It is reported as unsafe: that cannot wait.")]
    done([item], PUT_OFF, eddie)
    assert item.not_before is None


@pytest.mark.parametrize("order", [PUT_OFF, RESOLVE, ARCHIVE])
def test_what_another_works_on_stays_as_it_is(order: Order, eddie: User, erin: User) -> None:
    (item,) = queued(doubted())
    claim(item=item, by=erin, now=NOW)
    item.refresh_from_db()
    assert foretold([item], order, eddie) == [(False, "erin works on it.")]
    done([item], order, eddie)
    assert (item.closed_at, item.not_before) == (None, None)


def test_what_callers_found_wrong_can_be_marked_as_looked_into(eddie: User) -> None:
    listing = doubted()
    ServiceAtLocation.objects.update(verification_due_date=None)
    (item,) = queued(listing)
    assert foretold([item], RESOLVE, eddie) == [
        (True, "What 2 callers found wrong counts as looked into. It leaves the queue.")
    ]
    done([item], RESOLVE, eddie)
    assert (item.outcome, item.closed_by) == (QueueOutcome.RESOLVED, eddie)
    listing.index.refresh_from_db()
    assert not listing.index.is_disputed


def test_what_else_waits_is_said_beforehand_and_still_waits(eddie: User) -> None:
    listing = doubted()
    report(listing, ReportKind.PROBLEM)
    (item,) = queued(listing)
    assert foretold([item], RESOLVE, eddie)[0][1].endswith("It still waits: due for a check, reported.")
    done([item], RESOLVE, eddie)
    assert (item.closed_at, item.reasons) == (None, [QueueReason.REPORTED, QueueReason.DUE])


def test_what_only_a_call_can_settle_is_not_marked_resolved(eddie: User) -> None:
    item = due_item()
    assert foretold([item], RESOLVE, eddie)[0][0] is False
    done([item], RESOLVE, eddie)
    assert item.closed_at is None


def test_listings_are_archived_with_one_reason(eddie: User) -> None:
    items = queued(due_listing("First"), due_listing("Second"))
    assert all(happens for happens, _words in foretold(items, ARCHIVE, eddie))
    done(items, ARCHIVE, eddie)
    assert {(item.outcome, item.closed_by) for item in items} == {(QueueOutcome.ARCHIVED, eddie)}
    states = ServiceAtLocation.objects.values_list("editorial_status", "archived_reason")
    assert set(states) == {(EditorialStatus.ARCHIVED, ARCHIVE.reason)}


@pytest.mark.parametrize("order", [Order(Deed.PUT_OFF), Order(Deed.ARCHIVE)])
def test_a_day_or_a_reason_must_be_said(order: Order, eddie: User) -> None:
    with pytest.raises(Refused):
        carry_out(items=[due_item()], order=order, by=eddie, now=NOW)
    assert QueueItem.objects.open().count() == 1


def test_what_was_done_meanwhile_is_left_alone(eddie: User) -> None:
    item = due_item()
    done([item], ARCHIVE, eddie)
    assert [each.words for each in done([item], PUT_OFF, eddie)] == ["It is done already."]
