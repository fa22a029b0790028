"""The reader of Meeting Guide feeds, ready to be given rows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

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
