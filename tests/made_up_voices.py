"""Readers and one of us who say what they found, for the tests."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import connection

from finder.actions.calling import tell_outcome
from finder.actions.reporting import report_listing, suggest_listing
from finder.enums import CareCategory, Outcome, ReportKind
from finder.models import CallOutcome, ListingReport, ServiceAtLocation
from finder.permissions import CASE_WORKER
from tests.admin.conftest import make_roles, person

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
networks = count(1)


def one_of_us(role: str = CASE_WORKER) -> User:
    if not Group.objects.filter(name=role).exists():
        with connection.schema_editor() as schema_editor:
            make_roles(apps, schema_editor)
    return person(f"{role}-{next(networks)}", role)


def tell(
    listing: ServiceAtLocation,
    outcome: Outcome,
    *,
    by: User | None = None,
    network: str = "",
    wait_days: int | None = None,
    now: datetime = NOON,
) -> CallOutcome:
    """Of someone else each time, unless a test says who."""
    return tell_outcome(
        listing=listing,
        outcome=outcome,
        wait_days=wait_days,
        by=by,
        network=network or f"network {next(networks)}",
        now=now,
    )


def report(listing: ServiceAtLocation, text: str = "The number is wrong.", **said: Any) -> ListingReport:
    told = {"kind": ReportKind.PROBLEM, "network": f"network {next(networks)}", "now": NOON, **said}
    return report_listing(listing=listing, text=text, **told)


def suggest(name: str = "Example Harbor House", **said: str) -> ListingReport:
    text = said.pop("text", "A house for people in recovery.")
    suggestion = {
        "name": name,
        "category": CareCategory.BEHAVIORAL_HEALTH.value,
        "place": "28801",
        "phone": "828-555-0199",
        "website": "https://harbor.example.org/",
        **said,
    }
    return suggest_listing(suggestion=suggestion, text=text, network=f"network {next(networks)}", now=NOON)
