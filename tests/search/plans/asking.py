"""A plan as its address asks for it, in a directory that each test makes."""

from datetime import UTC, datetime
from typing import Any

from django.http import QueryDict

from finder.actions.indexing import index_listings
from finder.enums import CareCategory
from finder.models import ServiceAtLocation
from finder.plan_filters import PlanFilterSet
from finder.search.plans.answer import Gap, Leg, Plan, plan
from tests.factories import make_listing

DETOX, CARE, GROUP = CareCategory
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


def ask(query: str) -> Plan:
    parameters = PlanFilterSet(QueryDict(query))
    assert parameters.is_valid(), parameters.errors
    return plan(parameters.plan_question, now=NOW)


def leg(query: str, category: CareCategory) -> Leg:
    return next(leg for leg in ask(query).legs if leg.category == category)


def names(query: str, category: CareCategory) -> list[str]:
    return [choice.result.listing.service.name for choice in leg(query, category).choices]


def gap(query: str, category: CareCategory) -> Gap:
    found = leg(query, category).gap
    assert found is not None
    return found


def listed(category: CareCategory, name: str, **traits: Any) -> ServiceAtLocation:
    made = make_listing(name=name, categories=traits.pop("categories", [category]), **traits)
    index_listings([made.pk])
    return made
