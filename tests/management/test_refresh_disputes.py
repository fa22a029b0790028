from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from finder.actions.indexing import index_listings
from finder.enums import CapacityUnit, Outcome
from finder.models import ListingIndex
from tests.factories import make_listing
from tests.made_up_checks import told_of_room
from tests.made_up_voices import NOON, tell

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "lapsed"), [(14, 0), (15, 2)])
def test_what_lapsed_disputes_nothing_and_the_index_is_true_again(days: int, lapsed: int) -> None:
    listing = make_listing()
    with time_machine.travel(NOON, tick=False) as clock:
        index_listings([listing.pk])
        tell(listing, Outcome.NO_BED)
        tell(listing, Outcome.NO_BED)
        clock.shift(timedelta(days=days))
        output = StringIO()
        call_command("refresh_disputes", stdout=output)
        call_command("check_index", stdout=StringIO())
    assert output.getvalue().startswith(f"Words of callers that lapsed: {lapsed}.")
    assert ListingIndex.objects.get().is_disputed == (lapsed == 0)


def test_room_that_expired_leaves_the_index() -> None:
    listing = make_listing()
    with time_machine.travel(NOON, tick=False) as clock:
        told_of_room(listing, unit=CapacityUnit.OUTPATIENT)
        clock.shift(timedelta(days=7))
        output = StringIO()
        call_command("refresh_disputes", stdout=output)
    assert "Listings with expired room: 1." in output.getvalue()
    assert ListingIndex.objects.get().available_until is None
