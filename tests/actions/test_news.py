from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from finder.actions.archiving import archive_listing, restore_listing
from finder.actions.indexing import index_listings, rebuild_index
from finder.actions.merging import KEPT, accept_merge
from finder.actions.news import News, news_since
from finder.actions.publishing import publish_listing
from finder.actions.removing import remove_listings
from finder.enums import CareCategory, ServiceStatus
from finder.filters import SearchFilterSet
from finder.models import Location, Merge, Phone, Service, ServiceAtLocation
from tests.factories import ListingFactory, PhoneFactory, ScheduleFactory, StatementFactory, make_listing
from tests.lived import on
from tests.samples import facility, import_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

LOOKED = datetime(2026, 11, 20, 12, tzinfo=UTC)
EARLIER, LATER = LOOKED - timedelta(days=3), LOOKED + timedelta(days=1)
NOW = LOOKED + timedelta(days=7)
NEAR = "near=28801"
MEDICAID = "near=28801&need=medicaid"


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("eddie")


def found(query: str = NEAR, since: datetime = LOOKED, **options: Any) -> News:
    asked = SearchFilterSet(data=QueryDict(query))
    assert asked.is_valid(), asked.errors
    rebuild_index()
    return news_since(asked.question, since=since, now=NOW, **options)


def told(query: str = NEAR, since: datetime = LOOKED) -> dict[str, list[Any]]:
    """By name of listing."""
    all_news = found(query, since)
    names = dict(ServiceAtLocation.objects.values_list("pk", "service__name"))
    return {
        name: value
        for name, value in {
            "new": [names[pk] for pk in all_news.new],
            "changed": [(names[pk], [one.kind.value for one in changes]) for pk, changes in all_news.changed],
            "gone": [gone.name for gone in all_news.gone],
        }.items()
        if value
    }


def state(listing: ServiceAtLocation, at: datetime, **facts: Any) -> None:
    StatementFactory(listing=listing, stated_on=at.date(), recorded_at=at, by_phone=True, **facts)


def test_nothing_was_written_and_nothing_is_compared() -> None:
    make_listing(yes=["medicaid"])
    rebuild_index()
    with CaptureQueriesContext(connection) as asked:
        assert not found()
    assert not [query for query in asked if "jsonb_to_recordset" in query["sql"]]


def test_what_was_written_without_changing_anything_is_no_news() -> None:
    listing = make_listing(yes=["medicaid"])
    with on(LATER):
        ServiceAtLocation.objects.filter(pk=listing.pk).update(cadence_days=30)
    state(listing, LATER, yes=("medicaid",))
    assert told(MEDICAID) == {}


def test_a_listing_that_a_person_published_since_is_new(editor: User) -> None:
    with on(LATER):
        listing = ListingFactory(draft=True, service__name="Hill House", service__url="https://a.example/")
        state(listing, LATER)
        publish_listing(listing=listing, by=editor, now=LATER)
    assert told() == {"new": ["Hill House"]}
    assert told(since=NOW) == {}


def test_a_listing_that_an_import_made_since_is_new() -> None:
    import_rows(facility("Old House"), now=EARLIER)
    import_rows(
        facility("Old House"),
        facility("New House", street1="9 Elm Street"),
        edition=2025,
        now=LATER,
    )
    assert told() == {"new": ["New House"]}
    assert told("near=90210") == {}


def test_a_listing_that_was_there_before_a_source_named_it_is_not_new() -> None:
    import_rows(facility("Old House"), now=LATER)
    listing = ServiceAtLocation.objects.get()
    with on(EARLIER):
        ServiceAtLocation.objects.filter(pk=listing.pk).update(cadence_days=30)
    assert told() == {}


def test_an_archived_listing_is_gone(editor: User) -> None:
    listing = make_listing(name="Hill House", yes=["medicaid"])
    with on(LATER):
        archive_listing(listing=listing, reason="Closed", by=editor, now=LATER)
    assert told() == told(MEDICAID) == {"gone": ["Hill House"]}
    assert [gone.is_shown for gone in found().gone] == [False]
    assert told("near=28801&category=support_group") == {}
    assert told("near=90210") == told("near=28801&q=valley") == {}
    assert told("near=28801&q=hill") == told("near=NC") == {"gone": ["Hill House"]}
    assert told("near=Buncombe County, NC") == {"gone": ["Hill House"]}


