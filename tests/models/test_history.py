from datetime import datetime, timedelta

import pghistory
import pytest
from django.db import connection
from django.utils import timezone

from finder.models import ChangeRequest, Organization
from finder.models.history import events_of, one_change, settled_until
from tests.factories import OrganizationFactory, SourceFactory, make_listing
from tests.samples import NOW

pytestmark = pytest.mark.django_db


def told(organization: Organization) -> list[dict[str, object]]:
    events = events_of(Organization).filter(pgh_obj=organization).select_related("pgh_context")
    return [event.pgh_context.metadata for event in events]


def rename(organization: Organization, name: str) -> None:
    Organization.objects.filter(pk=organization.pk).update(name=name)


def test_each_change_inside_of_a_request_is_told_by_itself() -> None:
    organization = OrganizationFactory()
    with pghistory.context(user=7):
        rename(organization, "First")
        with one_change(decision="accept"):
            rename(organization, "Second")
        with one_change(decision="merge"):
            rename(organization, "Third")
        rename(organization, "Fourth")
    assert told(organization) == [
        {"user": 7},
        {"user": 7, "decision": "accept"},
        {"user": 7, "decision": "merge"},
        {"user": 7},
    ]


def test_a_change_outside_of_a_request_is_told_too() -> None:
    organization = OrganizationFactory()
    with one_change(import_run=3):
        rename(organization, "First")
    rename(organization, "Second")
    first, second = events_of(Organization).filter(pgh_obj=organization)
    assert first.pgh_context.metadata == {"import_run": 3}
    assert second.pgh_context is None


def test_a_change_that_fails_is_no_part_of_the_next() -> None:
    organization = OrganizationFactory()
    with pghistory.context(user=7):
        with pytest.raises(ValueError, match="no"), one_change(decision="accept"):
            raise ValueError("no")
        rename(organization, "First")
    assert told(organization) == [{"user": 7}]


def test_a_question_that_was_withdrawn_is_in_the_history() -> None:
    ChangeRequest.objects.create(
        listing=make_listing(),
        source=SourceFactory(),
        field="location.city",
        current_value="Asheville",
        proposed_value="Arden",
        proposed_at=NOW,
    )
    ChangeRequest.objects.all().delete()
    withdrawn = events_of(ChangeRequest).get()
    assert (withdrawn.pgh_label, withdrawn.proposed_value) == ("delete", "Arden")


def settled_now(now: datetime) -> datetime:
    """PostgreSQL shows a transaction the others as they were when it first asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
    return settled_until(now)


def test_what_is_being_written_is_not_yet_history() -> None:
    later = timezone.now() + timedelta(hours=1)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT now()")
            (began,) = cursor.fetchone()
            assert settled_now(later) == later
            cursor.execute("SELECT pg_current_xact_id()")
            assert settled_now(later) == began
            assert settled_now(began - timedelta(days=1)) == began - timedelta(days=1)
            cursor.execute("ROLLBACK")
        assert settled_now(later) == later
    finally:
        other.close()
