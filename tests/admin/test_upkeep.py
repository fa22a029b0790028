from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from finder.enums import ReviewStatus
from finder.models import ChangeRequest
from tests.admin.conftest import desk_of
from tests.factories import SourceFactory, make_listing

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
