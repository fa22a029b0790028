"""What one leg of a plan wants of a listing: the pure rules' slugs, turned into ids of terms."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models.expressions import Combinable

from finder.enums import CareCategory
from finder.models import TaxonomyTerm
from finder.models.listing_queries import fit
from finder.models.nearest_queries import Concerned
from finder.models.times_wanted import TimesWanted, fit_in_time
from finder.plans.aims import MEDICAL, Aim, Wish, aims, wishes
from finder.plans.limits import limits
from finder.plans.situations import Situation
from finder.search.plans.question import PlanQuestion
from finder.search.question import SearchQuestion
from finder.search.statement import Need, needs_of
from finder.search.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Aimed:
    aim: Aim
    terms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    leg: CareCategory
    question: PlanQuestion
    needs: tuple[Need, ...]
    """The person's own."""
    aims: tuple[Aimed, ...]
    wishes: tuple[tuple[Wish, tuple[int, ...]], ...]
    limits: tuple[frozenset[int], ...]
    times: TimesWanted | None

    @property
    def concerned(self) -> list[Concerned]:
        """Terms, any of which will do, by the categories that they are asked of."""
        own: list[Concerned] = [
            (terms, need.applies_to)
            for need in self.needs
            for terms in ([(term,) for term in need.terms] if need.all_of_them else [need.terms])
        ]
        return [*own, *((aimed.terms, (self.leg.value,)) for aimed in self.aims)]

    @property
    def fits(self) -> list[Combinable]:
        asked: list[Combinable] = [fit(terms, applies_to) for terms, applies_to in self.concerned]
        return [*asked, fit_in_time(self.times)] if self.times else asked

    @property
    def to_be_stated(self) -> list[tuple[int, ...]]:
        return [aimed.terms for aimed in self.aims if aimed.aim.must_be_stated]

    @property
    def keeps_to_rooms(self) -> bool:
        """No room of strangers behind a screen for someone under 18."""
        return self.leg == CareCategory.SUPPORT_GROUP and Situation.UNDER_18 in self.question.said


def wanted(
    leg: CareCategory, question: PlanQuestion, vocabulary: Vocabulary, times: TimesWanted | None
) -> Wanted:
    said = question.said
    return Wanted(
        leg=leg,
        question=question,
        needs=tuple(needs_of(question.search, vocabulary)),
        times=times,
        aims=tuple(Aimed(aim, found) for aim in aims(leg, said) if (found := ids(aim.terms, vocabulary))),
        wishes=tuple((wish, found) for wish in wishes(leg, said) if (found := ids(wish.terms, vocabulary))),
        limits=tuple(
            frozenset(found)
            for limit in limits(said)
            if len(found := ids(limit.terms, vocabulary)) == len(limit.terms)
            and all(vocabulary.concerns(vocabulary.terms[pk], [leg]) for pk in found)
        ),
    )


def ids(slugs: Iterable[str], vocabulary: Vocabulary) -> tuple[int, ...]:
    """Without terms that this directory's vocabulary does not have."""
    return tuple(vocabulary.by_slug[slug].pk for slug in slugs if slug in vocabulary.by_slug)


def search_of(want: Wanted, vocabulary: Vocabulary) -> SearchQuestion:
    """The leg as a search that anyone can follow: what it must not deny as needs, its limits as "not".
    Of groups there are too many limits to say.
    """
    search = want.question.search
    asked = {term.taxonomy_id for term in search.needs}
    more = [term for term in terms_to_ask(want, vocabulary) if term.taxonomy_id not in asked]
    is_medical = want.leg in MEDICAL
    closed = sorted(next(iter(limit)) for limit in want.limits if is_medical and len(limit) == 1)
    excluded = dict.fromkeys([*search.excluded, *(vocabulary.terms[pk] for pk in closed)])
    return replace(
        search,
        categories=(want.leg.value,),
        needs=(*search.needs, *more),
        excluded=tuple(excluded),
        page=1,
    )


def terms_to_ask(want: Wanted, vocabulary: Vocabulary) -> Iterator[TaxonomyTerm]:
    """Of the aims that a search can say: any of several terms only within one taxonomy."""
    for aimed in want.aims:
        terms = [vocabulary.terms[pk] for pk in aimed.terms]
        if len({term.taxonomy_id for term in terms}) == 1:
            yield from terms
