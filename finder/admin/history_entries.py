"""An entry of the history: one save, one decision or one import, with all that it changed."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    EDITS = "edits", _("Edits")
    DECISIONS = "decisions", _("Decisions")
    CHECKS = "checks", _("Checks")
    REPORTS = "reports", _("Calls and reports")
    PROGRAM = "program", _("The program itself")
    IMPORTS = "imports", _("Imports")


class PutBack(NamedTuple):
    """What the button sends: see `finder.actions.reverting`. Without a field, the whole row comes back."""

    model: str
    event: int
    field: str = ""
    seen: str = ""


class Difference(NamedTuple):
    field: str
    old: str
    new: str
    put_back: PutBack | None = None


class Part(NamedTuple):
    """Of one row, or one sentence. A removed row comes back as a whole."""

    name: str
    differences: tuple[Difference, ...] = ()
    put_back: PutBack | None = None


class Piece(NamedTuple):
    """A part that is known from one table; pieces of one `key` are one entry."""

    key: Hashable
    at: datetime
    kind: Kind
    who: str
    what: str
    part: Part | None = None
    url: str = ""


class Entry(NamedTuple):
    at: datetime
    kind: Kind
    who: str
    what: str
    url: str
    parts: tuple[Part, ...]


def entries_of(pieces: Iterable[Piece]) -> list[Entry]:
    """The newest first."""
    groups: dict[Hashable, list[Piece]] = defaultdict(list)
    for piece in pieces:
        groups[piece.key].append(piece)
    return sorted(map(entry_of, groups.values()), key=lambda entry: entry.at, reverse=True)


def entry_of(pieces: list[Piece]) -> Entry:
    """Told by the piece that says most of what it was."""
    lead = next((piece for piece in pieces if piece.url), pieces[0])
    parts = dict.fromkeys(piece.part for piece in pieces if piece.part is not None)
    return Entry(min(piece.at for piece in pieces), lead.kind, lead.who, lead.what, lead.url, tuple(parts))
