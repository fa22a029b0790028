from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from finder.enums import ReviewStatus
from finder.meetings.meeting import Joining
from finder.models import ChangeRequest, HowToJoin, Schedule
from tests.admin.conftest import desk_of
from tests.factories import SourceFactory, make_listing
from tests.meeting_samples import JOINING, TODAY, group, import_groups, meets

pytestmark = pytest.mark.django_db


@pytest.fixture
def question() -> ChangeRequest:
    return ChangeRequest.objects.create(
        listing=make_listing(city="Asheville"),
        source=SourceFactory(),
        field="location.city",
        current_value="Asheville",
        proposed_value="Arden",
        proposed_at=datetime(2026, 11, 20, 12, tzinfo=UTC),
    )


@pytest.fixture
def question_of_joining() -> ChangeRequest:
    """As an import asks it: a person wrote another link than the feed has."""
    import_groups(group("Example Online Group", meets("a", joining=JOINING)))
    HowToJoin.objects.update(url="https://meet.example.org/by-hand")
    other = Joining(url="https://example.zoom.us/j/556")
    import_groups(group("Example Online Group", meets("a", joining=other)), edition=TODAY + timedelta(days=1))
    return ChangeRequest.objects.get()


def page(question: ChangeRequest, name: str) -> str:
    return reverse(f"admin:finder_changerequest_{name}", args=[question.pk])


def test_a_question_shows_both_values(question: ChangeRequest, editor: User) -> None:
    html = desk_of(editor).get(page(question, "change")).content.decode()
    assert "Which city is right?" in html
    assert "<dd>Asheville</dd>" in html
    assert "<dd>Arden</dd>" in html


@pytest.mark.parametrize(
    ("verb", "city", "status"),
    [("accept", "Arden", ReviewStatus.ACCEPTED), ("reject", "Asheville", ReviewStatus.REJECTED)],
)
def test_an_editor_decides(
    verb: str, city: str, status: ReviewStatus, question: ChangeRequest, editor: User
) -> None:
    desk_of(editor).post(page(question, "decide"), {"verb": verb})
    question.refresh_from_db()
    assert (question.status, question.decided_by) == (status, editor)
    assert question.listing.location.city == city


def test_a_case_worker_decides_nothing(question: ChangeRequest, case_worker: User) -> None:
    assert desk_of(case_worker).post(page(question, "decide"), {"verb": "accept"}).status_code == 403
    question.refresh_from_db()
    assert question.status == ReviewStatus.PROPOSED


def test_the_listing_shows_its_open_questions(question: ChangeRequest, editor: User) -> None:
    url = reverse("admin:finder_serviceatlocation_change", args=[question.listing_id])
    assert page(question, "change") in desk_of(editor).get(url).content.decode()


@pytest.mark.usefixtures("vocabulary")
def test_where_only_how_to_join_differs_the_question_says_so(
    question_of_joining: ChangeRequest, editor: User
) -> None:
    html = desk_of(editor).get(page(question_of_joining, "change")).content.decode()
    listed = desk_of(editor).get(reverse("admin:finder_changerequest_changelist")).content.decode()
    assert "How to join differs. Which is right?" in html
    assert "How to join differs." in listed
    for shown in (html, listed):
        assert "TU, 19:00:00" not in shown
        assert "by-hand" not in shown
        assert "zoom.us" not in shown


@pytest.mark.usefixtures("vocabulary")
def test_the_source_s_way_to_join_can_be_taken(question_of_joining: ChangeRequest, editor: User) -> None:
    desk_of(editor).post(page(question_of_joining, "decide"), {"verb": "accept"})
    assert HowToJoin.objects.get().url == "https://example.zoom.us/j/556"


@pytest.mark.usefixtures("vocabulary")
def test_a_question_of_times_shows_them_without_how_to_join(editor: User) -> None:
    import_groups(group("Example Online Group", meets("a", joining=JOINING)))
    Schedule.objects.update(notes="By hand")
    import_groups(
        group("Example Online Group", meets("a", "WE", joining=JOINING)), edition=TODAY + timedelta(days=1)
    )
    html = desk_of(editor).get(page(ChangeRequest.objects.get(), "change")).content.decode()
    assert "TU, 19:00:00" in html
    assert "WE, 19:00:00" in html
    assert "zoom.us" not in html
