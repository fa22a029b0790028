from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from finder.actions.indexing import index_listings
from finder.search import kept_counts
from tests.factories import make_listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary", "small_counts_kept")]


@pytest.fixture
def small_counts_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    cache.clear()
    monkeypatch.setattr(kept_counts, "WORTH_KEEPING", 1)
    monkeypatch.setattr(kept_counts, "index_state", lambda: ("as it was", 1, 1))
    yield
    cache.clear()


def found(client: Client, parameters: str = "") -> tuple[int, int]:
    """The count that is told, and the results that are shown."""
    answer = client.get(f"/api/search?{parameters}").json()
    return answer["count"], len(answer["results"])


def counted(client: Client, parameters: str) -> int:
    """Those that may fit counted, too: of groups here, nobody said when."""
    answer = client.get(f"/api/search?{parameters}").json()
    count, maybe = answer["count"], answer["count_maybe"]
    assert isinstance(count, int)
    assert isinstance(maybe, int)
    return count + maybe


def list_another() -> None:
    index_listings([make_listing().pk])


def test_counts_over_the_whole_directory_are_kept_and_the_results_are_not(client: Client) -> None:
    list_another()
    assert found(client) == (1, 1)
    list_another()
    assert found(client) == (1, 2)


def test_counts_are_new_once_the_index_was_written_to(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_another()
    assert found(client) == (1, 1)
    list_another()
    monkeypatch.setattr(kept_counts, "index_state", lambda: ("as it was", 1, 2))
    assert found(client) == (2, 2)


@pytest.mark.parametrize("other", ["near=28803", "near=NC", "near=28801&within=50", "near=28801&q=river"])
def test_another_place_has_its_own_counts(client: Client, other: str) -> None:
    list_another()
    assert found(client, "near=28801") == (1, 1)
    list_another()
    assert found(client, other) == (2, 2)


def test_another_question_has_its_own_counts(client: Client) -> None:
    list_another()
    assert found(client) == (1, 1)
    assert found(client, "category=support_group") == (0, 0)


def test_few_listings_are_counted_anew(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_counts, "WORTH_KEEPING", 2)
    list_another()
    assert found(client) == (1, 1)
    list_another()
    assert found(client) == (2, 2)


@pytest.mark.parametrize("other", ["when=24h", "when=now&from=18:00", "attend=hybrid"])
def test_another_time_has_its_own_counts(client: Client, other: str) -> None:
    list_another()
    assert counted(client, "when=now") == 1
    list_another()
    assert counted(client, other) == 2


def test_counts_of_a_time_are_kept_within_the_minute(client: Client) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 18, 0, 1, tzinfo=UTC), tick=False) as clock:
        list_another()
        assert counted(client, "when=now") == 1
        list_another()
        clock.shift(timedelta(seconds=58))
        assert counted(client, "when=now") == 1
        clock.shift(timedelta(seconds=1))
        assert counted(client, "when=now") == 2
