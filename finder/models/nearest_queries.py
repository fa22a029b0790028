"""What a plan asks of the index: the nearest that suit a person, each read walking an index."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Self

from django.db.models import BooleanField, Field, FloatField, Q, SmallIntegerField, Value
from django.db.models.expressions import RawSQL

from finder.enums import Fit
from finder.geography.position import Position
from finder.models.listing_queries import ListingIndexQuerySet, array

Terms = Collection[int]
Concerned = tuple[Terms, Collection[str]]
"""Terms, any of which will do, and the categories that they are asked of."""

Written = tuple[str, list[str]]
"""SQL over the columns of the index, and its values."""


class NearestQuerySet(ListingIndexQuerySet):
    """Of `ListingIndex`, as `NearestQuerySet(ListingIndex)`."""

    def nearest_to(self, position: Position | None) -> Self:
        """Without a position by name, which an index has in order too."""
        if position is None:
            return self.with_no_distance().order_by("name", "pk")
        return self.filter(position__isnull=False).with_distance(position).nearest_first()

    def rooms_online(self) -> Self:
        """In the order of their own index: to rank all rooms of a country would read each of them."""
        return self.online().with_no_distance().order_by("pk")

    def with_no_distance(self) -> Self:
        return self.annotate(chord=Value(None, output_field=FloatField()))

    def not_denying(self) -> Self:
        """Those that fit or may; after `with_fits`."""
        return self.exclude(fit=Fit.NO)

    def of_active(self) -> Self:
        """Their service is running: a closed place is no choice."""
        return self.filter(is_closed=False)

    def closed_to_none_of(self, limits: Iterable[Terms]) -> Self:
        """States no whole limit; those of one term are looked for all at once."""
        every = [set(limit) for limit in limits]
        single = {term for limit in every if len(limit) == 1 for term in limit}
        found = self.affirming_none_of(single)
        for limit in every:
            if len(limit) > 1:
                found = found.exclude(yes__contains=sorted(limit))
        return found

    def stating_each_of(self, needs: Iterable[Terms]) -> Self:
        found = self
        for terms in needs:
            found = found.filter(yes__overlap=list(terms))
        return found

    def in_the_room(self, online: Terms, in_person: Terms, unless: Terms) -> Self:
        """Without rooms that are only online, but for those that state one of `unless`."""
        only_online = Q(is_online=True) | Q(yes__overlap=list(online)) & ~Q(yes__overlap=list(in_person))
        return self.exclude(only_online & ~Q(yes__overlap=list(unless)))

    def with_worth(self, wishes: Iterable[tuple[Terms, int]]) -> Self:
        """`worth`: the miles that the wishes it meets are worth."""
        rows = [
            (f"CASE WHEN yes && %s::int[] THEN {miles:d} ELSE 0 END", [array(terms)])
            for terms, miles in wishes
        ]
        return self.annotate(worth=written(rows, " + ", FloatField(), empty="0"))

    def with_safety(self, supervised: Terms, around_the_clock: Terms, by_visits: Terms) -> Self:
        """`safety`: medical supervision first, then a bed; what is not stated between yes and no."""
        known = "CASE WHEN yes && %s::int[] THEN 2 WHEN no @> %s::int[] {} THEN 0 ELSE 1 END"
        staff, beds = array(supervised), array(around_the_clock)
        rows = [
            (f"3 * {known.format('')}", [staff, staff]),
            (known.format("OR yes && %s::int[]"), [beds, beds, array(by_visits)]),
        ]
        return self.annotate(safety=written(rows, " + ", SmallIntegerField(), empty="0"))

    def with_no_safety(self) -> Self:
        """Where there is no withdrawal to be watched over."""
        return self.annotate(safety=Value(0, output_field=SmallIntegerField()))

    def with_cover(self, others: Iterable[tuple[str, Iterable[Concerned]]]) -> Self:
        """`covers_more`: it is of another leg's category too, and denies none of what that leg asks."""
        rows = [cover(category, list(needs)) for category, needs in others]
        return self.annotate(covers_more=written(rows, " OR ", BooleanField(), empty="false"))


def cover(category: str, needs: Sequence[Concerned]) -> Written:
    tests, values = ["categories @> %s::varchar[]"], [array([category])]
    for terms, applies_to in needs:
        tests.append("NOT (no @> %s::int[] AND categories && %s::varchar[])")
        values += [array(terms), array(applies_to)]
    return f"({' AND '.join(tests)})", values


def written(
    rows: Sequence[Written], joined_by: str, output_field: "Field[Any, Any]", *, empty: str
) -> RawSQL:
    """One expression of many: Django takes longer to put such sums together than PostgreSQL to answer."""
    sql = joined_by.join(sql for sql, _ in rows) or empty
    return RawSQL(sql, [value for _, values in rows for value in values], output_field=output_field)
