"""`refresh_queue`, as cron runs it every night."""

from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, connections, transaction

from finder.actions.queueing import refresh_whole_queue
from finder.actions.working import LEASE, claim_next
from finder.models import QueueItem, ServiceAtLocation
from finder.upkeep.due import SPREAD_OVER_DAYS
from tests.factories import ListingFactory
from tests.waiting import NOW, due_item, due_listing, many_due_listings, queued

pytestmark = pytest.mark.django_db


def said(days_later: int = 0) -> str:
    output = StringIO()
    with time_machine.travel(NOW + timedelta(days=days_later), tick=False):
        call_command("refresh_queue", stdout=output)
    return output.getvalue().strip()


def test_a_new_directory_is_not_due_on_one_day_but_within_half_a_year() -> None:
    ListingFactory.create_batch(60)
    assert said().endswith("New due dates: 60. Items opened: 0, changed: 0, closed: 0. Waiting: 0.")
    dates = set(ServiceAtLocation.objects.values_list("verification_due_date", flat=True))
    assert len(dates) > 30
    assert min(dates) > NOW.date()
    assert max(dates) <= NOW.date() + timedelta(days=SPREAD_OVER_DAYS)


def test_what_becomes_due_waits_and_grows_more_pressing() -> None:
    due_listing(verification_due_date=NOW.date() + timedelta(days=1))
    refresh_whole_queue(now=NOW)
    assert not QueueItem.objects.exists()
    refresh_whole_queue(now=NOW + timedelta(days=1))
    first = QueueItem.objects.get().priority
    refresh_whole_queue(now=NOW + timedelta(days=200))
    assert QueueItem.objects.get().priority > first


def test_ended_leases_are_cleared() -> None:
    item = due_item()
    claim_next(by=User.objects.create_user("eddie"), now=NOW - LEASE)
    said()
    item.refresh_from_db()
    assert item.claimed_by is None


def test_a_second_time_the_same_night_writes_nothing() -> None:
    ListingFactory.create_batch(5)
    said()
    before = list(QueueItem.objects.order_by("pk").values())
    assert "New due dates: 0. Items opened: 0, changed: 0, closed: 0." in said()
    assert list(QueueItem.objects.order_by("pk").values()) == before


def test_thousands_of_listings_take_few_statements(django_assert_max_num_queries: Any) -> None:
    many_due_listings(300)
    with django_assert_max_num_queries(25):
        assert refresh_whole_queue(now=NOW).opened == 300


@pytest.mark.django_db(transaction=True)
def test_it_waits_for_nobody() -> None:
    """A listing that someone has under their hands this moment is left to them."""
    held, free = due_listing("Held"), due_listing("Free")
    other = connections.create_connection("default")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM finder_serviceatlocation WHERE id = %s FOR UPDATE", [held.pk])
            from_elsewhere(other, NOW)
    finally:
        other.close()
    assert [item.listing for item in QueueItem.objects.all()] == [free]
    queued(held)
    assert QueueItem.objects.count() == 2


def from_elsewhere(other: Any, now: datetime) -> None:
    """Over another connection."""
    mine = connections["default"]
    connections["default"] = other
    try:
        refresh_whole_queue(now=now)
    finally:
        connections["default"] = mine
