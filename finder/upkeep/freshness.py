"""How fresh each part of a listing is: the rule, see docs/explanation/keeping-listings-true.md."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from finder.enums import Outcome, StatementMethod, VerifiedPart, Voice
from finder.upkeep.disputes import DOUBTED_BY, Finding, has_lapsed

SAID_ON_PAGES = (VerifiedPart.CONTACT, VerifiedPart.HOURS, VerifiedPart.SERVICES)
"""In this order. Room for new people is said apart: it is true for hours, not for months."""

OLD_AFTER_DAYS: Mapping[VerifiedPart, int] = {
    VerifiedPart.CONTACT: 365,
    VerifiedPart.HOURS: 365,
    VerifiedPart.SERVICES: 730,
}
"""From then on it is said to be old."""


class Check(NamedTuple):
    """Someone found these parts right. `voice` is empty where nobody wrote down in what role."""

    parts: Collection[str]
    on: date
    method: str
    voice: str = ""

    @property
    def counts(self) -> bool:
        """Towards rank and due date: a reader's word is shown and moves neither, nor does room for today."""
        return self.voice != Voice.PUBLIC and not set(SAID_ON_PAGES).isdisjoint(self.parts)

    @property
    def is_of_the_program(self) -> bool:
        return self.voice == Voice.PROVIDER or self.method == StatementMethod.PROVIDER


class Edition(NamedTuple):
    """What a published directory says, as of its date."""

    on: date
    source: str


class Freshness(NamedTuple):
    """Of one part: when it was last checked, how and in what role; or in which directory it stands."""

    part: VerifiedPart
    on: date
    method: str
    voice: str = ""
    source: str = ""

    @property
    def is_checked(self) -> bool:
        return self.method != StatementMethod.IMPORT

    def is_old(self, today: date) -> bool:
        return (today - self.on).days > OLD_AFTER_DAYS[self.part]


class Doubt(NamedTuple):
    """What people found who dispute a part, and how many of them."""

    part: VerifiedPart
    outcomes: tuple[Outcome, ...]
    people: int


def parts_of(*, has_schedules: bool) -> tuple[VerifiedPart, ...]:
    return tuple(part for part in SAID_ON_PAGES if has_schedules or part != VerifiedPart.HOURS)


def freshness(
    checks: Iterable[Check], edition: Edition | None, parts: Collection[VerifiedPart]
) -> list[Freshness]:
    """The last check of each part, however old; without one, the newest edition of any directory.

    Of checks of one day the later in line counts.
    """
    found: dict[VerifiedPart, Freshness] = {}
    if edition:
        found = {
            part: Freshness(part, edition.on, StatementMethod.IMPORT, source=edition.source) for part in parts
        }
    for check in sorted(checks, key=lambda check: check.on):
        for part in parts:
            if part in check.parts:
                found[part] = Freshness(part, check.on, check.method, voice=check.voice)
    return [found[part] for part in parts if part in found]


def doubts(findings: Iterable[Finding], disputed: Collection[VerifiedPart], *, now: datetime) -> list[Doubt]:
    """Of the parts that are disputed: see `finder.upkeep.disputes`. All of us count as one person."""
    outcomes: dict[VerifiedPart, set[Outcome]] = defaultdict(set)
    people: dict[VerifiedPart, set[str]] = defaultdict(set)
    for finding in findings:
        outcome = Outcome(finding.outcome)
        part = DOUBTED_BY.get(outcome)
        if part and part in disputed and not has_lapsed(part, finding.at, now):
            outcomes[part].add(outcome)
            people[part].add(finding.reporter)
    return [
        Doubt(part, tuple(each for each in Outcome if each in outcomes[part]), len(people[part]))
        for part in VerifiedPart
        if part in outcomes
    ]