def test_what_did_not_fit_then_is_not_gone(editor: User) -> None:
    listing = make_listing(no=["medicaid"])
    with on(LATER):
        archive_listing(listing=listing, reason="Closed", by=editor, now=LATER)
    assert told(MEDICAID) == {}


def test_a_listing_that_was_removed_for_good_is_gone() -> None:
    listing = make_listing(name="Hill House")
    with on(LATER):
        remove_listings([listing.pk])
    assert told() == {"gone": ["Hill House"]}
    assert told("near=90210") == {}


def test_a_listing_that_was_gone_and_is_back_is_new(editor: User) -> None:
    listing = make_listing(name="Hill House")
    with on(EARLIER):
        archive_listing(listing=listing, reason="Closed", by=editor, now=EARLIER)
    with on(LATER):
        restore_listing(listing=listing, by=editor, now=LATER)
        publish_listing(listing=listing, by=editor, now=LATER)
    assert told() == {"new": ["Hill House"]}


def test_a_need_that_is_denied_now_makes_it_gone_and_it_is_still_listed() -> None:
    listing = make_listing(name="Hill House", yes=["medicaid"])
    state(listing, LATER, no=("medicaid",))
    assert told(MEDICAID) == {"gone": ["Hill House"]}
    assert [gone.is_shown for gone in found(MEDICAID).gone] == [True]
    assert told() == {}


def test_a_need_that_is_stated_now_makes_it_new() -> None:
    listing = make_listing(name="Hill House", no=["medicaid"])
    state(listing, LATER, yes=("medicaid",))
    assert told(MEDICAID) == {"new": ["Hill House"]}


def test_a_need_that_was_not_stated_and_is_now_is_a_change() -> None:
    listing = make_listing(name="Hill House")
    state(listing, LATER, yes=("medicaid",))
    assert told(MEDICAID) == {"changed": [("Hill House", ["FACTS"])]}
    ((_pk, (change,)),) = found(MEDICAID).changed
    assert change.at == LATER


def test_what_was_stated_before_the_look_is_no_news() -> None:
    listing = make_listing(no=["medicaid"], stated_on=date(2026, 11, 1))
    state(listing, EARLIER, yes=("medicaid",))
    assert told(MEDICAID) == {}


def test_a_listing_that_moved_away_is_gone_and_one_that_came_is_new() -> None:
    leaving = make_listing(name="Hill House")
    coming = make_listing(name="Valley House", zip_code="90210")
    here, there = (Location.objects.values().get(pk=each.location_id) for each in (leaving, coming))
    with on(LATER):
        for listing, place in ((leaving, there), (coming, here)):
            values = {name: value for name, value in place.items() if name != "id"}
            Location.objects.filter(pk=listing.location_id).update(**values)
    assert told() == told("near=NC") == {"new": ["Valley House"], "gone": ["Hill House"]}


def test_a_listing_that_took_another_location_is_gone_from_the_first() -> None:
    listing, other = make_listing(name="Hill House"), make_listing(name="Other", zip_code="90210")
    with on(LATER):
        ServiceAtLocation.objects.filter(pk=listing.pk).update(location=other.location)
    assert told() == {"gone": ["Hill House"]}


def test_a_category_that_was_dropped() -> None:
    listing = make_listing(name="Hill House", categories=list(CareCategory))
    with on(LATER):
        Service.objects.filter(pk=listing.service_id).update(categories=[CareCategory.BEHAVIORAL_HEALTH])
    assert told("near=28801&category=support_group") == {"gone": ["Hill House"]}


def test_another_name_changes_what_words_find() -> None:
    listing = make_listing(name="Hill House")
    with on(LATER):
        Service.objects.filter(pk=listing.service_id).update(name="Valley House")
    assert told("near=28801&q=hill") == {"gone": ["Hill House"]}
    assert told("near=28801&q=valley") == {"new": ["Valley House"]}
    assert told() == {"changed": [("Valley House", ["NAME"])]}


