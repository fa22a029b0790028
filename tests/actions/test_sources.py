from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from finder.actions.planning import Origin
from finder.actions.refusals import Refused
from finder.actions.sources import Refreshed, is_stale, opt_out, refresh_source
from finder.enums import EditorialStatus
from finder.meetings.meeting import MeetingFile, MeetingGroup, MeetingPlace, MeetingTime
from finder.models import ImportRun, ListingIndex, Source, SourceRecord
from tests.factories import SourceRecordFactory
from tests.made_up_groups import fellowship_source, make_group

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
COUNTS = dict.fromkeys(("read", "created", "updated", "unchanged", "rejected", "merged", "missing"), 0)
FEED = {"feed_url": "https://intergroup.example.org/feed"}


def read_at(source: Source, at: datetime) -> None:
    ImportRun.objects.create(
        format="meeting_guide", source=source, edition=at.date(), started_at=at, finished_at=at, **COUNTS
    )


def file_of(count: int) -> MeetingFile:
    groups = tuple(
        MeetingGroup(
            key=f"group {number}",
            name=f"Group {number}",
            place=MeetingPlace(address_1="85 Main Street", city="Asheville", state_province="NC"),
            times=(MeetingTime(slug=f"group-{number}"),),
            terms=("alcoholics_anonymous",),
            rows=({"slug": f"group-{number}"},),
            row_numbers=(number,),
        )
        for number in range(count)
    )
    return MeetingFile(groups=groups, rejects=(), warnings=(), rows_read=count, rows_merged=0)


def refreshed(source: Source, groups: int, day: int) -> Refreshed:
    now = NOW + timedelta(days=day)
    origin = Origin(format=source.format, file_name="feed", file_hash="0" * 64, edition=now.date())
    return refresh_source(source=source, file=file_of(groups), origin=origin, by=None, now=now)


@pytest.mark.parametrize(("hours", "is_due"), [(None, True), (25, True), (24, True), (23, False), (0, False)])
def test_a_feed_is_due_when_its_last_import_is_older_than_it_wants(hours: int | None, is_due: bool) -> None:
    source = fellowship_source(**FEED)
    if hours is not None:
        read_at(source, NOW - timedelta(hours=900))
        read_at(source, NOW - timedelta(hours=hours))
    assert (source in Source.objects.due(NOW)) is is_due


@pytest.mark.parametrize(
    "fields", [{"feed_url": ""}, {"opted_out_at": NOW}, {"fellowship": ""}], ids=["no URL", "out", "no feed"]
)
def test_what_is_not_to_be_fetched_is_never_due(fields: dict[str, Any]) -> None:
    fellowship_source(**(FEED | fields))
    assert not Source.objects.due(NOW)


def test_the_feed_that_waited_longest_is_fetched_first() -> None:
    for slug, days in (("week", 7), ("month", 30), ("two-days", 2)):
        read_at(fellowship_source(slug, **FEED), NOW - timedelta(days=days))
    fellowship_source("never", **FEED)
    assert [source.pk for source in Source.objects.due(NOW)] == ["never", "month", "week", "two-days"]


@pytest.mark.parametrize(("days", "stale"), [(None, True), (15, True), (14, False), (1, False)])
def test_a_feed_is_stale_when_nobody_read_it_for_long(days: int | None, stale: bool) -> None:
    source = fellowship_source()
    if days is not None:
        read_at(source, NOW - timedelta(days=days))
    assert is_stale(source=source, now=NOW) is stale


def test_a_directory_does_not_go_stale_as_a_feed_does() -> None:
    assert not is_stale(source=Source.objects.get(pk="samhsa-su"), now=NOW)


def test_what_a_feed_no_longer_holds_is_missing() -> None:
    source = fellowship_source(**FEED)
    refreshed(source, 4, day=0)
    told = refreshed(source, 2, day=1)
    assert (told.has_shrunk, told.run.is_whole, told.run.missing) == (False, True, 2)
    assert SourceRecord.objects.filter(missing_since=date(2026, 11, 23)).count() == 2


def test_by_a_feed_that_lost_most_of_its_groups_none_goes_missing() -> None:
    source = fellowship_source(**FEED)
    refreshed(source, 5, day=0)
    told = refreshed(source, 2, day=1)
    assert (told.has_shrunk, told.run.is_whole, told.run.missing) == (True, False, 0)
    assert (told.groups, told.groups_before) == (2, 5)
    assert not SourceRecord.objects.exclude(missing_since=None).exists()


def test_a_feed_that_comes_back_counts_as_whole_again() -> None:
    source = fellowship_source(**FEED)
    for day, groups in enumerate((5, 0, 4)):
        told = refreshed(source, groups, day=day)
    assert (told.has_shrunk, told.run.missing) == (False, 1)


def test_a_source_that_opted_out_is_not_brought_in() -> None:
    source = fellowship_source(**FEED, opted_out_at=NOW)
    with pytest.raises(Refused):
        refreshed(source, 1, day=0)
    assert not ImportRun.objects.exists()


def test_opting_out_archives_the_listings_and_says_why() -> None:
    user = User.objects.create_user("ada")
    listing = make_group()
    source = Source.objects.get(pk="example-intergroup")
    assert opt_out(source=source, by=user, now=NOW, reason=" They asked us to. ") == 1
    listing.refresh_from_db()
    assert source.opted_out_at == NOW
    assert (listing.editorial_status, listing.archived_reason, listing.archived_by) == (
        *(EditorialStatus.ARCHIVED, "They asked us to.", user),
    )
    assert not ListingIndex.objects.filter(listing=listing).exists()


def test_a_group_that_another_source_gives_us_stays() -> None:
    listing = make_group()
    SourceRecordFactory(listing=listing, source=fellowship_source("other"))
    assert opt_out(source=Source.objects.get(pk="other"), by=None, now=NOW, reason="Asked.") == 0
    listing.refresh_from_db()
    assert listing.editorial_status == EditorialStatus.PUBLISHED


def test_a_group_goes_when_the_last_of_its_sources_opts_out() -> None:
    listing = make_group()
    SourceRecordFactory(listing=listing, source=fellowship_source("other"))
    archived = [
        opt_out(source=Source.objects.get(pk=slug), by=None, now=NOW, reason="Asked.")
        for slug in ("other", "example-intergroup")
    ]
    assert archived == [0, 1]


def test_opting_out_twice_is_refused() -> None:
    source = fellowship_source()
    opt_out(source=source, by=None, now=NOW, reason="Asked.")
    with pytest.raises(Refused):
        opt_out(source=source, by=None, now=NOW + timedelta(days=1), reason="Again.")
    source.refresh_from_db()
    assert source.opted_out_at == NOW


def test_opting_out_needs_a_reason() -> None:
    source = fellowship_source()
    with pytest.raises(Refused):
        opt_out(source=source, by=None, now=NOW, reason="  ")
    source.refresh_from_db()
    assert source.opted_out_at is None
