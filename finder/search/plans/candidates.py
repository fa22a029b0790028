"""The listings that a leg may offer, nearest first, and their order by the documented rule.

Only so many of the nearest are read: whoever needs help does not drive past a hundred places for a better
one. See docs/explanation/the-plan.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
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
    found: NearestQuerySet, want: Wanted, others: Iterable[Wanted], vocabulary: Vocabulary, *, today: date
) -> NearestQuerySet:
    """With all that their order needs."""
    found = found.with_staleness(today, None)
    found = found.with_worth((terms, wish.miles) for wish, terms in want.wishes)
    found = found.with_cover((other.leg.value, other.concerned) for other in others)
    slugs = ([SUPERVISED], AROUND_THE_CLOCK, [BY_VISITS])
    if want.leg != CareCategory.WITHDRAWAL_MANAGEMENT:
        return found.with_no_safety()
    return found.with_safety(*(ids(each, vocabulary) for each in slugs))


def candidates(
    want: Wanted, others: Iterable[Wanted], vocabulary: Vocabulary, *, today: date
) -> list[Candidate]:
    """Within the place that was asked, best first."""
    place = place_of(want)
    here = cast(NearestQuerySet, placed(offered(want, vocabulary), place, want.question.search.within))
    nearest = weighed(here, want, others, vocabulary, today=today).nearest_to(
        place.position if place else None
    )
    found = read(nearest, NEAREST_READ)
    if len(found) == NEAREST_READ and not any(is_best(each, want.leg) for each in found):
        found += read(best_only(nearest, want, vocabulary), MORE_READ)
    if Situation.CANNOT_TRAVEL in want.question.said:
        found += from_home(want, others, vocabulary, today=today)
    return sorted({each.listing: each for each in found}.values(), key=lambda each: each.rank)


def from_home(
    want: Wanted, others: Iterable[Wanted], vocabulary: Vocabulary, *, today: date
) -> list[Candidate]:
    """For whoever cannot travel: rooms online, and care by video as far as its license holds."""
    place, anywhere = place_of(want), offered(want, vocabulary)
    match want.leg:
        case CareCategory.SUPPORT_GROUP:
            rooms = weighed(anywhere, want, others, vocabulary, today=today).rooms_online()
            return [replace(room, chord=None) for room in read(rooms, MORE_READ)]
        case CareCategory.BEHAVIORAL_HEALTH if place and place.state:
            licensed = anywhere.in_state(place.state).stating_each_of([ids([TELEHEALTH], vocabulary)])
            found = weighed(licensed, want, others, vocabulary, today=today)
            return read(found.nearest_to(place.position), MORE_READ)
        case _no_other:
            return []


def is_best(candidate: Candidate, leg: CareCategory) -> bool:
    is_safest = leg != CareCategory.WITHDRAWAL_MANAGEMENT or candidate.safety == SAFEST
    return is_safest and candidate.fit == Fit.YES


def best_only(nearest: NearestQuerySet, want: Wanted, vocabulary: Vocabulary) -> NearestQuerySet:
    """When none of the nearest states everything: those that do, farther out but still in the place."""
    stated: list[Terms] = [terms for terms, applies_to in want.concerned if want.leg.value in applies_to]
    if want.leg == CareCategory.WITHDRAWAL_MANAGEMENT:
        stated += [ids([SUPERVISED], vocabulary), ids(AROUND_THE_CLOCK, vocabulary)]
    return nearest.stating_each_of(stated)


def read(found: NearestQuerySet, most: int) -> list[Candidate]:
    return [Candidate(*row) for row in found.values_list(*COLUMNS)[:most]]
