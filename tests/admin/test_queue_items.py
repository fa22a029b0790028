"""The whole queue in one list, and what is done to many items at once."""

from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from finder.actions.indexing import index_listings
from finder.actions.working import claim
from finder.enums import CareCategory, EditorialStatus, QueueOutcome
from finder.models import QueueItem, ServiceAtLocation, StaffArea
from tests.admin.conftest import desk_of, person
from tests.waiting import DETOX, NOW, due_item, due_listing, queued, report, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

LIST = "/desk/finder/queueitem/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def html(client: Client, query: str = "") -> str:
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    return unescape(response.content.decode())


def listed(client: Client, query: str = "") -> list[str]:
    """Names in the order of the list."""
    shown = html(client, query)
    known = ServiceAtLocation.objects.values_list("service__name", flat=True)
    return sorted((name for name in known if f">{name}<" in shown), key=lambda name: shown.index(f">{name}<"))


def test_the_list_is_in_the_order_of_the_queue_and_says_why(editor: User) -> None:
    calm, pressing, unsafe = due_listing("Calm"), due_listing("Pressing"), due_listing("Unsafe")
    told(pressing)
    report(unsafe)
    queued(calm, pressing, unsafe)
    client = desk_of(editor)
    assert listed(client) == ["Unsafe", "Pressing", "Calm"]
    assert "Nobody checked for 4 years (× 5)" in html(client)
    assert "1 person found it wrong (× 2)" in html(client)


def test_its_names_lead_to_the_work_for_those_who_may(editor: User, case_worker: User) -> None:
    item = due_item()
    page = reverse("admin:queue_item", args=[item.pk])
    assert page in html(desk_of(editor))
    assert page not in html(desk_of(case_worker))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("reason=REPORTED", ["Doubted"]),
        ("category=withdrawal_management", ["Doubted"]),
        ("state=TN", ["Knoxville"]),
        ("is=held", ["Held House"]),
        ("is=put-off", ["Delayed House"]),
        ("is=done", ["Settled House"]),
        ("is=free", ["Doubted", "Knoxville"]),
        ("reason=DUE&state=TN", ["Knoxville"]),
        ("q=knox", ["Knoxville"]),
    ],
)
def test_the_list_can_be_narrowed(query: str, names: list[str], editor: User) -> None:
    doubted = due_listing("Doubted", categories=[DETOX, CareCategory.BEHAVIORAL_HEALTH])
    told(doubted)
    queued(doubted, due_listing("Knoxville", zip_code="37902"))
    claim(item=due_item("Held House"), by=person("erin", "editor"), now=NOW)
    QueueItem.objects.filter(pk=due_item("Delayed House").pk).update(not_before=NOW.replace(year=2027))
    done = due_item("Settled House")
    QueueItem.objects.filter(pk=done.pk).update(closed_at=NOW, outcome=QueueOutcome.RESOLVED)
    assert sorted(listed(desk_of(editor), query)) == names


def test_the_list_says_how_far_each_is(editor: User) -> None:
    claim(item=due_item("Held House"), by=person("erin", "editor"), now=NOW)
    QueueItem.objects.filter(pk=due_item("Delayed House").pk).update(not_before=NOW.replace(year=2027))
    shown = html(desk_of(editor))
    assert "erin works on it" in shown
    assert "put off until Nov. 28, 2027" in shown


def test_the_list_can_be_sorted(editor: User) -> None:
    queued(due_listing("Beta"), due_listing("Alpha"))
    assert listed(desk_of(editor), "o=1") == ["Alpha", "Beta"]
    assert listed(desk_of(editor), "o=-1") == ["Beta", "Alpha"]


def test_the_list_ends_at_the_area(editor: User) -> None:
    StaffArea.objects.create(user=editor, states=["TN"])
    queued(due_listing("Asheville"), due_listing("Knoxville", zip_code="37902"))
    assert listed(desk_of(editor)) == ["Knoxville"]


