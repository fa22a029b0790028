"""`import_listings` of a meeting feed, as an operator runs it."""

import json
import random
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from finder.management.commands import import_listings
from finder.management.feeds import name_of
from finder.models import HowToJoin, ImportRun, Schedule, ServiceAtLocation, Source, SourceRecord
from tests.actions.test_importing import in_the_open, newly_written
from tests.factories import SourceFactory
from tests.own_web import answering, origin, sends, serving
from tests.samples import all_rows, facility, index_row_of, write_csv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

Row = dict[str, Any]
FEED = ("--source", "example-area", "--fellowship", "aa")


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "var"
    monkeypatch.setattr(import_listings, "settings", SimpleNamespace(VAR_DIR=folder))
    return folder


def meeting(slug: str, name: str = "Example Group", **cells: Any) -> Row:
    """A row as a feed has it, with what it should not have said."""
    return {
        "slug": slug, "name": name, "day": 2, "time": "19:00", "end_time": "20:00", "types": ["O", "W"],
        "location": "Example Church", "formatted_address": "1 Example Street, Asheville, NC 28801, USA",
        "latitude": 35.5951, "longitude": -82.5515, "region": "Asheville",
        "conference_url": "https://zoom.us/j/5550100", "conference_url_notes": "Password: serenity",
        "contact_1_name": "Example Person", "contact_1_email": "person@example.org",
        "updated": "2026-05-01 12:00:00", "entity": "Example Intergroup",
        "entity_website_url": "https://intergroup.example.org",
    } | cells  # fmt: skip


