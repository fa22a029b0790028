"""From the rows of a feed to its groups: what was counted, refused, left out and merged on the way."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time

from finder.enums import Frequency
from finder.facilities.facility import Reject
from finder.importers.gathering import Progress
from finder.meetings.cells import text_of
from finder.meetings.grouping import MeetingRow, grouped, told_apart
from finder.meetings.meeting import Feed, MeetingFile
from finder.meetings.privacy import safe_text
from finder.meetings.stated import StatedMeeting, doubts_of, meeting_row
from finder.meetings.types import FELLOWSHIP_TERMS

NAMED = 10
MONTHLY = "Read as monthly from what the notes say"
_NOT_IN_A_SLUG = re.compile(r"[^\w-]+")


@dataclass(slots=True)
class MeetingGathering:
    """The rows of one feed so far; `file` closes it."""

    feed: Feed
    total: int | None = None
    progress: Progress | None = None
    rows_read: int = 0
    rows: list[MeetingRow] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    doubtful: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    unrecognized: Counter[str] = field(default_factory=Counter)
    entities: set[tuple[str, str]] = field(default_factory=set)
    """Name and address of every service body met; a feed of several is no one's own."""
    skipped: Counter[str] = field(default_factory=Counter)

    def count_row(self) -> None:
        self.rows_read += 1
        if self.progress and self.rows_read % 500 == 0:
            self.progress(self.rows_read, self.total)

    def reject(self, number: int, faults: Iterable[str], row: Mapping[str, object]) -> None:
        """`row` comes without what is personal."""
        said = "; ".join(faults)
        cells = {key: str(value) for key, value in row.items()}
        self.rejects.append(Reject(number, f"{said[:1].upper()}{said[1:]}.", cells))

    def add(self, stated: StatedMeeting, unrecognized: Iterable[str], doubts: Iterable[str] = ()) -> None:
        row = meeting_row(stated)
        self.rows.append(row)
        self.unrecognized.update(unrecognized)
        for doubt in (*doubts_of(stated), *doubts):
            self.doubtful[doubt].append(stated.number)
        if any(each.freq == Frequency.MONTHLY for each in row.times):
            self.doubtful[MONTHLY].append(stated.number)

    def file(self, *warnings: str, is_complete: bool = True) -> MeetingFile:
        if self.progress:
            self.progress(self.rows_read, self.rows_read)
        groups = grouped(told_apart(self.rows), FELLOWSHIP_TERMS[self.feed.fellowship])
        name, url = next(iter(self.entities)) if len(self.entities) == 1 else ("", "")
        return MeetingFile(
            groups=groups,
            rejects=tuple(self.rejects),
            warnings=(*warnings, *self._warnings()),
            rows_read=self.rows_read,
            rows_merged=len(self.rows) - len(groups),
            is_complete=is_complete,
            entity={"name": name, "url": url} if name else {},
        )

    def _warnings(self) -> list[str]:
        found = [f"{why}, left out: {times:,}." for why, times in self.skipped.items()]
        found += [f"{doubt}: {_rows(numbers)}." for doubt, numbers in self.doubtful.items()]
        if self.unrecognized:
            words = [f"{safe_text(word) or '…'} ({times})" for word, times in self.unrecognized.most_common()]
            found.append(f"Types that the fellowship does not use, left out: {_listed(words)}.")
        return found


def slug_of(text: str) -> str:
    """A slug for a row that brings none, from what it is called."""
    return _NOT_IN_A_SLUG.sub("-", text.casefold()).strip("-")


def time_faults(
    day: object, days: tuple[str, ...] | None, start: str, starts_at: time | None
) -> Iterator[str]:
    """Why a row's day and time cannot be trusted; none at all is by appointment."""
    if days is None:
        yield f"its day, {quoted(day)}, is none of the week"
    if start and starts_at is None:
        yield f"its time, {quoted(start)}, cannot be read"


def quoted(value: object) -> str:
    """A cell of the feed as a message may show it."""
    text = safe_text(text_of(value)) or "…"
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"


def _rows(numbers: list[int]) -> str:
    rows = "row" if len(numbers) == 1 else f"{len(numbers):,} rows,"
    return f"{rows} {_listed([str(number) for number in numbers])}"


def _listed(items: list[str]) -> str:
    more = f" and {len(items) - NAMED:,} more" if len(items) > NAMED else ""
    return ", ".join(items[:NAMED]) + more
