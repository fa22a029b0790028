"""What a search finds that it did not find when someone last looked, and the other way round.

Nothing of that look was kept: the listings written since are put back to what the history says they were,
and the same question is asked of both. See docs/explanation/new-changed-gone.md.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Min, Model, Q

from finder.actions.indexing import index_row
from finder.actions.truths import Truth
from finder.models import (
    ListingIndex,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
    SourceRecord,
    Statement,
)
from finder.models.history import events_of
from finder.search.as_it_stood import found_among, found_now
from finder.search.changes import changes_since, is_published
from finder.search.facet_bits import FacetBits
from finder.search.lives import Life, Values, lives_of
from finder.search.question import SearchQuestion
from finder.search.touched import touched_since
from finder.upkeep.changes import Change, ChangeKind

MOST_COMPARED = 500
"""Listings written since the look that one search compares."""


class Gone(NamedTuple):
    """Its name is all that is said of it; `listing` leads nowhere where `is_shown` is false."""

    listing: UUID
    name: str
    is_shown: bool
    """It is listed still, and no longer answers the question."""


@dataclass(frozen=True, slots=True)
class News:
    new: tuple[UUID, ...] = ()
    changed: tuple[tuple[UUID, tuple[Change, ...]], ...] = ()
    gone: tuple[Gone, ...] = ()
    is_partial: bool = False
    """More was written since than is compared at once."""

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)

    @property
    def listings(self) -> tuple[UUID, ...]:
        """Of which more than the name may be shown."""
        return (*self.new, *(pk for pk, _changes in self.changed))


def news_since(
    question: SearchQuestion, *, since: datetime, now: datetime, most: int = MOST_COMPARED
) -> News:
    place = question.reading.place if question.reading else None
    touched = touched_since(since, place, question.within, most=most + 1)
    ids = touched[:most]
    if not ids:
        return News()
    stood = Stood(ids, since)
    then = found_among(stood.rows(now=now), question, now=now)
    found = found_now(ids, question, now=now)
    both = [pk for pk in ids if pk in then and pk in found]
    changes = changes_since(both, since)
    of_facts = {pk: stood.facts_changed_at(pk, now) for pk in both if then[pk] != found[pk]}
    told = {
        pk: (*changes[pk], *([Change(ChangeKind.FACTS, of_facts[pk])] if pk in of_facts else ()))
        for pk in both
    }
    return News(
        new=tuple(pk for pk in ids if pk in found and pk not in then),
        changed=tuple((pk, told[pk]) for pk in both if told[pk]),
        gone=tuple(stood.gone(pk) for pk in ids if pk in then and pk not in found),
        is_partial=len(touched) > most,
    )


COLUMNS_OF: Mapping[type[Model], list[str]] = {
    model: [field.attname for field in model._meta.concrete_fields if field.attname not in ("id", "imported")]
    for model in (ServiceAtLocation, Service, Location, Organization)
}


class Stood:
    """Listings as they stood at a moment."""

    def __init__(self, ids: Collection[UUID], since: datetime) -> None:
        self.since = since
        self.listings = self.lives(ServiceAtLocation, ids)
        self.services = self.lives(Service, self.owners(self.listings, "service_id"))
        self.locations = self.lives(Location, self.owners(self.listings, "location_id"))
        self.organizations = self.lives(Organization, self.owners(self.services, "organization_id"))
        self.statements: dict[UUID, list[Statement]] = defaultdict(list)
        for statement in Statement.objects.filter(listing__in=ids).newest_first():
            self.statements[statement.listing_id].append(statement)
        self.born = set(born_since(ids, since))

    def lives(self, model: type[Model], keys: Iterable[Any]) -> dict[Any, Life]:
        return lives_of(model, keys, COLUMNS_OF[model], since=self.since)

    @staticmethod
    def owners(lives: Mapping[Any, Life], column: str) -> set[Any]:
        return {values_of(life)[column] for life in lives.values()}

    def rows(self, *, now: datetime) -> list[ListingIndex]:
        """As the index had them; of those that were shown."""
        bits = FacetBits.now()
        shown = [pk for pk, life in self.listings.items() if self.was_shown(pk, life)]
        return [index_row(self.truth(pk), bits, now=now) for pk in shown]

    def was_shown(self, pk: UUID, life: Life) -> bool:
        return pk not in self.born and is_published(life.then)

    def truth(self, pk: UUID) -> Truth:
        values = values_of(self.listings[pk])
        service = self.row(Service, values["service_id"], self.services)
        service.organization = self.row(Organization, service.organization_id, self.organizations)
        location = self.row(Location, values["location_id"], self.locations)
        listing = ServiceAtLocation(pk=pk, service=service, location=location)
        said = [each for each in self.statements[pk] if each.recorded_at <= self.since]
        return Truth(listing, said, schedules=())

    @staticmethod
    def row(model: type[Any], pk: Any, lives: Mapping[Any, Life]) -> Any:
        return model(pk=pk, **values_of(lives[pk]))

    def facts_changed_at(self, pk: UUID, now: datetime) -> datetime:
        return max(
            (each.recorded_at for each in self.statements[pk] if each.recorded_at > self.since), default=now
        )

    def gone(self, pk: UUID) -> Gone:
        life = self.listings[pk]
        name = values_of(self.services[values_of(life)["service_id"]])["name"]
        is_shown = is_published(life.now)
        return Gone(pk, name, is_shown)


def values_of(life: Life) -> Values:
    assert life.then is not None
    return life.then


def born_since(ids: Collection[UUID], since: datetime) -> Iterator[UUID]:
    """Listings that an import made since: every record of theirs was first read since, and of before there is
    no event. What people make is a draft first, which the history tells."""
    records = SourceRecord.objects.filter(listing__in=ids).order_by().values("listing")
    first_read = records.annotate(
        first=Min("created_in__started_at"), unknown=Count("pk", filter=Q(created_in__isnull=True))
    )
    young = list(first_read.filter(first__gt=since, unknown=0).values_list("listing", flat=True))
    older = set(
        events_of(ServiceAtLocation)
        .filter(pgh_obj__in=young, pgh_created_at__lte=since)
        .values_list("pgh_obj", flat=True)
    )
    return (pk for pk in young if pk not in older)
