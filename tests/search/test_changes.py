from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from finder.actions.archiving import archive_listing, restore_listing
from finder.actions.merging import KEPT, accept_merge
from finder.actions.owned import (
    create_schedules,
    phone_values,
    replace_phones,
    replace_schedules,
    schedule_values,
)
from finder.actions.parting import undo_merge
from finder.actions.publishing import publish_listing
from finder.actions.removing import remove_listings
from finder.enums import ServiceStatus
from finder.models import Location, Merge, Phone, Schedule, Service, ServiceAtLocation
from finder.search.changes import changes_since
from finder.upkeep.changes import Change, ChangeKind
from tests.factories import (
    ListingFactory,
    LocationFactory,
    PhoneFactory,
    ScheduleFactory,
    ServiceFactory,
    make_listing,
)
from tests.lived import on
from tests.samples import facility, import_rows, listing_named

pytestmark = pytest.mark.django_db

LOOKED = datetime(2026, 11, 20, 12, tzinfo=UTC)
EARLIER = LOOKED - timedelta(days=3)
LATER, LATEST = LOOKED + timedelta(days=1), LOOKED + timedelta(days=2)


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("eddie")


def told(listing: ServiceAtLocation, since: datetime = LOOKED) -> list[tuple[str, datetime]]:
    return [(change.kind.value, change.at) for change in changes_since([listing.pk], since)[listing.pk]]


def listing_with_all() -> ServiceAtLocation:
    listing = make_listing(phone="828-555-0142")
    ScheduleFactory(listing=listing)
    return listing


def set_phone(listing: ServiceAtLocation, **values: Any) -> None:
    Phone.objects.filter(listing=listing).update(**values)


def set_hours(listing: ServiceAtLocation, **values: Any) -> None:
    Schedule.objects.filter(listing=listing).update(**values)


def set_service(listing: ServiceAtLocation, **values: Any) -> None:
    Service.objects.filter(pk=listing.service_id).update(**values)


def set_location(listing: ServiceAtLocation, **values: Any) -> None:
    Location.objects.filter(pk=listing.location_id).update(**values)


EDITS: list[tuple[str, Callable[..., None], dict[str, Any]]] = [
    ("PHONE", set_phone, {"number": "828-555-0199", "number_e164": "+18285550199"}),
    ("PHONE", set_phone, {"extension": "12"}),
    ("HOURS", set_hours, {"closes_at": time(16)}),
    ("HOURS", set_hours, {"byday": "MO"}),
    ("HOURS", set_hours, {"is_suspended": True}),
    ("HOURS", set_hours, {"attending_type": "online"}),
    ("HOURS", set_hours, {"except_dates": [date(2026, 12, 25)]}),
    ("NAME", set_service, {"name": "Another Name"}),
    ("CLOSED", set_service, {"status": ServiceStatus.TEMPORARILY_CLOSED}),
    ("ADDRESS", set_location, {"address_1": "9 Elm Street"}),
    ("ADDRESS", set_location, {"city": "Arden"}),
    ("ADDRESS", set_location, {"location_type": "virtual"}),
]
every_edit = pytest.mark.parametrize(("kind", "edit", "values"), EDITS)


@every_edit
def test_a_change_is_told_with_its_kind_and_moment(
    kind: str, edit: Callable[..., None], values: dict[str, Any]
) -> None:
    listing = listing_with_all()
    with on(LATER):
        edit(listing, **values)
    assert told(listing) == [(kind, LATER)]


@every_edit
def test_what_changed_before_the_look_is_not_told(
    kind: str, edit: Callable[..., None], values: dict[str, Any]
) -> None:
    listing = listing_with_all()
    with on(EARLIER):
        edit(listing, **values)
    assert told(listing) == []


@every_edit
def test_what_was_put_back_is_no_change(kind: str, edit: Callable[..., None], values: dict[str, Any]) -> None:
    listing = listing_with_all()
    row: Any = {
        set_phone: listing.phones.get(),
        set_hours: listing.schedules.get(),
        set_service: listing.service,
        set_location: listing.location,
    }[edit]
    with on(LATER):
        edit(listing, **values)
    with on(LATEST):
        row.save()
    assert told(listing) == []


@every_edit
def test_a_change_beside_it_later_does_not_move_the_moment(
    kind: str, edit: Callable[..., None], values: dict[str, Any]
) -> None:
    listing = listing_with_all()
    with on(LATER):
        edit(listing, **values)
    with on(LATEST):
        set_phone(listing, description="After hours")
        set_hours(listing, notes="Ring twice")
        set_service(listing, description="Other words")
        set_location(listing, transportation="Bus 3")
        ServiceAtLocation.objects.filter(pk=listing.pk).update(cadence_days=30)
    assert told(listing) == [(kind, LATER)]


def test_nothing_changed() -> None:
    assert told(listing_with_all()) == []


