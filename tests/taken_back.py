"""Imports to take back, and the taking back of them."""

from datetime import UTC, datetime

from django.contrib.auth.models import User

from finder.actions.taking_back import revert_import
from finder.models import ImportRun, Location
from tests.actions.test_importing import CLINIC, HOUSE
from tests.factories import PhoneFactory
from tests.samples import facility, listing_named

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
GONE = facility("Example Gone", street1="3 Example Street", phone="828-555-0144")
NEAR = facility("Example Annex", street1="3 Example Street", phone="828-555-0188")
NEWER = (
    HOUSE | {"city": "Arden", "phone": "828-555-0199", "service_code_info": "SA DT"},
    CLINIC | {"phone": "828-555-0177", "website": "https://example.org"},
    NEAR,
    facility("Example New", street1="9 Example Street"),
)


def take_back(run: ImportRun, by: User | None = None) -> ImportRun:
    revert_import(run=run, by=by, now=NOW)
    run.refresh_from_db()
    return run


def edit_by_hand() -> None:
    Location.objects.filter(address_1="1 Example Street").update(city="West Asheville")
    PhoneFactory(listing=listing_named("Example Clinic"), number="828-555-0190", position=1)
