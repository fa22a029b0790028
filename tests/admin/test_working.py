"""The pages on which editors work through the queue."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from finder.actions.working import claim, claim_next
from finder.enums import EditorialStatus, QueueOutcome
from finder.models import (
    CallOutcome,
    QueueItem,
    StaffArea,
    Verification,
)
from tests.admin.conftest import desk_of, person
from tests.admin.queue_pages import address, held, seen, words
from tests.waiting import NOW, due_item, due_listing, queued, report, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

QUEUE, NEXT = "/desk/queue/", "/desk/queue/next/"
RIGHT = {"result": "ALL_RIGHT", "parts": ["CONTACT"], "method": "PHONE"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def erin(roles: None) -> User:
    return person("erin", "editor")


def start(client: Client) -> str:
    """The address of the item that is given."""
    response = client.post(NEXT)
    assert response.status_code == 302
    return str(response.headers["Location"])


def sent(client: Client, item: QueueItem, **form: Any) -> str:
    """Where it leads, empty where the page is shown again."""
    return str(client.post(address(item), RIGHT | form).headers.get("Location", ""))


# Who may


@pytest.mark.parametrize(
    ("role", "status"), [("case_worker", 403), ("editor", 200), ("reviewer", 200), ("administrator", 200)]
)
def test_editors_work_the_queue(role: str, status: int, request: pytest.FixtureRequest) -> None:
    client = desk_of(request.getfixturevalue(role))
    assert client.get(QUEUE).status_code == status
    assert client.get(address(due_item())).status_code == status


def test_a_stranger_is_asked_to_sign_in() -> None:
    assert desk_of(None).get(QUEUE).headers["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize("name", ["item", "claim", "resolve"])
def test_what_lies_outside_an_editor_s_area_is_not_theirs_to_work_on(name: str, editor: User) -> None:
    StaffArea.objects.create(user=editor, states=["TN"])
    item = due_item()
    assert desk_of(editor).post(address(item, name), RIGHT | {"verb": "take"}).status_code == 403
    assert desk_of(editor).get(address(item)).status_code == 403


@pytest.mark.parametrize("url", [NEXT, "/desk/queue/1/claim/", "/desk/queue/1/resolve/"])
def test_opening_an_address_takes_nothing(url: str, editor: User) -> None:
    assert desk_of(editor).get(url).status_code == 405


def test_looking_at_an_item_does_not_take_it(editor: User) -> None:
    item = due_item()
    assert "Take it" in seen(desk_of(editor), address(item))
    item.refresh_from_db()
    assert item.claimed_by is None


# Starting


def test_the_desk_begins_with_the_queue(editor: User, case_worker: User) -> None:
    listing = due_listing()
    report(listing)
    queued(listing, due_listing())
    html = desk_of(editor).get(reverse("admin:index")).content.decode()
    assert "2 listings wait for a check. 1 is reported as unsafe and comes first." in words(html.encode())
    assert f'action="{NEXT}"' in html
    assert NEXT not in desk_of(case_worker).get(reverse("admin:index")).content.decode()


def test_start_leads_to_the_most_pressing_listing(editor: User) -> None:
    calm, unsafe = due_listing("Calm House"), due_listing("Unsafe House")
    report(unsafe)
    _first, second = queued(calm, unsafe)
    assert start(desk_of(editor)) == address(second)


def test_nothing_waits(editor: User) -> None:
    client = desk_of(editor)
    assert start(client) == QUEUE
    assert "Nothing waits for you." in seen(client, QUEUE)


def test_the_queue_counts_by_reason_within_the_area(editor: User) -> None:
    StaffArea.objects.create(user=editor, counties=["Buncombe County, NC"])
    near, far = due_listing(), due_listing(zip_code="28202")
    told(near)
    queued(near, far)
    shown = seen(desk_of(editor), QUEUE)
    assert "1 listing waits for a check." in shown
    assert "1 reported" in shown
    assert "1 due for a check" in shown
    assert "Your area: Buncombe County, NC." in shown


def test_whoever_holds_an_item_is_led_back_to_it(editor: User) -> None:
    item = due_item("Riverside Detox")
    claim(item=item, by=editor, now=NOW)
    assert "You hold: Riverside Detox" in seen(desk_of(editor), QUEUE)


# Two taps, and the next


def test_all_right_is_kept_and_the_next_comes_by_itself(editor: User) -> None:
    first, second = due_listing("First"), due_listing("Second")
    told(first)
    client, item = held(editor, first, second)
    (following,) = queued(second)
    assert sent(client, item, parts=["CONTACT", "SERVICES"]) == address(following)
    item.refresh_from_db()
    following.refresh_from_db()
    assert (item.outcome, item.closed_by) == (QueueOutcome.CONFIRMED, editor)
    assert Verification.objects.get().parts == ["CONTACT", "SERVICES"]
    assert following.claimed_by == editor
    assert "First: All right, as far as I ticked." in seen(client, address(following))


def test_after_the_last_one_the_queue_says_that_nothing_waits(editor: User) -> None:
    client, item = held(editor, due_listing())
    assert sent(client, item) == QUEUE


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"result": ""}, "This field is required."),
        ({"result": "ALL_RIGHT", "parts": []}, "Tick what you found right."),
        ({"result": "CLOSED"}, "Say how you know."),
    ],
)
def test_what_is_missing_is_asked_for(form: dict[str, Any], words: str, editor: User) -> None:
    client, item = held(editor, due_listing())
    response = client.post(address(item), RIGHT | form)
    assert response.status_code == 200
    assert words in unescape(response.content.decode())
    item.refresh_from_db()
    assert item.closed_at is None


def test_something_changed_leads_to_the_listing_and_from_there_back(editor: User) -> None:
    client, item = held(editor, due_listing())
    edit = sent(client, item, result="CHANGED")
    assert edit == f"/desk/finder/serviceatlocation/{item.listing_id}/change/?queue={item.pk}"
    html = client.get(edit).content.decode()
    assert "Back to the queue" in html
    fields = dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', html))
    chosen = {name: value for name, value in fields.items() if not name.startswith("_")}
    form = chosen | {
        "service__name": "Riverside House",
        "service__categories": ["behavioral_health"],
        "service__status": "active",
        "location__location_type": "physical",
        "location__address_is_public": "on",
        "phones-0-phone_type": "MAIN",
    }
    back = client.post(edit, form)
    assert back.headers.get("Location") == f"{address(item)}?corrected=1", back.content.decode()
    page = client.get(f"{address(item)}?corrected=1").content.decode()
    assert re.search(r'<input[^>]*value="CORRECTED"[^>]*checked', page)
    sent(client, item, result="CORRECTED")
    item.refresh_from_db()
    assert item.outcome == QueueOutcome.CORRECTED


def test_nobody_answered_leads_on_and_does_not_come_back_the_same_day(editor: User) -> None:
    first, second = due_listing("First"), due_listing("Second")
    told(first)
    client, item = held(editor, first, second)
    (following,) = queued(second)
    assert sent(client, item, result="NO_ANSWER") == address(following)
    item.refresh_from_db()
    assert (item.tries, item.claimed_by) == (1, None)


def test_an_unsafe_one_that_nobody_answered_is_not_given_to_the_same_editor_again(editor: User) -> None:
    unsafe, calm = due_listing("Unsafe"), due_listing("Calm")
    report(unsafe)
    client, item = held(editor, unsafe, calm)
    (following,) = queued(calm)
    assert sent(client, item, result="NO_ANSWER") == address(following)
    item.refresh_from_db()
    assert item.not_before is None


def test_a_wrong_number_is_written_down(editor: User) -> None:
    client, item = held(editor, due_listing())
    sent(client, item, result="WRONG_NUMBER")
    assert CallOutcome.objects.get().outcome == "WRONG_NUMBER"


def test_what_is_closed_is_archived(editor: User) -> None:
    client, item = held(editor, due_listing())
    sent(client, item, result="CLOSED", reason="Closed in May")
    item.listing.refresh_from_db()
    assert item.listing.editorial_status == EditorialStatus.ARCHIVED
    assert "This item is done: Archived." in seen(client, address(item))


def test_skipping_leads_to_another_and_starting_anew_offers_it_again(editor: User, erin: User) -> None:
    first, second = due_listing("First"), due_listing("Second")
    told(first)
    client, item = held(editor, first, second)
    (following,) = queued(second)
    assert client.post(address(item, "claim"), {"verb": "skip"}).headers["Location"] == address(following)
    assert client.post(address(following, "claim"), {"verb": "skip"}).headers["Location"] == QUEUE
    assert "Nothing else waits: you skipped the rest." in seen(client, QUEUE)
    assert claim_next(by=erin, now=NOW) == item
    assert start(client) == address(following)


def test_what_is_left_to_decide_keeps_the_page(editor: User) -> None:
    listing = due_listing()
    report(listing)
    client, item = held(editor, listing)
    assert sent(client, item) == address(item)
    assert "Something is still to be decided here" in seen(client, address(item))
    assert Verification.objects.count() == 1


# Leases


def test_the_page_says_until_when_and_gives_twenty_minutes_more(
    editor: User, clock: time_machine.Traveller
) -> None:
    client, item = held(editor, due_listing())
    assert "It is yours for 20 more minutes." in seen(client, address(item))
    clock.shift(timedelta(minutes=15))
    assert "It is yours for 5 more minutes." in seen(client, address(item))
    assert "It is yours for 20 more minutes." in words(
        client.post(address(item, "claim"), {"verb": "keep"}, follow=True).content
    )


def test_what_another_holds_is_shown_with_their_name_and_without_a_form(editor: User, erin: User) -> None:
    _client, item = held(editor, due_listing())
    shown = seen(desk_of(erin), address(item))
    assert "eddie works on this, for 20 more minutes at least." in shown
    assert "What came of it?" not in shown


def test_a_lost_lease_is_said_kindly_and_nothing_typed_is_lost(
    editor: User, erin: User, clock: time_machine.Traveller
) -> None:
    client, item = held(editor, due_listing())
    clock.shift(timedelta(minutes=21))
    claim_next(by=erin, now=NOW + timedelta(minutes=21))
    typed = {"result": "CLOSED", "reason": "Closed in May, says the landlord"}
    response = client.post(address(item), typed)
    assert response.status_code == 409
    html = unescape(response.content.decode())
    assert "erin has taken this item, for 20 more minutes. What you chose and wrote is still below." in html
    assert 'value="Closed in May, says the landlord"' in html
    assert re.search(r'<input[^>]*value="CLOSED"[^>]*checked', html)
    item.listing.refresh_from_db()
    assert item.listing.editorial_status == EditorialStatus.PUBLISHED


def test_what_was_done_meanwhile_is_said_kindly_too(editor: User, erin: User) -> None:
    client, item = held(editor, due_listing())
    sent(client, item)
    response = desk_of(erin).post(address(item), RIGHT)
    assert response.status_code == 409
    assert "This item is done" in unescape(response.content.decode())
    assert Verification.objects.count() == 1


def test_taking_what_another_holds_is_refused(editor: User, erin: User) -> None:
    _client, item = held(editor, due_listing())
    response = desk_of(erin).post(address(item, "claim"), {"verb": "take"}, follow=True)
    assert "Eddie has taken this item" in words(response.content)
    item.refresh_from_db()
    assert item.claimed_by == editor
