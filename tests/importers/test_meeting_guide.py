import json
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from finder.facilities.facility import UnreadableFile
from finder.importers import meeting_guide
from finder.meetings.meeting import Feed, MeetingFile, MeetingGroup, MeetingTime
from tests.meeting_feeds import AA, meeting, write_json

Read = Callable[..., MeetingFile]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_rows(*rows: object, feed: Feed = AA) -> MeetingFile:
        return meeting_guide.read(write_json(tmp_path / "feed.json", list(rows)), feed)

    return read_rows


@pytest.fixture
def group(read: Read) -> Callable[..., MeetingGroup]:
    """The only group of a feed with one row."""

    def only_group(feed: Feed = AA, **keys: Any) -> MeetingGroup:
        file = read(meeting(**keys), feed=feed)
        assert not file.rejects, file.rejects
        return file.groups[0]

    return only_group


@pytest.fixture
def only_time(group: Callable[..., MeetingGroup]) -> Callable[..., MeetingTime]:
    def first_time(**keys: Any) -> MeetingTime:
        return group(**keys).times[0]

    return first_time


Group = Callable[..., MeetingGroup]
Time = Callable[..., MeetingTime]


# Rows and groups


def test_a_row_becomes_a_group_with_its_time(group: Group) -> None:
    found = group()
    assert (found.name, found.terms) == (
        "Example Group",
        ("alcoholics_anonymous", "in_person", "open_meeting"),
    )
    assert (found.times[0].slug, found.times[0].byday, found.times[0].opens_at) == ("example", "SU", time(12))


def test_rows_of_one_group_at_one_place_are_one_listing(read: Read) -> None:
    file = read(meeting("a"), meeting("b", day=3, name="Step Night", group="Example Group"))
    assert [group.slugs for group in file.groups] == [("a", "b")]
    assert (file.rows_read, file.rows_merged) == (2, 1)
    assert [time.name for time in file.groups[0].times] == ["", "Step Night"]


def test_a_row_that_is_no_object_is_rejected(read: Read) -> None:
    file = read(meeting(), "a text", None, 5)
    assert [reject.row_number for reject in file.rejects] == [2, 3, 4]
    assert len(file.groups) == 1


@pytest.mark.parametrize("key", ["records", "meetings", "data"])
def test_rows_are_found_in_their_wrapper(tmp_path: Path, key: str) -> None:
    path = write_json(tmp_path / "feed.json", {key: [{"id": "rec1", "fields": meeting()}]})
    assert meeting_guide.read(path, AA).groups[0].slugs == ("example",)


def test_text_after_the_list_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    path.write_text(json.dumps([meeting()], indent=1) + "\nthe end", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"line 15"):
        meeting_guide.read(path, AA)


def test_json_without_a_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no list"):
        meeting_guide.read(write_json(tmp_path / "feed.json", {"error": "closed"}), AA)
