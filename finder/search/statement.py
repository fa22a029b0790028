"""One SQL statement for a search: its base is read once, and gives counts, page and facets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connection

from finder.enums import Fit
from finder.geography.position import EARTH_RADIUS_MILES
from finder.geography.readings import Place, PlaceKind
from finder.models import ListingIndex, TaxonomyTerm
from finder.models.listing_queries import ListingIndexQuerySet
from finder.search.question import PAGE_SIZE, SearchQuestion, Sort
from finder.search.vocabulary import Vocabulary
from finder.search.words import ideas, text_query
from finder.text import words_of

MILES = f"{2 * EARTH_RADIUS_MILES} * asin(least(chord / 2, 1))"

ORDERS = {
    Sort.BEST: f"{MILES} + staleness NULLS LAST, name",
    Sort.DISTANCE: "chord NULLS LAST, name",
    Sort.NAME: "name",
    Sort.CHECKED: "checked_on DESC NULLS LAST, chord NULLS LAST, name",
}


@dataclass(frozen=True, slots=True)
class Need:
    """The terms asked of one taxonomy: any of them will do, and only these categories are asked."""

    taxonomy: str
    terms: tuple[int, ...]
    applies_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageRow:
    listing: UUID
    fit: int
    chord: float | None


@dataclass(frozen=True, slots=True)
class Tally:
    count: int
    count_maybe: int
    page: tuple[PageRow, ...]
    facet_terms: tuple[TaxonomyTerm, ...]
    facet_counts: tuple[int, ...]


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
    question: SearchQuestion, needs: Sequence[Need], vocabulary: Vocabulary, *, today: date
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
        .with_fits([(need.terms, need.applies_to) for need in needs])
        .with_staleness(today, text_query(typed) if typed else None)
    )


def tally(question: SearchQuestion, vocabulary: Vocabulary, *, today: date) -> Tally:
    needs = needs_by_taxonomy(question.needs)
    terms = vocabulary.facet_terms(question.categories)
    columns = ["listing_id", "name", "checked_on", "categories", "yes", "chord", "staleness", "fit"]
    columns += [f"fit_{number}" for number in range(len(needs))]
    listings = base(question, needs, vocabulary, today=today).order_by().values_list(*columns)
    inner, parameters = listings.query.sql_with_params()
    facet_sql, facet_parameters = facet_counts(terms, needs)
    statement = f"""
        WITH base ({", ".join(columns)}) AS MATERIALIZED ({inner})
        SELECT count(*) FILTER (WHERE fit = {Fit.YES:d}),
               count(*) FILTER (WHERE fit = {Fit.MAYBE:d}),
               ARRAY[{facet_sql}]::integer[],
               (SELECT json_agg(json_build_array(listing_id, fit, chord)) FROM (
                    SELECT listing_id, fit, chord FROM base WHERE fit > {Fit.NO:d}
                    ORDER BY fit DESC, {ORDERS[question.sort]}, listing_id
                    LIMIT {PAGE_SIZE} OFFSET %s) AS page)
        FROM base"""
    with connection.cursor() as cursor:
        cursor.execute(statement, [*parameters, *facet_parameters, (question.page - 1) * PAGE_SIZE])
        count, count_maybe, counts, page = cursor.fetchone()
    return Tally(
        count=count,
        count_maybe=count_maybe,
        page=tuple(PageRow(UUID(listing), fit, chord) for listing, fit, chord in page or ()),
        facet_terms=terms,
        facet_counts=tuple(counts),
    )


def facet_counts(terms: Sequence[TaxonomyTerm], needs: Sequence[Need]) -> tuple[str, list[Any]]:
    """Per term: how many would fit if it stood in place of what is asked of its taxonomy."""
    others = {
        need.taxonomy: " AND ".join(
            f"fit_{other} = {Fit.YES:d}" for other in range(len(needs)) if other != number
        )
        for number, need in enumerate(needs)
    }
    counts: list[str] = []
    parameters: list[Any] = []
    for term in terms:
        rest = others.get(term.taxonomy_id, f"fit = {Fit.YES:d}") or "true"
        counts.append(
            f"count(*) FILTER (WHERE {rest} AND (NOT categories && %s::varchar[] OR %s = ANY (yes)))"
        )
        parameters += [list(term.taxonomy.categories), term.pk]
    return ", ".join(counts), parameters