def feed(folder: Path, *rows: Row, name: str = "meetings.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(rows))
    return path


def run(format_name: str, file: Path | str, *options: str) -> tuple[str, str]:
    output, errors = StringIO(), StringIO()
    call_command("import_listings", format_name, str(file), *options, stdout=output, stderr=errors)
    return output.getvalue(), errors.getvalue()


def summary(file: Path, *options: str) -> dict[str, Any]:
    return json.loads(run("meeting_guide", file, "--json", *options)[0])  # type: ignore[no-any-return]


def refusal(format_name: str, file: Path | str, *options: str) -> str:
    before = all_rows()
    with pytest.raises(CommandError) as caught:
        run(format_name, file, *options)
    assert all_rows() == before
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_feed_is_imported_and_its_source_credited(tmp_path: Path) -> None:
    told = summary(feed(tmp_path, meeting("a"), meeting("b", day=4), meeting("c", "Example Other")), *FEED)

    assert told | {"seconds": 0} == {
        "read": 3, "created": 2, "updated": 0, "unchanged": 0,
        "rejected": 0, "merged": 1, "missing": 0, "seconds": 0,
    }  # fmt: skip
    source = Source.objects.get(slug="example-area")
    assert (source.name, source.url) == ("Example Intergroup", "https://intergroup.example.org")
    assert set(Schedule.objects.values_list("source_slug", flat=True)) == {"a", "b", "c"}


@in_the_open
def test_the_same_feed_again_writes_nothing_but_its_run(tmp_path: Path) -> None:
    rows = [meeting("a"), meeting("b", day=4), meeting("c", "Example Other")]
    run("meeting_guide", feed(tmp_path, *rows), *FEED, "--edition", "2026-11-01")

    later = feed(tmp_path, *rows[::-1], name="later.json")

    assert newly_written(lambda: run("meeting_guide", later, "--source", "example-area")) == {
        "finder_importrun": (1, 0, 0)
    }


def test_the_edition_of_a_feed_is_today_whatever_year_is_in_its_name(tmp_path: Path) -> None:
    run("meeting_guide", feed(tmp_path, meeting("a"), name="area_2021.json"), *FEED)

    assert ImportRun.objects.get().edition == timezone.localdate()


def test_a_group_that_is_no_longer_listed_is_missing_and_a_part_misses_nothing(tmp_path: Path) -> None:
    both = feed(tmp_path, meeting("a"), meeting("c", "Example Other"))
    run("meeting_guide", both, *FEED, "--edition", "2026-11-01")
    one = feed(tmp_path, meeting("a"))

    assert summary(one, *FEED, "--edition", "2026-11-08", "--part")["missing"] == 0
    assert summary(one, *FEED, "--edition", "2026-11-08")["missing"] == 1
    assert index_row_of("Example Other").missing_since is not None


def test_how_to_join_and_persons_are_nowhere_but_with_the_meeting(tmp_path: Path, data_folder: Path) -> None:
    refused = meeting("d", day=9, notes="Zoom password is serenity")
    output, errors = run("meeting_guide", feed(tmp_path, meeting("a"), refused), *FEED)

    joining = HowToJoin.objects.get()
    assert "5550100" in joining.url
    assert "serenity" in joining.notes
    written = [path.read_text() for path in (data_folder / "imports").iterdir()]
    kept = [
        SourceRecord.objects.values_list("rows", "unknown"),
        ImportRun.objects.values_list("rejects", "warnings"),
    ]
    said = repr([output, errors, written, *map(list, kept)])
    assert "Example Group" in said
    assert not [word for word in ("serenity", "5550100", "Example Person", "person@") if word in said]


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    path = feed(tmp_path, meeting("a"))
    before = all_rows()

    output, _ = run("meeting_guide", path, *FEED, "--dry-run")

    assert "Nothing was written: this was a dry run." in output
    assert all_rows() == before


def bmlt_meeting(number: str, **cells: str) -> Row:
    return {
        "id_bigint": number, "meeting_name": "Example Clean Group", "weekday_tinyint": "3",
        "start_time": "19:00:00", "duration_time": "01:00:00", "formats": "O",
        "location_text": "Example Hall",
        "location_street": "2 Example Street", "location_municipality": "Asheville",
        "location_province": "NC", "location_postal_code_1": "28801", "latitude": "35.59",
        "longitude": "-82.55", "published": "1",
    } | cells  # fmt: skip


def test_a_bmlt_answer_is_imported_the_same_way(tmp_path: Path) -> None:
    rows = (bmlt_meeting("1"), bmlt_meeting("2", weekday_tinyint="5"))
    path = feed(tmp_path, *rows, name="results.json")

    run("bmlt", path, "--source", "example-na", "--fellowship", "na")

    listing = ServiceAtLocation.objects.with_parts().get()
    assert listing.service.name == "Example Clean Group"
    assert set(Schedule.objects.values_list("byday", flat=True)) == {"TU", "TH"}
    assert Source.objects.get(slug="example-na").format == "bmlt"


# What it refuses


def test_a_feed_without_a_source_is_refused(tmp_path: Path) -> None:
    assert refusal("meeting_guide", feed(tmp_path, meeting("a"))) == (
        "Say whose feed it is: --source, a short name such as nc-area-51."
    )


def test_a_new_source_without_a_fellowship_is_refused(tmp_path: Path) -> None:
    assert "--fellowship, one of aa" in refusal(
        "meeting_guide", feed(tmp_path, meeting("a")), "--source", "example-area"
    )


def test_a_source_that_opted_out_is_refused(tmp_path: Path) -> None:
    SourceFactory(slug="example-area", name="Example Area", fellowship="aa", opted_out_at=timezone.now())

    assert "“Example Area” asked not to be listed" in refusal(
        "meeting_guide", feed(tmp_path, meeting("a")), *FEED
    )


@pytest.mark.parametrize("slug", ["Example Area", "a/b", "ä" * 3, "a" * 60])
def test_a_source_has_a_short_plain_name(tmp_path: Path, slug: str) -> None:
    given = ("--source", slug, "--fellowship", "aa")

    assert "letters, digits" in refusal("meeting_guide", feed(tmp_path, meeting("a")), *given)


def test_a_directory_takes_no_source(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "Directory_2024.csv", facility("Example House"))

    assert refusal("samhsa", path, *FEED[:2]) == (
        "--source is for meeting feeds: a directory's file says whose it is."
    )


@pytest.mark.parametrize("content", ["", "{", "[1, 2", "<html>Not found</html>", '[{"slug": "a"}] and more'])
def test_what_is_no_feed_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "meetings.json"
    path.write_text(content)

    assert "meetings.json" in refusal("meeting_guide", path, *FEED)


# From the web


@pytest.fixture
def server(settings: Settings) -> Iterator[ThreadingHTTPServer]:
    with serving() as server:
        settings.FEED_HOSTS = [origin(server)]
        yield server


def served(server: ThreadingHTTPServer, *rows: Row) -> str:
    body = json.dumps(rows).encode()
    return f"{answering(server, '/meetings.json', sends(body, Content_Type='application/json'))}?key=k3y"


def test_a_feed_is_fetched_from_its_address(server: ThreadingHTTPServer) -> None:
    output, _ = run("meeting_guide", served(server, meeting("a"), meeting("b", day=4)), *FEED)
    assert output.startswith("read 2, created 1,")
    assert set(Schedule.objects.values_list("source_slug", flat=True)) == {"a", "b"}


@in_the_open
def test_the_same_address_again_writes_nothing_but_its_run(server: ThreadingHTTPServer) -> None:
    url = served(server, meeting("a"), meeting("b", "Other"))
    run("meeting_guide", url, *FEED)
    assert newly_written(lambda: run("meeting_guide", url, "--source", "example-area")) == {
        "finder_importrun": (1, 0, 0)
    }


@in_the_open
def test_a_shuffled_feed_writes_nothing_but_its_run(tmp_path: Path) -> None:
    """Though its rows differ in all that a group has but once, and two of them have one slug."""
    rows = [
        meeting("a", group="Home Group", group_notes="Welcome", location="Hall"),
        meeting("b", group="HOME group", group_notes="All are welcome", location="Church", day=4),
        meeting("c", "Early", group="Home group", website="https://c.example.org", latitude=None),
        meeting("d", group="Home Group", website="https://d.example.org", day=1),
        meeting("d", group="Home Group", day=5),
        meeting("e", "Example Other", location_notes="Upstairs"),
        meeting("f", "Example other", location_notes="Ring twice", timezone="America/Chicago"),
    ]
    run("meeting_guide", feed(tmp_path, *rows), *FEED)
    shuffled = [random.Random(seed).sample(rows, len(rows)) for seed in range(8)]
    for order in [rows[::-1], *shuffled]:
        path = feed(tmp_path, *order)
        written = newly_written(lambda path=path: run("meeting_guide", path, "--source", "example-area"))
        assert written == {"finder_importrun": (1, 0, 0)}


def test_a_key_in_the_address_is_kept_for_the_desk_alone(
    server: ThreadingHTTPServer, data_folder: Path
) -> None:
    url = served(server, meeting("a"), meeting("d", day=9))
    told = "".join(run("meeting_guide", url, *FEED))
    kept = all_rows()
    sources = kept.pop("finder.Source")
    assert "k3y" not in told + repr(kept)
    assert not [path for path in (data_folder / "imports").iterdir() if "k3y" in f"{path}{path.read_text()}"]
    assert repr(sources).count("k3y") == 1
    assert ImportRun.objects.get().file_name == "127.0.0.1/meetings.json"
    assert Source.objects.get(slug="example-area").feed_url == url


def test_a_source_that_was_imported_from_the_web_is_refreshed_from_there(server: ThreadingHTTPServer) -> None:
    run("meeting_guide", served(server, meeting("a")), *FEED)
    served(server, meeting("a", day=5))
    call_command("refresh_sources", "example-area", stdout=StringIO())
    assert Schedule.objects.get().byday == "FR"


def test_what_cannot_be_fetched_is_told_in_a_sentence(server: ThreadingHTTPServer) -> None:
    url = answering(server, "/gone.json", sends(b"", status=404))
    assert refusal("meeting_guide", f"{url}?key=k3y", *FEED) == "127.0.0.1 answered with status 404."
    told = refusal("bmlt", "https://example.org/feed.json?key=k3y", *FEED)
    assert told == "example.org is not among the hosts that feeds may come from (FEED_HOSTS)."


def test_a_page_in_the_feed_s_place_is_told_without_the_key(server: ThreadingHTTPServer) -> None:
    url = answering(server, "/meetings.json", sends(b"<html>Sign in</html>", Content_Type="application/json"))
    assert "k3y" not in refusal("meeting_guide", f"{url}?key=k3y", *FEED)


def test_a_run_keeps_of_a_url_no_query_which_may_carry_a_key() -> None:
    name = name_of("https://example.org/feeds/meetings.json?key=secret")

    assert name == "example.org/feeds/meetings.json"
