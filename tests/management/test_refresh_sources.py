import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from finder.importers.fetching import NotFetched
from finder.management import feeds
from finder.models import ImportRun, ServiceAtLocation, Source
from tests.made_up_groups import fellowship_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

ROW = {
    "slug": "home",
    "name": "Home Group",
    "day": 2,
    "time": "19:00",
    "address": "85 Main Street",
    "city": "Asheville",
    "state": "NC",
    "postal_code": "28801",
}


def rows(count: int) -> str:
    return json.dumps(
        [{**ROW, "slug": f"home-{number}", "name": f"Home {number}"} for number in range(count)]
    )


class Web:
    """What each address answers: a feed, or the fault that it shows."""

    def __init__(self) -> None:
        self.answers: dict[str, str | Exception] = {}
        self.asked: list[str] = []

    @contextmanager
    def fetched(self, url: str, **limits: Any) -> Iterator[Path]:
        self.asked.append(url)
        assert limits == {"allowed_hosts": ["intergroup.example.org"]}
        answer = self.answers[url]
        if isinstance(answer, Exception):
            raise answer
        path = self.folder / "feed.json"
        path.write_text(answer)
        yield path

    folder: Path


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings) -> Web:
    web = Web()
    web.folder = tmp_path
    settings.FEED_HOSTS = ["intergroup.example.org"]
    monkeypatch.setattr(feeds, "fetched", web.fetched)
    return web


def feed_of(web: Web, slug: str, answer: str | Exception, **fields: Any) -> Source:
    url = f"https://intergroup.example.org/{slug}?key=k3y"
    web.answers[url] = answer
    return fellowship_source(slug, name=slug.title(), feed_url=url, **fields)


def refresh(*slugs: str) -> str:
    out = StringIO()
    call_command("refresh_sources", *slugs, stdout=out, stderr=out)
    return out.getvalue()


def test_a_feed_that_is_due_is_brought_in(web: Web) -> None:
    source = feed_of(web, "west", rows(2))
    assert refresh() == "west: read 2, created 2, updated 0, unchanged 0, rejected 0, missing 0\n"
    run = ImportRun.objects.get()
    assert (run.source, run.file_name) == (source, "intergroup.example.org/west")
    assert ServiceAtLocation.objects.published().count() == 2


def test_what_is_not_due_is_left_alone(web: Web) -> None:
    feed_of(web, "west", rows(2))
    refresh()
    assert refresh() == ""
    assert len(web.asked) == 1


def test_a_feed_that_is_named_is_fetched_though_it_is_not_due(web: Web) -> None:
    feed_of(web, "west", rows(2))
    feed_of(web, "east", rows(1))
    refresh()
    assert refresh("west").startswith("west: read 2, created 0, updated 0, unchanged 2")


def test_a_source_that_opted_out_is_not_asked(web: Web) -> None:
    feed_of(web, "west", rows(2), opted_out_at="2026-11-01T00:00:00Z")
    assert refresh() == ""
    with pytest.raises(CommandError, match="asked not to be listed"):
        refresh("west")
    assert web.asked == []


FAULTS: Mapping[str, tuple[str | Exception, str]] = {
    "not reached": (NotFetched("The host is away."), "The host is away."),
    "no feed": ("<html>", "feed.json"),
    "our own fault": (RuntimeError("k3y"), "a fault of this program: RuntimeError."),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_feed_that_fails_stops_no_other(web: Web, fault: str) -> None:
    answer, told = FAULTS[fault]
    feed_of(web, "a-broken", answer)
    feed_of(web, "whole", rows(1))
    with pytest.raises(CommandError) as problems:
        refresh()
    assert str(problems.value).startswith("a-broken: ")
    assert told in str(problems.value)
    assert "k3y" not in str(problems.value)
    assert [run.source_id for run in ImportRun.objects.all()] == ["whole"]


def test_a_format_that_nobody_reads_is_told(web: Web) -> None:
    feed_of(web, "west", rows(1), format="calendar")
    with pytest.raises(CommandError, match="No reader is called “calendar”"):
        refresh()


def test_a_feed_that_lost_most_of_its_groups_is_told_and_nothing_goes_missing(web: Web) -> None:
    source = feed_of(web, "west", rows(5))
    refresh()
    web.answers[source.feed_url] = rows(2)
    with pytest.raises(CommandError, match="2 groups came where 5 were, so none was marked missing"):
        refresh("west")
    assert not source.records.exclude(missing_since=None).exists()


def test_a_source_that_does_not_exist_is_told(web: Web) -> None:
    with pytest.raises(CommandError, match="No source with a feed to fetch: nowhere"):
        refresh("nowhere")
