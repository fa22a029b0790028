"""Readers and one of us who say what they found, for the tests."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import connection
from django.utils import timezone

from finder.actions.answering import answer_report
from finder.actions.calling import tell_outcome
from finder.actions.reporting import report_listing, suggest_listing
from finder.enums import CareCategory, Outcome, ReportKind
from finder.models import CallOutcome, ListingReport, ServiceAtLocation
from finder.permissions import CASE_WORKER, EDITOR
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


def voice_pages(full: ServiceAtLocation, group: ServiceAtLocation) -> dict[str, str]:
    """Addresses of what people tell us by and get to see, of a listing with all and of a feed's group."""
    for outcome in (Outcome.ANSWERED, Outcome.NO_BED, Outcome.WRONG_NUMBER, Outcome.WRONG_NUMBER):
        tell(full, outcome, wait_days=10, now=timezone.now())
    waiting, answered = report(full, "A number is wrong."), report(full, "Another is, too.")
    answer_report(report=answered, is_right=True, answer="Mended.", by=one_of_us(EDITOR), now=NOON)
    called, of_group = f"/listings/{full.pk}/called/", f"/listings/{group.pk}/called/"
    return {
        "what came of a call": called,
        "what came of going": of_group,
        "thanks for telling of a full house": f"{called}?told=NO_BED",
        "thanks for telling of good news": f"{called}?told=ANSWERED",
        "thanks for telling of a group": f"{of_group}?told=NOBODY_THERE",
        "reporting a problem": f"/listings/{full.pk}/report/",
        "reporting a problem of a group": f"/listings/{group.pk}/report/",
        "a report that waits": f"/reports/{waiting.reference}/",
        "a report that is answered": f"/reports/{answered.reference}/",
    }
