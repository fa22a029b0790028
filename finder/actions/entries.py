"""What one source says of one listing in one file: a facility and a meeting group become the same."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from finder.actions.composing import Values
from finder.facilities.facility import Reject


@dataclass(slots=True)
class Entry:
    """`affirmed` and `denied` are ids of terms; `slugs` are what a feed calls the rows behind it.

    `fields` are made when they are asked for: those of a national directory would fill the memory.
    """

    source: str
    key: str
    pairing_key: str
    edition: date
    affirmed: tuple[int, ...]
    denied: tuple[int, ...]
    fields: Callable[[], Values]
    unknown: tuple[str, ...]
    rows: tuple[Mapping[str, object], ...]
    content_hash: str
    slugs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intake:
    """All that one file says. `feed` is the source whose feed it is, empty for a file of directories."""

    entries: Sequence[Entry]
    rejects: Sequence[Reject]
    warnings: Sequence[str]
    rows_read: int
    is_whole: bool
    feed: str = ""

    @property
    def sources(self) -> set[str]:
        return {entry.source for entry in self.entries}

    @property
    def only_source(self) -> str | None:
        found = {self.feed} if self.feed else self.sources
        return min(found) if len(found) == 1 else None


def content_hash(
    fields: Values, affirmed: Sequence[int], denied: Sequence[int], unknown: Iterable[str]
) -> str:
    """Of what is kept and shown: equal when importing again would change nothing."""
    kept = json.dumps([fields, affirmed, denied, list(unknown)], sort_keys=True)
    return hashlib.sha256(kept.encode()).hexdigest()
