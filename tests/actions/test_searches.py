from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from finder.actions import searches
from finder.actions.refusals import Refused
from finder.actions.searches import (
    choose_rhythm,
    forget_search,
    free_name,
    mark_looked,
    rename_search,
    save_search,
    stop_alerts,
)
from finder.enums import AlertRhythm
from finder.models import SavedSearch
from tests.factories import SavedSearchFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def casey() -> User:
    return User.objects.create_user("casey", email="casey@example.org", is_staff=True)


@pytest.fixture
def carla() -> User:
    return User.objects.create_user("carla", email="carla@example.org", is_staff=True)


def save(by: User, query: str = "near=28801", name: str = "Asheville, NC") -> SavedSearch:
    return save_search(query=query, name=name, language="es", by=by, now=NOW)


def test_a_saved_search_keeps_the_question_and_when_it_was_looked_at(casey: User) -> None:
    kept = save(casey)
    assert (kept.owner, kept.query, kept.name, kept.language) == (casey, "near=28801", "Asheville, NC", "es")
    assert (kept.created_at, kept.looked_at, kept.rhythm) == (NOW, NOW, AlertRhythm.NONE)


def test_the_same_question_is_saved_once_by_each_person(casey: User, carla: User) -> None:
    assert save(casey) == save(casey, name="Otherwise")
    assert save(carla) != save(casey)
    assert SavedSearch.objects.count() == 2


def test_another_question_of_the_same_name_is_numbered(casey: User) -> None:
    names = [save(casey, query=f"near=2880{number}").name for number in range(3)]
    assert names == ["Asheville, NC", "Asheville, NC (2)", "Asheville, NC (3)"]


def test_a_numbered_name_is_no_longer_than_names_may_be() -> None:
    long = "x" * 120
    assert free_name(long + "y", taken={long}) == "x" * 116 + " (2)"


def test_so_many_are_kept_and_no_more(casey: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searches, "MOST_SEARCHES", 1)
    kept = save(casey)
    assert save(casey) == kept
    with pytest.raises(Refused, match="1 searches already"):
        save(casey, query="near=28804")


def test_a_question_too_long_to_be_kept_is_refused(casey: User) -> None:
    with pytest.raises(Refused, match="too long"):
        save(casey, query="q=" + "x" * 2000)


def test_a_search_is_renamed_by_its_owner_alone(casey: User, carla: User) -> None:
    kept = save(casey)
    rename_search(search=kept, name="  West  side ", by=casey)
    rename_search(search=kept, name="Mine", by=carla)
    kept.refresh_from_db()
    assert kept.name == "West side"


@pytest.mark.parametrize(
    ("name", "why"), [(" ", "Give it a name"), ("x" * 121, "shorter"), ("Taken", "Another")]
)
def test_a_name_that_cannot_be_is_refused(casey: User, name: str, why: str) -> None:
    kept = save(casey)
    save(casey, query="near=28804", name="Taken")
    with pytest.raises(Refused, match=why):
        rename_search(search=kept, name=name, by=casey)
    rename_search(search=kept, name=kept.name, by=casey)


def test_a_search_is_forgotten_by_its_owner_alone(casey: User, carla: User) -> None:
    kept = save(casey)
    forget_search(search=kept, by=carla)
    assert SavedSearch.objects.exists()
    forget_search(search=kept, by=casey)
    assert not SavedSearch.objects.exists()


def test_a_look_counts_as_of_the_page_that_was_seen(casey: User, carla: User) -> None:
    kept, seen = save(casey), NOW + timedelta(hours=1)
    mark_looked(search=kept, seen_at=seen, by=carla, now=seen)
    mark_looked(search=kept, seen_at=NOW - timedelta(days=1), by=casey, now=seen)
    kept.refresh_from_db()
    assert kept.looked_at == NOW
    mark_looked(search=kept, seen_at=seen, by=casey, now=seen + timedelta(minutes=5))
    kept.refresh_from_db()
    assert kept.looked_at == seen


def test_nobody_looks_into_the_future(casey: User) -> None:
    kept, now = save(casey), NOW + timedelta(hours=1)
    mark_looked(search=kept, seen_at=NOW + timedelta(days=400), by=casey, now=now)
    kept.refresh_from_db()
    assert kept.looked_at == now


def test_news_is_mailed_to_those_with_an_address_alone(casey: User) -> None:
    kept = save(casey)
    choose_rhythm(search=kept, rhythm=AlertRhythm.DAILY, by=casey)
    kept.refresh_from_db()
    assert kept.rhythm == AlertRhythm.DAILY
    casey.email = ""
    with pytest.raises(Refused, match="no e-mail address"):
        choose_rhythm(search=kept, rhythm=AlertRhythm.WEEKLY, by=casey)
    choose_rhythm(search=kept, rhythm=AlertRhythm.NONE, by=casey)
    kept.refresh_from_db()
    assert kept.rhythm == AlertRhythm.NONE


def test_a_rhythm_is_chosen_by_the_owner_alone(casey: User, carla: User) -> None:
    kept = save(casey)
    choose_rhythm(search=kept, rhythm=AlertRhythm.DAILY, by=carla)
    kept.refresh_from_db()
    assert kept.rhythm == AlertRhythm.NONE


def test_letters_stop() -> None:
    kept = SavedSearchFactory(rhythm=AlertRhythm.WEEKLY)
    stop_alerts(search=kept)
    kept.refresh_from_db()
    assert kept.rhythm == AlertRhythm.NONE


@pytest.mark.parametrize(
    "values",
    [{"name": ""}, {"rhythm": "HOURLY"}, {"looked_at": datetime(2026, 10, 1, tzinfo=UTC)}],
)
def test_the_database_refuses_what_cannot_be(values: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedSearchFactory(**values)


def test_two_searches_of_one_person_have_two_names() -> None:
    SavedSearchFactory(name="Asheville")
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedSearchFactory(name="Asheville")
