"""One SQL statement for a search: its base is read once, and gives counts, page and facets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from finder.enums import Fit
from finder.geography.readings import Place, PlaceKind
from finder.models import ListingIndex, TaxonomyTerm
from finder.models.listing_queries import ListingIndexQuerySet
from finder.search.facet_bits import BITS, FacetBits
from finder.search.kept_counts import Counts, KeptCounts
from finder.search.order import PageRow, columns_of, fetched, page_of, read_page, whole_page
from finder.search.question import SearchQuestion
from finder.search.quick_page import quick_page
from finder.search.vocabulary import Vocabulary
from finder.search.words import ideas, text_query
from finder.text import words_of


@dataclass(frozen=True, slots=True)
class Need:
    """The terms asked of one taxonomy: any of them will do, and only these categories are asked."""

    taxonomy: str
    terms: tuple[int, ...]
    applies_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    counts: Counts
    page: tuple[PageRow, ...]
    facet_terms: tuple[TaxonomyTerm, ...]

    @property
    def count(self) -> int:
        return self.counts.yes

    @property
    def count_maybe(self) -> int:
        return self.counts.maybe

    @property
    def facet_counts(self) -> tuple[int, ...]:
        return self.counts.facets


def needs_by_taxonomy(terms: Sequence[TaxonomyTerm]) -> list[Need]:
    ordered = sorted(terms, key=lambda term: (term.taxonomy_id, term.pk))
    return [
        Need(slug, tuple(term.pk for term in members), tuple(members[0].taxonomy.categories))
        for slug, group in groupby(ordered, key=lambda term: term.taxonomy_id)
        if (members := list(group))
    ]


def placed(listings: ListingIndexQuerySet, place: Place | None, miles: float) -> ListingIndexQuerySet:
    """A county or state means the address in it; any other place, the circle around it."""
    if place is None:
        return listings
    if place.kind == PlaceKind.ONLINE:
        return listings.online()
    if place.kind == PlaceKind.STATE:
        return listings.in_state(place.state)
    if place.kind == PlaceKind.COUNTY:
        return listings.in_county(place.state, place.county)
    center = place.position
    return listings.within(center, miles) if center else listings.none()


def base(
    question: SearchQuestion, needs: Sequence[Need], vocabulary: Vocabulary, bits: FacetBits, *, today: date
) -> ListingIndexQuerySet:
    """Every listing that the place, categories and words allow, with its fits; the no's too, for facets."""
    place = question.reading.place if question.reading else None
    listings = placed(ListingIndex.objects.in_categories(question.categories), place, question.within)
    listings = listings.affirming_none_of([term.pk for term in question.excluded])
    for idea in ideas(question.words, vocabulary):
        listings = listings.mentioning(idea.query, terms=idea.terms, categories=idea.categories)
    typed = tuple(words_of(question.words))
    return (
        listings.with_distance(place.position if place else None)
        .with_fits([(need.terms, need.applies_to, bits.if_stated(need.terms)) for need in needs])
        .with_staleness(today, text_query(typed) if typed else None)
    )


def tally(question: SearchQuestion, vocabulary: Vocabulary, *, today: date) -> Tally:
    bits = FacetBits(vocabulary.terms.values())
    needs = needs_by_taxonomy(question.needs)
    terms = vocabulary.facet_terms(question.categories)
    listings = base(question, needs, vocabulary, bits, today=today).order_by()
    kept = KeptCounts(question, bits)
    counts = kept.read()
    if counts:
        page = quick_page(question, listings, counts, today=today)
        if page is None:
            page = whole_page(question, listings)
    else:
        page, counts = page_and_counts(question, listings, terms, needs, bits)
        kept.write(counts)
    return Tally(counts=counts, page=page, facet_terms=terms if counts.facets else ())


def page_and_counts(
    question: SearchQuestion,
    listings: ListingIndexQuerySet,
    terms: Sequence[TaxonomyTerm],
    needs: Sequence[Need],
    bits: FacetBits,
) -> tuple[tuple[PageRow, ...], Counts]:
    keys = ", ".join(["facets", "fit", *fit_names(needs)])
    columns = [*columns_of(question), "facets", *fit_names(needs)]
    inner, parameters = listings.values_list(*columns).query.sql_with_params()
    statement = f"""
        WITH base ({", ".join(columns)}) AS MATERIALIZED ({inner}), alike AS (
             SELECT {keys}, count(*) AS listings FROM base GROUP BY {keys})
        SELECT ({page_of(question)}), {counts_of(terms, needs, bits)} FROM alike"""
    page, found = fetched(statement, parameters)
    return read_page(page), read_counts(found)


def fit_names(needs: Sequence[Need]) -> list[str]:
    return [f"fit_{number}" for number in range(len(needs))]


def read_counts(found: Sequence[Any]) -> Counts:
    yes, maybe, *facets, indexed_otherwise = (int(count or 0) for count in found)
    return Counts(yes, maybe, () if indexed_otherwise else tuple(facets))


def counts_of(terms: Sequence[TaxonomyTerm], needs: Sequence[Need], bits: FacetBits) -> str:
    """Over listings alike in their facets and fits: those that fit, that may, and for each term. The last
    counts rows indexed by another vocabulary, whose bits mean something else."""
    conditions = [f"fit = {Fit.YES:d}", f"fit = {Fit.MAYBE:d}", *facet_conditions(terms, needs, bits)]
    conditions.append(f"facets >> {BITS:d} <> {bits.mark:d}")
    return f"ARRAY[{', '.join(f'sum(listings) FILTER (WHERE {condition})' for condition in conditions)}]"


def facet_conditions(terms: Sequence[TaxonomyTerm], needs: Sequence[Need], bits: FacetBits) -> Iterator[str]:
    """Per term: what would fit if it stood in place of what is asked of its taxonomy."""
    others = {
        need.taxonomy: " AND ".join(
            f"fit_{other} = {Fit.YES:d}" for other in range(len(needs)) if other != number
        )
        for number, need in enumerate(needs)
    }
    for term in terms:
        rest = others.get(term.taxonomy_id, f"fit = {Fit.YES:d}") or "true"
        yield f"{rest} AND facets & {bits.bit(term):d} <> 0"
