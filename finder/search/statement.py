"""One SQL statement for a search: its base is read once, and gives counts, page and facets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models.expressions import Combinable

from finder.enums import Fit
from finder.geography.readings import Place, PlaceKind
from finder.models import ListingIndex, TaxonomyTerm
from finder.models.listing_queries import ListingIndexQuerySet, fit, fit_of_all, zones_in_use
from finder.models.times_wanted import TimesWanted, fit_in_time
from finder.search.facet_bits import BITS, FacetBits
from finder.search.kept_counts import Counts, KeptCounts
from finder.search.order import PageRow, columns_of, fetched, page_of, read_page, whole_page
from finder.search.question import SearchQuestion, Sort
from finder.search.quick_page import quick_page
from finder.search.vocabulary import Vocabulary
from finder.search.windows import any_time_from, depends_on_clock, times_wanted
from finder.search.words import ideas, text_query
from finder.text import words_of


@dataclass(frozen=True, slots=True)
class Need:
    """The terms asked of one taxonomy: any of them will do, and only these categories are asked."""

    taxonomy: str
    terms: tuple[int, ...]
    applies_to: tuple[str, ...]
    all_of_them: bool = False
    """Then any of them will not do."""


@dataclass(frozen=True, slots=True)
class Tally:
    counts: Counts
    page: tuple[PageRow, ...]
    facet_terms: tuple[TaxonomyTerm, ...]
    wanted: TimesWanted | None
    """The times that were asked for."""

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


def needs_of(question: SearchQuestion, vocabulary: Vocabulary) -> list[Need]:
    needs = needs_by_taxonomy(question.needs)
    if question.is_hybrid:
        needs += [replace(both, all_of_them=True) for both in needs_by_taxonomy(vocabulary.ways_to_attend)]
    return needs


def fits_of(needs: Sequence[Need], wanted: TimesWanted | None, bits: FacetBits) -> list[Combinable]:
    fits: list[Combinable] = [
        fit_of_all(need.terms, need.applies_to)
        if need.all_of_them
        else fit(need.terms, need.applies_to, bits.if_stated(need.terms))
        for need in needs
    ]
    return [*fits, fit_in_time(wanted)] if wanted else fits


def base(
    question: SearchQuestion, fits: Sequence[Combinable], vocabulary: Vocabulary, *, now: datetime
) -> ListingIndexQuerySet:
    """Every listing that the place, categories and words allow, with its fits; the no's too, for facets."""
    place = question.reading.place if question.reading else None
    listings = placed(ListingIndex.objects.in_categories(question.categories), place, question.within)
    listings = listings.affirming_none_of([term.pk for term in question.excluded])
    if question.has_room:
        listings = listings.with_room_at(now)
    for idea in ideas(question.words, vocabulary):
        listings = listings.mentioning(idea.query, terms=idea.terms, categories=idea.categories)
    typed = tuple(words_of(question.words))
    return (
        listings.with_distance(place.position if place else None)
        .with_fits(fits)
        .with_staleness(now.date(), text_query(typed) if typed else None)
    )


def tally(question: SearchQuestion, vocabulary: Vocabulary, *, now: datetime) -> Tally:
    today, bits = now.date(), FacetBits(vocabulary.terms.values())
    needs = needs_of(question, vocabulary)
    wanted = times_wanted(question, zones_in_use() if depends_on_clock(question) else (), now=now)
    fits = fits_of(needs, wanted, bits)
    terms = vocabulary.facet_terms(question.categories)
    listings = base(question, fits, vocabulary, now=now).order_by()
    if question.sort == Sort.SOONEST:
        listings = listings.with_soonest(wanted or any_time_from(now))
    kept = KeptCounts(question, bits, now=now)
    counts = kept.read()
    if counts:
        page = quick_page(question, listings, counts, today=today)
        if page is None:
            page = whole_page(question, listings)
    else:
        names = [f"fit_{number}" for number in range(len(fits))]
        counting = counts_of(terms, needs, bits, fits=names)
        page, counts = page_and_counts(question, listings, names, counting)
        kept.write(counts)
    return Tally(counts, page, terms if counts.facets else (), wanted)


def page_and_counts(
    question: SearchQuestion, listings: ListingIndexQuerySet, fits: Sequence[str], counting: str
) -> tuple[tuple[PageRow, ...], Counts]:
    keys = ", ".join(["facets", "fit", *fits])
    columns = [*columns_of(question), "facets", *fits]
    inner, parameters = listings.values_list(*columns).query.sql_with_params()
    statement = f"""
        WITH base ({", ".join(columns)}) AS MATERIALIZED ({inner}), alike AS (
             SELECT {keys}, count(*) AS listings FROM base GROUP BY {keys})
        SELECT ({page_of(question)}), {counting} FROM alike"""
    page, found = fetched(statement, parameters)
    return read_page(page), read_counts(found)


def read_counts(found: Sequence[Any]) -> Counts:
    yes, maybe, *facets, indexed_otherwise = (int(count or 0) for count in found)
    return Counts(yes, maybe, () if indexed_otherwise else tuple(facets))


def counts_of(
    terms: Sequence[TaxonomyTerm], needs: Sequence[Need], bits: FacetBits, *, fits: Sequence[str]
) -> str:
    """Over listings alike in their facets and fits: those that fit, that may, and for each term. The last
    counts rows indexed by another vocabulary, whose bits mean something else."""
    conditions = [
        f"fit = {Fit.YES:d}",
        f"fit = {Fit.MAYBE:d}",
        *facet_conditions(terms, needs, bits, fits=fits),
    ]
    conditions.append(f"facets >> {BITS:d} <> {bits.mark:d}")
    return f"ARRAY[{', '.join(f'sum(listings) FILTER (WHERE {condition})' for condition in conditions)}]"


def facet_conditions(
    terms: Sequence[TaxonomyTerm], needs: Sequence[Need], bits: FacetBits, *, fits: Sequence[str]
) -> Iterator[str]:
    """Per term: what would fit if it stood in place of what is asked of its taxonomy. The needs' fits come
    first, in their order."""
    others = {
        need.taxonomy: " AND ".join(f"{other} = {Fit.YES:d}" for other in fits if other != own)
        for need, own in zip(needs, fits, strict=False)
    }
    for term in terms:
        rest = others.get(term.taxonomy_id, f"fit = {Fit.YES:d}") or "true"
        yield f"{rest} AND facets & {bits.bit(term):d} <> 0"
