"""What an editor sees of one item."""

from collections.abc import Iterator

import pytest
import time_machine
from django.contrib.auth.models import User
from django.urls import reverse

from finder.actions.indexing import index_listings
from finder.actions.proposing import propose_changes_of
from finder.enums import CareCategory, ChangeOrigin, QueueReason
from finder.models import (
    CallOutcome,
    ChangeRequest,
    Merge,
    QueueItem,
)
from tests.admin.queue_pages import address, held, seen, words
from tests.factories import ScheduleFactory, SourceRecordFactory
from tests.waiting import DETOX, NOW, due_listing, report, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_the_page_asks_one_question_and_says_why_it_is_here(editor: User) -> None:
    client, item = held(editor, due_listing("Riverside Detox", categories=[DETOX]))
    html = client.get(address(item)).content.decode()
    assert "<h1>Is all of this still right?</h1>" in html
    assert "Nobody checked for 4 years (× 5)" in words(html.encode())
    assert "Only detox within 25 miles (× 3)" in words(html.encode())


@pytest.mark.parametrize(
    ("reason", "question"),
    [
        (QueueReason.UNSAFE, "Is something unsafe shown here?"),
        (QueueReason.MISSING, "Its directory dropped it. Is it still there?"),
        (QueueReason.NO_COORDINATES, "Where is it?"),
    ],
)
def test_the_question_is_that_of_the_most_pressing_reason(
    reason: QueueReason, question: str, editor: User
) -> None:
    client, item = held(editor, due_listing())
    QueueItem.objects.update(reasons=[reason, QueueReason.DUE])
    assert f"<h1>{question}</h1>" in client.get(address(item)).content.decode()


def test_the_number_can_be_called_and_the_time_there_is_said(editor: User) -> None:
    client, item = held(editor, due_listing(phone="828-555-0142"))
    html = client.get(address(item)).content.decode()
    assert '<a href="tel:+18285550142">828-555-0142</a>' in html
    assert "It is 10 a.m. there." in words(html.encode())


def test_the_script_asks_what_belongs_to_the_kind_of_help_and_says_what_we_say(editor: User) -> None:
    listing = due_listing(categories=[DETOX], yes=["medicaid"], no=["medically_supervised"])
    ScheduleFactory(listing=listing)
    client, item = held(editor, listing)
    shown = seen(client, address(item))
    assert (
        "Does medical staff watch over detox, day and night? We say: Medically supervised detox: no" in shown
    )
    assert "Medicaid: yes; Private insurance: not stated" in shown
    assert "Is a bed free today? How long is the wait? We say nothing." in shown
    assert "We say: Open: Monday to Friday, 9 a.m. to 5 p.m." in shown
    assert "What kind of treatment is there?" not in shown


def test_a_meeting_is_not_phoned_and_its_source_is_named(editor: User) -> None:
    listing = due_listing(categories=[CareCategory.SUPPORT_GROUP])
    record = SourceRecordFactory(listing=listing, source__slug="nc-area-51")
    record.source.feedback_email = "office@area51.example"
    record.source.save()
    told(listing)
    client, item = held(editor, listing)
    shown = seen(client, address(item))
    assert "Meetings are not phoned" in shown
    assert "office@area51.example" in shown
    assert "Hello. I keep" not in shown


def test_what_readers_wrote_is_shown_as_they_wrote_it(editor: User) -> None:
    listing = due_listing()
    report(listing, text="They sell <pills> at the door.")
    client, item = held(editor, listing)
    assert "They sell &lt;pills&gt; at the door." in client.get(address(item)).content.decode()


def test_answering_a_report_leads_back_and_the_rest_of_it_can_be_finished(editor: User) -> None:
    listing = due_listing()
    waiting = report(listing)
    client, item = held(editor, listing)
    answer = f"{reverse('admin:finder_listingreport_change', args=[waiting.pk])}?queue={item.pk}"
    assert f'href="{answer}"' in client.get(address(item)).content.decode()
    form = {"verb": "right", "answer": "We took it out."}
    assert client.post(answer, form).headers["Location"] == address(item)
    item.refresh_from_db()
    assert item.reasons == [QueueReason.DUE]


def test_what_callers_found_is_shown_and_can_be_resolved(editor: User) -> None:
    listing = due_listing()
    told(listing)
    client, item = held(editor, listing)
    shown = seen(client, address(item))
    assert "Wrong number : Someone who called or went, today" in shown
    client.post(address(item, "resolve"))
    assert CallOutcome.objects.get().resolved_by == editor
    item.refresh_from_db()
    assert item.reasons == [QueueReason.DUE]


def test_a_proposed_change_is_shown_side_by_side_and_deciding_it_leads_back(editor: User) -> None:
    listing = due_listing("Riverside Counseling")
    propose_changes_of(
        listing=listing,
        values={"service.name": "Riverside House"},
        origin=ChangeOrigin.PROVIDER,
        source="provider",
        now=NOW,
    )
    client, item = held(editor, listing)
    shown = seen(client, address(item))
    assert "Which name is right? The listing says now Riverside Counseling" in shown
    assert "The program says, by its link Riverside House" in shown
    question = ChangeRequest.objects.get()
    decide = reverse("admin:finder_changerequest_decide", args=[question.pk])
    response = client.post(decide, {"verb": "accept", "queue": str(item.pk)})
    assert response.headers["Location"] == address(item)
    listing.service.refresh_from_db()
    assert listing.service.name == "Riverside House"


def test_a_new_number_of_a_program_is_not_taken_before_the_old_one_was_called(editor: User) -> None:
    listing = due_listing(phone="828-555-0142")
    propose_changes_of(
        listing=listing,
        values={"phones": [["828-555-0199", "", "+18285550199", "MAIN"]]},
        origin=ChangeOrigin.PROVIDER,
        source="provider",
        now=NOW,
    )
    client, item = held(editor, listing)
    html = client.get(address(item)).content.decode()
    assert "Call the old number first" in html
    assert 'value="accept"' not in html


def test_possible_duplicates_are_named_with_their_page(editor: User) -> None:
    listing, other = due_listing(), due_listing("Riverside Annex")
    merge = Merge.objects.create(listing=other, duplicate=listing, reason="Same street", proposed_at=NOW)
    client, item = held(editor, listing)
    html = client.get(address(item)).content.decode()
    assert "Riverside Annex" in html
    assert reverse("admin:finder_merge_change", args=[merge.pk]) in html


def test_what_its_directory_dropped_says_since_when(editor: User) -> None:
    listing = due_listing()
    SourceRecordFactory(listing=listing, missing=True)
    index_listings([listing.pk])
    client, item = held(editor, listing)
    assert "Not in its directory since June 1, 2026" in seen(client, address(item))


def test_how_often_nobody_answered_is_said(editor: User) -> None:
    client, item = held(editor, due_listing())
    QueueItem.objects.update(tries=2)
    assert "Called 2 times without an answer." in seen(client, address(item))
