"""One field, or one removed row, as it was before a change."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import Model

from finder.actions.refusals import Refused
from finder.actions.reverting import fields_with, revert_field, revert_removal, state_of
from finder.enums import CareCategory, EditorialStatus
from finder.models import (
    ListingIndex,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
)
from finder.models.history import events_of, one_change
from tests.factories import OrganizationFactory, PhoneFactory, ScheduleFactory, make_listing
from tests.samples import facility, import_rows

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor")


def change(row: Model, **values: Any) -> int:
    """Returns the event that keeps what it was."""
    type(row)._default_manager.filter(pk=row.pk).update(**values)
    row.refresh_from_db()
    return newest(type(row))


def newest(model: type[Model]) -> int:
    return int(events_of(model).last().pk)


def put_back(row: Any, field: str, event: int, by: User, seen: str | None = None) -> Any:
    state = state_of(row, fields_with(type(row), field)) if seen is None else seen
    told: dict[str, Any] = {"model": type(row), "event": event, "field": field}
    back = revert_field(**told, seen=state, by=by, now=NOW)
    row.refresh_from_db()
    return back


def test_a_field_says_again_what_it_said_and_is_found_by_it(editor: User) -> None:
    service = make_listing(name="Riverside").service
    event = change(service, name="Hillside")
    put_back(service, "name", event, editor)
    assert service.name == "Riverside"
    assert ListingIndex.objects.get().name == "riverside"


def test_the_other_fields_of_the_same_change_stay(editor: User) -> None:
    service = make_listing(name="Riverside").service
    event = change(service, name="Hillside", fees_description="Nothing")
    put_back(service, "name", event, editor)
    assert service.fees_description == "Nothing"


def test_an_older_change_can_be_put_back_over_newer_ones(editor: User) -> None:
    service = make_listing(name="First").service
    first = change(service, name="Second")
    change(service, name="Third")
    put_back(service, "name", first, editor)
    assert service.name == "First"


def test_it_is_itself_history_and_can_be_put_back_again(editor: User) -> None:
    service = make_listing(name="Riverside").service
    put_back(service, "name", change(service, name="Hillside"), editor)
    event = events_of(Service).select_related("pgh_context").last()
    assert event.pgh_context.metadata == {"user": editor.pk, "decision": "revert_field"}
    put_back(service, "name", event.pk, editor)
    assert service.name == "Hillside"


def test_a_point_goes_back_as_a_whole(editor: User) -> None:
    location = make_listing().location
    before = (location.latitude, location.longitude)
    event = change(location, latitude=35.5, longitude=-82.5, position_is_approximate=True)
    put_back(location, "longitude", event, editor)
    assert (location.latitude, location.longitude) == before
    assert not location.position_is_approximate


def test_a_number_goes_back_with_what_machines_dial(editor: User) -> None:
    phone = PhoneFactory(number="828-555-0142")
    event = change(phone, number="828-555-0199", number_e164="+18285550199")
    put_back(phone, "number", event, editor)
    assert (phone.number, phone.number_e164) == ("828-555-0142", "+18285550142")


def test_the_owner_of_a_service_goes_back(editor: User) -> None:
    service = make_listing().service
    before, event = service.organization, change(service, organization=OrganizationFactory())
    put_back(service, "organization", event, editor)
    assert service.organization == before


def test_the_next_import_takes_it_for_a_persons_edit(editor: User, vocabulary: None) -> None:
    import_rows(facility(city="Asheville"), edition=2022)
    import_rows(facility(city="Arden"), edition=2023)
    location = Location.objects.get()
    put_back(location, "city", newest(Location), editor)

    import_rows(facility(city="Candler"), edition=2024)

    location.refresh_from_db()
    assert location.city == "Asheville"


# What it refuses


def test_what_someone_changed_meanwhile_is_not_overwritten(editor: User) -> None:
    service = make_listing(name="Riverside").service
    event = change(service, name="Hillside")
    seen = state_of(service, ["name"])
    change(service, name="Hilltop")
    with pytest.raises(Refused, match="Someone changed it since you opened this page"):
        put_back(service, "name", event, editor, seen)
    service.refresh_from_db()
    assert service.name == "Hilltop"


def test_what_the_database_would_refuse_is_refused_in_words(editor: User) -> None:
    schedule = ScheduleFactory(valid_from=None, valid_to=None)
    event = change(schedule, valid_from="2026-06-01")
    change(schedule, valid_from="2026-01-01", valid_to="2026-03-01")
    change(schedule, valid_from=None)
    later = events_of(Schedule).filter(valid_from="2026-06-01").get().pk
    assert later != event
    with pytest.raises(Refused, match="That cannot be put back"):
        put_back(schedule, "valid_from", later, editor)
    schedule.refresh_from_db()
    assert schedule.valid_from is None


def test_what_the_form_would_refuse_is_refused_in_words(editor: User) -> None:
    service = make_listing(name="Riverside").service
    Service.objects.filter(pk=service.pk).update(name="")
    event = change(service, name="Hillside")
    with pytest.raises(Refused, match="Name: This field cannot be blank"):
        put_back(service, "name", event, editor)
    service.refresh_from_db()
    assert service.name == "Hillside"


def test_an_owner_that_is_gone_is_refused(editor: User) -> None:
    service = make_listing().service
    gone = OrganizationFactory()
    change(service, organization=gone)
    event = change(service, organization=OrganizationFactory())
    Organization.objects.filter(pk=gone.pk).delete()
    with pytest.raises(Refused, match="That cannot be put back: Organization"):
        put_back(service, "organization", event, editor)


@pytest.mark.parametrize("field", ["editorial_status", "archived_reason", "service", "imported", "nonsense"])
def test_what_has_a_verb_of_its_own_is_not_put_back(field: str, editor: User) -> None:
    listing = make_listing(draft=True)
    event = change(listing, editorial_status=EditorialStatus.PUBLISHED)
    with pytest.raises(Refused, match="cannot be put back here"):
        revert_field(model=ServiceAtLocation, event=event, field=field, seen="", by=editor, now=NOW)
    listing.refresh_from_db()
    assert listing.editorial_status == EditorialStatus.PUBLISHED


def test_an_event_of_another_table_is_not_known(editor: User) -> None:
    service = make_listing().service
    change(service, name="Hillside")
    with pytest.raises(Refused, match="not known"):
        revert_field(model=Location, event=999_999, field="city", seen="", by=editor, now=NOW)


def test_what_says_that_already_is_told(editor: User) -> None:
    service = make_listing(name="Riverside").service
    event = change(service, name="Hillside")
    change(service, name="Riverside")
    with pytest.raises(Refused, match="says that already"):
        put_back(service, "name", event, editor)


# Removed rows


def test_a_removed_number_comes_back_with_its_key(editor: User) -> None:
    phone = PhoneFactory(number="828-555-0142", description="Evenings")
    pk = phone.pk
    Phone.objects.all().delete()
    revert_removal(model=Phone, event=newest(Phone), by=editor, now=NOW)
    back = Phone.objects.get()
    assert (back.pk, back.number, back.description) == (pk, "828-555-0142", "Evenings")


def test_twice_is_refused(editor: User) -> None:
    PhoneFactory()
    Phone.objects.all().delete()
    told: dict[str, Any] = {"model": Phone, "event": newest(Phone), "by": editor, "now": NOW}
    revert_removal(**told)
    with pytest.raises(Refused, match="there again already"):
        revert_removal(**told)
    assert Phone.objects.count() == 1


def test_a_number_of_a_place_that_is_gone_stays_gone(editor: User) -> None:
    phone = PhoneFactory(of_location=True)
    Location.objects.filter(pk=phone.location_id).delete()
    with pytest.raises(Refused, match="belonged to is gone"):
        revert_removal(model=Phone, event=newest(Phone), by=editor, now=NOW)


def test_a_change_is_no_removal(editor: User) -> None:
    phone = PhoneFactory()
    event = change(phone, number="828-555-0199")
    with pytest.raises(Refused, match="cannot be put back here"):
        revert_removal(model=Phone, event=event, by=editor, now=NOW)


def test_a_field_of_a_removed_row_waits_for_the_row(editor: User) -> None:
    phone = PhoneFactory()
    event = change(phone, description="Evenings")
    Phone.objects.all().delete()
    with pytest.raises(Refused, match="Put it back first"):
        revert_field(model=Phone, event=event, field="description", seen="", by=editor, now=NOW)


def test_listings_that_share_the_row_are_indexed_too(editor: User) -> None:
    listing = make_listing(categories=[CareCategory.BEHAVIORAL_HEALTH])
    sibling = make_listing(service__organization=listing.service.organization)
    organization = listing.service.organization
    with one_change(user=editor.pk):
        event = change(organization, name="Hillside Group")
    put_back(organization, "name", event, editor)
    assert organization.name in ListingIndex.objects.get(pk=sibling.pk).words
