"""A listing as a choice of a leg: why it was chosen, whether that was inferred, and what to ask there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import TextChoices

from finder.enums import CareCategory
from finder.models import TaxonomyTerm
from finder.plans.aims import AROUND_THE_CLOCK, SUPERVISED
from finder.plans.asks import Ask, asks
from finder.search.answer import Result
from finder.search.plans.wanted import Wanted
from finder.search.vocabulary import Vocabulary


class ReasonKey(TextChoices):
    """What kind of fact a reason is: a test holds each against the listing."""

    MILES = "miles"
    ONLINE = "online"
    SUPERVISED = "supervised"
    AROUND_THE_CLOCK = "around_the_clock"
    STATES = "states"
    COVERS = "covers"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class Reason:
    key: ReasonKey
    terms: tuple[TaxonomyTerm, ...] = ()
    legs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    result: Result
    reasons: tuple[Reason, ...]
    is_inferred: bool
    terms_to_ask: tuple[TaxonomyTerm, ...]
    """What it should state and does not; the vocabulary has the question."""
    asks: tuple[Ask, ...]


def choice(result: Result, want: Wanted, vocabulary: Vocabulary) -> Choice:
    index = result.index
    stated = {vocabulary.terms[pk].slug for pk in index.yes if pk in vocabulary.terms}
    return Choice(
        result=result,
        reasons=tuple(reasons(result, want, stated, vocabulary)),
        is_inferred=any(not aimed.aim.is_proven_by(stated) for aimed in want.aims),
        terms_to_ask=tuple(terms_to_ask(result, want, vocabulary)),
        asks=asks(want.leg, want.question.said, stated),
    )


def reasons(result: Result, want: Wanted, stated: set[str], vocabulary: Vocabulary) -> Iterator[Reason]:
    is_detox = want.leg == CareCategory.WITHDRAWAL_MANAGEMENT
    if result.index.is_online:
        yield Reason(ReasonKey.ONLINE)
    elif result.miles is not None and result.listing.location.address_is_public:
        yield Reason(ReasonKey.MILES)
    if is_detox and SUPERVISED in stated:
        yield Reason(ReasonKey.SUPERVISED, (vocabulary.by_slug[SUPERVISED],))
    if is_detox and (beds := stated.intersection(AROUND_THE_CLOCK)):
        yield Reason(ReasonKey.AROUND_THE_CLOCK, tuple(vocabulary.by_slug[slug] for slug in sorted(beds)))
    for term in terms_for_it(result, want, vocabulary):
        yield Reason(ReasonKey.STATES, (term,))
    if others := [leg for leg in CareCategory.values if leg in result.index.categories and leg != want.leg]:
        yield Reason(ReasonKey.COVERS, legs=tuple(others))
    if result.index.checked_on:
        yield Reason(ReasonKey.CHECKED)


def terms_for_it(result: Result, want: Wanted, vocabulary: Vocabulary) -> list[TaxonomyTerm]:
    """Of each thing asked, the first term that it states: needs, then aims, then wishes."""
    asked = [
        *(need.terms for need in want.needs),
        *(aimed.terms for aimed in want.aims),
        *(terms for _wish, terms in want.wishes),
    ]
    stated = set(result.index.yes)
    found = (next((pk for pk in terms if pk in stated), None) for terms in asked)
    return [vocabulary.terms[pk] for pk in dict.fromkeys(found) if pk is not None]


def terms_to_ask(result: Result, want: Wanted, vocabulary: Vocabulary) -> Iterator[TaxonomyTerm]:
    """Supervision is asked of every detox that does not state it, whatever was asked."""
    index = result.index
    yield from result.not_stated
    unanswered = [aimed.terms for aimed in want.aims if not set(aimed.terms) & set(index.yes)]
    unproven = [aimed for aimed in want.aims if aimed.aim.proof]
    wanted = [terms[0] for terms in unanswered]
    wanted += [
        vocabulary.by_slug[slug].pk
        for aimed in unproven
        for slug in sorted(aimed.aim.proof or ())
        if slug in vocabulary.by_slug and vocabulary.by_slug[slug].pk not in index.yes
    ]
    supervised = vocabulary.by_slug.get(SUPERVISED)
    if want.leg == CareCategory.WITHDRAWAL_MANAGEMENT and supervised and supervised.pk not in index.yes:
        wanted.append(supervised.pk)
    yield from without_repeats((vocabulary.terms[pk] for pk in wanted), {*result.not_stated})


def without_repeats(terms: Iterable[TaxonomyTerm], said: set[TaxonomyTerm]) -> Iterator[TaxonomyTerm]:
    for term in dict.fromkeys(terms):
        if term not in said:
            yield term
