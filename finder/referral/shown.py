"""A list as a reader may see it: plain words only. The page of a link, the paper and every file are written
from it, so that what one of them must not show, none of them can.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ShownPhone:
    number: str
    """As people write it, with its extension."""
    href: str
    """`tel:` and what to dial."""
    description: str = ""


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One listing, in the words of the reader's language. What is private of it has been left out."""

    listing: UUID
    name: str
    url: str
    """The whole address of its page."""
    categories: tuple[tuple[str, str], ...]
    """Code and word."""
    where: str
    """Town and state, county, or that it is online."""
    address: tuple[str, ...] = ()
    """Lines of a public address; none of a confidential one."""
    phones: tuple[ShownPhone, ...] = ()
    limits: tuple[str, ...] = ()
    """Whom it does not take, and what to ask before going."""
    facts: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    """When it is open or meets."""
    rooms: tuple[str, ...] = ()
    """Whether there is room, which holds for hours: for screens, not for paper."""
    checked: str = ""
    doubts: tuple[str, ...] = ()
    """Disputed, closed for now, dropped by its source."""
    changes: tuple[str, ...] = ()
    """What is another since the list was shared or printed."""
    note: str = ""
    """Only one that its writer chose to show."""
    is_gone: bool = False
    """No longer listed: then nothing but its name is said."""
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A leg of a plan, or all that stands in no leg."""

    category: str
    """Code, or empty."""
    title: str
    start: str
    """What the plan says of it ("Start now"); empty outside of a plan."""
    items: tuple[ShownItem, ...]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A crisis line as paper says it: "988 Suicide & Crisis Lifeline", "Call or text 988"."""

    name: str
    how: str


@dataclass(frozen=True, slots=True)
class ShownList:
    title: str
    language: str
    as_of: datetime
    """Aware; the moment that it was written out."""
    sections: Sequence[ShownSection]
    crisis: Sequence[ShownLine]
    link: str = ""
    """The whole address that opens it again, if it is shared."""
    code: str = ""
    """The same for hands to type, in groups: "K7CM-4X9P-4DTH"."""
    expires: str = ""
    """When the link ends, in a sentence."""

    @property
    def items(self) -> Iterator[ShownItem]:
        return (item for section in self.sections for item in section.items)

    @property
    def changed(self) -> int:
        return sum(bool(item.changes or item.is_gone) for item in self.items)
