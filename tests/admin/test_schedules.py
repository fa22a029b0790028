from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from finder.models import HowToJoin, Schedule, ServiceAtLocation
from tests.admin.conftest import desk_of, read_of
from tests.made_up_groups import make_group

pytestmark = pytest.mark.django_db

JOIN = {"url": "https://zoom.us/j/1", "notes": "Password: 1234"}
MEETING = {
    "kind": "MEETING",
    "freq": "WEEKLY",
    "interval": "1",
    "byday": "TU",
    "opens_at": "19:00",
    "closes_at": "20:00",
    "attending_type": "hybrid",
}


def address(listing: ServiceAtLocation) -> str:
    return reverse("admin:finder_service_change", args=[listing.service_id])


def saved(user: User, listing: ServiceAtLocation, **meeting: str) -> Any:
    """The service's page, with one schedule more."""
    form = {
        "organization": str(listing.service.organization_id),
        "name": listing.service.name,
        "status": "active",
        "categories": "support_group",
        "read": read_of(listing.service),
    }
    for prefix, total in (("phones", 0), ("schedules", 1)):
        form |= {f"{prefix}-TOTAL_FORMS": str(total), f"{prefix}-INITIAL_FORMS": "0"}
    form |= {f"schedules-0-{name}": value for name, value in (MEETING | meeting).items()}
    return desk_of(user).post(address(listing), form)


def new_one(listing: ServiceAtLocation) -> Schedule:
    return Schedule.objects.get(service=listing.service)


def test_a_meeting_is_written_with_how_to_join_it(editor: User) -> None:
    listing = make_group()
    answered = saved(editor, listing, byday="mo, we", join_url=JOIN["url"], join_notes=JOIN["notes"])
    assert answered.status_code == 302
    made = new_one(listing)
    assert (made.byday, made.how_to_join.url, made.how_to_join.notes) == (
        *("MO,WE", JOIN["url"], JOIN["notes"]),
    )


def test_a_meeting_that_nobody_can_join_from_home_keeps_no_row_for_it(editor: User) -> None:
    listing = make_group()
    saved(editor, listing)
    assert new_one(listing).byday == "TU"
    assert not HowToJoin.objects.exists()


@pytest.mark.parametrize(
    "rule",
    [{"byday": "XX"}, {"freq": "MONTHLY", "byday": ""}, {"bymonthday": "77"}, {"bymonth": "13"}],
    ids=str,
)
def test_a_rule_that_says_nothing_is_refused(editor: User, rule: dict[str, str]) -> None:
    listing = make_group()
    answered = saved(editor, listing, **rule)
    assert answered.status_code == 200
    assert b"errorlist nonfield" in answered.content
    assert not Schedule.objects.filter(service=listing.service).exists()


def listing_page(user: User, listing: ServiceAtLocation) -> str:
    url = reverse("admin:finder_serviceatlocation_change", args=[listing.pk])
    return desk_of(user).get(url).content.decode()


@pytest.mark.parametrize("role", ["case_worker", "editor"])
def test_the_desk_shows_how_to_join(role: str, request: pytest.FixtureRequest) -> None:
    listing = make_group(join=JOIN)
    html = listing_page(request.getfixturevalue(role), listing)
    assert JOIN["url"] in html
    assert JOIN["notes"] in html
    assert ('name="schedules-0-join_url"' in html) is (role == "editor")
