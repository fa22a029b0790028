import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from finder.admin import taking_back
from finder.models import ImportRun, ServiceAtLocation
from tests.actions.test_importing import CLINIC, HOUSE
from tests.admin.conftest import desk_of
from tests.factories import PhoneFactory
from tests.samples import import_rows, listing_named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]


@pytest.fixture
def run(vocabulary: None) -> ImportRun:
    import_rows(HOUSE, edition=2022)
    return import_rows(HOUSE | {"city": "Arden"}, CLINIC, edition=2024)


def page(run: ImportRun, name: str = "take_back") -> str:
    return reverse(f"admin:finder_importrun_{name}", args=[run.pk])


def shown(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_first_it_shows_what_would_happen_and_changes_nothing(run: ImportRun, reviewer: User) -> None:
    html = shown(desk_of(reviewer), page(run))
    assert "1 listing is set back" in html
    assert "1 listing goes: only this import made it" in html
    assert "Example Clinic" in html
    assert ServiceAtLocation.objects.count() == 2


def test_a_reviewer_takes_it_back(run: ImportRun, reviewer: User) -> None:
    answer = desk_of(reviewer).post(page(run), follow=True)
    assert "Taken back: Example_Directory_2024.csv" in answer.content.decode()
    run.refresh_from_db()
    assert run.reverted_by == reviewer
    assert listing_named("Example House").location.city == "Asheville"


def test_its_page_says_that_it_was_taken_back_and_what_stayed(run: ImportRun, reviewer: User) -> None:
    PhoneFactory(listing=listing_named("Example Clinic"), number="828-555-0190", position=1)
    client = desk_of(reviewer)
    assert page(run) in shown(client, page(run, "change"))
    assert "people worked on it" in shown(client, page(run))
    client.post(page(run))
    html = shown(client, page(run, "change"))
    assert "by rita" in html
    assert "1 listing stays as it is, since people worked on it." in html
    assert page(run) not in html


def test_the_list_shows_the_number_that_the_command_takes(run: ImportRun, reviewer: User) -> None:
    html = shown(desk_of(reviewer), reverse("admin:finder_importrun_changelist"))
    assert f">{run.pk}</a>" in html


def test_a_second_time_is_refused_kindly(run: ImportRun, reviewer: User) -> None:
    client = desk_of(reviewer)
    client.post(page(run))
    for answer in (client.get(page(run), follow=True), client.post(page(run), follow=True)):
        assert "This import was taken back already" in answer.content.decode()


@pytest.mark.parametrize("role", ["case_worker", "editor"])
def test_others_do_not(role: str, run: ImportRun, request: pytest.FixtureRequest) -> None:
    client = desk_of(request.getfixturevalue(role))
    assert client.get(page(run)).status_code == 403
    assert client.post(page(run)).status_code == 403
    run.refresh_from_db()
    assert run.reverted_at is None


def test_an_editor_is_not_offered_it(run: ImportRun, editor: User) -> None:
    assert page(run) not in shown(desk_of(editor), page(run, "change"))


def test_a_large_import_is_left_to_the_command_line(
    run: ImportRun, reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_back, "MOST_AT_THE_DESK", 1)
    client = desk_of(reviewer)
    for html in (shown(client, page(run)), client.post(page(run)).content.decode()):
        assert f"manage.py revert_import {run.pk}" in html
        assert "Take it back" not in html
    run.refresh_from_db()
    assert run.reverted_at is None