def test_a_listing_that_never_was() -> None:
    stranger = uuid4()
    assert changes_since([stranger], LOOKED) == {stranger: ()}


def test_all_that_changed_at_once() -> None:
    listing = listing_with_all()
    with on(LATER):
        set_service(listing, name="Another Name", status=ServiceStatus.DEFUNCT)
        set_phone(listing, extension="12")
        set_location(listing, city="Arden")
        set_hours(listing, byday="MO")
    assert [kind for kind, _at in told(listing)] == ["NAME", "CLOSED", "ADDRESS", "PHONE", "HOURS"]


def test_what_opened_again() -> None:
    listing = listing_with_all()
    set_service_on(EARLIER, listing, ServiceStatus.TEMPORARILY_CLOSED)
    set_service_on(LATER, listing, ServiceStatus.ACTIVE)
    assert told(listing) == [("REOPENED", LATER)]


def set_service_on(moment: datetime, listing: ServiceAtLocation, status: ServiceStatus) -> None:
    with on(moment):
        set_service(listing, status=status)


def test_the_look_itself_is_the_line() -> None:
    listing = listing_with_all()
    with on(LOOKED):
        set_service(listing, name="Another Name")
    assert told(listing) == []


def test_a_number_written_another_way_is_the_same_number() -> None:
    listing = listing_with_all()
    with on(LATER):
        set_phone(listing, number="(828) 555 0142")
    assert told(listing) == []


def test_an_import_that_replaces_phones_by_equal_ones_changes_nothing() -> None:
    listing = listing_with_all()
    PhoneFactory(listing=listing, number="828-555-0150", position=1)
    with on(LATER):
        replace_phones({listing.pk: phone_values(listing.phones.all())})
        replace_phones({listing.pk: phone_values(listing.phones.all())})
    assert Phone.objects.filter(listing=listing).count() == 2
    assert told(listing) == []


def test_an_import_that_replaces_one_of_two_phones() -> None:
    listing = listing_with_all()
    PhoneFactory(listing=listing, number="828-555-0150", position=1)
    values = phone_values(listing.phones.all())
    values[1][:3] = ["828-555-0199", "", "+18285550199"]
    with on(LATER):
        replace_phones({listing.pk: values})
    assert told(listing) == [("PHONE", LATER)]


def test_an_import_that_replaces_hours_by_equal_ones_changes_nothing() -> None:
    listing = listing_with_all()
    before = listing.schedules.get()
    with on(LATER):
        before_pk, values = before.pk, schedule_values([before])
        before.delete()
        create_schedules({listing.pk: values})
    assert Schedule.objects.get(listing=listing).pk != before_pk
    assert told(listing) == []


def test_an_import_that_replaces_hours_by_others() -> None:
    listing = listing_with_all()
    values = [value | {"byday": "SA"} for value in schedule_values(listing.schedules.all())]
    with on(LATER):
        replace_schedules({listing.pk: values})
    assert told(listing) == [("HOURS", LATER)]


@pytest.mark.usefixtures("vocabulary")
def test_a_newer_edition_with_another_number() -> None:
    import_rows(facility(), facility("Example Other House", street1="2 Example Street"))
    with on(LATER):
        import_rows(
            facility(phone="828-555-0177"),
            facility("Example Other House", street1="2 Example Street"),
            edition=2025,
        )
    assert told(listing_named("Example Recovery House")) == [("PHONE", LATER)]
    assert told(listing_named("Example Other House")) == []


def test_a_number_that_was_added_is_not_told() -> None:
    listing = listing_with_all()
    with on(LATER):
        PhoneFactory(listing=listing, number="828-555-0150", position=1)
    assert told(listing) == []


def test_a_number_that_was_removed() -> None:
    listing = listing_with_all()
    second = PhoneFactory(listing=listing, number="828-555-0150", position=1)
    with on(LATER):
        second.delete()
    assert told(listing) == [("PHONE", LATER)]


def test_the_services_number_speaks_when_the_own_one_is_removed() -> None:
    listing = listing_with_all()
    PhoneFactory(of_service=True, service=listing.service, number="828-555-0150")
    with on(LATER):
        Phone.objects.filter(listing=listing).delete()
    assert told(listing) == [("PHONE", LATER)]


def test_the_services_number_is_no_matter_while_the_listing_has_its_own() -> None:
    listing = listing_with_all()
    phone = PhoneFactory(of_service=True, service=listing.service, number="828-555-0150")
    with on(LATER):
        phone.delete()
    assert told(listing) == []


@pytest.mark.parametrize("owner", ["service", "location"])
def test_a_number_that_passes_to_another_owner_of_the_same_listing(owner: str) -> None:
    listing = listing_with_all()
    with on(LATER):
        Phone.objects.filter(listing=listing).update(listing=None, **{owner: getattr(listing, owner)})
    assert told(listing) == []


