"""What a search answers. One statement brings counts, page and facets; a second the listings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects

from finder.enums import Fit
from finder.geography.position import miles
from finder.models import ListingIndex, ServiceAtLocation, Taxonomy, TaxonomyTerm
from finder.models.times_wanted import TimesWanted
from finder.search.next_time import NextTime, is_unsaid, next_time
from finder.search.order import PageRow
from finder.search.question import SearchQuestion
from finder.search.repairs import FEW, Repair, repairs
from finder.search.statement import Tally, tally
from finder.search.vocabulary import Vocabulary, current_vocabulary
from finder.search.windows import any_time_from
from finder.search.words import corrected


@dataclass(frozen=True, slots=True)
class Result:
    """A listing as an answer to the question."""

    listing: ServiceAtLocation
    index: ListingIndex
    fit: Fit
    miles: float | None
    states: tuple[TaxonomyTerm, ...]
    """Every term it affirms, in the vocabulary's order."""
    not_stated: tuple[TaxonomyTerm, ...]
    """The asked needs that it neither affirms nor denies."""
    next: NextTime | None
    """The first time that answers the question; without a time in it, the next one."""
    is_time_unsaid: bool = False
    """A time was asked, and whether it suits is not known."""


@dataclass(frozen=True, slots=True)
class FacetTerm:
    term: TaxonomyTerm
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    taxonomy: Taxonomy
    terms: tuple[FacetTerm, ...]


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    question: SearchQuestion
    count: int
    count_maybe: int
    results: tuple[Result, ...]
    facets: tuple[Facet, ...]
    corrected_words: str = ""
    """The words searched instead, when nothing was found by those typed."""
    repairs: tuple[Repair, ...] = ()
    """Only of a search with few answers."""
    times_are_behind: bool = False
    """Of some listings the index does not know the times as far as was asked."""

    @property
    def pages(self) -> int:
        return max(1, -(-(self.count + self.count_maybe) // self.question.page_size))

    @property
    def has_next(self) -> bool:
        return self.question.page < self.pages

    @property
    def is_past_the_end(self) -> bool:
        return self.question.page > self.pages


def answer(question: SearchQuestion, *, now: datetime) -> SearchAnswer:
    vocabulary = current_vocabulary()
    found = tally(question, vocabulary, now=now)
    instead = ""
    if question.words and not found.count + found.count_maybe:
        instead = corrected(question.words, vocabulary)
        if instead:
            found = tally(question.with_words(instead), vocabulary, now=now)
    used = instead if found.count + found.count_maybe else ""
    asked = question.with_words(used) if used else question
    return SearchAnswer(
        question=question,
        count=found.count,
        count_maybe=found.count_maybe,
        results=results(found.page, question, vocabulary, wanted=found.wanted, now=now),
        facets=facets(found, question, vocabulary),
        repairs=repairs(asked, vocabulary, found=found.count, now=now) if found.count < FEW else (),
        corrected_words=used,
        times_are_behind=bool(found.wanted and ListingIndex.objects.short_of(found.wanted.until).exists()),
    )


def results(
    page: Sequence[PageRow],
    question: SearchQuestion,
    vocabulary: Vocabulary,
    *,
    wanted: TimesWanted | None,
    now: datetime,
) -> tuple[Result, ...]:
    rows = ListingIndex.objects.of_published().with_listings().in_bulk([row.listing for row in page])
    without_phone = [row.listing for row in rows.values() if not row.listing.own_phones]
    prefetch_related_objects(without_phone, "service__phones", "location__phones")
    return tuple(
        result(rows[row.listing], row, question, vocabulary, wanted=wanted, now=now)
        for row in page
        if row.listing in rows
    )


def result(
    index: ListingIndex,
    row: PageRow,
    question: SearchQuestion,
    vocabulary: Vocabulary,
    *,
    wanted: TimesWanted | None,
    now: datetime,
) -> Result:
    following = next_time(index, wanted or any_time_from(now), now=now)
    measured = question.reading is not None and question.reading.place.latitude is not None
    known = {*index.yes, *index.no}
    return Result(
        listing=index.listing,
        index=index,
        fit=Fit(row.fit),
        miles=miles(row.chord) if measured and row.chord is not None else None,
        states=vocabulary.named(index.yes),
        not_stated=tuple(
            term
            for term in (*question.needs, *(vocabulary.ways_to_attend if question.is_hybrid else ()))
            if term.pk not in known and vocabulary.concerns(term, index.categories)
        ),
        next=following,
        is_time_unsaid=wanted is not None and following is None and is_unsaid(index, wanted),
    )


def facets(found: Tally, question: SearchQuestion, vocabulary: Vocabulary) -> tuple[Facet, ...]:
    chosen = {term.pk for term in question.needs}
    grouped: dict[str, list[FacetTerm]] = {}
    for term, count in zip(found.facet_terms, found.facet_counts, strict=True):
        grouped.setdefault(term.taxonomy_id, []).append(FacetTerm(term, count, term.pk in chosen))
    return tuple(Facet(terms[0].term.taxonomy, tuple(terms)) for terms in grouped.values())
