"""The news of a saved search, as its page and the home of work show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import User
from django.urls import reverse

from finder.actions.news import Gone, news_since
from finder.filters import question_of
from finder.models import SavedSearch, ServiceAtLocation
from finder.search.question import SearchQuestion
from finder.views.cards import where
from finder.views.change_words import change_words

MOST_COUNTED = 10
"""Searches whose news the home of work counts; of the others it leads to the page."""
MOST_LISTINGS = 100
"""That it compares of each, so that it comes fast."""


class NewsLine(NamedTuple):
    name: str
    url: str
    """Empty where it is no longer listed: then its name is all that is said."""
    where: str
    changes: Sequence[str]


@dataclass(frozen=True, slots=True)
class ShownNews:
    new: Sequence[NewsLine]
    changed: Sequence[NewsLine]
    gone: Sequence[NewsLine]
    is_partial: bool
    leaves_out_hours: bool
    """The question asks for what changes by the hour, which is not compared."""


def shown_news(question: SearchQuestion, *, since: datetime, now: datetime) -> ShownNews:
    news = news_since(question, since=since, now=now)
    still_listed = [gone.listing for gone in news.gone if gone.is_shown]
    listings = ServiceAtLocation.objects.published().with_parts().in_bulk([*news.listings, *still_listed])
    changed = [
        line_of(listings[pk], [change_words(change) for change in changes])
        for pk, changes in news.changed
        if pk in listings
    ]
    return ShownNews(
        new=by_name(line_of(listings[pk]) for pk in news.new if pk in listings),
        changed=by_name(changed),
        gone=by_name(line_of_gone(gone, listings.get(gone.listing)) for gone in news.gone),
        is_partial=news.is_partial,
        leaves_out_hours=question.asks_when or question.has_room,
    )


def by_name(lines: Iterable[NewsLine]) -> list[NewsLine]:
    return sorted(lines, key=lambda line: line.name.casefold())


def line_of(listing: ServiceAtLocation, changes: Sequence[str] = ()) -> NewsLine:
    return NewsLine(listing.service.name, listing.get_absolute_url(), where(listing), changes)


def line_of_gone(gone: Gone, listing: ServiceAtLocation | None) -> NewsLine:
    return line_of(listing) if listing else NewsLine(gone.name, "", "", ())


class NewsCounts(NamedTuple):
    """Since the last look."""

    new: int
    changed: int
    gone: int
    is_partial: bool
    """There may be more."""


class KeptSearch(NamedTuple):
    """A line of the home of work."""

    search: SavedSearch
    url: str
    counts: NewsCounts | None
    """None where they are not counted here."""


def searches_of(person: User, *, now: datetime) -> list[KeptSearch]:
    """All that this person keeps; the first few with what is new in them."""
    kept = SavedSearch.objects.kept_by(person)
    return [
        KeptSearch(
            search,
            reverse("saved_search", args=[search.pk]),
            counts_of(search, now=now) if number < MOST_COUNTED else None,
        )
        for number, search in enumerate(kept)
    ]


def counts_of(search: SavedSearch, *, now: datetime) -> NewsCounts | None:
    question = question_of(search.query)
    if question is None:
        return None
    news = news_since(question, since=search.looked_at, now=now, most=MOST_LISTINGS)
    return NewsCounts(len(news.new), len(news.changed), len(news.gone), news.is_partial)
