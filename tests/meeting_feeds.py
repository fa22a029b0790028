"""Small meeting feeds written by hand, of groups that do not exist."""

import json
import re
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from finder.meetings.meeting import Feed

TELLING = re.compile(
    r"\S@\S+\.\w|pwd=|pass(?:word|code)|zoom\.us|555.{1,2}0142|81234567890|812 3456 7890", re.IGNORECASE
)
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


def every_text(value: object) -> list[str]:
    """Every text within a value, whatever holds it."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.items() for text in every_text(list(each))]
    if isinstance(value, list | tuple | set | frozenset):
        return [text for each in value for text in every_text(each)]
    return []


SECRETS = (
    "Call Example Person at 828-555-0142",
    "example.person@example.org",
    "https://us02web.zoom.us/j/81234567890?pwd=c2VjcmV0",
    "Meeting ID: 812 3456 7890. Password: serenity",
    "Passcode:\nserenity",
    "Enter by the back door, text 828.555.0142 if it is locked",
    "(828) 555-0142",
)


def hostile_json(row: dict[str, Any]) -> st.SearchStrategy[object]:
    """Rows of these keys with anything in them: numbers, lists, secrets, or no row at all."""
    texts = (
        st.text(max_size=20)
        | st.sampled_from(SECRETS)
        | st.sampled_from([str(each) for each in row.values()])
    )
    joined = st.lists(texts, min_size=2, max_size=3).map(" ".join)
    values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | texts | joined,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
        max_leaves=4,
    )
    changed = st.dictionaries(st.sampled_from(sorted(row)), values, max_size=6).map(
        lambda keys: {**row, **keys}
    )
    return changed | values


def any_file(header: str) -> st.SearchStrategy[bytes]:
    """Bytes, JSON of any shape, or lines of cells under a header."""
    anything = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["meetings", "formats", "fields", "records"]) | st.text(), inner
            )
        ),
    )
    cells = st.text(max_size=8) | st.sampled_from(["0", "Sunday", "18:00", '"', "1700", "x,y", *SECRETS])
    lines = st.lists(st.lists(cells, max_size=len(header.split(","))).map(",".join), max_size=4).map(
        "\n".join
    )
    return (
        st.binary(max_size=60)
        | anything.map(lambda value: json.dumps(value).encode())
        | lines.map(lambda text: f"{header}\n{text}".encode("utf-8", "surrogatepass"))
    )


def found_secrets(*values: object) -> list[str]:
    """Texts that tell of a person or of a way in, anywhere but under `joining`."""
    texts = [text for value in values for text in every_text(without_joining(value))]
    return [text for text in texts if TELLING.search(text)]


def without_joining(value: object) -> object:
    if isinstance(value, dict):
        return {key: without_joining(each) for key, each in value.items() if key != "joining"}
    if isinstance(value, list | tuple):
        return [without_joining(each) for each in value]
    return value
