"""What readers report and suggest, answered at the desk."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from finder.enums import EditorialStatus, ReportKind, ReviewStatus
from finder.models import ListingReport, ServiceAtLocation
from tests.admin.conftest import desk_of
from tests.factories import make_listing
from tests.made_up_voices import report, suggest

pytestmark = pytest.mark.django_db

ANSWER = {"answer": "They moved. We have the new address."}


def page(kept: ListingReport) -> str:
    return reverse("admin:finder_listingreport_change", args=[kept.pk])


def status_of(kept: ListingReport) -> str:
    return ListingReport.objects.get(pk=kept.pk).status


def test_a_report_shows_what_was_said_and_leads_to_the_listing(editor: User) -> None:
    listing = make_listing()
    html = desk_of(editor).get(page(report(listing, "The <b>street</b> is wrong."))).content.decode()
    assert "The &lt;b&gt;street&lt;/b&gt; is wrong." in html
    assert reverse("admin:finder_serviceatlocation_change", args=[listing.pk]) in html


@pytest.mark.parametrize(
    ("verb", "status"), [("right", ReviewStatus.ACCEPTED), ("not_right", ReviewStatus.REJECTED)]
)
def test_an_editor_answers(editor: User, verb: str, status: ReviewStatus) -> None:
    kept = report(make_listing())
    desk_of(editor).post(page(kept), {"verb": verb, **ANSWER})
    kept.refresh_from_db()
    assert (kept.status, kept.answer, kept.decided_by) == (status, ANSWER["answer"], editor)


def test_the_buttons_say_what_the_reader_will_see(editor: User) -> None:
    html = desk_of(editor).get(page(report(make_listing(), kind=ReportKind.UNSAFE))).content.decode()
    assert ">You were right, and we took care of it.</button>" in html
    assert ">We looked, and left it as it is.</button>" in html


@pytest.mark.parametrize("answer", ["", " ", "x" * 501])
def test_without_a_fit_answer_nothing_is_decided_and_nothing_lost(editor: User, answer: str) -> None:
    kept = report(make_listing())
    response = desk_of(editor).post(page(kept), {"verb": "right", "answer": answer})
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert answer.strip() in response.content.decode()
    assert status_of(kept) == ReviewStatus.PROPOSED


def test_an_answered_report_shows_the_answer_and_takes_no_other(editor: User) -> None:
    kept = report(make_listing())
    client = desk_of(editor)
    client.post(page(kept), {"verb": "right", **ANSWER})
    html = client.get(page(kept)).content.decode()
    assert "You were right, and it is mended. They moved." in html
    assert "<textarea" not in html
    response = client.post(page(kept), {"verb": "not_right", "answer": "No."}, follow=True)
    assert b"Someone has decided this already." in response.content
    assert status_of(kept) == ReviewStatus.ACCEPTED


def test_a_case_worker_neither_reads_nor_answers(case_worker: User) -> None:
    kept = report(make_listing())
    client = desk_of(case_worker)
    assert client.get(page(kept)).status_code == 403
    assert client.post(page(kept), {"verb": "right", **ANSWER}).status_code == 403
    assert status_of(kept) == ReviewStatus.PROPOSED


def test_a_link_alone_answers_nothing(editor: User) -> None:
    kept = report(make_listing())
    desk_of(editor).get(page(kept), {"verb": "right", **ANSWER})
    assert status_of(kept) == ReviewStatus.PROPOSED


def test_a_suggestion_becomes_a_draft_that_opens(editor: User) -> None:
    kept = suggest("Example Harbor House")
    client = desk_of(editor)
    assert b"Make a draft listing from it" in client.get(page(kept)).content
    response = client.post(page(kept), {"verb": "draft"})
    draft = ServiceAtLocation.objects.get(service__name="Example Harbor House")
    assert draft.editorial_status == EditorialStatus.DRAFT
    opened = reverse("admin:finder_serviceatlocation_change", args=[draft.pk])
    assert response.headers["Location"] == opened
    assert b"Example Harbor House" in client.get(opened).content
    assert status_of(kept) == ReviewStatus.PROPOSED


def test_the_draft_is_made_once_and_linked(editor: User) -> None:
    kept = suggest()
    client = desk_of(editor)
    client.post(page(kept), {"verb": "draft"})
    html = client.get(page(kept)).content.decode()
    assert "Make a draft" not in html
    assert reverse("admin:finder_serviceatlocation_change", args=[ServiceAtLocation.objects.get().pk]) in html
    response = client.post(page(kept), {"verb": "draft"}, follow=True)
    assert b"There is a draft of this suggestion already." in response.content
    assert ServiceAtLocation.objects.count() == 1


def test_the_history_of_the_draft_says_who_made_it(editor: User) -> None:
    desk_of(editor).post(page(suggest()), {"verb": "draft"})
    url = reverse("admin:finder_serviceatlocation_history", args=[ServiceAtLocation.objects.get().pk])
    html = desk_of(editor).get(url).content.decode()
    assert editor.get_username() in html


def test_a_problem_has_no_draft(editor: User) -> None:
    kept = report(make_listing())
    assert b"Make a draft" not in desk_of(editor).get(page(kept)).content


def test_the_index_puts_what_is_unsafe_first(editor: User) -> None:
    report(make_listing())
    report(make_listing(), kind=ReportKind.UNSAFE)
    suggest()
    html = desk_of(editor).get(reverse("admin:index")).content.decode()
    said = [
        "<strong>1</strong> reports that something unsafe is shown",
        "<strong>1</strong> reports of something wrong",
        "<strong>1</strong> suggestions of places that are missing",
    ]
    assert [html.index(words) for words in said] == sorted(html.index(words) for words in said)


def test_a_case_worker_is_not_told_of_reports(case_worker: User) -> None:
    report(make_listing())
    assert b"reports of something wrong" not in desk_of(case_worker).get(reverse("admin:index")).content
