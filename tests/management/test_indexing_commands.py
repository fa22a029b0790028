"""`check_index` and `rebuild_index`, as an operator runs them."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from finder.actions.indexing import index_listings
from finder.models import Service
from tests.factories import ListingFactory, ScheduleFactory, make_listing

pytestmark = pytest.mark.django_db


def said_by(command: str) -> str:
    output = StringIO()
    call_command(command, stdout=output)
    return output.getvalue().strip()


def test_rebuilding_says_how_many_listings_are_in_the_index() -> None:
    make_listing()
    ListingFactory(draft=True)

    assert said_by("rebuild_index") == "1 published listings are in the index."


def test_a_true_index_passes_the_check() -> None:
    make_listing()
    call_command("rebuild_index", stdout=StringIO())

    assert said_by("check_index") == "The index says what the listings say."


def test_the_check_fails_and_names_the_row_that_is_not_true() -> None:
    listing = make_listing()
    call_command("rebuild_index", stdout=StringIO())
    Service.objects.update(name="Renamed Behind the Index")

    with pytest.raises(CommandError, match=f"^1 index rows are not true; .*{listing.pk}"):
        said_by("check_index")


def test_rebuilding_mends_what_the_check_found() -> None:
    make_listing()
    with pytest.raises(CommandError):
        said_by("check_index")

    said_by("rebuild_index")

    assert said_by("check_index")


def test_refreshing_says_of_how_many_listings_the_times_are_new() -> None:
    listing = ScheduleFactory(meeting=True).listing
    with time_machine.travel(timezone.now() - timedelta(days=10)):
        index_listings([listing.pk])

    assert said_by("refresh_times") == "Listings with new times: 1."
    assert said_by("refresh_times") == "Listings with new times: 0."
