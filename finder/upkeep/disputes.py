"""When what people found puts a part of a listing in doubt: two of them agree, or one of us found it.

Two readers are told apart for a day: whoever says it again on another day counts again, see
docs/guides/answering-reports.md.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from finder.enums import Outcome, VerifiedPart, Voice

DOUBTED_BY = {
    Outcome.WRONG_NUMBER: VerifiedPart.CONTACT,
    Outcome.CLOSED: VerifiedPart.CONTACT,
    Outcome.WRONG_PLACE_OR_TIME: VerifiedPart.HOURS,
    Outcome.NOBODY_THERE: VerifiedPart.HOURS,
    Outcome.LINK_DEAD: VerifiedPart.CONTACT,
    Outcome.NEEDS_REFERRAL: VerifiedPart.SERVICES,
    Outcome.NOT_TAKING: VerifiedPart.AVAILABILITY,
    Outcome.NO_BED: VerifiedPart.AVAILABILITY,
}
ENOUGH = 2
LAPSING = (VerifiedPart.AVAILABILITY,)
LAPSES_AFTER = timedelta(days=14)
"""Room for new people: what was full two weeks ago says little of today. By whole days, as UTC counts them,
so that one look each night is enough."""


class Finding(NamedTuple):
    """`reporter` tells two readers apart; empty for one of us, whose word is enough."""

    outcome: str
    voice: str
    reporter: str
    at: datetime


def disputed_parts(findings: Iterable[Finding], *, now: datetime) -> list[VerifiedPart]:
    """Of what nobody has resolved. The same reader counts once, whatever they say and how often."""
    doubting: dict[VerifiedPart, set[str]] = defaultdict(set)
    trusted: set[VerifiedPart] = set()
    for finding in findings:
        part = DOUBTED_BY.get(Outcome(finding.outcome))
        if part is None or has_lapsed(part, finding.at, now):
            continue
        if finding.voice == Voice.PUBLIC:
            doubting[part].add(finding.reporter)
        else:
            trusted.add(part)
    return [part for part in VerifiedPart if part in trusted or len(doubting[part]) >= ENOUGH]


def has_lapsed(part: VerifiedPart, at: datetime, now: datetime) -> bool:
    return part in LAPSING and now.astimezone(UTC).date() - at.astimezone(UTC).date() > LAPSES_AFTER


def doubts_of(parts: Collection[VerifiedPart]) -> list[Outcome]:
    """What people may find that puts any of these parts in doubt."""
    return [outcome for outcome, part in DOUBTED_BY.items() if part in parts]