def test_a_whole_page_costs_few_queries(editor: User, django_assert_max_num_queries: Any) -> None:
    queued(*(due_listing(f"House {number}") for number in range(20)))
    client = desk_of(editor)
    with django_assert_max_num_queries(15):
        html(client)


# Many at once


def chosen(action: str, *items: QueueItem, **form: str) -> dict[str, Any]:
    return {"action": action, "_selected_action": [str(item.pk) for item in items]} | form


def preview(client: Client, action: str, *items: QueueItem, **form: str) -> str:
    before = list(QueueItem.objects.order_by("pk").values())
    shown = client.post(LIST, chosen(action, *items, **form))
    assert shown.status_code == 200
    assert list(QueueItem.objects.order_by("pk").values()) == before
    return " ".join(unescape(shown.content.decode()).split())


def confirm(client: Client, action: str, *items: QueueItem, **form: str) -> str:
    done = client.post(LIST, chosen(action, *items, confirmed="yes", **form), follow=True)
    for item in items:
        item.refresh_from_db()
    return unescape(done.content.decode())


def test_what_will_happen_is_listed_and_counted_before_it_happens(editor: User) -> None:
    calm, unsafe = due_listing("Calm"), due_listing("Unsafe")
    report(unsafe)
    items = queued(calm, unsafe)
    shown = preview(desk_of(editor), "put_off", *items)
    assert "This happens to 1 listing" in shown
    assert "Calm</a>, Asheville NC: Nobody is given it before that day." in shown
    assert "1 listing is left alone" in shown
    assert "Unsafe</a>, Asheville NC: It is reported as unsafe: that cannot wait." in shown


def test_items_are_put_off(editor: User) -> None:
    item = due_item()
    said = confirm(desk_of(editor), "put_off", item, until="2027-01-15")
    assert "Put off: 1 listing." in said
    assert item.not_before is not None
    assert f"{item.not_before:%Y-%m-%d}" == "2027-01-15"


@pytest.mark.parametrize("until", ["", "2026-11-28", "soon"])
def test_a_day_that_makes_no_sense_is_asked_for_again(until: str, editor: User) -> None:
    item = due_item()
    assert "errorlist" in confirm(desk_of(editor), "put_off", item, until=until)
    assert item.not_before is None


def test_what_callers_found_is_marked_resolved(editor: User) -> None:
    listing = due_listing()
    told(listing)
    index_listings([listing.pk])
    (item,) = queued(listing)
    client = desk_of(editor)
    assert "It still waits: due for a check." in preview(client, "mark_resolved", item)
    confirm(client, "mark_resolved", item)
    assert item.reasons == ["DUE"]


def test_listings_are_archived_with_a_reason(editor: User) -> None:
    items = queued(due_listing("First"), due_listing("Second"))
    client = desk_of(editor)
    assert "errorlist" in confirm(client, "archive", *items, reason="")
    assert "Archive with a reason: 2 listings." in confirm(client, "archive", *items, reason="All closed")
    assert {item.outcome for item in items} == {QueueOutcome.ARCHIVED}
    states = ServiceAtLocation.objects.values_list("editorial_status", "archived_reason")
    assert set(states) == {(EditorialStatus.ARCHIVED, "All closed")}


def test_the_whole_of_what_is_shown_can_be_chosen(editor: User) -> None:
    items = queued(*(due_listing(f"House {number}") for number in range(60)))
    form = {"select_across": "1", "index": "0", "until": "2027-01-15"}
    confirm(desk_of(editor), "put_off", items[0], **form)
    assert QueueItem.objects.filter(not_before__isnull=False).count() == 60


def test_items_outside_the_area_cannot_be_chosen(editor: User) -> None:
    item = due_item()
    StaffArea.objects.create(user=editor, states=["TN"])
    confirm(desk_of(editor), "archive", item, reason="Closed")
    assert item.closed_at is None


def test_whoever_only_looks_does_nothing_to_items(case_worker: User) -> None:
    item = due_item()
    confirm(desk_of(case_worker), "archive", item, reason="Closed")
    assert item.closed_at is None
    assert "put_off" not in html(desk_of(case_worker))
