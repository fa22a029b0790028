"""Doubts end when someone looked into them, when the program says that it is right, or with time."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from finder.actions.indexing import index_listings, untrue_rows
from finder.actions.resolving import lapse_outcomes, resolve_chosen_outcomes, resolve_outcomes
from finder.actions.verifying import verify_parts
from finder.enums import Outcome, QueueReason, StatementMethod, VerifiedPart, Voice
from finder.models import CallOutcome, ListingIndex, QueueItem, ServiceAtLocation
from finder.permissions import EDITOR
from tests.factories import make_listing
from tests.made_up_voices import NOON, one_of_us, tell

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def doubted() -> ServiceAtLocation:
    """Two wrong numbers, and two who were told that there is no bed."""
    listing = make_listing()
    index_listings([listing.pk])
    for outcome in (Outcome.WRONG_NUMBER, Outcome.NO_BED):
        tell(listing, outcome)
        tell(listing, outcome)
    return listing


def disputed(listing: ServiceAtLocation) -> list[str]:
    return ListingIndex.objects.get(pk=listing.pk).disputed


def reasons(listing: ServiceAtLocation) -> list[str]:
    item = QueueItem.objects.open().filter(listing=listing).first()
    return item.reasons if item else []


def test_only_what_is_doubted_of_these_parts_is_resolved(doubted: ServiceAtLocation) -> None:
    editor = one_of_us(EDITOR)
    assert resolve_outcomes(listing=doubted, parts=[VerifiedPart.CONTACT], by=editor, now=LATER) == 2
    assert disputed(doubted) == [VerifiedPart.AVAILABILITY]
    resolved = CallOutcome.objects.exclude(resolved_at=None)
    assert {(each.outcome, each.resolved_by) for each in resolved} == {(Outcome.WRONG_NUMBER, editor)}


def test_nothing_left_to_doubt_leaves_nothing_in_the_queue(doubted: ServiceAtLocation) -> None:
    assert set(reasons(doubted)) == {QueueReason.DISPUTED, QueueReason.REPORTED}
    resolve_outcomes(listing=doubted, parts=list(VerifiedPart), by=one_of_us(EDITOR), now=LATER)
    assert (disputed(doubted), reasons(doubted)) == ([], [])


def test_another_listing_keeps_its_doubts(doubted: ServiceAtLocation) -> None:
    other = make_listing()
    tell(other, Outcome.WRONG_NUMBER)
    resolve_outcomes(listing=doubted, parts=list(VerifiedPart), by=one_of_us(EDITOR), now=LATER)
    assert CallOutcome.objects.unresolved().get().listing == other


def test_what_is_told_after_someone_looked_is_new(doubted: ServiceAtLocation) -> None:
    tell(doubted, Outcome.CLOSED, now=LATER + timedelta(minutes=1))
    resolve_outcomes(listing=doubted, parts=[VerifiedPart.CONTACT], by=one_of_us(EDITOR), now=LATER)
    assert CallOutcome.objects.unresolved().filter(outcome=Outcome.CLOSED).exists()


def test_chosen_ones_are_resolved_once(doubted: ServiceAtLocation) -> None:
    first, second = one_of_us(EDITOR), one_of_us(EDITOR)
    chosen = list(CallOutcome.objects.filter(outcome=Outcome.NO_BED))
    assert resolve_chosen_outcomes(outcomes=chosen, by=first, now=LATER) == 2
    assert resolve_chosen_outcomes(outcomes=chosen, by=second, now=LATER) == 0
    assert {each.resolved_by for each in CallOutcome.objects.filter(outcome=Outcome.NO_BED)} == {first}
    assert disputed(doubted) == [VerifiedPart.CONTACT]


@pytest.mark.parametrize("voice", [Voice.PROVIDER, Voice.EDITOR])
def test_whoever_verifies_a_part_resolves_its_doubts(doubted: ServiceAtLocation, voice: Voice) -> None:
    by = None if voice == Voice.PROVIDER else one_of_us(EDITOR)
    method = StatementMethod.PROVIDER if by is None else StatementMethod.PHONE
    verify_parts(listing=doubted, parts=[VerifiedPart.CONTACT], voice=voice, method=method, by=by, now=LATER)
    assert disputed(doubted) == [VerifiedPart.AVAILABILITY]
    resolved = CallOutcome.objects.filter(outcome=Outcome.WRONG_NUMBER).first()
    assert resolved is not None
    assert (resolved.resolved_at, resolved.resolved_by) == (LATER, by)


def test_no_room_lapses_after_two_weeks_and_a_wrong_number_does_not(
    doubted: ServiceAtLocation, clock: time_machine.Traveller
) -> None:
    clock.move_to(NOON + timedelta(days=14, hours=11))
    assert lapse_outcomes(now=NOON + timedelta(days=14, hours=11)) == 0
    clock.move_to(NOON + timedelta(days=14, hours=13))
    assert untrue_rows() == [doubted.pk]
    assert lapse_outcomes(now=NOON + timedelta(days=14, hours=13)) == 2
    assert untrue_rows() == []
    assert disputed(doubted) == [VerifiedPart.CONTACT]
    assert {each.outcome for each in CallOutcome.objects.unresolved()} == {Outcome.WRONG_NUMBER}


def test_a_single_full_house_leaves_the_queue_when_it_lapses(clock: time_machine.Traveller) -> None:
    listing = make_listing()
    index_listings([listing.pk])
    tell(listing, Outcome.NO_BED)
    assert reasons(listing) == [QueueReason.REPORTED]
    later = NOON + timedelta(days=16)
    clock.move_to(later)
    lapse_outcomes(now=later)
    assert reasons(listing) == []
