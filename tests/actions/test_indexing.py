"""The index says what the listings say, and nothing that they hide."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from finder.actions.indexing import index_listings, rebuild_index, untrue_rows
from finder.enums import EditorialStatus, Outcome, StatementMethod, VerifiedPart
from finder.geography.gazetteer import county_centroid
from finder.geography.position import unit_vector
from finder.models import (
    CallOutcome,
    DirectoryWord,
    ListingIndex,
    Location,
    Service,
    ServiceAtLocation,
    SourceRecord,
    Statement,
    Verification,
)
from finder.upkeep.freshness import Freshness
from finder.upkeep.kept_freshness import parts_in
from tests.factories import (
    ListingFactory,
    ScheduleFactory,
    SourceFactory,
    SourceRecordFactory,
    StatementFactory,
    make_listing,
)

pytestmark = pytest.mark.django_db


def indexed(listing: ServiceAtLocation) -> ListingIndex:
    index_listings([listing.pk])
    return ListingIndex.objects.get(pk=listing.pk)


TRUTHS_CHANGED_BY_HAND: dict[str, Callable[[], Any]] = {
    "a name": lambda: Service.objects.update(name="Another Name"),
    "a category": lambda: Service.objects.update(categories=["withdrawal_management"]),
    "a closing": lambda: Service.objects.update(status="defunct"),
    "a place": lambda: Location.objects.update(latitude=35.5, longitude=-82.5),
    "a hidden address": lambda: Location.objects.update(address_is_public=False),
    "a county": lambda: Location.objects.update(region="Madison County"),
    "a draft": lambda: ServiceAtLocation.objects.update(editorial_status=EditorialStatus.DRAFT),
    "a statement taken away": lambda: Statement.objects.all().delete(),
    "a record gone missing": lambda: SourceRecord.objects.update(missing_since=date(2026, 1, 1)),
    "a check": lambda: Verification.objects.create(
        listing=ServiceAtLocation.objects.get(),
        parts=["CONTACT"],
        voice="PROVIDER",
        method="PROVIDER",
        verified_at=datetime(2026, 11, 20, tzinfo=UTC),
    ),
    "an index row changed": lambda: ListingIndex.objects.update(is_online=True),
    "an index row taken away": lambda: ListingIndex.objects.all().delete(),
}


@pytest.mark.parametrize("change", TRUTHS_CHANGED_BY_HAND)
def test_a_row_that_is_not_true_is_found_and_mended(change: str) -> None:
    listing = make_listing(yes=["spanish"])
    SourceRecordFactory(listing=listing)
    index_listings([listing.pk])
    assert untrue_rows() == []

    TRUTHS_CHANGED_BY_HAND[change]()
    assert untrue_rows() == [listing.pk]

    rebuild_index()
    assert untrue_rows() == []


@pytest.mark.parametrize("trait", ["draft", "archived"])
def test_what_is_not_published_is_not_in_the_index(trait: str) -> None:
    listing = ListingFactory(**{trait: True})

    index_listings([listing.pk])
    assert not ListingIndex.objects.exists()

    assert rebuild_index() == 0


def test_a_listing_leaves_the_index_when_it_becomes_a_draft() -> None:
    listing = ListingFactory()
    indexed(listing)

    ServiceAtLocation.objects.update(editorial_status=EditorialStatus.DRAFT)
    index_listings([listing.pk])

    assert not ListingIndex.objects.exists()


def test_a_confidential_address_is_known_only_as_the_middle_of_its_county() -> None:
    row = indexed(make_listing(confidential=True, location__address_1="7 Hidden Street", zip_code="28801"))

    middle = county_centroid("NC", "Buncombe County")
    assert middle is not None
    assert row.position == unit_vector(*middle)
    assert "hidden" not in repr(vars(row)).lower()
    assert "28801" not in repr(vars(row))


def test_two_confidential_addresses_of_a_county_cannot_be_told_apart() -> None:
    here, there = (make_listing(confidential=True, zip_code=zip_code) for zip_code in ("28801", "28715"))

    assert indexed(here).position == indexed(there).position


def test_a_confidential_address_of_no_known_county_has_no_position() -> None:
    assert indexed(make_listing(confidential=True, location__region="")).position is None


def test_a_listing_without_coordinates_has_no_position() -> None:
    assert indexed(make_listing(unplaced=True)).position is None


def test_terms_stated_yes_and_no_are_kept_apart_and_the_rest_is_absent() -> None:
    listing = make_listing(yes=["spanish"], no=["methadone"])

    row = indexed(listing)

    statement = Statement.objects.get()
    assert (row.yes, row.no) == (statement.affirmed, statement.denied)


def test_a_persons_check_outranks_the_directory_in_the_index() -> None:
    listing = make_listing(yes=["spanish"], stated_on=date(2026, 1, 1))
    StatementFactory(listing=listing, no=("spanish",), by_phone=True, stated_on=date(2025, 1, 1))

    row = indexed(listing)

    assert (len(row.yes), len(row.no)) == (0, 1)
    assert (row.checked_on, row.checked_method) == (date(2025, 1, 1), StatementMethod.PHONE)


@pytest.mark.parametrize(
    ("dates", "since"),
    [
        ([], None),
        ([None], None),
        ([date(2026, 1, 1)], date(2026, 1, 1)),
        ([date(2026, 1, 1), None], None),
        ([date(2025, 7, 1), date(2026, 1, 1)], date(2026, 1, 1)),
    ],
)
def test_a_listing_is_missing_when_no_source_holds_it_any_longer(
    dates: list[date | None], since: date | None
) -> None:
    listing = make_listing()
    for number, missing in enumerate(dates):
        source = SourceFactory(slug=f"source-{number}")
        SourceRecordFactory(listing=listing, source=source, missing_since=missing)

    assert indexed(listing).missing_since == since


def test_indexing_again_changes_nothing() -> None:
    listing = make_listing(yes=["spanish"])
    indexed(listing)
    before = list(ListingIndex.objects.values())

    index_listings([listing.pk, listing.pk])

    assert list(ListingIndex.objects.values()) == before


def test_the_directorys_words_are_those_of_published_listings() -> None:
    make_listing(name="Riverside Counseling")
    make_listing(name="Zebra Draft", draft=True)

    rebuild_index()

    words = set(DirectoryWord.objects.values_list("word", flat=True))
    assert {"riverside", "counseling"} <= words
    assert "zebra" not in words


def test_an_edition_is_as_new_as_the_newest_record_of_any_source() -> None:
    listing = make_listing(stated_on=date(2022, 1, 1))
    SourceRecordFactory(listing=listing, edition=date(2022, 1, 1))
    SourceRecordFactory(listing=listing, edition=date(2025, 6, 1), source__slug="samhsa-mh")

    assert indexed(listing).freshness == {"EDITION": ["2025-06-01", "samhsa-mh"]}


def test_hours_have_an_age_where_there_are_hours() -> None:
    listing = make_listing()
    assert len(parts_in(indexed(listing).freshness)) == 2

    ScheduleFactory(listing=listing)

    hours = parts_in(indexed(listing).freshness)[1]
    assert hours == Freshness(VerifiedPart.HOURS, date(2026, 11, 1), "IMPORT", source="samhsa-su")


def test_a_fact_that_a_person_found_out_makes_the_services_fresh() -> None:
    listing = make_listing(yes=["spanish"], stated_on=date(2022, 1, 1))
    StatementFactory(listing=listing, no=("spanish",), by_provider=True, stated_on=date(2026, 1, 1))

    assert indexed(listing).freshness == {
        "SERVICES": ["2026-01-01", "PROVIDER", "PROVIDER"],
        "EDITION": ["2022-01-01", "samhsa-su"],
    }


def test_a_dispute_names_the_part_what_was_found_and_by_how_many() -> None:
    listing = make_listing()
    for reader in ("one", "another"):
        CallOutcome.objects.create(
            listing=listing,
            outcome=Outcome.WRONG_NUMBER,
            reported_at=datetime(2026, 11, 20, tzinfo=UTC),
            reporter_key=reader,
        )

    row = indexed(listing)

    assert (row.is_disputed, row.disputed) == (True, [VerifiedPart.CONTACT])
    assert row.freshness["DOUBTS"] == {"CONTACT": [["WRONG_NUMBER"], 2]}


def test_what_someone_looked_into_disputes_nothing(django_user_model: type[User]) -> None:
    listing = make_listing()
    someone, at = django_user_model.objects.create_user("editor"), datetime(2026, 11, 20, tzinfo=UTC)
    for reader in ("one", "another"):
        CallOutcome.objects.create(
            listing=listing,
            outcome=Outcome.CLOSED,
            reported_at=at,
            reporter_key=reader,
            resolved_at=at,
            resolved_by=someone,
        )

    row = indexed(listing)

    assert (row.is_disputed, row.disputed) == (False, [])
    assert "DOUBTS" not in row.freshness
