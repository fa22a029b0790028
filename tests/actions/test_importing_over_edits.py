"""A newer edition over 500 listings that people edited: no edit is changed, and each difference is asked.

What the edition alone would have written is found by importing it without the edits, and taking that back.
With DIRECTORY_FILE set to a real SAMHSA workbook, that file takes the place of the small made-up one.
"""

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import transaction

from finder.actions.composing import current_values, write
from finder.actions.owned import SCHEDULES_WITH_JOINING, replace_owned
from finder.enums import CareCategory, ReviewStatus
from finder.models import ChangeRequest, ServiceAtLocation
from tests.made_up_directory import write_directory
from tests.newer_edition import write_newer_edition

EDITED = 500
Values = dict[UUID, dict[str, Any]]

EDITS: dict[str, Callable[[random.Random, Any], Any]] = {
    "organization.name": lambda dice, _was: f"Owner by Hand {dice.random()}",
    "service.name": lambda dice, _was: f"Name by Hand {dice.random()}",
    "service.url": lambda dice, _was: f"https://hand{dice.randint(1, 999)}.example/",
    "service.categories": lambda dice, _was: dice.choice(
        [[CareCategory.SUPPORT_GROUP.value], CareCategory.values]
    ),
    "location.address_2": lambda dice, _was: f"Room {dice.randint(1, 99)}",
    "location.city": lambda dice, was: f"{was} by Hand",
    "phones": lambda dice, was: [*was, [f"828-555-01{dice.randint(0, 99):02}", "", "", "MAIN"]],
    "position": lambda dice, was: [35.5 + dice.random() / 10, -82.5, False, *was[3:]],
}

pytestmark = pytest.mark.django_db


def values() -> Values:
    listings = ServiceAtLocation.objects.with_parts().prefetch_related("phones", SCHEDULES_WITH_JOINING)
    return {
        listing.pk: current_values(listing, listing.phones.all(), listing.schedules.all())
        for listing in listings.order_by("pk")
    }


def import_edition(path: Path, year: int) -> None:
    call_command("import_listings", "samhsa", str(path), "--edition", str(year), "--json")


def edit_by_hand(before: Values, dice: random.Random) -> Values:
    """Returns what people wrote, by listing and field."""
    written: Values = {}
    for pk in dice.sample(sorted(before), EDITED):
        fields = dice.sample(sorted(EDITS), dice.randint(1, 3))
        written[pk] = {field: EDITS[field](dice, before[pk][field]) for field in fields}
    for listing in ServiceAtLocation.objects.with_parts().filter(pk__in=written).order_by("pk"):
        changes = written[listing.pk]
        write(listing, changes)
        for row in (listing.service.organization, listing.service, listing.location):
            row.save()
        replace_owned({listing.pk: changes})
    return written


def asked_of(written: Values, before: Values, alone: Values) -> dict[tuple[UUID, str], Any]:
    """What a source says anew, and a person otherwise."""
    return {
        (pk, field): alone[pk][field]
        for pk, fields in written.items()
        for field, value in fields.items()
        if alone[pk][field] not in (before[pk][field], value)
    }


def test_no_edit_is_changed_and_each_difference_is_asked(vocabulary: None, tmp_path: Path) -> None:
    given = os.environ.get("DIRECTORY_FILE")
    older = Path(given) if given else write_directory(tmp_path / "Directory_2022.xlsx", facilities=650)
    newer = write_newer_edition(tmp_path / "Directory_2024.xlsx", older)
    import_edition(older, 2022)
    before = values()
    with transaction.atomic():
        import_edition(newer, 2024)
        alone = values()
        transaction.set_rollback(True)
    written = edit_by_hand(before, random.Random(500))

    import_edition(newer, 2024)

    now = values()
    for pk in before:
        assert now[pk] == alone[pk] | written.get(pk, {})
    waiting = ChangeRequest.objects.filter(status=ReviewStatus.PROPOSED)
    asked = {(row.listing_id, row.field): row.proposed_value for row in waiting}
    expected = asked_of(written, before, alone)
    assert asked == expected
    assert len(asked) == waiting.count() > EDITED // 4
    assert {row.current_value == written[row.listing_id][row.field] for row in waiting} == {True}
