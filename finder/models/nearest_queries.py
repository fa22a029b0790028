"""What a plan asks of the index: the nearest that suit a person, each read walking an index."""

from collections.abc import Collection, Iterable
from typing import Self

from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    FloatField,
    Q,
    SmallIntegerField,
    Value,
    When,
)
from django.db.models.expressions import Combinable

from finder.enums import Fit
from finder.geography.position import Position
from finder.models.listing_queries import ListingIndexQuerySet, miles_when

Terms = Collection[int]
Concerned = tuple[Terms, Collection[str]]
"""Terms, any of which will do, and the categories that they are asked of."""


def denied(terms: Terms, applies_to: Collection[str]) -> Q:
    """All of them are stated no, by a kind of listing that the question concerns."""
    return Q(categories__overlap=list(applies_to)) & Q(no__contains=list(terms))


class NearestQuerySet(ListingIndexQuerySet):
    """Of `ListingIndex`, as `NearestQuerySet(ListingIndex)`."""

    def nearest_to(self, position: Position | None) -> Self:
        """Without a position by name, which an index has in order too."""
        if position is None:
            return self.with_distance(None).order_by("name", "pk")
        return self.filter(position__isnull=False).with_distance(position).nearest_first()

    def rooms_online(self) -> Self:
        """In the order of their own index: to rank all rooms of a country would read each of them."""
        return self.online().with_distance(None).order_by("pk")

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
        total: Combinable = Value(0.0, output_field=FloatField())
        for terms, miles in wishes:
            total = total + miles_when(Q(yes__overlap=list(terms)), miles)
        return self.annotate(worth=total)

    def with_safety(self, supervised: Terms, around_the_clock: Terms, by_visits: Terms) -> Self:
        """`safety`: medical supervision first, then a bed; what is not stated between yes and no."""
        return self.annotate(
            safety=3 * known(supervised, Q(no__contains=list(supervised)))
            + known(
                around_the_clock, Q(yes__overlap=list(by_visits)) | Q(no__contains=list(around_the_clock))
            )
        )

    def with_no_safety(self) -> Self:
        """Where there is no withdrawal to be watched over."""
        return self.annotate(safety=Value(0, output_field=SmallIntegerField()))

    def with_cover(self, others: Iterable[tuple[str, Iterable[Concerned]]]) -> Self:
        """`covers_more`: it is of another leg's category too, and denies none of what that leg asks."""
        other_legs = Q(pk__in=[])
        for category, needs in others:
            condition = Q(categories__contains=[category])
            for terms, applies_to in needs:
                condition &= ~denied(terms, applies_to)
            other_legs |= condition
        return self.annotate(covers_more=ExpressionWrapper(other_legs, output_field=BooleanField()))


def known(terms: Terms, no: Q) -> Case:
    """2 if stated, 0 if denied, else 1."""
    return Case(
        When(Q(yes__overlap=list(terms)), then=Value(2)),
        When(no, then=Value(0)),
        default=Value(1),
        output_field=SmallIntegerField(),
    )
