"""A search as its address asks it."""

from datetime import UTC, datetime

from django.http import QueryDict

from finder.enums import Fit
from finder.filters import SearchFilterSet
from finder.search.answer import SearchAnswer, answer

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)


def ask(query: str, *, now: datetime = NOW) -> SearchAnswer:
    parameters = SearchFilterSet(QueryDict(query))
    assert parameters.is_valid(), parameters.errors
    return answer(parameters.question, now=now)


def names(found: SearchAnswer, fit: Fit | None = None) -> list[str]:
    return [result.listing.service.name for result in found.results if fit in (None, result.fit)]


def fitting(query: str) -> list[str]:
    return names(ask(query), Fit.YES)


def maybe(query: str) -> list[str]:
    return names(ask(query), Fit.MAYBE)
