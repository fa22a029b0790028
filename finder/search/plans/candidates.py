"""The listings that a leg may offer, nearest first, and their order by the documented rule.

Only so many of the nearest are read: whoever needs help does not drive past a hundred places for a better
one. See docs/explanation/the-plan.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from finder.enums import CareCategory, Fit
from finder.geography.places import Place
from finder.geography.position import miles
from finder.models import ListingIndex
from finder.models.nearest_queries import NearestQuerySet, Terms
from finder.plans.aims import AROUND_THE_CLOCK, BY_VISITS, FOR_THE_YOUNG, ONLINE, SUPERVISED, TELEHEALTH
from finder.plans.situations import Situation
from finder.search.plans.reads import read_each
from finder.search.plans.wanted import Wanted, ids
from finder.search.statement import placed
from finder.search.vocabulary import Vocabulary
from finder.search.words import ideas

NEAREST_READ = 100
MORE_READ = 20
IN_PERSON = "in_person"
SAFEST = 8
"""Of `safety`: supervised, and a bed."""

COLUMNS = ("pk", "name", "chord", "staleness", "fit", "worth", "safety", "covers_more")


@dataclass(frozen=True, slots=True)
class Candidate:
    listing: UUID
    name: str
    chord: float | None
    staleness: float
    fit: int
    worth: float
    safety: int
    covers_more: bool

    @property
    def weight(self) -> float:
        """In miles: distance and doubt, less what its wishes are worth."""
        return miles(self.chord or 0.0) + self.staleness - self.worth

    @property
    def rank(self) -> tuple[object, ...]:
        """Safest, then what fits, then nearest; at the same mile, what covers another leg too."""
        return (
            -self.safety,
            -self.fit,
            round(self.weight),
            not self.covers_more,
            self.weight,
            self.name,
            self.listing,
        )


def place_of(want: Wanted) -> Place | None:
    reading = want.question.search.reading
    return reading.place if reading else None


def suitable(want: Wanted, vocabulary: Vocabulary) -> NearestQuerySet:
    """Of the leg's kind, running, closed to nobody who asks, and without what they left out; anywhere."""
    of_kind = NearestQuerySet(ListingIndex).in_categories([want.leg.value])
    found = of_kind.of_active().closed_to_none_of(want.limits)
    found = found.affirming_none_of([term.pk for term in want.question.search.excluded])
    if want.keeps_to_rooms:
        found = found.in_the_room(*(ids([slug], vocabulary) for slug in (ONLINE, IN_PERSON, FOR_THE_YOUNG)))
    return found


def offered(want: Wanted, vocabulary: Vocabulary) -> NearestQuerySet:
    """Suitable, denying no need, stating what must be stated, and of the words that were typed."""
    found = suitable(want, vocabulary).with_fits(want.fits).not_denying().stating_each_of(want.to_be_stated)
    for idea in ideas(want.question.search.words, vocabulary):
        found = found.mentioning(idea.query, terms=idea.terms, categories=idea.categories)
    return found


def weighed(
    found: NearestQuerySet, want: Wanted, wants: Iterable[Wanted], vocabulary: Vocabulary, *, today: date
) -> NearestQuerySet:
    """With all that their order needs; `wants` are those of all legs."""
    found = found.with_staleness(today, None)
    found = found.with_worth((terms, wish.miles) for wish, terms in want.wishes)
    found = found.with_cover((each.leg.value, each.concerned) for each in wants if each.leg != want.leg)
    slugs = ([SUPERVISED], AROUND_THE_CLOCK, [BY_VISITS])
    if want.leg != CareCategory.WITHDRAWAL_MANAGEMENT:
        return found.with_no_safety()
    return found.with_safety(*(ids(each, vocabulary) for each in slugs))


def candidates(
    wants: Sequence[Wanted], vocabulary: Vocabulary, *, today: date
) -> dict[CareCategory, list[Candidate]]:
    """Of each leg within the place that was asked, best first: one statement for the nearest of all legs,
    and one for all that some of them read more."""
    offers = {
        want.leg: weighed(offered(want, vocabulary), want, wants, vocabulary, today=today) for want in wants
    }
    nearest = {want.leg: around(offers[want.leg], want) for want in wants}
    found = dict(zip(nearest, read([each[:NEAREST_READ] for each in nearest.values()]), strict=True))
    more: list[tuple[CareCategory, NearestQuerySet]] = []
    for want in wants:
        if needs_better(found[want.leg], want.leg):
            more.append((want.leg, best_only(nearest[want.leg], want, vocabulary)))
        if Situation.CANNOT_TRAVEL in want.question.said:
            more += [(want.leg, each) for each in from_home(offers[want.leg], want, vocabulary)]
    for (leg, _), rows in zip(more, read([each[:MORE_READ] for _, each in more]), strict=True):
        found[leg] += rows
    return {leg: ranked(rows) for leg, rows in found.items()}


def around(offer: NearestQuerySet, want: Wanted) -> NearestQuerySet:
    place = place_of(want)
    here = cast(NearestQuerySet, placed(offer, place, want.question.search.within))
    return here.nearest_to(place.position if place else None)


def from_home(offer: NearestQuerySet, want: Wanted, vocabulary: Vocabulary) -> Iterator[NearestQuerySet]:
    """For whoever cannot travel: rooms online, and care by video as far as its license holds."""
    place = place_of(want)
    if want.leg == CareCategory.SUPPORT_GROUP:
        yield offer.rooms_online()
    elif want.leg == CareCategory.BEHAVIORAL_HEALTH and place and place.state:
        licensed = offer.in_state(place.state).stating_each_of([ids([TELEHEALTH], vocabulary)])
        yield licensed.nearest_to(place.position)


def needs_better(nearest: Sequence[Candidate], leg: CareCategory) -> bool:
    """There are more than were read, and none of these is best."""
    return len(nearest) == NEAREST_READ and not any(is_best(each, leg) for each in nearest)


def is_best(candidate: Candidate, leg: CareCategory) -> bool:
    is_safest = leg != CareCategory.WITHDRAWAL_MANAGEMENT or candidate.safety == SAFEST
    return is_safest and candidate.fit == Fit.YES


def best_only(nearest: NearestQuerySet, want: Wanted, vocabulary: Vocabulary) -> NearestQuerySet:
    """When none of the nearest states everything: those that do, farther out but still in the place."""
    stated: list[Terms] = [terms for terms, applies_to in want.concerned if want.leg.value in applies_to]
    if want.leg == CareCategory.WITHDRAWAL_MANAGEMENT:
        stated += [ids([SUPERVISED], vocabulary), ids(AROUND_THE_CLOCK, vocabulary)]
    return nearest.stating_each_of(stated)


def read(found: Sequence[NearestQuerySet]) -> list[list[Candidate]]:
    rows_of_each = read_each([[each] for each in found], COLUMNS)
    return [[Candidate(UUID(listing), *row) for listing, *row in rows] for rows in rows_of_each]


def ranked(found: Iterable[Candidate]) -> list[Candidate]:
    """Each once, as it was read last."""
    return sorted({each.listing: each for each in found}.values(), key=lambda each: each.rank)
