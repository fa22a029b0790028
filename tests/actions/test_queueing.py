"""What waits for an editor, and how pressing it is."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User

from finder.actions.archiving import archive_listing
from finder.actions.indexing import index_listings
from finder.actions.merging import reject_merge
from finder.actions.proposing import propose_changes_of
from finder.actions.queueing import refresh_queue_items, refresh_whole_queue
from finder.actions.reporting import report_listing
from finder.actions.reviewing import reject_change
from finder.actions.verifying import verify_parts
from finder.enums import (
    CareCategory,
    ChangeOrigin,
    Outcome,
    QueueOutcome,
    QueueReason,
    ReportKind,
    StatementMethod,
    VerifiedPart,
    Voice,
)
from finder.models import ChangeRequest, Merge, QueueItem, ServiceAtLocation, UnmetNeed
from finder.upkeep.priority_words import sentences
from tests.factories import SourceFactory, SourceRecordFactory, make_listing
from tests.samples import facility, import_rows, listing_named
from tests.waiting import DETOX, DUE, NOW, due_item, due_listing, names, queued, report, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor")


def checked_lately(name: str = "Riverside Counseling", **traits: object) -> ServiceAtLocation:
    listing = make_listing(name=name, **traits)
    index_listings([listing.pk])
    return listing


def reasons(listing: ServiceAtLocation) -> list[str]:
    index_listings([listing.pk])
    refresh_queue_items(listing_ids=[listing.pk], now=NOW)
    item = QueueItem.objects.open().filter(listing=listing).first()
    return item.reasons if item else []


def verify(listing: ServiceAtLocation, editor: User) -> None:
    verify_parts(
        listing=listing,
        parts=[VerifiedPart.CONTACT],
        voice=Voice.EDITOR,
        method=StatementMethod.PHONE,
        by=editor,
        now=NOW,
    )


# Reasons


def test_a_listing_that_is_right_does_not_wait() -> None:
    assert reasons(checked_lately(verification_due_date=NOW.date() + timedelta(days=1))) == []


def test_a_listing_waits_from_the_day_it_is_due() -> None:
    assert reasons(checked_lately(verification_due_date=NOW.date())) == [QueueReason.DUE]


def test_what_was_checked_leaves_the_queue(editor: User) -> None:
    item = due_item()
    verify(item.listing, editor)
    item.refresh_from_db()
    assert (item.closed_at, item.outcome) == (NOW, QueueOutcome.RESOLVED)


def test_a_report_of_something_wrong_waits() -> None:
    listing = checked_lately()
    report(listing, ReportKind.PROBLEM)
    assert reasons(listing) == [QueueReason.REPORTED]


def test_one_caller_raises_a_listing_and_a_second_disputes_it() -> None:
    listing = checked_lately()
    told(listing, reader="a")
    assert reasons(listing) == [QueueReason.REPORTED]
    told(listing, reader="b")
    assert reasons(listing) == [QueueReason.DISPUTED, QueueReason.REPORTED]


def test_a_good_call_is_no_reason() -> None:
    listing = checked_lately()
    told(listing, Outcome.ANSWERED)
    assert reasons(listing) == []


def test_a_proposed_change_waits_until_it_is_decided(editor: User) -> None:
    SourceFactory(slug="staff")
    listing = checked_lately()
    propose_changes_of(
        listing=listing,
        values={"service.name": "Riverside House"},
        origin=ChangeOrigin.PROVIDER,
        source="staff",
        now=NOW,
    )
    assert QueueItem.objects.open().get().reasons == [QueueReason.CHANGED]
    reject_change(request=ChangeRequest.objects.get(), by=editor, now=NOW)
    assert not QueueItem.objects.open().exists()


def test_both_of_a_possible_pair_wait_until_it_is_decided(editor: User) -> None:
    kept, other = checked_lately(), checked_lately("Riverside Annex")
    merge = Merge.objects.create(listing=kept, duplicate=other, reason="The same street", proposed_at=NOW)
    assert reasons(kept) == reasons(other) == [QueueReason.DUPLICATE]
    reject_merge(merge=merge, by=editor, now=NOW)
    assert not QueueItem.objects.open().exists()


def test_what_its_directory_dropped_waits_until_someone_found_it_there(editor: User) -> None:
    listing = checked_lately()
    SourceRecordFactory(listing=listing, missing=True)
    assert reasons(listing) == [QueueReason.MISSING]
    verify(listing, editor)
    assert reasons(listing) == []


def test_what_is_dropped_after_it_was_checked_waits_again(editor: User) -> None:
    listing = checked_lately()
    verify(listing, editor)
    SourceRecordFactory(listing=listing, edition=NOW.date(), missing_since=NOW.date() + timedelta(days=9))
    assert reasons(listing) == [QueueReason.MISSING]


def test_a_place_that_is_not_on_the_map_waits() -> None:
    assert reasons(checked_lately(unplaced=True)) == [QueueReason.NO_COORDINATES]


def test_an_online_group_needs_no_place_on_the_map() -> None:
    assert reasons(checked_lately(online=True, unplaced=True)) == []


@pytest.mark.parametrize("hidden", ["draft", "archived"])
def test_what_readers_do_not_see_waits_for_nobody(hidden: str) -> None:
    assert reasons(due_listing(**{hidden: True})) == []


def test_an_archived_listing_leaves_the_queue(editor: User) -> None:
    item = due_item()
    archive_listing(listing=item.listing, reason="Closed", by=editor, now=NOW)
    assert not QueueItem.objects.open().exists()


def test_made_up_listings_wait_only_where_there_are_no_others() -> None:
    made_up = due_listing("Example Riverside", demo=True)
    assert reasons(made_up) == [QueueReason.DUE]
    checked_lately()
    assert reasons(made_up) == []


# Order


def test_what_is_reported_as_unsafe_goes_to_the_top_whatever_else_waits() -> None:
    pressing = due_listing("Only Detox", categories=[DETOX], zip_code="99501")
    for reader in "abcd":
        told(pressing, reader=reader)
    calm = checked_lately("Well Kept Detox", categories=[DETOX])
    report(calm)
    for number in range(4):
        checked_lately(f"Another Detox {number}", categories=[DETOX])
    index_listings([pressing.pk])
    first, second = queued(calm, pressing)
    assert first.priority < second.priority
    assert names(QueueItem.objects.open().most_pressing_first()) == ["Well Kept Detox", "Only Detox"]


def test_a_reader_s_report_of_something_unsafe_is_at_the_top_at_once() -> None:
    pressing = due_listing("Only Detox", categories=[DETOX], zip_code="99501")
    queued(pressing)
    calm = checked_lately("Well Kept House")
    report_listing(
        listing=calm, kind=ReportKind.UNSAFE, text="Pills at the door.", network="203.0.113.7", now=NOW
    )
    assert names(QueueItem.objects.open().most_pressing_first()) == ["Well Kept House", "Only Detox"]


def test_the_only_detox_of_a_region_comes_before_one_of_many() -> None:
    alone = due_listing("Far Detox", categories=[DETOX], zip_code="99501")
    among_many = [due_listing(f"City Detox {number}", categories=[DETOX]) for number in range(4)]
    items = queued(alone, *among_many)
    assert names(QueueItem.objects.open().most_pressing_first())[0] == "Far Detox"
    assert "Only detox within 25 miles" in said(items[0])
    assert not any("within 25 miles" in words for words in said(items[1]))


def said(item: QueueItem) -> list[str]:
    return [sentence.words for sentence in sentences(item.why)]


def test_another_kind_of_help_nearby_is_no_replacement() -> None:
    detox = due_listing("Riverside Detox", categories=[DETOX])
    checked_lately("Counseling next door")
    assert "Only detox within 25 miles" in said(queued(detox)[0])


@pytest.mark.parametrize("state", ["draft", "closed", "far"])
def test_what_nobody_can_go_to_is_no_replacement(state: str) -> None:
    traits: dict[str, object] = {
        "draft": {"draft": True},
        "closed": {"service__status": "temporarily closed"},
        "far": {"zip_code": "28202"},
    }[state]  # type: ignore[assignment]
    checked_lately("Another Detox", categories=[DETOX], **traits)
    assert "Only detox within 25 miles" in said(queued(due_listing(categories=[DETOX]))[0])


def test_a_listing_of_two_kinds_is_told_by_the_rarer_one() -> None:
    both = due_listing(categories=[CareCategory.BEHAVIORAL_HEALTH, DETOX])
    for number in range(3):
        checked_lately(f"Counseling {number}")
    assert "Only detox within 25 miles" in said(queued(both)[0])


def test_a_confidential_place_is_told_from_the_middle_of_its_county() -> None:
    hidden = due_listing("Quiet House", categories=[DETOX], confidential=True)
    checked_lately("Another Detox", categories=[DETOX])
    assert "One of 2 detox listings within 25 miles" in said(queued(hidden)[0])


def test_age_is_told_from_the_edition_that_nobody_checked_since() -> None:
    assert "Nobody checked for 4 years" in said(due_item())


def asked_for(count: int, day: date = date(2026, 11, 5), **where: str) -> None:
    usual = {"state_province": "NC", "county": "Buncombe County", "category": DETOX.value, "need": "medicaid"}
    UnmetNeed.objects.create(date=day, count=count, **usual | where)


def demand(item: QueueItem) -> dict[str, object]:
    return {name: item.why["demand"][name] for name in ("times", "asked", "calls")}


def test_what_searches_of_the_county_did_not_find_is_demand() -> None:
    asked_for(40)
    item = due_item(categories=[DETOX])
    assert demand(item) == {"times": 1.4, "asked": 40, "calls": 0}
    assert any(words.startswith("Often asked for here: detox (Buncombe County: 40") for words in said(item))


def test_a_number_below_ten_raises_nothing() -> None:
    asked_for(9)
    assert demand(due_item(categories=[DETOX]))["asked"] == 0


def test_small_numbers_count_in_whole_tens_of_what_they_make_together() -> None:
    for need, count in {"medicaid": 7, "spanish": 8, "veterans": 23}.items():
        asked_for(count, need=need)
    assert demand(due_item(categories=[DETOX]))["asked"] == 30


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"county": "Madison County"},
        {"state_province": "TN"},
        {"category": CareCategory.SUPPORT_GROUP.value},
        {"county": ""},
    ],
)
def test_demand_of_another_place_or_kind_raises_nothing(elsewhere: dict[str, str]) -> None:
    asked_for(400, **elsewhere)
    assert demand(due_item(categories=[DETOX]))["asked"] == 0


def test_the_month_in_which_the_90_days_begin_counts_whole_and_none_before_it() -> None:
    asked_for(40, date(2026, 8, 1))
    asked_for(400, date(2026, 7, 31))
    assert demand(due_item(categories=[DETOX]))["asked"] == 40


def test_calls_of_readers_are_demand_and_our_own_are_not(editor: User) -> None:
    listing = due_listing()
    told(listing, Outcome.ANSWERED, reader="a")
    told(listing, Outcome.ANSWERED, reader="b", at=NOW - timedelta(days=91))
    told(listing, Outcome.NO_ANSWER, by=editor)
    assert demand(queued(listing)[0]) == {"times": 1.1, "asked": 0, "calls": 1}


# Keeping it true


def test_nothing_is_written_where_nothing_changed() -> None:
    listing = due_listing()
    refresh_queue_items(listing_ids=[listing.pk], now=NOW)
    assert refresh_queue_items(listing_ids=[listing.pk], now=NOW) == (0, 0, 0)
    assert refresh_whole_queue(now=NOW) == (0, 0, 0)


def test_there_is_one_open_item_for_each_listing_and_a_new_one_after_it_was_done(editor: User) -> None:
    item = due_item()
    queued(item.listing)
    verify(item.listing, editor)
    report(item.listing)
    queued(item.listing)
    assert [each.outcome for each in QueueItem.objects.order_by("pk")] == [QueueOutcome.RESOLVED, ""]


def test_the_whole_queue_opens_changes_and_closes(editor: User) -> None:
    doubted, settled, fresh = due_listing("Doubted"), due_listing("Settled"), due_listing("Fresh")
    queued(doubted, settled)
    told(doubted)
    ServiceAtLocation.objects.filter(pk=settled.pk).update(verification_due_date=None)
    assert refresh_whole_queue(now=NOW) == (1, 1, 1)
    assert set(names(QueueItem.objects.open())) == {"Doubted", "Fresh"}
    assert fresh.queue_items.count() == 1


def test_a_new_reason_ends_a_delay_and_an_old_one_does_not() -> None:
    item = due_item()
    QueueItem.objects.update(not_before=NOW + timedelta(days=30))
    told(item.listing)
    told(item.listing, reader="b")
    assert queued(item.listing)[0].not_before is None
    QueueItem.objects.update(not_before=NOW + timedelta(days=30))
    told(item.listing, reader="c")
    assert queued(item.listing)[0].not_before is not None


def test_a_second_report_of_something_unsafe_ends_a_delay_too() -> None:
    listing = checked_lately()
    report(listing)
    queued(listing)
    QueueItem.objects.update(not_before=NOW + timedelta(days=30))
    report(listing)
    assert queued(listing)[0].not_before is None


# Imports


HOUSE = facility("Example Recovery House")


@pytest.mark.usefixtures("vocabulary")
def test_an_import_queues_what_it_no_longer_holds() -> None:
    other = facility("Example Clinic", street1="2 Example Street", phone="828-555-0143")
    import_rows(HOUSE, other, edition=2022)
    assert not QueueItem.objects.exists()
    import_rows(other, edition=2024)
    item = QueueItem.objects.get()
    assert item.listing == listing_named("Example Recovery House")
    assert item.reasons == [QueueReason.MISSING]


@pytest.mark.usefixtures("vocabulary")
def test_an_unchanged_import_leaves_the_queue_as_it_is() -> None:
    import_rows(HOUSE, edition=2024)
    ServiceAtLocation.objects.update(verification_due_date=DUE)
    before = list(QueueItem.objects.values())
    import_rows(HOUSE, edition=2024)
    assert list(QueueItem.objects.values()) == before == []
