import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from finder.enums import ReviewStatus
from finder.models import Merge, ServiceAtLocation
from tests.actions.test_merging import by_hand
from tests.admin.conftest import desk_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]


@pytest.fixture
def merge(roles: None) -> Merge:
    return by_hand()


def url(name: str, merge: Merge) -> str:
    return reverse(f"admin:finder_merge_{name}", args=[merge.pk])


def test_the_page_shows_where_they_differ_and_what_must_be_chosen(merge: Merge, editor: User) -> None:
    html = desk_of(editor).get(url("change", merge)).content.decode()
    assert "Ours." in html
    assert "Theirs." in html
    assert 'name="choice-phones"' in html
    assert html.count(">choose<") == 2
    assert "part them" not in html


def test_without_a_choice_nothing_is_merged_and_what_was_chosen_stays_chosen(
    merge: Merge, editor: User
) -> None:
    sent = {"verb": "accept", "choice-phones": "duplicate"}
    page = desk_of(editor).post(url("decide", merge), sent, follow=True).content.decode()
    assert "Choose for each of these which is right: description." in page
    assert 'name="choice-phones" value="duplicate" checked' in page
    merge.refresh_from_db()
    assert merge.status == ReviewStatus.PROPOSED


def test_an_editor_merges_and_a_reviewer_parts(merge: Merge, editor: User, reviewer: User) -> None:
    sent = {"verb": "accept", "choice-phones": "duplicate", "choice-description": "kept"}
    desk_of(editor).post(url("decide", merge), sent)
    merge.refresh_from_db()
    assert merge.status == ReviewStatus.ACCEPTED
    assert "part them" not in desk_of(editor).get(url("change", merge)).content.decode()
    assert desk_of(editor).post(url("part", merge)).status_code == 403
    assert "part them" in desk_of(reviewer).get(url("change", merge)).content.decode()
    said = desk_of(reviewer).post(url("part", merge), follow=True).content.decode()
    assert "Parted: both are as they were." in said
    phones = ServiceAtLocation.objects.get(pk=merge.listing_id).phones
    assert [phone.number for phone in phones.all()] == ["828-555-0142"]


def test_parting_twice_is_told(merge: Merge, reviewer: User) -> None:
    said = desk_of(reviewer).post(url("part", merge), follow=True).content.decode()
    assert "These two are not merged." in said
