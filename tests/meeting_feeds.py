"""Small meeting feeds written by hand, of groups that do not exist."""

import json
from pathlib import Path
from typing import Any

from finder.meetings.meeting import Feed, MeetingGroup, MeetingTime

AA = Feed("example-intergroup", "aa")


def meeting(slug: object = "example", **keys: Any) -> dict[str, Any]:
    """A meeting in Asheville on Sundays at noon, as Meeting Guide has it; None takes a key away."""
    row = {
        "slug": slug,
        "name": "Example Group",
        "day": 0,
        "time": "12:00",
        "formatted_address": "1 Example Street, Asheville, NC 28801, USA",
        "latitude": 35.5951,
        "longitude": -82.5515,
        "types": ["O"],
    } | keys
    return {key: value for key, value in row.items() if value is not None}


def write_json(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def times_of(groups: tuple[MeetingGroup, ...]) -> dict[str, MeetingTime]:
    return {time.slug: time for group in groups for time in group.times}


def every_text(value: object) -> list[str]:
    """Every text within a value, whatever holds it."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.items() for text in every_text(list(each))]
    if isinstance(value, list | tuple | set | frozenset):
        return [text for each in value for text in every_text(each)]
    return []