def test_a_number_that_passes_to_another_listing() -> None:
    giving, taking = listing_with_all(), listing_with_all()
    Phone.objects.filter(listing=taking).update(number="828-555-0150", number_e164="")
    with on(LATER):
        Phone.objects.filter(listing=giving).update(listing=taking)
    assert told(giving) == [("PHONE", LATER)]
    assert told(taking) == []


def test_a_listing_that_takes_another_service() -> None:
    listing = make_listing(phone="")
    PhoneFactory(of_service=True, service=listing.service, number="828-555-0150")
    other = ServiceFactory(name="Another Name")
    PhoneFactory(of_service=True, service=other, number="828-555-0151")
    with on(LATER):
        ServiceAtLocation.objects.filter(pk=listing.pk).update(service=other)
    assert told(listing) == [("NAME", LATER), ("PHONE", LATER)]


def test_a_listing_that_takes_another_location() -> None:
    listing = make_listing()
    with on(LATER):
        other = LocationFactory(address_1="9 Elm Street")
        ServiceAtLocation.objects.filter(pk=listing.pk).update(location=other)
    assert told(listing) == [("ADDRESS", LATER)]


def test_a_past_day_that_falls_out_no_longer_is_no_news() -> None:
    listing = listing_with_all()
    set_hours(listing, except_dates=[date(2026, 11, 1)])
    with on(LATER):
        set_hours(listing, except_dates=[])
    assert told(listing) == []


@pytest.mark.parametrize(("was", "is_now"), [(False, False), (False, True), (True, False)])
def test_a_confidential_address_never_tells(was: bool, is_now: bool) -> None:
    listing = make_listing(location__address_is_public=was)
    with on(LATER):
        set_location(listing, address_1="9 Elm Street", city="Arden", address_is_public=is_now)
    assert told(listing) == []


def test_an_archived_listing_is_gone_and_nothing_else(editor: User) -> None:
    listing = listing_with_all()
    with on(LATER):
        set_phone(listing, extension="12")
        archive_listing(listing=listing, reason="Closed", by=editor, now=LATER)
    with on(LATEST):
        ServiceAtLocation.objects.filter(pk=listing.pk).update(cadence_days=30)
    assert told(listing) == [("GONE", LATER)]


def test_a_listing_that_is_a_draft_again(editor: User) -> None:
    listing = listing_with_all()
    with on(LATER):
        archive_listing(listing=listing, reason="Closed", by=editor, now=LATER)
        restore_listing(listing=listing, by=editor, now=LATER)
    assert told(listing) == [("GONE", LATER)]


def test_a_listing_that_was_archived_and_published_again(editor: User) -> None:
    listing = listing_with_all()
    with on(LATER):
        archive_listing(listing=listing, reason="Closed", by=editor, now=LATER)
        restore_listing(listing=listing, by=editor, now=LATER)
        publish_listing(listing=listing, by=editor, now=LATER)
    assert told(listing) == []


def test_a_listing_that_was_gone_then_and_is_back(editor: User) -> None:
    listing = listing_with_all()
    with on(EARLIER):
        archive_listing(listing=listing, reason="Closed", by=editor, now=EARLIER)
    assert told(listing) == []
    with on(LATER):
        restore_listing(listing=listing, by=editor, now=LATER)
        publish_listing(listing=listing, by=editor, now=LATER)
        set_service(listing, name="Another Name")
    assert told(listing) == [("BACK", LATER)]


def test_a_draft_is_nobodys_news() -> None:
    listing = ListingFactory(draft=True)
    with on(LATER):
        set_service(listing, name="Another Name")
    assert told(listing) == []


def test_a_merged_listing_is_gone_until_it_is_parted(editor: User) -> None:
    kept, duplicate = make_listing(), make_listing()
    merge = Merge.objects.create(listing=kept, duplicate=duplicate, reason="Same", proposed_at=EARLIER)
    with on(LATER):
        accept_merge(merge=merge, by=editor, now=LATER, choices={"organization": KEPT, "address": KEPT})
    assert told(duplicate) == [("GONE", LATER)]
    with on(LATEST):
        undo_merge(merge=merge, by=editor, now=LATEST)
    assert told(duplicate) == []


def test_a_listing_that_was_removed_for_good() -> None:
    listing = listing_with_all()
    with on(LATER):
        remove_listings([listing.pk])
    assert told(listing) == [("GONE", LATER)]


def test_thirty_listings_take_five_statements_whatever_their_history() -> None:
    listings = [listing_with_all() for _each in range(30)]
    for day in range(1, 4):
        with on(LOOKED + timedelta(days=day)):
            for listing in listings:
                set_phone(listing, extension=str(day))
                set_service(listing, name=f"Name {day}")
    with CaptureQueriesContext(connection) as asked:
        found = changes_since([listing.pk for listing in listings], LOOKED)
    assert len(asked) == 5
    last = LOOKED + timedelta(days=3)
    assert set(found.values()) == {(Change(ChangeKind.NAME, last), Change(ChangeKind.PHONE, last))}
