"""What is on a referral list, in which order, and how it changes: the same for a list that only the browser
keeps as for one that is kept here.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

MOST_ENTRIES = 40
MOST_SIGNS_OF_A_NOTE = 200
MOST_SIGNS_OF_A_TITLE = 80


class ListIsFull(Exception):  # noqa: N818 (it says what is so: except ListIsFull)
    pass


@dataclass(frozen=True, slots=True)
class Entry:
    listing: UUID
    section: str = ""
    """The leg of a plan that it came from, by its category's code; else empty."""
    note: str = ""
    note_is_shown: bool = False
    """On paper and to whoever has the link; otherwise only to who wrote it."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Nothing of the person that the list is for: there is no field for it."""

    title: str = ""
    entries: tuple[Entry, ...] = ()
    starts: tuple[tuple[str, str], ...] = ()
    """What a plan said of when each of its legs starts, in the order of the plan."""

    def __contains__(self, listing: object) -> bool:
        return any(entry.listing == listing for entry in self.entries)

    def __len__(self) -> int:
        return len(self.entries)


Change = Callable[[Contents], Contents]


def with_listings(contents: Contents, listings: Iterable[UUID], *, section: str = "") -> Contents:
    """At its end; what is on it stays where it is."""
    new = [listing for listing in dict.fromkeys(listings) if listing not in contents]
    if len(contents) + len(new) > MOST_ENTRIES:
        raise ListIsFull
    return replace(contents, entries=(*contents.entries, *(Entry(each, section) for each in new)))


def without(contents: Contents, listing: UUID) -> Contents:
    return replace(contents, entries=tuple(each for each in contents.entries if each.listing != listing))


def moved(contents: Contents, listing: UUID, steps: int) -> Contents:
    """Up (below zero) or down, among those of its section."""
    entries = list(contents.entries)
    entry = next((each for each in entries if each.listing == listing), None)
    if entry is None:
        return contents
    places = [place for place, each in enumerate(entries) if each.section == entry.section]
    here = places.index(entries.index(entry))
    there = min(max(here + steps, 0), len(places) - 1)
    fellows = [entries[place] for place in places]
    fellows.insert(there, fellows.pop(here))
    for place, each in zip(places, fellows, strict=True):
        entries[place] = each
    return replace(contents, entries=tuple(entries))


def in_order(contents: Contents, listings: Sequence[UUID]) -> Contents:
    """As they were dragged. Whatever was added meanwhile stays, behind them."""
    places = {listing: place for place, listing in enumerate(listings)}
    last = len(places)
    ordered = sorted(contents.entries, key=lambda entry: places.get(entry.listing, last))
    return replace(contents, entries=tuple(ordered))


def noted(contents: Contents, listing: UUID, *, note: str, is_shown: bool) -> Contents:
    return replace(
        contents,
        entries=tuple(
            replace(each, note=note, note_is_shown=is_shown and bool(note))
            if each.listing == listing
            else each
            for each in contents.entries
        ),
    )


def titled(contents: Contents, title: str) -> Contents:
    return replace(contents, title=title)


def of_plan(contents: Contents, legs: Sequence[tuple[str, str, Sequence[UUID]]], *, title: str) -> Contents:
    """`legs`: category, when it starts, and what was chosen; one that stands in two legs is in the first."""
    starts = dict(contents.starts) | {category: start for category, start, _listings in legs}
    found = replace(contents, title=contents.title or title, starts=tuple(starts.items()))
    for category, _start, listings in legs:
        found = in_section(found, listings, category)
    return found


def in_section(contents: Contents, listings: Sequence[UUID], section: str) -> Contents:
    """What was already on the list, but in no leg, moves into this one."""
    loose = {each.listing for each in contents.entries if not each.section} & set(listings)
    kept = tuple(
        replace(each, section=section) if each.listing in loose else each for each in contents.entries
    )
    return with_listings(replace(contents, entries=kept), listings, section=section)


def sections_of(contents: Contents, known: Collection[str]) -> list[tuple[str, str, tuple[Entry, ...]]]:
    """Section, start, entries: legs in the plan's order, then others of the `known`, then what is in none."""
    starts = dict(contents.starts)
    order = [*starts, *(each for each in known if each not in starts), ""]
    parts = ((name, [each for each in contents.entries if each.section == name]) for name in order)
    return [(name, starts.get(name, ""), tuple(entries)) for name, entries in parts if entries]
