from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from finder.actions.indexing import index_listings
from finder.admin.listing_form import names_of
from finder.enums import CareCategory
from finder.models import ListingIndex, Phone, ServiceAtLocation
from tests.admin.conftest import desk_of, read_of
from tests.factories import ListingFactory, LocationFactory, ServiceFactory, make_listing

pytestmark = pytest.mark.django_db

LIST = "admin:finder_serviceatlocation_changelist"
CHANGE = "admin:finder_serviceatlocation_change"


def url_of(listing: ServiceAtLocation) -> str:
    return reverse(CHANGE, args=[listing.pk])


def form_of(listing: ServiceAtLocation, **changed: Any) -> dict[str, Any]:
    """The page's form as a browser sends it, with these values changed."""
    owners = {
        "service": listing.service,
        "organization": listing.service.organization,
        "location": listing.location,
    }
    names = [name for part in owners for name in names_of(part)]
    sent = {name: getattr(owners[name.split("__")[0]], name.split("__")[1]) for name in names}
    sent = {name: value for name, value in sent.items() if value not in (None, False)}
    read_only = ("verifications", "capacities", "statements", "source_records")
    for inline in ("phones", "schedules", *read_only):
        sent |= {f"{inline}-TOTAL_FORMS": 0, f"{inline}-INITIAL_FORMS": 0}
    return sent | {"read": read_of(listing)} | changed


def test_an_editor_edits_the_listing_and_its_parts_on_one_page(editor: User) -> None:
    listing = make_listing(phone="")
    sent = form_of(listing, service__name="Hillside", organization__name="New Owner", location__city="Arden")
    assert desk_of(editor).post(url_of(listing), sent).status_code == 302
    saved = ServiceAtLocation.objects.with_parts().get(pk=listing.pk)
    assert (saved.service.name, saved.service.organization.name) == ("Hillside", "New Owner")
    assert saved.location.city == "Arden"


def test_what_an_editor_saves_is_found_at_once(editor: User) -> None:
    listing = make_listing(phone="")
    detox = [CareCategory.WITHDRAWAL_MANAGEMENT.value]
    desk_of(editor).post(url_of(listing), form_of(listing, service__categories=detox))
    assert ListingIndex.objects.get(pk=listing.pk).categories == detox


def test_listings_that_share_the_organization_are_indexed_too(editor: User) -> None:
    listing = make_listing(phone="")
    sibling = ListingFactory(service__organization=listing.service.organization)
    desk_of(editor).post(url_of(listing), form_of(listing, organization__name="Hillside Group"))
    assert "Hillside Group" in ListingIndex.objects.get(pk=sibling.pk).words


def test_the_history_says_who_changed_what(editor: User) -> None:
    listing = make_listing(name="Riverside Counseling", phone="")
    client = desk_of(editor)
    client.post(url_of(listing), form_of(listing, service__name="Hillside"))
    html = client.get(reverse("admin:finder_serviceatlocation_history", args=[listing.pk])).content.decode()
    assert "<del>Riverside Counseling</del>" in html
    assert "<ins>Hillside</ins>" in html
    assert "eddie" in html


def test_what_was_not_changed_leaves_no_history(editor: User) -> None:
    listing = make_listing(phone="")
    desk_of(editor).post(url_of(listing), form_of(listing, service__name="Hillside"))
    assert listing.service.events.count() == 1
    assert listing.location.events.count() == 0


def test_a_wrong_value_is_said_at_its_field(editor: User) -> None:
    listing = make_listing(phone="")
    page = desk_of(editor).post(url_of(listing), form_of(listing, service__url="nonsense", service__name=""))
    faults = page.context["adminform"].form.errors
    assert set(faults) == {"service__url", "service__name"}


def test_a_wrong_zip_code_is_refused(editor: User) -> None:
    listing = make_listing(phone="")
    page = desk_of(editor).post(url_of(listing), form_of(listing, location__postal_code="2880"))
    assert page.status_code == 200
    listing.location.refresh_from_db()
    assert listing.location.postal_code == "28801"


def test_a_new_zip_code_moves_the_point_along(editor: User) -> None:
    listing = make_listing(phone="")
    desk_of(editor).post(url_of(listing), form_of(listing, location__postal_code="10001"))
    listing.location.refresh_from_db()
    assert (round(listing.location.latitude or 0), listing.location.timezone) == (41, "America/New_York")
    assert listing.location.position_is_approximate


def test_a_phone_added_on_the_page_can_be_dialled(editor: User) -> None:
    listing = make_listing(phone="")
    phone = {
        "phones-TOTAL_FORMS": 1,
        "phones-0-number": "(828) 555 0143",
        "phones-0-phone_type": "MAIN",
        "phones-0-position": 0,
    }
    assert desk_of(editor).post(url_of(listing), form_of(listing, **phone)).status_code == 302
    assert Phone.objects.get().number_e164 == "+18285550143"


def test_a_case_worker_sees_a_listing_and_cannot_change_it(case_worker: User) -> None:
    listing = make_listing(phone="")
    client = desk_of(case_worker)
    assert b"I checked" in client.get(url_of(listing)).content
    assert client.post(url_of(listing), form_of(listing, service__name="Hillside")).status_code == 403


def test_a_new_listing_is_a_draft(editor: User) -> None:
    sent = form_of(make_listing(phone="")) | {
        "service": ServiceFactory(name="Brand New").pk,
        "location": LocationFactory().pk,
    }
    assert desk_of(editor).post(reverse("admin:finder_serviceatlocation_add"), sent).status_code == 302
    assert ServiceAtLocation.objects.get(service__name="Brand New").editorial_status == "DRAFT"
    assert not ListingIndex.objects.filter(listing__service__name="Brand New").exists()


def queries_of_list(user: User) -> int:
    client = desk_of(user)
    client.get(reverse(LIST))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(reverse(LIST)).status_code == 200
    return len(queries)


def test_the_list_asks_as_much_for_fifty_rows_as_for_two(editor: User) -> None:
    index_listings([ListingFactory().pk, ListingFactory(draft=True).pk])
    few = queries_of_list(editor)
    index_listings(listing.pk for listing in ListingFactory.create_batch(48))
    assert queries_of_list(editor) == few
    assert few <= 14


@pytest.mark.parametrize(
    "words", ["Hillside", "Asheville", "28801", "828-555-0177", "(828) 555 0177", "8285550177"]
)
def test_a_listing_is_found_by_what_people_know_of_it(words: str, editor: User) -> None:
    sought = make_listing(name="Hillside", phone="828-555-0177")
    make_listing(name="Elsewhere", zip_code="10001", phone="212-555-0101")
    page = desk_of(editor).get(reverse(LIST), {"q": words})
    assert [listing.pk for listing in page.context["cl"].result_list] == [sought.pk]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"category": "withdrawal_management"}, ["Riverside Detox"]),
        ({"state": "NY"}, ["Manhattan"]),
        ({"editorial_status__exact": "DRAFT"}, ["Unfinished"]),
    ],
)
def test_the_list_is_narrowed(asked: dict[str, str], found: list[str], editor: User) -> None:
    make_listing(name="Riverside Detox", categories=[CareCategory.WITHDRAWAL_MANAGEMENT])
    make_listing(name="Manhattan", zip_code="10001")
    make_listing(name="Unfinished", draft=True)
    page = desk_of(editor).get(reverse(LIST), asked)
    assert [listing.service.name for listing in page.context["cl"].result_list] == found
