"""Taking an item for a while, and what comes of working on it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from finder.actions.indexing import index_listings
from finder.actions.refusals import Refused
from finder.actions.working import (
    LEASE,
    Found,
    LeaseLost,
    Result,
    claim,
    claim_next,
    expire_leases,
    finish,
    keep_claim,
    release,
)
from finder.enums import EditorialStatus, Outcome, QueueOutcome, QueueReason, StatementMethod, VerifiedPart
from finder.models import CallOutcome, QueueItem, StaffArea, Verification
from tests.waiting import NOW, due_item, due_listing, many_due_listings, queued, report, told

pytestmark = pytest.mark.django_db

LATER = NOW + LEASE + timedelta(minutes=1)
ALL_RIGHT = Found(Result.ALL_RIGHT, [VerifiedPart.CONTACT])


@pytest.fixture
def eddie() -> User:
    return User.objects.create_user("eddie")


@pytest.fixture
def erin() -> User:
    return User.objects.create_user("erin")


def test_two_editors_get_different_items(eddie: User, erin: User) -> None:
    queued(due_listing(), due_listing())
    found = {claim_next(by=person, now=NOW) for person in (eddie, erin)}
    assert None not in found
    assert len(found) == 2


def test_the_most_pressing_one_is_given_first(eddie: User) -> None:
    calm, pressing, unsafe = due_listing("Calm"), due_listing("Pressing"), due_listing("Unsafe")
    told(pressing)
    report(unsafe)
    queued(calm, pressing, unsafe)
    given = []
    while item := claim_next(by=eddie, now=NOW, passing_over=[each.pk for each in given]):
        given.append(item)
    assert [item.listing.service.name for item in given] == ["Unsafe", "Pressing", "Calm"]


def test_whoever_holds_one_gets_it_again(eddie: User) -> None:
    queued(due_listing(), due_listing())
    assert claim_next(by=eddie, now=NOW) == claim_next(by=eddie, now=NOW + timedelta(minutes=5))


def test_an_item_is_free_again_when_its_lease_ends(eddie: User, erin: User) -> None:
    item = due_item()
    claim_next(by=eddie, now=NOW)
    assert claim_next(by=erin, now=NOW + LEASE - timedelta(seconds=1)) is None
    assert claim_next(by=erin, now=NOW + LEASE) == item


def test_a_lease_is_renewed_while_someone_works(eddie: User, erin: User) -> None:
    item = due_item()
    claim_next(by=eddie, now=NOW)
    assert keep_claim(item=item, by=eddie, now=NOW + timedelta(minutes=15))
    assert claim_next(by=erin, now=NOW + timedelta(minutes=30)) is None
    assert not keep_claim(item=item, by=erin, now=NOW)


def test_a_skipped_item_is_free_at_once_for_others(eddie: User, erin: User) -> None:
    item = due_item()
    claim_next(by=eddie, now=NOW)
    release(item=item, by=eddie, now=NOW)
    assert claim_next(by=eddie, now=NOW, passing_over=[item.pk]) is None
    assert claim_next(by=erin, now=NOW) == item


def test_nobody_lets_go_of_what_another_holds(eddie: User, erin: User) -> None:
    item = due_item()
    claim_next(by=eddie, now=NOW)
    release(item=item, by=erin, now=NOW)
    assert claim_next(by=erin, now=NOW) is None


def test_a_certain_item_is_taken_unless_another_holds_it(eddie: User, erin: User) -> None:
    item = due_item()
    assert claim(item=item, by=eddie, now=NOW).claimed_by == eddie
    with pytest.raises(LeaseLost, match="eddie has taken this item, for 20 more minutes"):
        claim(item=item, by=erin, now=NOW)
    assert claim(item=item, by=erin, now=LATER).claimed_by == erin


def test_ended_leases_are_cleared_and_others_stay(eddie: User, erin: User) -> None:
    queued(due_listing(), due_listing())
    claim_next(by=eddie, now=NOW)
    kept = claim_next(by=erin, now=NOW + timedelta(minutes=10))
    assert expire_leases(now=NOW + LEASE) == 1
    assert QueueItem.objects.get(claimed_by__isnull=False) == kept


# Areas


def test_items_are_given_within_the_person_s_area_only(eddie: User) -> None:
    StaffArea.objects.create(user=eddie, states=["TN"], counties=["Buncombe County, NC"])
    asheville = due_listing(zip_code="28801")
    knoxville = due_listing(zip_code="37902")
    charlotte, online = due_listing(zip_code="28202"), due_listing(online=True, zip_code="")
    queued(asheville, knoxville, charlotte, online)
    given: list[QueueItem] = []
    while item := claim_next(by=eddie, now=NOW, passing_over=[each.pk for each in given]):
        given.append(item)
    assert {item.listing for item in given} == {asheville, knoxville}


# Results


def test_what_was_found_right_is_verified_and_the_item_is_done(eddie: User) -> None:
    item = due_item()
    claim_next(by=eddie, now=NOW)
    found = Found(Result.ALL_RIGHT, [VerifiedPart.CONTACT, VerifiedPart.HOURS])
    done = finish(item=item, found=found, by=eddie, now=NOW)
    assert (done.outcome, done.closed_by, done.closed_at) == (QueueOutcome.CONFIRMED, eddie, NOW)
    verified = Verification.objects.get()
    assert (verified.parts, verified.method, verified.verified_by) == (
        ["CONTACT", "HOURS"],
        StatementMethod.PHONE,
        eddie,
    )


def test_what_was_put_right_ends_as_corrected(eddie: User) -> None:
    found = Found(Result.CORRECTED, [VerifiedPart.CONTACT], StatementMethod.PROVIDER)
    assert finish(item=due_item(), found=found, by=eddie, now=NOW).outcome == QueueOutcome.CORRECTED
    assert Verification.objects.get().method == StatementMethod.PROVIDER


def test_someone_who_found_all_right_says_what(eddie: User) -> None:
    item = due_item()
    with pytest.raises(Refused, match="Say what you found right"):
        finish(item=item, found=Found(Result.ALL_RIGHT), by=eddie, now=NOW)


def test_doubts_about_what_was_checked_are_settled_and_others_stay(eddie: User) -> None:
    listing = due_listing()
    for reader in "ab":
        told(listing, Outcome.WRONG_NUMBER, reader=reader)
        told(listing, Outcome.NEEDS_REFERRAL, reader=reader)
    index_listings([listing.pk])
    (item,) = queued(listing)
    left = finish(item=item, found=ALL_RIGHT, by=eddie, now=NOW)
    assert left.reasons == [QueueReason.DISPUTED, QueueReason.REPORTED]
    assert left.why["conflicts"]["doubters"] == 2
    settled = CallOutcome.objects.filter(resolved_by=eddie)
    assert set(settled.values_list("outcome", flat=True)) == {Outcome.WRONG_NUMBER}
    done = finish(item=left, found=Found(Result.ALL_RIGHT, [VerifiedPart.SERVICES]), by=eddie, now=NOW)
    assert done.outcome == QueueOutcome.CONFIRMED
    listing.index.refresh_from_db()
    assert not listing.index.is_disputed


def test_what_is_left_to_decide_keeps_the_item_in_the_editor_s_hands(eddie: User, erin: User) -> None:
    listing = due_listing()
    report(listing)
    (item,) = queued(listing)
    left = finish(item=item, found=ALL_RIGHT, by=eddie, now=NOW)
    assert (left.closed_at, left.reasons) == (None, [QueueReason.UNSAFE])
    assert claim_next(by=erin, now=NOW) is None


def test_nobody_answered_so_it_comes_back_the_next_day_and_after_three_calls_monthly(
    eddie: User, erin: User
) -> None:
    item, at = due_item(), NOW
    waits = []
    for _call in range(4):
        assert claim_next(by=eddie, now=at) == item
        back = finish(item=item, found=Found(Result.NO_ANSWER), by=eddie, now=at)
        assert back.not_before is not None
        assert claim_next(by=erin, now=back.not_before - timedelta(minutes=1)) is None
        waits.append((back.not_before - at).total_seconds() / 3600)
        at = back.not_before
    assert waits == [18, 18, 30 * 24, 30 * 24]
    assert CallOutcome.objects.filter(outcome=Outcome.NO_ANSWER, reported_by=eddie).count() == 4


def test_an_unsafe_report_does_not_wait_because_nobody_answered(eddie: User, erin: User) -> None:
    listing = due_listing()
    report(listing)
    (item,) = queued(listing)
    finish(item=item, found=Found(Result.NO_ANSWER), by=eddie, now=NOW)
    assert claim_next(by=erin, now=NOW) == item


def test_a_wrong_number_is_disputed_at_once_and_looked_for_the_next_day(eddie: User) -> None:
    item = due_item()
    back = finish(item=item, found=Found(Result.WRONG_NUMBER), by=eddie, now=NOW)
    assert back.reasons == [QueueReason.DISPUTED, QueueReason.REPORTED, QueueReason.DUE]
    assert back.not_before == NOW + timedelta(hours=18)
    back.listing.index.refresh_from_db()
    assert back.listing.index.disputed == [VerifiedPart.CONTACT]


def test_what_is_closed_for_good_is_archived_with_its_reason(eddie: User) -> None:
    item = due_item()
    done = finish(item=item, found=Found(Result.CLOSED, reason="Closed in May"), by=eddie, now=NOW)
    item.listing.refresh_from_db()
    assert (done.outcome, done.closed_by) == (QueueOutcome.ARCHIVED, eddie)
    assert item.listing.editorial_status == EditorialStatus.ARCHIVED
    assert item.listing.archived_reason == "Closed in May"


def test_closed_for_good_needs_a_reason(eddie: User) -> None:
    item = due_item()
    with pytest.raises(Refused, match="Say why"):
        finish(item=item, found=Found(Result.CLOSED, reason=" "), by=eddie, now=NOW)
    item.refresh_from_db()
    assert item.closed_at is None


# Lost leases


def test_a_lease_that_ended_is_still_good_while_nobody_took_the_item(eddie: User) -> None:
    item = due_item()
    claim_next(by=eddie, now=NOW)
    assert finish(item=item, found=ALL_RIGHT, by=eddie, now=LATER).closed_by == eddie


def test_whoever_lost_the_item_to_another_finishes_nothing(eddie: User, erin: User) -> None:
    item = due_item()
    claim_next(by=eddie, now=NOW)
    claim_next(by=erin, now=LATER)
    with pytest.raises(LeaseLost, match="erin has taken this item"):
        finish(item=item, found=ALL_RIGHT, by=eddie, now=LATER)
    assert not Verification.objects.exists()


def test_what_another_finished_is_not_finished_again(eddie: User, erin: User) -> None:
    item = due_item()
    finish(item=item, found=ALL_RIGHT, by=erin, now=NOW)
    with pytest.raises(LeaseLost, match="This item is done"):
        finish(item=item, found=ALL_RIGHT, by=eddie, now=NOW)
    assert Verification.objects.count() == 1


def test_the_queue_is_empty_when_all_is_done(eddie: User) -> None:
    queued(*many_due_listings(5))
    while item := claim_next(by=eddie, now=NOW):
        finish(item=item, found=ALL_RIGHT, by=eddie, now=NOW)
    assert not QueueItem.objects.open().exists()
    assert Verification.objects.count() == 5
