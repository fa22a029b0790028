"""The vocabulary of search: what can be asked of the index, each question by its name."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.search import SearchQuery, TrigramSimilarity
from django.db import connection, models
from django.db.models import Case, F, Prefetch, Q, SmallIntegerField, Value, When
from django.db.models.expressions import Combinable, OrderBy, RawSQL
from django.db.models.functions import Least

from finder.enums import EditorialStatus, Fit
from finder.geography.position import ChordDistance, Position, chord
from finder.models.times_wanted import TimesWanted, soonest

if TYPE_CHECKING:
    from finder.models.index import DirectoryWord, ListingIndex  # noqa: F401


NEVER_SHOWN = ("name", "words", "name_vector", "words_vector", "position", "facets", "listing__imported")


def array(values: Iterable[object]) -> str:
    """Of ids or codes, as PostgreSQL writes it."""
    return "{" + ",".join(map(str, values)) + "}"


def fit(
    terms: Collection[int], applies_to: Collection[str], shortcuts: Iterable[tuple[int, int]] = ()
) -> RawSQL:
    """Yes if any is stated or the question does not concern this kind of listing, no if all are denied, else
    maybe: unknown is not no.

    `shortcuts` are tests of the column `facets`, by mask and value: passing one means "stated", and saves
    the look into arrays. Written, as Django takes longer to put it together than PostgreSQL to answer.
    """
    known = "".join(f"WHEN facets & {mask:d} = {value:d} THEN {Fit.YES:d} " for mask, value in shortcuts)
    return RawSQL(
        f"CASE {known}WHEN NOT categories && %s::varchar[] OR yes && %s::int[] THEN {Fit.YES:d} "
        f"WHEN no @> %s::int[] THEN {Fit.NO:d} ELSE {Fit.MAYBE:d} END",
        [array(applies_to), array(terms), array(terms)],
        output_field=SmallIntegerField(),
    )


def fit_of_all(terms: Collection[int], applies_to: Collection[str]) -> RawSQL:
    """Yes if every one is stated, no if any is denied, else maybe."""
    return RawSQL(
        f"CASE WHEN NOT categories && %s::varchar[] OR yes @> %s::int[] THEN {Fit.YES:d} "
        f"WHEN no && %s::int[] THEN {Fit.NO:d} ELSE {Fit.MAYBE:d} END",
        [array(applies_to), array(terms), array(terms)],
        output_field=SmallIntegerField(),
    )


class ListingIndexQuerySet(models.QuerySet["ListingIndex"]):
    def of_published(self) -> Self:
        """The index holds no others; said again where listings are shown, in case it is behind the truth."""
        return self.filter(listing__editorial_status=EditorialStatus.PUBLISHED)

    def with_listings(self) -> Self:
        """With all that a card shows."""
        shown = self.select_related("listing__service__organization", "listing__location")
        return shown.defer(*NEVER_SHOWN).prefetch_related(Prefetch("listing__phones", to_attr="own_phones"))

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

    def with_room_at(self, now: datetime) -> Self:
        """The program or one of us said so, and not too long ago."""
        return self.filter(available_until__gt=now)

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

    def with_fits(self, fits: Sequence[Combinable]) -> Self:
        """`fit_0`, `fit_1`, ... one for each thing asked, and `fit`, the least of them."""
        named = {f"fit_{number}": each for number, each in enumerate(fits)}
        return self.annotate(**named).annotate(fit=least_of(list(named)))

    def with_soonest(self, wanted: TimesWanted) -> Self:
        """`soonest`: the first moment of what is wanted; null without one."""
        return self.annotate(soonest=soonest(wanted))

    def short_of(self, moment: datetime) -> Self:
        """Their times are not known up to that moment; the shortest first."""
        return self.filter(times_until__lt=moment).order_by("times_until", "pk")

    def fitting(self) -> Self:
        """Those that state every need; after `with_fits`."""
        return self.filter(Q(fit=Fit.YES))

    def nearest_first(self) -> Self:
        """As the index on position brings them."""
        return self.order_by(OrderBy(F("chord")), "pk")

    def undoubted_since(self, day: date) -> Self:
        """Checked after the day, still in their source and open; the last checked first, by an index."""
        undoubted = self.filter(
            missing_since__isnull=True, is_closed=False, is_disputed=False, checked_on__gt=day
        )
        return undoubted.order_by("-checked_on", "name", "pk")

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
MILES_IF_DISPUTED = 15
MILES_IF_CLOSED = 50
MILES_IF_NOT_IN_NAME = 25


def staleness(today: date, name_query: SearchQuery | None) -> Combinable:
    """Two miles for each year since someone checked, more for what a source dropped, callers dispute or is
    closed. Written, as `fit` is.
    """
    years = f"greatest(coalesce(%s - checked_on, {YEARS_COUNTED * DAYS_A_YEAR}), 0.0) / {DAYS_A_YEAR}"
    doubts = (
        ("missing_since IS NOT NULL", MILES_IF_MISSING),
        ("is_disputed", MILES_IF_DISPUTED),
        ("is_closed", MILES_IF_CLOSED),
    )
    total: Combinable = RawSQL(
        f"least({years}, {YEARS_COUNTED}) * {MILES_PER_YEAR_UNCHECKED}"
        + "".join(f" + CASE WHEN {doubt} THEN {miles:d} ELSE 0 END" for doubt, miles in doubts),
        [today],
        output_field=models.FloatField(),
    )
    if name_query is not None:
        unnamed = When(~Q(name_vector=name_query), then=Value(float(MILES_IF_NOT_IN_NAME)))
        total += Case(unnamed, default=Value(0.0), output_field=models.FloatField())
    return total


def zones_in_use() -> list[str]:
    """By jumping along the index: a listing directory has few zones and many rows."""
    with connection.cursor() as cursor:
        cursor.execute("""
            WITH RECURSIVE zones (name) AS (
                (SELECT timezone FROM finder_listingindex ORDER BY timezone LIMIT 1)
                UNION ALL
                SELECT (SELECT timezone FROM finder_listingindex WHERE timezone > zones.name
                        ORDER BY timezone LIMIT 1)
                FROM zones WHERE zones.name IS NOT NULL)
            SELECT name FROM zones WHERE name <> ''""")
        return [name for (name,) in cursor.fetchall()]


class DirectoryWordQuerySet(models.QuerySet["DirectoryWord"]):
    def like(self, word: str) -> "DirectoryWordQuerySet":
        """Those that share trigrams with it, the likest first."""
        return (
            self.filter(word__trigram_similar=word)
            .annotate(likeness=TrigramSimilarity("word", word))
            .order_by("-likeness", "-listings", "pk")
        )

    def like_any(self, words: Iterable[str], *, most: int) -> Iterator[tuple[str, str, int]]:
        """Each word with its likest and how many listings these stand in, in one statement."""
        asked = [
            self.like(word).annotate(asked=Value(word)).values_list("asked", "word", "listings")[:most]
            for word in dict.fromkeys(words)
        ]
        yield from asked[0].union(*asked[1:], all=True) if asked else ()
