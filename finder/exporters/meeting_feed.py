"""The feed of meetings: which groups are in it, and its text, piece by piece."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from finder.enums import ScheduleKind, StatementMethod
from finder.exporters.meeting_guide import Edition, Entry, entries
from finder.models import (
    Location,
    Schedule,
    Service,
    ServiceAtLocation,
    Source,
    SourceRecord,
    Statement,
    TaxonomyTerm,
)
from finder.models.directory import ListingQuerySet

LISTINGS_AT_ONCE = 500

WRITTEN = (ServiceAtLocation, Service, Location, Schedule, Source, SourceRecord, Statement, TaxonomyTerm)
"""The tables that a public feed is written from."""


@dataclass(frozen=True, slots=True)
class FeedQuestion:
    """Which part of the feed; '' is all of it."""

    fellowship: str = ""
    state: str = ""
    county: str = ""
    source: str = ""


def listings_of(question: FeedQuestion) -> ListingQuerySet:
    listings = ServiceAtLocation.objects.in_feeds()
    if question.fellowship:
        listings = listings.filter(pk__in=given_by(source__fellowship=question.fellowship))
    if question.source:
        listings = listings.filter(pk__in=given_by(source=question.source))
    if question.state:
        listings = listings.filter(location__state_province=question.state)
    if question.county:
        listings = listings.filter(location__region__iexact=question.county)
    return listings


def given_by(**source: str) -> "QuerySet[SourceRecord, UUID]":
    return SourceRecord.objects.filter(missing_since=None, **source).values_list("listing", flat=True)


def feed(question: FeedQuestion, edition: Edition) -> Iterator[Entry]:
    """In the order of the listings' keys, a few hundred of them in memory at a time."""
    listings = with_all_that_is_written(listings_of(question), how_to_join=edition.own is not None)
    for listing in listings.order_by("pk").iterator(chunk_size=LISTINGS_AT_ONCE):
        yield from entries(listing, edition)


def with_all_that_is_written(listings: ListingQuerySet, *, how_to_join: bool) -> ListingQuerySet:
    meetings = Schedule.objects.filter(kind=ScheduleKind.MEETING).order_by("pk")
    if how_to_join:
        meetings = meetings.select_related("how_to_join")
    records = SourceRecord.objects.filter(missing_since=None).select_related("source").defer("fields")
    checked = Statement.objects.exclude(method=StatementMethod.IMPORT).order_by("pk")
    owners = [Prefetch(f"{owner}schedules", meetings) for owner in ("", "service__", "location__")]
    return (
        listings.select_related("service", "location")
        .defer("imported")
        .prefetch_related(
            *owners, Prefetch("source_records", records.order_by("pk")), Prefetch("statements", checked)
        )
    )


def as_json(entries: Iterable[Entry]) -> Iterator[str]:
    """One entry on each line, so that two editions can be compared line by line."""
    opening = "[\n"
    for entry in entries:
        yield opening + json.dumps(entry, ensure_ascii=False)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"
