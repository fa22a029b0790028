"""In what way a listing is another than a reader saw it."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class ChangeKind(StrEnum):
    GONE = "GONE"
    """No longer shown: archived, merged, a draft again or removed. Then nothing else is told."""
    BACK = "BACK"
    """Was not shown then, and is now."""
    CLOSED = "CLOSED"
    REOPENED = "REOPENED"
    NAME = "NAME"
    PHONE = "PHONE"
    ADDRESS = "ADDRESS"
    HOURS = "HOURS"
    FACTS = "FACTS"
    """Told of a search only: whether it says that it has what was asked for."""


class Change(NamedTuple):
    kind: ChangeKind
    at: datetime
    """When it came to be as it is now."""
