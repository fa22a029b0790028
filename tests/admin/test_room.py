"""Whether a listing has room, set at the desk in two taps."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.contrib.auth.models import User
from django.urls import reverse

from finder.enums import CapacityCode, CapacityUnit, CareCategory, Voice
from finder.models import Capacity, ListingIndex, ServiceAtLocation, Verification
from tests.admin.conftest import desk_of
from tests.factories import make_listing
from tests.made_up_checks import told_of_room

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)


@pytest.fixture
def detox() -> ServiceAtLocation:
    return make_listing(categories=[CareCategory.WITHDRAWAL_MANAGEMENT])


def room_page(listing: ServiceAtLocation) -> str:
    return reverse("admin:listing_room", args=[listing.pk])


def words(person: User, listing: ServiceAtLocation, sent: dict[str, str] | None = None) -> str:
    client = desk_of(person)
    page = client.post(room_page(listing), sent) if sent else client.get(room_page(listing))
    assert page.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


@pytest.mark.parametrize(("role", "voice"), [("case_worker", Voice.CASE_WORKER), ("editor", Voice.EDITOR)])
def test_one_tap_on_the_answer_is_enough(
    role: str, voice: Voice, detox: ServiceAtLocation, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(role)
    client = desk_of(person)
    listing_page = reverse("admin:finder_serviceatlocation_change", args=[detox.pk])
    assert room_page(detox) in client.get(listing_page).content.decode()

    answer = client.post(room_page(detox), {"unit": "DETOX_BEDS", "code": "YES", "available": ""})

    assert answer.headers["Location"] == listing_page
    said = Capacity.objects.get()
    assert (said.code, said.available, said.voice) == (CapacityCode.YES, None, voice)
    assert Verification.objects.get().verified_by == person
    assert ListingIndex.objects.get().available_until is not None


def test_a_number_may_be_typed(editor: User, detox: ServiceAtLocation) -> None:
    desk_of(editor).post(room_page(detox), {"unit": "DETOX_BEDS", "code": "YES", "available": "3"})
    assert Capacity.objects.get().available == 3


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"unit": "DETOX_BEDS", "code": "NO", "available": "3"}, "do not agree"),
        ({"unit": "DETOX_BEDS", "code": "YES", "available": "-1"}, "greater than or equal to 0"),
        ({"unit": "DETOX_BEDS", "code": "YES", "available": "many"}, "whole number"),
        ({"unit": "DETOX_BEDS", "code": "PERHAPS"}, "PERHAPS"),
    ],
)
def test_what_cannot_be_so_is_refused_beside_its_unit(
    editor: User, detox: ServiceAtLocation, sent: dict[str, str], fault: str
) -> None:
    page = words(editor, detox, sent)
    assert fault in page
    assert page.index("Detox beds") < page.index(fault) < page.index("New outpatients")
    assert not Capacity.objects.exists()


def test_a_unit_that_the_listing_has_not_is_refused(editor: User, detox: ServiceAtLocation) -> None:
    desk_of(editor).post(room_page(detox), {"unit": "RESIDENTIAL_BEDS", "code": "YES"})
    assert not Capacity.objects.exists()


def test_the_page_says_what_is_known_now_and_what_is_too_old(editor: User, detox: ServiceAtLocation) -> None:
    assert words(editor, detox).count("Nobody has said yet.") == 2
    with time_machine.travel(NOW, tick=False) as clock:
        told_of_room(detox, available=2)
        clock.shift(timedelta(hours=3))
        assert "There is room: 2 (The program itself, 3 hours ago)." in words(editor, detox)
        clock.shift(timedelta(days=1))
        assert "Too old to count: “There is room” (The program itself, yesterday)." in words(editor, detox)


def test_a_support_group_is_not_asked(editor: User) -> None:
    group = make_listing(categories=[CareCategory.SUPPORT_GROUP])
    listing_page = reverse("admin:finder_serviceatlocation_change", args=[group.pk])
    assert room_page(group) not in desk_of(editor).get(listing_page).content.decode()
    assert "A support group has no beds to count." in words(editor, group)


def test_someone_without_a_role_may_not(db: None, detox: ServiceAtLocation) -> None:
    nobody = User.objects.create_user("nobody", is_staff=True)
    assert desk_of(nobody).get(room_page(detox)).status_code == 403
    sent = {"unit": CapacityUnit.DETOX_BEDS.value, "code": "YES"}
    assert desk_of(nobody).post(room_page(detox), sent).status_code == 403
    assert not Capacity.objects.exists()


def test_a_stranger_is_asked_to_sign_in(detox: ServiceAtLocation) -> None:
    assert "/login/" in desk_of(None).get(room_page(detox)).headers["Location"]
