"""Who checked what, read at the desk and written nowhere there."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from finder.enums import CapacityUnit, VerifiedPart
from finder.models import Capacity, ServiceAtLocation, Verification
from tests.admin.conftest import desk_of
from tests.factories import make_listing
from tests.made_up_checks import checked, told_of_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing() -> ServiceAtLocation:
    made = make_listing(name="Riverside Counseling")
    checked(made, VerifiedPart.CONTACT, VerifiedPart.HOURS)
    told_of_room(made, available=4, unit=CapacityUnit.OUTPATIENT)
    return made


def test_the_lists_say_what_was_found_right_and_what_room_there_is(
    case_worker: User, listing: ServiceAtLocation
) -> None:
    client = desk_of(case_worker)
    checks = client.get(reverse("admin:finder_verification_changelist")).content.decode()
    assert "Phone and address, Hours" in checks
    rooms = client.get(reverse("admin:finder_capacity_changelist")).content.decode()
    assert "New outpatients" in rooms


def test_a_listings_page_shows_both(editor: User, listing: ServiceAtLocation) -> None:
    page = reverse("admin:finder_serviceatlocation_change", args=[listing.pk])
    html = desk_of(editor).get(page).content.decode()
    assert "who found what right, and when" in html.lower()
    assert "Phone and address, Hours" in html
    assert "There is room" in html


@pytest.mark.parametrize("model", [Verification, Capacity])
def test_nobody_edits_them(
    superuser: User, listing: ServiceAtLocation, model: type[Verification | Capacity]
) -> None:
    name = model._meta.model_name
    row = model._default_manager.order_by("pk")[0]
    client = desk_of(superuser)
    assert client.get(reverse(f"admin:finder_{name}_add")).status_code == 403
    change = reverse(f"admin:finder_{name}_change", args=[row.pk])
    assert client.post(change, {"voice": "PUBLIC"}).status_code == 403
