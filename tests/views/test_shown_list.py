"""A list in plain words, for every page, paper and file of it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from finder.actions.archiving import archive_listing
from finder.actions.indexing import index_listings
from finder.enums import CareCategory, PhoneType, ServiceStatus, VerifiedPart
from finder.models import Schedule, Service, ServiceAtLocation
from finder.referral.contents import Contents
from finder.referral.shown import ShownItem, ShownList
from finder.search.vocabulary import forget_vocabulary
from finder.views.shown_item import MOST_TIMES
from finder.views.shown_list import shown_list
from tests.factories import ListingFactory, PhoneFactory, ScheduleFactory
from tests.lived import on
from tests.made_up_checks import checked, told_of_room
from tests.made_up_lists import contents, entry, taken_out

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("crisis_lines")]

NOON = datetime(2026, 11, 28, 17, 0, tzinfo=UTC)
YESTERDAY, TWO_DAYS_AGO = NOON - timedelta(days=1), NOON - timedelta(days=2)
Listed = Callable[..., ServiceAtLocation]


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def absolute(path: str) -> str:
    return f"https://finder.example{path}"


def shown(found: Contents, since: datetime | None = None) -> ShownList:
    return shown_list(found, since=since, now=NOON, absolute=absolute)


def item(listing: ServiceAtLocation, since: datetime | None = None) -> ShownItem:
    return next(shown(contents(listing), since).items)


def test_says_who_it_is_where_and_how_to_call(listed: Listed) -> None:
    made = listed(
        name="Riverside Counseling", phone="828-555-0142 ext. 14", location__address_1="4 Oak Street"
    )
    found = item(made)
    assert (found.name, found.where) == ("Riverside Counseling", "Asheville, NC")
    assert found.url == absolute(made.get_absolute_url())
    assert found.categories == (("behavioral_health", "Treatment"),)
    assert found.address == ("4 Oak Street", "Asheville, NC 28801")
    assert [phone.number for phone in found.phones] == ["828-555-0142 ext. 14"]
    assert found.checked == "From a published directory of 2026. Nobody has checked since."


def test_the_line_that_lets_people_in_is_called_first(listed: Listed) -> None:
    made = listed(name="Riverside Counseling", phone="828-555-0142")
    PhoneFactory(listing=made, number="828-555-0177", phone_type=PhoneType.INTAKE, description="Admissions")
    assert [phone.number for phone in item(made).phones] == ["828-555-0177", "828-555-0142"]
    assert item(made).phones[0].description == "Admissions"


def test_phones_and_times_of_the_service_speak_for_what_has_none(listed: Listed) -> None:
    made = listed(phone="")
    PhoneFactory(listing=None, service=made.service, number="828-555-0160")
    ScheduleFactory(listing=None, location=made.location)
    assert [phone.number for phone in item(made).phones] == ["828-555-0160"]
    assert item(made).times == ("Open: Monday to Friday, 9 a.m. to 5 p.m.",)


@pytest.mark.parametrize(
    ("traits", "limits", "facts"),
    [
        ({"yes": ["medically_supervised"]}, (), ("Medically supervised",)),
        ({"no": ["medically_supervised"]}, ("Not medically supervised",), ()),
        ({}, ("Medically supervised: not stated, ask",), ()),
    ],
)
def test_of_a_detox_it_says_whether_it_is_supervised(
    listed: Listed, traits: dict[str, list[str]], limits: tuple[str, ...], facts: tuple[str, ...]
) -> None:
    found = item(listed(categories=[CareCategory.WITHDRAWAL_MANAGEMENT], **traits))
    assert (found.limits, found.facts) == (limits, facts)


def test_says_whom_it_does_not_take_and_what_it_offers(listed: Listed) -> None:
    found = item(listed(yes=["veterans_affairs", "buprenorphine", "medicaid"]))
    assert found.limits == ("Run by: Veterans Affairs (VA). Ask who can come.",)
    assert found.facts == ("Buprenorphine", "Medicaid")


def test_of_a_confidential_address_only_the_county_is_said(listed: Listed) -> None:
    found = item(listed(confidential=True, location__address_1="4711 Hidden Hollow"))
    assert (found.where, found.address) == ("Buncombe County, NC", ())
    assert found.limits == ("The address is kept private. Call to learn where to go.",)


def test_a_group_says_when_it_meets_next_and_all_its_times(listed: Listed) -> None:
    made = listed(categories=[CareCategory.SUPPORT_GROUP])
    ScheduleFactory(listing=made, meeting=True)
    ScheduleFactory(listing=made, meeting=True, byday="FR", opens_at=time(12), closes_at=None, online=True)
    index_listings([made.pk])
    assert item(made).times == (
        "Tuesday at 7 p.m., Eastern Time",
        "Tuesday, 7 p.m. to 8 p.m.",
        "Friday, noon · Online or by phone",
    )


def test_of_many_times_it_says_the_first_and_that_there_are_more(listed: Listed) -> None:
    made = listed(categories=[CareCategory.SUPPORT_GROUP])
    for hour in range(8, 8 + MOST_TIMES + 1):
        ScheduleFactory(listing=made, meeting=True, opens_at=time(hour), closes_at=None)
    *_times, last = item(made).times
    assert len(_times) == MOST_TIMES
    assert last == "More times are on its page."


def test_says_what_was_checked_and_told(listed: Listed) -> None:
    made = listed(categories=[CareCategory.WITHDRAWAL_MANAGEMENT])
    checked(made, VerifiedPart.CONTACT, at=NOON)
    told_of_room(made, available=2, at=NOON)
    found = item(made)
    assert "confirmed today by call" in found.checked
    assert found.rooms == ("2 detox beds free, said by the program in the last hour; call to be sure.",)


def test_a_demonstration_is_marked(listed: Listed) -> None:
    assert item(listed(demo=True)).is_demo
    assert not item(listed()).is_demo


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_what_was_never_public_has_no_name(listed: Listed, state: str) -> None:
    found = item(listed(name="Unseen Place", **{state: True}))
    assert found.is_gone
    assert found.name == "A place that is not listed any more"
    assert (found.phones, found.address, found.url, found.where) == ((), (), "", "")


def test_what_is_gone_keeps_the_name_by_which_it_was_known(listed: Listed) -> None:
    gone = listed(name="Old Mill Clinic")
    with on(YESTERDAY):
        renamed(gone)
    Service.objects.filter(pk=gone.service_id).update(name="Last Known Name")
    with time_machine.travel(datetime.now(UTC) + timedelta(days=1), tick=False):
        taken_out(gone)
        with on(datetime.now(UTC) + timedelta(days=1)):
            Service.objects.filter(pk=gone.service_id).update(name="Unseen Name")
            Service.objects.filter(pk=gone.service_id).update(name="Unseen Again")
    assert item(gone).name == "Last Known Name"


def test_a_note_of_what_is_gone_stays(listed: Listed) -> None:
    gone = taken_out(listed(name="Old Mill Clinic"))
    found = next(shown(contents(entry(gone, note="Was good.", is_shown=True))).items)
    assert (found.name, found.is_gone, found.note) == ("Old Mill Clinic", True, "Was good.")


def test_merges_are_followed_to_the_end(listed: Listed) -> None:
    first, second, third = (listed(name=name) for name in ("First", "Second", "Third"))
    taken_out(first, into=second)
    taken_out(second, into=third)
    found = item(first)
    assert (found.name, found.changes, found.is_gone) == ("Third", ("It was listed as First.",), False)
    assert found.listing == first.pk


def test_a_merge_into_what_is_gone_too_is_gone(listed: Listed) -> None:
    first, second = (listed(name=name) for name in ("First", "Second"))
    taken_out(second)
    taken_out(first, into=second)
    found = item(first)
    assert (found.name, found.is_gone, found.changes) == ("First", True, ())


def test_the_crisis_lines_are_said_as_on_paper(listed: Listed) -> None:
    lines = shown(contents(listed())).crisis
    assert lines[0].how == "Call 911"
    assert "Call 1-800-662-4357" in lines[-1].how
    assert len(lines) == 3


def test_parts_that_come_from_no_leg_are_named_only_beside_legs(listed: Listed) -> None:
    first, second = listed(name="First"), listed(name="Second")
    alone = shown(contents(first, second))
    assert [(each.category, each.title, each.start) for each in alone.sections] == [("", "Places", "")]
    mixed = shown(
        contents(first, entry(second, section="behavioral_health"), starts="behavioral_health:next")
    )
    assert [(each.category, each.title, each.start) for each in mixed.sections] == [
        ("behavioral_health", "Treatment", "Next"),
        ("", "Also on this list", ""),
    ]


def test_a_start_that_no_plan_says_is_not_said(listed: Listed) -> None:
    made = entry(listed(), section="behavioral_health")
    assert shown(contents(made, starts="behavioral_health:whenever")).sections[0].start == ""


def test_is_in_the_language_of_the_moment(listed: Listed) -> None:
    with override("es"):
        found = shown(contents(listed()))
    assert found.language == "es"
    assert next(found.items).categories == (("behavioral_health", "Tratamiento"),)
    assert "/es/listings/" in next(found.items).url


# What changed


def renamed(listing: ServiceAtLocation) -> None:
    Service.objects.filter(pk=listing.service_id).update(name="Another Name")


def closed(listing: ServiceAtLocation) -> None:
    Service.objects.filter(pk=listing.service_id).update(status=ServiceStatus.TEMPORARILY_CLOSED)


def another_time(listing: ServiceAtLocation) -> None:
    Schedule.objects.filter(listing=listing).update(opens_at=time(8))


def without_a_phone(listing: ServiceAtLocation) -> None:
    listing.phones.all().delete()


def elsewhere(listing: ServiceAtLocation) -> None:
    type(listing.location).objects.filter(pk=listing.location_id).update(address_1="9 Elm Street")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (renamed, "The name changed on November 27."),
        (closed, "Closed since November 27. Call before you go."),
        (another_time, "The times changed on November 27."),
        (without_a_phone, "The phone number was taken out on November 27."),
        (elsewhere, "The address changed on November 27."),
    ],
)
def test_what_changed_is_said_in_words(
    listed: Listed, change: Callable[[ServiceAtLocation], None], said: str
) -> None:
    made = listed()
    ScheduleFactory(listing=made)
    with on(YESTERDAY):
        change(made)
    assert item(made, since=TWO_DAYS_AGO).changes == (said,)
    assert item(made, since=NOON).changes == ()
    assert item(made).changes == ()


def test_what_is_gone_counts_as_changed(listed: Listed, django_user_model: type) -> None:
    kept, gone = listed(name="Kept"), listed(name="Gone")
    editor = django_user_model.objects.create_user("eddie")  # type: ignore[attr-defined]
    with on(YESTERDAY):
        archive_listing(listing=gone, reason="Closed", by=editor, now=YESTERDAY)
    assert shown(contents(kept, gone), since=TWO_DAYS_AGO).changed == 1


# Its size


def questions(found: Contents) -> int:
    forget_vocabulary()
    with CaptureQueriesContext(connection) as asked:
        shown(found, since=TWO_DAYS_AGO)
    return len(asked)


def test_thirty_places_take_no_more_questions_than_a_dozen(listed: Listed) -> None:
    made = [listed(name=f"Clinic {number}", yes=["medicaid"]) for number in range(24)]
    made += [ListingFactory(service__name=f"Group {number}", support_group=True) for number in range(3)]
    PhoneFactory(listing=None, service=made[-1].service)
    gone = [taken_out(listed(name=f"Gone {number}")) for number in range(2)]
    gone.append(taken_out(listed(name="Duplicate"), into=listed(name="Kept")))
    assert questions(contents(*made, *gone)) <= 12


def test_an_empty_list_asks_hardly_anything() -> None:
    assert questions(contents()) <= 6
