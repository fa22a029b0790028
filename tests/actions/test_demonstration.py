"""Removing the demonstration takes all of it and nothing else."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO

import pghistory.models
import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command

from finder.actions.demonstration import remove_demonstration
from finder.actions.indexing import rebuild_index, untrue_rows
from finder.models import (
    ChangeRequest,
    DirectoryWord,
    HowToJoin,
    ListingIndex,
    Location,
    Merge,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    SourceRecord,
    Statement,
)
from tests.factories import (
    HowToJoinFactory,
    ListingFactory,
    PhoneFactory,
    ServiceFactory,
    SourceRecordFactory,
    make_listing,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
DIRECTORY = (
    ChangeRequest, HowToJoin, ListingIndex, Location, Merge, Organization, Phone,
    Schedule, Service, ServiceAtLocation, SourceRecord, Statement,
)  # fmt: skip


@pytest.fixture(autouse=True)
def one_moment() -> Iterator[None]:
    """The index says up to when it knows the times: written twice at one moment, it says the same."""
    with time_machine.travel(NOW, tick=False):
        yield


def make_whole_listing(name: str, *, demo: bool) -> ServiceAtLocation:
    """With every kind of row that can hang on a listing, its service or its location."""
    listing = make_listing(name=name, demo=demo, yes=["spanish"])
    PhoneFactory(listing=None, service=listing.service)
    PhoneFactory(listing=None, location=listing.location)
    HowToJoinFactory(schedule__listing=listing)
    record = SourceRecordFactory(listing=listing)
    ChangeRequest.objects.create(
        listing=listing, source=record.source, field="service.name",
        current_value=name, proposed_value="Another", proposed_at=NOW,
    )  # fmt: skip
    return listing


def everything() -> dict[str, list[object]]:
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in (*DIRECTORY, DirectoryWord)
    }


def test_all_that_is_made_up_goes() -> None:
    listing = make_whole_listing("Example Center", demo=True)
    other = make_whole_listing("Example Group", demo=True)
    Merge.objects.create(listing=listing, duplicate=other, reason="Same street", proposed_at=NOW)
    rebuild_index()
    assert all(model._default_manager.exists() for model in DIRECTORY)

    assert remove_demonstration(now=NOW) == 2

    assert {name: rows for name, rows in everything().items() if rows} == {}


def test_no_real_row_is_touched() -> None:
    make_whole_listing("Riverside Counseling", demo=False)
    ListingFactory(draft=True)
    ListingFactory(archived=True)
    ServiceFactory()
    rebuild_index()
    before = everything()
    make_whole_listing("Example Center", demo=True)
    ListingFactory(demo=True, draft=True)
    ListingFactory(demo=True, archived=True)
    rebuild_index()
    assert everything() != before

    assert remove_demonstration(now=NOW) == 3

    assert everything() == before
    assert untrue_rows() == []


def test_an_organization_with_a_real_program_stays() -> None:
    real = ListingFactory()
    made_up = ListingFactory(demo=True, service__organization=real.service.organization)

    remove_demonstration(now=NOW)

    assert Organization.objects.get() == real.service.organization
    assert not Service.objects.filter(pk=made_up.service_id).exists()


def test_a_place_where_a_real_program_is_stays_with_its_phone() -> None:
    real = ListingFactory()
    phone = PhoneFactory(listing=None, location=real.location)
    ListingFactory(demo=True, location=real.location)

    remove_demonstration(now=NOW)

    assert Location.objects.get() == real.location
    assert Phone.objects.get() == phone


def test_a_program_that_a_real_listing_offers_elsewhere_stays() -> None:
    real = ListingFactory()
    ListingFactory(demo=True, service=real.service)

    remove_demonstration(now=NOW)

    assert Service.objects.get() == real.service
    assert Location.objects.get() == real.location


def test_history_tells_when_the_demonstration_went() -> None:
    listing = ListingFactory(demo=True)

    remove_demonstration(now=NOW)

    event = apps.get_model("finder", "ServiceAtLocationEvent").objects.get(pgh_obj_id=listing.pk)
    assert event.pgh_label == "delete"
    assert event.pgh_context.metadata == {"removed_demonstration_at": NOW.isoformat()}


def test_nothing_to_remove_leaves_no_trace() -> None:
    make_whole_listing("Riverside Counseling", demo=False)
    rebuild_index()
    before = everything()

    assert remove_demonstration(now=NOW) == 0

    assert everything() == before
    assert not pghistory.models.Context.objects.exists()


def said_by_the_command() -> str:
    output = StringIO()
    call_command("remove_demo", stdout=output)
    return output.getvalue().strip()


def test_the_command_says_how_many_it_removed() -> None:
    ListingFactory.create_batch(2, demo=True)

    assert said_by_the_command() == "2 demonstration listings were removed."
    assert not ServiceAtLocation.objects.exists()


def test_the_command_says_that_there_was_nothing_to_remove() -> None:
    ListingFactory()

    assert said_by_the_command() == "There are no demonstration listings; nothing was removed."
    assert ServiceAtLocation.objects.count() == 1