def test_a_number_and_a_closing_are_changes_of_what_is_found_still() -> None:
    listing = make_listing(name="Hill House")
    with on(LATER):
        Phone.objects.filter(listing=listing).update(extension="12")
        Service.objects.filter(pk=listing.service_id).update(status=ServiceStatus.TEMPORARILY_CLOSED)
    assert told() == {"changed": [("Hill House", ["CLOSED", "PHONE"])]}
    assert told("near=90210") == told(since=NOW) == {}


@pytest.mark.parametrize("owner", ["service", "location"])
@pytest.mark.parametrize(("factory", "kind"), [(PhoneFactory, "PHONE"), (ScheduleFactory, "HOURS")])
def test_what_speaks_for_it_changed_at_its_service_or_location(owner: str, factory: Any, kind: str) -> None:
    listing = make_listing(name="Hill House", phone="")
    row = factory(listing=None, **{owner: getattr(listing, owner)})
    with on(LATER):
        row.delete()
        factory(listing=None, **{owner: getattr(listing, owner)}, **OTHERWISE[kind])
    assert told() == {"changed": [("Hill House", [kind])]}


OTHERWISE: dict[str, dict[str, Any]] = {"PHONE": {"extension": "12"}, "HOURS": {"byday": "SA"}}


def test_a_merged_duplicate_is_gone_and_the_listing_that_was_kept_is_not_new(editor: User) -> None:
    kept, duplicate = make_listing(name="Hill House"), make_listing(name="Hill House Annex")
    merge = Merge.objects.create(listing=kept, duplicate=duplicate, reason="Same", proposed_at=EARLIER)
    choices = dict.fromkeys(("name", "organization", "address"), KEPT)
    with on(LATER):
        accept_merge(merge=merge, by=editor, now=LATER, choices=choices)
    assert told() == {"gone": ["Hill House Annex"]}


def test_a_confidential_listing_is_known_by_its_county_alone() -> None:
    listing = make_listing(name="Hill House", confidential=True)
    with on(LATER):
        Location.objects.filter(pk=listing.location_id).update(address_1="9 Elm Street", latitude=36.5)
    assert told() == told("near=Buncombe County, NC") == {}
    with on(LATER):
        Phone.objects.filter(listing=listing).update(extension="12")
    assert told("near=Buncombe County, NC") == {"changed": [("Hill House", ["PHONE"])]}


def test_what_changes_by_the_hour_is_left_out_of_the_question() -> None:
    listing = make_listing(name="Hill House")
    with on(LATER):
        Service.objects.filter(pk=listing.service_id).update(name="Valley House")
    said = told("near=28801&available=1&when=now&from=08:00&sort=soonest&page=3")
    assert said == {"changed": [("Valley House", ["NAME"])]}


def test_online_listings() -> None:
    listing = make_listing(name="Hill House", online=True)
    with on(LATER):
        Service.objects.filter(pk=listing.service_id).update(name="Valley House")
    assert told("near=online") == told("") == {"changed": [("Valley House", ["NAME"])]}


def test_so_many_are_compared_and_no_more() -> None:
    listings = [make_listing() for _each in range(3)]
    with on(LATER):
        for listing in listings:
            Service.objects.filter(pk=listing.service_id).update(name="Valley House")
    cut = found(most=2)
    assert (len(cut.changed), cut.is_partial) == (2, True)
    assert not found(most=3).is_partial


def test_the_statements_do_not_grow_with_what_is_compared() -> None:
    listings = [make_listing(yes=["medicaid"]) for _each in range(12)]
    counted = []
    for some in (listings[:2], listings):
        with on(LATER):
            for listing in some:
                Service.objects.filter(pk=listing.service_id).update(name=f"Name {len(some)}")
        index_listings([listing.pk for listing in listings])
        asked = SearchFilterSet(data=QueryDict(MEDICAID))
        assert asked.is_valid()
        with CaptureQueriesContext(connection) as statements:
            assert len(news_since(asked.question, since=LOOKED, now=NOW).changed) == len(some)
        counted.append(len(statements))
    assert counted[0] == counted[1] <= 20
