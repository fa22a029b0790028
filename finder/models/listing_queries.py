"""The vocabulary of search: what can be asked of the index, each question by its name."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.search import SearchQuery, TrigramSimilarity
from django.db import models
from django.db.models import Case, F, Q, SmallIntegerField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest, Least
from django.db.models.lookups import Exact

from finder.enums import EditorialStatus, Fit
from finder.geography.position import ChordDistance, Position, chord

if TYPE_CHECKING:
    from finder.models.index import DirectoryWord, ListingIndex  # noqa: F401


NeedTerms = tuple[Collection[int], Collection[str], Iterable[tuple[int, int]]]


def stated(terms: Collection[int], applies_to: Collection[str]) -> Q:
    """Any of the terms is stated yes, or the question does not concern this kind of listing."""
    return ~Q(categories__overlap=list(applies_to)) | Q(yes__overlap=list(terms))


def fit(
    terms: Collection[int], applies_to: Collection[str], shortcuts: Iterable[tuple[int, int]] = ()
) -> Case:
    """Yes if any is stated, no if all are denied, else maybe: unknown is not no.

    `shortcuts` are tests of the column `facets`, by mask and value: passing one means "stated", and saves
    the look into arrays.
    """
    known = [
        When(Exact(F("facets").bitand(mask), value), then=Value(int(Fit.YES))) for mask, value in shortcuts
    ]
    return Case(
        *known,
        When(stated(terms, applies_to), then=Value(int(Fit.YES))),
        When(no__contains=list(terms), then=Value(int(Fit.NO))),
        default=Value(int(Fit.MAYBE)),
        output_field=SmallIntegerField(),
    )


NEVER_SHOWN = ("name", "words", "name_vector", "words_vector", "position", "facets", "listing__imported")


class ListingIndexQuerySet(models.QuerySet["ListingIndex"]):
    def of_published(self) -> Self:
        """The index holds no others; said again where listings are shown, in case it is behind the truth."""
        return self.filter(listing__editorial_status=EditorialStatus.PUBLISHED)

    def with_listings(self) -> Self:
        """With all that a card shows."""
        shown = self.select_related("listing__service__organization", "listing__location")
        return shown.defer(*NEVER_SHOWN).prefetch_related("listing__phones")

    def in_categories(self, categories: Collection[str]) -> Self:
        return self.filter(categories__overlap=list(categories)) if categories else self

    def within(self, position: Position, miles: float) -> Self:
        return self.filter(position__within=(position, chord(miles)))

    def in_state(self, state_province: str) -> Self:
        return self.filter(state_province=state_province)

    def in_county(self, state_province: str, county: str) -> Self:
        return self.filter(state_province=state_province, county=county)

    def online(self) -> Self:
        return self.filter(is_online=True)

    def affirming_none_of(self, terms: Collection[int]) -> Self:
        return self.exclude(yes__overlap=list(terms)) if terms else self

    def mentioning(self, query: SearchQuery, *, terms: Collection[int], categories: Collection[str]) -> Self:
        """The words stand in its text, or it states a term or category that they are another name for."""
        condition = Q(words_vector=query)
        if terms:
            condition |= Q(yes__overlap=list(terms))
        if categories:
            condition |= Q(categories__overlap=list(categories))
        return self.filter(condition)

    def with_distance(self, position: Position | None) -> Self:
        """`chord`: on the unit sphere; zero without a place, null without a position."""
        if position is None:
            return self.annotate(chord=Value(0.0, output_field=models.FloatField()))
        return self.annotate(chord=ChordDistance("position", position))

    def with_fits(self, needs: Sequence[NeedTerms]) -> Self:
        """`fit_0`, `fit_1`, ... in the order of the needs, and `fit`, the least of them."""
        names = [f"fit_{number}" for number in range(len(needs))]
        annotated = self.annotate(**{name: fit(*need) for name, need in zip(names, needs, strict=True)})
        return annotated.annotate(fit=least_of(names))

    def with_staleness(self, today: date, name_query: SearchQuery | None) -> Self:
        """`staleness`: the miles that doubt weighs, see docs/explanation/order-of-results.md."""
        return self.annotate(staleness=staleness(today, name_query))


def least_of(names: Sequence[str]) -> Combinable:
    if not names:
        return Value(int(Fit.YES), output_field=SmallIntegerField())
    return F(names[0]) if len(names) == 1 else Least(*names)


MILES_PER_YEAR_UNCHECKED = 2
YEARS_COUNTED = 5
DAYS_A_YEAR = 365.0
MILES_IF_MISSING = 10
MILES_IF_CLOSED = 50
MILES_IF_NOT_IN_NAME = 25


def staleness(today: date, name_query: SearchQuery | None) -> Combinable:
    """Two miles for each year since someone checked, more for what a source dropped or is closed."""
    never_checked = float(YEARS_COUNTED * DAYS_A_YEAR)
    years = Greatest(Coalesce(days_since("checked_on", today), never_checked), 0.0) / DAYS_A_YEAR
    total: Combinable = Least(years, float(YEARS_COUNTED)) * MILES_PER_YEAR_UNCHECKED
    total += miles_when(Q(missing_since__isnull=False), MILES_IF_MISSING)
    total += miles_when(Q(is_closed=True), MILES_IF_CLOSED)
    if name_query is not None:
        total += miles_when(~Q(name_vector=name_query), MILES_IF_NOT_IN_NAME)
    return total


def days_since(field: str, today: date) -> models.Func:
    """As PostgreSQL subtracts dates: whole days, without a detour over intervals."""
    return models.Func(
        Value(today),
        F(field),
        template="(%(expressions)s)",
        arg_joiner=" - ",
        output_field=models.FloatField(),
    )


def miles_when(condition: Q, miles: int) -> Case:
    return Case(
        When(condition, then=Value(float(miles))), default=Value(0.0), output_field=models.FloatField()
    )


class DirectoryWordQuerySet(models.QuerySet["DirectoryWord"]):
    def like(self, word: str) -> "DirectoryWordQuerySet":
        """Those that share trigrams with it, the likest first."""
        return (
            self.filter(word__trigram_similar=word)
            .annotate(likeness=TrigramSimilarity("word", word))
            .order_by("-likeness", "-listings", "pk")
        )
