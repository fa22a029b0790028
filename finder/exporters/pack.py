"""A county's list as it is printed: plain words in the reader's language, alike for the page and the PDF."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """A line that answers in a crisis."""

    name: str
    ways: tuple[str, ...]
    about: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A detox or treatment listing; what is empty is left out."""

    name: str
    number: str
    address: str = ""
    miles: str = ""
    supervision: str = ""
    """ "yes", "no" or "ask" for a detox, else empty."""
    limits: tuple[str, ...] = ()
    offers: str = ""
    pays: str = ""
    hours: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    checked: str = ""
    also: str = ""
    """What else it is, where it stands under another heading already: then nothing else is said again."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One line of a day."""

    hours: str
    name: str
    kind: str
    address: str
    number: str
    notes: str
    is_doubted: bool
    checked: str


@dataclass(frozen=True, slots=True)
class Day:
    name: str
    meetings: tuple[Meeting, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One of the three kinds of help, or what stands in for it."""

    code: str
    title: str
    notes: tuple[str, ...]
    places: tuple[Place, ...] = ()
    days: tuple[Day, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A text that is read before the lists."""

    title: str
    notes: tuple[str, ...]
    steps: tuple[str, ...] = ()
    review: str = ""
    """Whether anyone of a named role stands behind it."""


@dataclass(frozen=True, slots=True)
class Sign:
    """`code` for what draws it."""

    code: str
    sign: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Pack:
    language: str
    title: str
    area: str
    """Which part of the county; '' for all of it."""
    as_of: str
    is_demo: bool
    left_out: tuple[str, ...]
    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]
    sections: tuple[Section, ...]
    legend: tuple[Sign, ...]
    notes: tuple[str, ...]
    foot: tuple[Line, ...]
    """Of every sheet: 911 and 988."""
    words: dict[str, str]
    """Labels, for the page and the PDF alike."""
    is_short: bool = False
    """Without what places offer, how to pay and hours: there was no room."""


def data_of(pack: Pack) -> dict[str, Any]:
    return asdict(pack)
