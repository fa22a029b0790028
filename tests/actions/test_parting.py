import random
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User

from finder.actions.indexing import untrue_rows
from finder.actions.merging import DUPLICATE, KEPT, accept_merge, differences
from finder.actions.parting import undo_merge
from finder.actions.refusals import Refused
from finder.enums import EditorialStatus
from finder.models import Merge, Redirect, ServiceAtLocation, Statement
from tests.factories import StatementFactory, make_listing
from tests.made_up_pairs import NOW, differing, everything, some_pair

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

LATER = NOW


@pytest.fixture(autouse=True)
def still_clock() -> Iterator[None]:
    """The index holds times up to so many days from now."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def reviewer(db: None) -> User:
    return User.objects.create_user("rita")


def merged(merge: Merge, dice: random.Random, by: User) -> None:
    choices = {each.part: dice.choice([KEPT, DUPLICATE]) for each in differences(merge)}
    accept_merge(merge=merge, choices=choices, by=by, now=NOW)


@pytest.mark.parametrize("tens", range(20))
def test_parted_they_are_what_they_were_to_the_last_byte(tens: int, reviewer: User) -> None:
    """Two hundred pairs with children of every kind, ten by ten."""
    for number in range(tens * 10, tens * 10 + 10):
        dice = random.Random(number)
        merge = some_pair(dice)
        before = everything()
        merged(merge, dice, reviewer)
        assert everything() != before
        assert undo_merge(merge=merge, by=reviewer, now=LATER) == []
        assert everything() == before, f"pair {number}\n{differing(before, everything())}"
    assert untrue_rows() == []


def test_what_was_edited_since_stays_and_is_named(reviewer: User) -> None:
    merge = some_pair(random.Random(1))
    merged(merge, random.Random(1), reviewer)
    service = ServiceAtLocation.objects.get(pk=merge.listing_id).service
    service.description = "Written after the merge."
    service.save()
    assert undo_merge(merge=merge, by=reviewer, now=LATER) == ["service: description"]
    service.refresh_from_db()
    assert service.description == "Written after the merge."


def test_what_was_said_since_stays_with_the_one_that_was_kept(reviewer: User) -> None:
    merge = some_pair(random.Random(2))
    merged(merge, random.Random(2), reviewer)
    said = StatementFactory(listing=ServiceAtLocation.objects.get(pk=merge.listing_id), by_phone=True)
    undo_merge(merge=merge, by=reviewer, now=LATER)
    assert Statement.objects.get(pk=said.pk).listing_id == merge.listing_id


def test_the_duplicate_is_published_again_and_leads_nowhere_else(reviewer: User) -> None:
    merge = some_pair(random.Random(3))
    merged(merge, random.Random(3), reviewer)
    undo_merge(merge=merge, by=reviewer, now=LATER)
    duplicate = ServiceAtLocation.objects.get(pk=merge.duplicate_id)
    assert duplicate.editorial_status == EditorialStatus.PUBLISHED
    assert not Redirect.objects.exists()
    merge.refresh_from_db()
    assert (merge.undone_by, merge.undone_at) == (reviewer, LATER)


def never_merged(merge: Merge, by: User) -> None:
    """Left as it was proposed."""


def parted_already(merge: Merge, by: User) -> None:
    merged(merge, random.Random(4), by)
    undo_merge(merge=merge, by=by, now=LATER)


def merged_further(merge: Merge, by: User) -> None:
    merged(merge, random.Random(4), by)
    further = Merge.objects.create(
        listing=make_listing(name="Third"), duplicate=merge.listing, reason="The same phone", proposed_at=NOW
    )
    merged(further, random.Random(4), by)


@pytest.mark.parametrize(
    ("done", "why"),
    [
        (never_merged, "not merged"),
        (parted_already, "parted already"),
        (merged_further, "Part that first"),
    ],
)
def test_what_cannot_be_parted_is_told(done: Any, why: str, reviewer: User) -> None:
    merge = some_pair(random.Random(4))
    done(merge, reviewer)
    before = everything()
    with pytest.raises(Refused, match=why):
        undo_merge(merge=merge, by=reviewer, now=LATER)
    assert everything() == before
