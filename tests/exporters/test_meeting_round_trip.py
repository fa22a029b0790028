"""After import, export and import all is there again: nothing that the format can say is lost."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from finder.actions.feeds import Credit
from finder.actions.importing import import_meetings
from finder.actions.planning import Origin
from finder.exporters.meeting_feed import FeedQuestion, as_json, feed
from finder.exporters.meeting_guide import Edition
from finder.importers import meeting_guide
from finder.meetings.meeting import Feed, MeetingFile, MeetingGroup, MeetingTime
from finder.models import ServiceAtLocation, Source
from tests.made_up_feeds import feeds
from tests.meeting_guide_rules import faults

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

FEED = Feed("example-intergroup", "aa", "America/New_York")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ONLY_IN_ROWS = ("region", "sub_region", "district", "url", "updated", "entity")


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def read(path: Path, rows: object) -> MeetingFile:
    path.write_text(json.dumps(rows), encoding="utf-8")
    return meeting_guide.read(path, FEED)


def imported(file: MeetingFile, feed: Feed = FEED) -> None:
    origin = Origin(format="meeting_guide", file_name="feed.json", file_hash="0" * 64, edition=NOW.date())
    import_meetings(file=file, feed=feed, origin=origin, credit=Credit(), by=None, now=NOW)


def page(listing: ServiceAtLocation) -> str:
    return f"https://finder.example.org/{listing.pk}/"


def exported(*, own: bool) -> list[dict[str, Any]]:
    source = Source.objects.get(pk=FEED.source)
    edition = Edition(today=NOW.date(), page_url=page, own=source if own else None)
    found: list[dict[str, Any]] = json.loads(
        "".join(as_json(feed(FeedQuestion(source=FEED.source), edition)))
    )
    return found


def said(file: MeetingFile) -> dict[str, dict[str, object]]:
    """By slug, in words that do not depend on the order of rows."""
    return {
        each.slug: place_said(group) | time_said(each) | row_said(group, each)
        for group in file.groups
        for each in group.times
    }


def place_said(group: MeetingGroup) -> dict[str, object]:
    place = group.place
    exact = not place.position_is_approximate and place.latitude is not None
    return {
        "name": group.name,
        "description": group.description,
        "website": group.website,
        "kind": place.location_type,
        "address": (place.address_1, place.name, place.city, place.state_province, place.postal_code),
        "position": (place.latitude, place.longitude) if exact else None,
        "way": place.notes,
        "slugs": sorted(group.slugs),
    }


def time_said(each: MeetingTime) -> dict[str, object]:
    fields = ("byday", "opens_at", "closes_at", "freq", "timezone", "attending_type", "is_suspended", "name")
    return {field: getattr(each, field) for field in (*fields, "notes", "joining", "description")} | {
        "terms": sorted(each.terms),
        "unknown": sorted(each.unknown),
    }


def row_said(group: MeetingGroup, each: MeetingTime) -> dict[str, object]:
    row = next((row for row in group.rows if str(row.get("slug", "")) == each.slug), {})
    return {key: row[key] for key in ONLY_IN_ROWS if key in row}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=feeds())
def test_nothing_that_the_format_can_say_is_lost(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    before = read(tmp_path / "before.json", rows)
    with taken_back():
        imported(before)
        found = exported(own=True)
    assert faults(found) == []
    after = read(tmp_path / "after.json", found)
    assert said_back(after, rows) == said(before)


def said_back(after: MeetingFile, rows: list[dict[str, Any]]) -> dict[str, dict[str, object]]:
    """Without what the feed of ours adds: its own page and the source's name, where a row had none."""
    had = {row["slug"]: row for row in rows}
    return {
        slug: {key: value for key, value in found.items() if key not in ONLY_IN_ROWS or key in had[slug]}
        for slug, found in said(after).items()
    }


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=feeds())
def test_the_public_feed_holds_every_meeting_and_keeps_the_rules(
    tmp_path: Path, rows: list[dict[str, Any]]
) -> None:
    file = read(tmp_path / "feed.json", rows)
    with taken_back():
        imported(file)
        found = exported(own=False)
    assert faults(found) == []
    assert {each["slug"] for each in found} == {slug for group in file.groups for slug in group.slugs}


def test_a_second_import_of_our_own_feed_writes_nothing_new(tmp_path: Path) -> None:
    row = {
        "slug": "home",
        "name": "Home Group",
        "day": 2,
        "time": "19:00",
        "address": "85 Main Street",
        "city": "Asheville",
        "state": "NC",
        "postal_code": "28801",
        "types": ["O", "X"],
    }
    imported(read(tmp_path / "feed.json", [row]))
    listing = ServiceAtLocation.objects.get()
    imported(read(tmp_path / "again.json", exported(own=True)))
    assert ServiceAtLocation.objects.get() == listing
    assert not listing.change_requests.exists()
    assert listing.source_records.get().edition <= date(2026, 11, 22)
