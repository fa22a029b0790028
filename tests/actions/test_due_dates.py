"""The stored due dates follow the rule, and do not move while nothing is known anew."""

from datetime import UTC, date, datetime, timedelta

import pytest

from finder.actions.due_dates import refresh_due_dates
from finder.enums import CareCategory, StatementMethod, VerifiedPart, Voice
from finder.models import ImportRun, ServiceAtLocation, SourceRecord, Verification
from tests.factories import ImportRunFactory, SourceRecordFactory, StatementFactory, make_listing
from tests.samples import NOW as IMPORTED_AT
from tests.samples import facility, import_rows

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def due(*, now: datetime = NOW) -> date | None:
    refresh_due_dates(listing_ids=[listing.pk for listing in ServiceAtLocation.objects.all()], now=now)
    return ServiceAtLocation.objects.get().verification_due_date


def checked(*parts: VerifiedPart, days_ago: int = 0, voice: Voice = Voice.PROVIDER) -> None:
    Verification.objects.create(
        listing=ServiceAtLocation.objects.get(),
        parts=[part.value for part in parts],
        voice=voice,
        method=StatementMethod.PROVIDER,
        verified_at=NOW - timedelta(days=days_ago),
    )


def test_the_day_does_not_move_while_nobody_checks() -> None:
    make_listing()
    first = due()
    assert first is not None
    assert [due(now=NOW + number * DAY) for number in (1, 30, 400)] == [first] * 3


def test_it_counts_from_the_day_of_the_import_that_read_it_first() -> None:
    listing = make_listing()
    for month in (6, 3, 9):
        run = ImportRunFactory(started_at=datetime(2026, month, 1, tzinfo=UTC))
        SourceRecordFactory(listing=listing, created_in=run, source__slug=f"source-{month}")
    found = due()
    assert found is not None
    assert date(2026, 3, 2) <= found <= date(2026, 3, 1) + timedelta(days=180)


def test_a_check_counts_and_a_fact_that_we_found_out_does_too() -> None:
    listing = make_listing()
    checked(VerifiedPart.CONTACT, days_ago=10)
    assert due() == NOW.date() - 10 * DAY + timedelta(days=180)
    StatementFactory(listing=listing, by_phone=True, stated_on=NOW.date())
    assert due() == NOW.date() - 10 * DAY + timedelta(days=180)
    checked(VerifiedPart.CONTACT)
    assert due() == NOW.date() + timedelta(days=180)


def test_room_for_today_and_a_readers_word_are_no_check() -> None:
    make_listing()
    before = due()
    checked(VerifiedPart.AVAILABILITY)
    checked(VerifiedPart.CONTACT, voice=Voice.PUBLIC)
    assert due() == before


def test_a_program_that_wants_to_be_asked_sooner_is() -> None:
    make_listing()
    due()
    ServiceAtLocation.objects.update(cadence_days=7)
    found = due()
    assert found is not None
    assert found <= NOW.date() + timedelta(days=7)


def test_what_becomes_a_support_group_is_due_no_more() -> None:
    listing = make_listing()
    assert due()
    listing.service.categories = [CareCategory.SUPPORT_GROUP]
    listing.service.save()
    assert due() is None


def test_only_what_changed_is_written() -> None:
    listing = make_listing()
    assert refresh_due_dates(listing_ids=[listing.pk], now=NOW) == 1
    assert refresh_due_dates(listing_ids=[listing.pk], now=NOW) == 0


@pytest.mark.usefixtures("vocabulary")
def test_an_import_gives_each_new_listing_its_day_and_a_later_refresh_leaves_it() -> None:
    import_rows(*(facility(name1=f"Clinic {number}", phone="") for number in range(40)))
    days = set(ServiceAtLocation.objects.values_list("verification_due_date", flat=True))
    assert None not in days
    assert len(days) > 20
    assert all(IMPORTED_AT.date() < day <= IMPORTED_AT.date() + timedelta(days=180) for day in days)
    SourceRecord.objects.update(created_in=ImportRun.objects.get())
    listings = list(ServiceAtLocation.objects.values_list("pk", flat=True))
    assert refresh_due_dates(listing_ids=listings, now=IMPORTED_AT + 30 * DAY) == 0
