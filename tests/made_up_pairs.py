"""Pairs of listings with all kinds of children, by lot, and what is kept of them."""

import json
import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection

from finder.actions.composing import current_values
from finder.actions.due_dates import refresh_due_dates
from finder.actions.indexing import index_listings
from finder.enums import (
    AskKind,
    CapacityCode,
    CapacityUnit,
    CareCategory,
    Outcome,
    StatementMethod,
    VerifiedPart,
    Voice,
)
from finder.models import (
    Ask,
    AskedListing,
    CallOutcome,
    Capacity,
    Claim,
    Contact,
    ListingReport,
    Merge,
    ServiceAtLocation,
    Verification,
)
from tests.factories import (
    HowToJoinFactory,
    PhoneFactory,
    ScheduleFactory,
    SourceRecordFactory,
    StatementFactory,
    make_listing,
)

NOW = datetime(2026, 11, 20, 12, 30, 15, 123456, tzinfo=UTC)
NOT_COMPARED = {
    "finder_merge",
    "finder_queueitem",
    "finder_importrun",
    *(f"finder_{name}" for name in ("taxonomy", "taxonomyterm", "source", "crisisline", "guidance")),
}
"""The merge itself; the queue, which is derived and keeps what was closed; what no merge is about."""


def some_pair(dice: random.Random) -> Merge:
    kept, duplicate = some_listing(dice, 1), some_listing(dice, 2)
    share_contact(dice, kept, duplicate)
    ids = [kept.pk, duplicate.pk]
    refresh_due_dates(listing_ids=ids, now=NOW)
    index_listings(ids)
    return Merge.objects.create(listing=kept, duplicate=duplicate, reason="The same phone", proposed_at=NOW)


def some_listing(dice: random.Random, number: int) -> ServiceAtLocation:
    latitude = dice.choice([None, 35.59512345678901, 35.0])
    listing = make_listing(
        name=dice.choice(["Riverside Recovery", "Riverside Recovery Center", f"Hillside {number}"]),
        zip_code=dice.choice(["28801", "28711"]),
        categories=dice.sample(list(CareCategory), dice.randint(1, 3)),
        yes=dice.sample(["medicaid", "spanish", "methadone"], dice.randint(0, 2)),
        phone=dice.choice(["828-555-0142", "828-555-0143", ""]),
        service__description=dice.choice(["", "In their own words.", "Other words."]),
        service__fees_description=dice.choice(["", "Free.", "Sliding scale."]),
        location__latitude=latitude,
        location__longitude=None if latitude is None else -82.55,
        cadence_days=dice.choice([None, 30, 90]),
    )
    add_owned(dice, listing)
    add_evidence(dice, listing, number)
    add_voices(dice, listing)
    return ServiceAtLocation.objects.with_parts().get(pk=listing.pk)


def add_owned(dice: random.Random, listing: ServiceAtLocation) -> None:
    if dice.random() < 0.4:
        PhoneFactory(listing=listing, number="828-555-0199", position=1, description="After hours")
    if dice.random() < 0.5:
        ScheduleFactory(listing=listing, opens_at=time(dice.randint(6, 11)))
    if dice.random() < 0.4:
        HowToJoinFactory(schedule=ScheduleFactory(listing=listing, meeting=True, online=True))


def add_evidence(dice: random.Random, listing: ServiceAtLocation, number: int) -> None:
    """Some as an import left them, some edited since, some written by a person alone."""
    if dice.random() < 0.7:
        values = current_values(listing, listing.phones.all(), listing.schedules.all())
        SourceRecordFactory(
            listing=listing,
            edition=date(2024 + number % 2, 1, dice.randint(1, 28)),
            fields=record_fields(values),
        )
        listing.imported = values
        if dice.random() < 0.5:
            listing.service.name = f"{listing.service.name} by hand"
            listing.service.save()
        listing.save()
    for method in dice.sample(list(StatementMethod), dice.randint(0, 2)):
        StatementFactory(listing=listing, method=method, yes=("medicaid",), stated_on=date(2026, 3, 1))


def record_fields(values: dict[str, Any]) -> dict[str, Any]:
    fields = {name.partition(".")[2]: value for name, value in values.items()}
    latitude, longitude, approximate, _county, _zone = values["position"]
    return {
        **fields,
        "organization_name": values["organization.name"],
        "name": values["service.name"],
        "website": values["service.url"],
        "categories": values["service.categories"],
        "phones": values["phones"],
        "latitude": latitude,
        "longitude": longitude,
        "position_is_approximate": approximate,
    }


def add_voices(dice: random.Random, listing: ServiceAtLocation) -> None:
    editor, _ = User.objects.get_or_create(username="voices")
    at = NOW - timedelta(days=dice.randint(1, 300))
    if dice.random() < 0.5:
        Verification.objects.create(
            listing=listing,
            parts=[dice.choice(VerifiedPart.values)],
            voice=Voice.EDITOR,
            method=StatementMethod.PHONE,
            verified_at=at,
            verified_by=editor,
        )
    for outcome in dice.sample([Outcome.WRONG_NUMBER, Outcome.ANSWERED, Outcome.CLOSED], dice.randint(0, 2)):
        CallOutcome.objects.create(
            listing=listing, outcome=outcome, reporter_key=str(dice.random()), reported_at=at
        )
    for unit in dice.sample(list(CapacityUnit), dice.randint(0, 2)):
        Capacity.objects.create(
            listing=listing,
            unit=unit,
            code=CapacityCode.YES,
            available=2,
            updated=at,
            expires_at=at + timedelta(days=dice.choice([1, 400])),
            voice=Voice.PROVIDER,
        )
    if dice.random() < 0.4:
        ListingReport.objects.create(
            listing=listing,
            kind="PROBLEM",
            text="Wrong number",
            reference=f"R{dice.random()}"[:12],
            proposed_at=at,
            reporter_key="x",
        )


def share_contact(dice: random.Random, kept: ServiceAtLocation, duplicate: ServiceAtLocation) -> None:
    """One program that claimed either or both, and was asked about them in one letter."""
    contact = Contact.objects.create(email=f"office{dice.random()}@riverside.example", created_at=NOW)
    ask = Ask.objects.create(contact=contact, kind=AskKind.FIRST, sent_on=NOW.date())
    for listing in (kept, duplicate):
        if dice.random() < 0.6:
            Claim.objects.create(listing=listing, contact=contact, asked_at=NOW)
            AskedListing.objects.create(ask=ask, listing=listing)


def everything() -> dict[str, list[str]]:
    """Every row of the directory's tables as PostgreSQL writes it, but for the history."""
    tables = [
        model._meta.db_table
        for model in apps.get_app_config("finder").get_models()
        if not hasattr(model, "pgh_tracked_model") and model._meta.db_table not in NOT_COMPARED
    ]
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"SELECT to_jsonb(row)::text FROM {table} AS row ORDER BY 1")
            found[table] = [text for (text,) in cursor.fetchall()]
    return found


def differing(before: dict[str, list[str]], after: dict[str, list[str]]) -> str:
    """For a failing test: the columns that are not what they were."""
    said = []
    for table, rows in before.items():
        gone, new = set(rows) - set(after[table]), set(after[table]) - set(rows)
        for old, current in zip(sorted(gone), sorted(new), strict=False):
            was, now = json.loads(old), json.loads(current)
            said += [
                f"{table}.{name}: {was[name]!r} -> {now.get(name)!r}"
                for name in was
                if was[name] != now.get(name)
            ]
        if len(gone) != len(new):
            said.append(f"{table}: {len(gone)} rows gone, {len(new)} rows new")
    return "\n".join(said)
