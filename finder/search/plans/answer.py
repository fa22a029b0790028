"""A plan: three legs in a fixed order, each with choices or a named gap. Few statements: one reads what is
nearest of every leg, one all listings that are shown, and two or three more what stands in for empty legs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from finder.enums import CareCategory, Fit
from finder.models import TaxonomyTerm
from finder.models.listing_queries import zones_in_use
from finder.plans.starts import Rule, Start, led_by, starts
from finder.search.answer import Result, results
from finder.search.order import PageRow
from finder.search.plans.candidates import Candidate, candidates
from finder.search.plans.choices import Choice, choice
from finder.search.plans.gaps import GapRows, Instead, denied_terms, gap_rows
from finder.search.plans.question import PlanQuestion
from finder.search.plans.safety import safety_of
from finder.search.plans.wanted import Wanted, search_of, wanted
from finder.search.question import SearchQuestion
from finder.search.repairs import Repair
from finder.search.safety import SafetyText
from finder.search.vocabulary import Vocabulary, current_vocabulary
from finder.search.windows import depends_on_clock, times_wanted

MOST_CHOICES = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """Why a leg has no choice, and what there is instead."""

    nearest: Result | None
    denied: tuple[TaxonomyTerm, ...]
    """What the nearest says no to."""
    bed: Result | None
    remote: tuple[Result, ...]
    instead: tuple[Instead, ...]
    opens: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class Leg:
    category: CareCategory
    rule: Rule
    choices: tuple[Choice, ...]
    gap: Gap | None
    search: SearchQuestion
    """All that the choices were taken from, as a search to follow."""

    @property
    def start(self) -> Start:
        return self.rule.start


@dataclass(frozen=True, slots=True)
class Plan:
    question: PlanQuestion
    legs: tuple[Leg, ...]
    safety: tuple[SafetyText, ...]
    """What anyone in this situation should read first."""

    @property
    def leading(self) -> tuple[Leg, ...]:
        """What starts now, in the order in which a page says it."""
        by_category = {leg.category: leg for leg in self.legs}
        return tuple(
            by_category[category] for category in led_by({leg.category: leg.rule for leg in self.legs})
        )


def plan(question: PlanQuestion, *, now: datetime) -> Plan:
    vocabulary = current_vocabulary()
    today = timezone.localdate(now)
    zones = zones_in_use() if depends_on_clock(question.search) else ()
    times = times_wanted(question.search, zones, now=now)
    wants = [wanted(leg, question, vocabulary, times) for leg in CareCategory]
    offers = candidates(wants, vocabulary, today=today)
    picked = {leg: offer[:MOST_CHOICES] for leg, offer in offers.items()}
    empty = [want for want in wants if not picked[want.leg]]
    gaps = gap_rows(empty, vocabulary, zones=zones, now=now)
    rows = rows_of(picked.values(), gaps.values())
    found = results(rows, question.search, vocabulary, wanted=times, now=now)
    shown = {result.listing.pk: result for result in found}
    rules = starts(question.substances, question.situations)
    return Plan(
        question,
        tuple(
            Leg(
                category=want.leg,
                rule=rules[want.leg],
                choices=choices(picked[want.leg], shown, want, vocabulary, now=now),
                gap=gap(gaps[want.leg], shown, want, vocabulary) if want.leg in gaps else None,
                search=search_of(want, vocabulary),
            )
            for want in wants
        ),
        safety_of(question),
    )


def rows_of(picked: Iterable[Sequence[Candidate]], gaps: Iterable[GapRows]) -> list[PageRow]:
    """Every listing of the plan, once."""
    rows = [PageRow(each.listing, each.fit, each.chord) for leg in picked for each in leg]
    for found in gaps:
        rows += [row for row in (found.nearest, found.bed, *found.remote) if row]
    return list({row.listing: row for row in rows}.values())


def choices(
    picked: Sequence[Candidate],
    shown: Mapping[UUID, Result],
    want: Wanted,
    vocabulary: Vocabulary,
    *,
    now: datetime,
) -> tuple[Choice, ...]:
    """Best first; meetings in the order of time."""
    found = [
        choice(replace(shown[each.listing], fit=Fit(each.fit)), want, vocabulary)
        for each in picked
        if each.listing in shown
    ]
    if want.leg == CareCategory.SUPPORT_GROUP:
        found.sort(key=lambda each: meets_at(each, now))
    return tuple(found)


def meets_at(each: Choice, now: datetime) -> tuple[bool, datetime]:
    """Those whose times nobody stated come last."""
    following = each.result.next
    return following is None, (following.starts_at if following else None) or now


def gap(found: GapRows, shown: Mapping[UUID, Result], want: Wanted, vocabulary: Vocabulary) -> Gap:
    nearest = shown.get(found.nearest.listing) if found.nearest else None
    return Gap(
        nearest=nearest,
        denied=denied_terms(nearest.index.no, want, vocabulary) if nearest else (),
        bed=shown.get(found.bed.listing) if found.bed else None,
        remote=tuple(shown[row.listing] for row in found.remote if row.listing in shown),
        instead=found.instead,
        opens=found.opens,
    )
