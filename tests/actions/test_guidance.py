from dataclasses import astuple
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from finder.actions.guidance import Shipment, mark_reviewed, put_back, receive_shipped, reword, take_down
from finder.actions.refusals import Refused
from finder.models import Guidance
from tests.factories import GuidanceFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("eddie")


def again(text: Guidance) -> Guidance:
    return Guidance.objects.get(pk=text.pk)


def shipped(**said: Any) -> Guidance:
    """A text as the site brings it, not saved."""
    return GuidanceFactory.build(slug="kratom", **said)


def receive(*texts: Guidance) -> tuple[tuple[str, ...], ...]:
    outcome: Shipment = receive_shipped(texts=texts, now=NOW)
    return astuple(outcome)


def test_a_text_is_taken_down_with_who_and_when(editor: User) -> None:
    text = GuidanceFactory()
    take_down(guidance=text, reason="A line is wrong", by=editor, now=NOW)
    assert (text.is_shown, text.taken_down_reason, text.taken_down_at) == (False, "A line is wrong", NOW)
    assert text.taken_down_by == editor


def test_the_reason_can_follow(editor: User) -> None:
    text = GuidanceFactory()
    take_down(guidance=text, reason="  ", by=editor, now=NOW)
    assert text.taken_down_reason == "No reason given yet."


def test_of_two_people_who_take_it_down_the_second_is_told(editor: User) -> None:
    text = GuidanceFactory(taken_down=True)
    with pytest.raises(Refused, match="already"):
        take_down(guidance=text, reason="Again", by=editor, now=NOW)
    assert again(text).taken_down_reason == "Wrong"


def test_a_text_is_put_back(editor: User) -> None:
    text = GuidanceFactory(taken_down=True)
    put_back(guidance=text, by=editor, now=NOW)
    assert text.is_shown
    assert (text.taken_down_reason, text.taken_down_at, text.taken_down_by) == ("", None, None)
    with pytest.raises(Refused, match="shown already"):
        put_back(guidance=text, by=editor, now=NOW)


def test_the_history_keeps_who_took_it_down(editor: User) -> None:
    text = GuidanceFactory()
    take_down(guidance=text, reason="Wrong", by=editor, now=NOW)
    event = text.events.get()
    assert event.is_shown
    assert event.pgh_context.metadata == {"user": editor.pk, "decision": "take_down"}


def test_a_review_names_a_role_and_sets_the_next_date(editor: User) -> None:
    text = GuidanceFactory(overdue=True)
    mark_reviewed(guidance=text, role="PHARMACIST", by=editor, now=NOW)
    assert (text.reviewed_on, text.reviewed_by_role) == (date(2026, 11, 22), "PHARMACIST")
    assert text.review_due_on == date(2027, 5, 23)
    assert text.claims_on(date(2026, 11, 23))


@pytest.mark.parametrize("role", ["", "Dr. Someone", "physician"])
def test_a_review_without_a_known_role_is_refused(editor: User, role: str) -> None:
    text = GuidanceFactory()
    with pytest.raises(Refused, match="role"):
        mark_reviewed(guidance=text, role=role, by=editor, now=NOW)
    assert again(text).reviewed_on is None


def test_new_wording_ends_a_review(editor: User) -> None:
    text = GuidanceFactory(reviewed=True)
    text.summary = "Something else."
    assert reword(guidance=text, by=editor, now=NOW)
    assert (again(text).reviewed_on, again(text).reviewed_by_role) == (None, "")
    assert again(text).written_on == date(2026, 11, 22)


def test_a_review_outlives_what_is_no_wording(editor: User) -> None:
    text = GuidanceFactory(reviewed=True)
    text.position, text.sources_checked_on = 7, date(2026, 11, 20)
    assert not reword(guidance=text, by=editor, now=NOW)
    assert again(text).reviewed_on == date(2026, 11, 1)


def test_a_text_that_is_missing_is_added_once() -> None:
    assert receive(shipped()) == (("kratom",), (), ())
    assert receive(shipped()) == ((), (), ())


def test_a_text_that_nobody_touched_is_brought_up_to_date() -> None:
    receive(shipped())
    assert receive(shipped(summary="Better words.")) == ((), ("kratom",), ())
    assert Guidance.objects.get().summary == "Better words."
    assert receive(shipped(summary="Better words.")) == ((), (), ())


def test_a_text_that_people_edited_is_kept(editor: User) -> None:
    receive(shipped())
    text = Guidance.objects.get()
    text.summary = "Our own words."
    reword(guidance=text, by=editor, now=NOW)
    assert receive(shipped(summary="Better words.")) == ((), (), ("kratom",))
    assert Guidance.objects.get().summary == "Our own words."


def test_a_text_that_was_reviewed_is_kept(editor: User) -> None:
    receive(shipped())
    mark_reviewed(guidance=Guidance.objects.get(), role="NURSE", by=editor, now=NOW)
    assert receive(shipped(summary="Better words.")) == ((), (), ("kratom",))


def test_a_text_that_was_taken_down_stays_down(editor: User) -> None:
    receive(shipped())
    take_down(guidance=Guidance.objects.get(), reason="Wrong", by=editor, now=NOW)
    assert receive(shipped(summary="Better words.")) == ((), ("kratom",), ())
    assert not Guidance.objects.get().is_shown


@pytest.mark.parametrize(
    "half",
    [
        {"reviewed_on": date(2026, 11, 1)},
        {"reviewed_by_role": "NURSE"},
        {"reviewed_on": date(2026, 11, 1), "reviewed_by_role": "Dr. Someone"},
        {"is_shown": False},
        {"taken_down_reason": "Wrong"},
        {"taken_down_at": NOW},
        {"core": []},
        {"routed": ""},
        {"routed_es": ""},
    ],
    ids=str,
)
def test_the_database_refuses_half_a_decision(half: dict[str, Any]) -> None:
    text = GuidanceFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Guidance.objects.filter(pk=text.pk).update(**half)
