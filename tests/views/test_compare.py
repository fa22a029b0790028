"""Up to four listings side by side."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, time
from html import unescape
from urllib.parse import urlencode
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from finder.actions.indexing import index_listings
from finder.enums import CapacityCode, CareCategory, Outcome, ServiceStatus
from finder.models import Phone, Redirect, Schedule, ServiceAtLocation
from finder.search.vocabulary import current_vocabulary
from tests.factories import PhoneFactory, ScheduleFactory
from tests.made_up_checks import doubted, told_of_room

Make = Callable[..., ServiceAtLocation]

DETOX = [CareCategory.WITHDRAWAL_MANAGEMENT]
GROUP = [CareCategory.SUPPORT_GROUP]
SATURDAY_NOON = datetime(2026, 11, 28, 17, 0, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("vocabulary")


def address_of(*listings: ServiceAtLocation | str, near: str = "", language: str = "") -> str:
    pairs = [("listing", str(getattr(each, "pk", each))) for each in listings]
    return f"{language}/list/compare/?{urlencode([*pairs, *([('near', near)] if near else [])])}"


def page_of(client: Client, *listings: ServiceAtLocation | str, near: str = "") -> str:
    response = client.get(address_of(*listings, near=near))
    assert response.status_code == 200
    return unescape(response.content.decode())


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def names_in(page: str) -> list[str]:
    return re.findall(r"data-card-link>([^<]+)<", page)


def cells_of(page: str, name: str) -> list[str]:
    """What stands in the row of this name, place by place."""
    for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL):
        head, *cells = re.split(r"<td[^>]*>", row)
        if words_of(head).startswith(name):
            return [words_of(cell) for cell in cells]
    return []


def head_of(page: str, name: str) -> str:
    heads = [words_of(head) for head in re.findall(r'<th scope="row">(.*?)</th>', page, re.DOTALL)]
    return next(head for head in heads if head.startswith(name))


@pytest.fixture
def pair(listed: Make) -> tuple[ServiceAtLocation, ServiceAtLocation]:
    return (
        listed(name="Open House", yes=["medicaid", "spanish", "residential"], no=["methadone"]),
        listed(name="Quiet House", yes=["residential"], no=["medicaid", "methadone"], phone="828-555-0190"),
    )


Pair = tuple[ServiceAtLocation, ServiceAtLocation]


def test_is_neither_stored_nor_indexed_and_sets_no_cookie(client: Client, pair: Pair) -> None:
    response = client.get(address_of(*pair, near="28801"))
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert not response.cookies


def test_each_says_yes_no_or_nothing_in_a_word(client: Client, pair: Pair) -> None:
    page = page_of(client, *pair)
    assert names_in(page) == ["Open House", "Quiet House"]
    assert cells_of(page, "Medicaid") == ["✓ Yes", "✗ No"]
    assert cells_of(page, "Spanish") == ["✓ Yes", "? Not stated"]


def test_the_order_is_the_one_that_was_asked_for(client: Client, pair: Pair) -> None:
    page = page_of(client, pair[1], pair[0])
    assert names_in(page) == ["Quiet House", "Open House"]
    assert cells_of(page, "Medicaid") == ["✗ No", "✓ Yes"]


def test_yes_against_no_is_marked_otherwise_than_yes_against_silence(client: Client, pair: Pair) -> None:
    page = page_of(client, *pair)
    assert head_of(page, "Medicaid") == "Medicaid They differ"
    assert head_of(page, "Spanish") == "Spanish Not all say"


def test_what_differs_comes_first_under_its_question(client: Client, listed: Make) -> None:
    open_house = listed(name="Open House", yes=["free", "medicare", "medicaid"])
    quiet_house = listed(name="Quiet House", no=["medicaid"])
    cost = page_of(client, open_house, quiet_house).split("What does it cost?")[1].split("</tbody>")[0]
    heads = [words_of(head) for head in re.findall(r'<th scope="row">(.*?)</th>', cost, re.DOTALL)]
    assert heads[0] == "Medicaid They differ"
    assert len(heads) == 3
    assert all(head.endswith("Not all say") for head in heads[1:])


def test_what_all_say_alike_stands_in_one_line(client: Client, pair: Pair) -> None:
    page = page_of(client, *pair)
    happens = words_of(page.split("What happens there?")[1].split("</tbody>")[0])
    assert re.search(r"✓ All say yes .*Residential", happens)
    assert re.search(r"✗ All say no .*Methadone", happens)


def test_a_fact_that_nobody_states_has_no_row(client: Client, pair: Pair) -> None:
    assert "Medicare" not in page_of(client, *pair)


def test_what_is_not_asked_of_a_group_does_not_read_as_silence(client: Client, listed: Make) -> None:
    clinic = listed(name="Riverside Counseling", yes=["medicaid"])
    group = listed(name="Tuesday Group", categories=GROUP)
    assert cells_of(page_of(client, clinic, group), "Medicaid") == ["✓ Yes", "– Does not apply"]


def test_supervision_of_a_detox_stands_there_stated_or_not(client: Client, listed: Make) -> None:
    stated = listed(name="River Detox", categories=DETOX, yes=["medically_supervised"])
    silent = listed(name="Hill Detox", categories=DETOX)
    clinic = listed(name="Riverside Counseling")
    page = page_of(client, stated, silent, clinic)
    assert cells_of(page, "Medically supervised") == ["✓ Yes", "? Not stated", "– Does not apply"]
    assert page.count("Medically supervised") == 1
    assert cells_of(page_of(client, silent, clinic), "Medically supervised") == [
        "? Not stated",
        "– Does not apply",
    ]
    assert cells_of(page_of(client, clinic, listed(name="Other Clinic")), "Medically supervised") == []


def test_the_number_can_be_called(client: Client, pair: Pair) -> None:
    page = page_of(client, *pair)
    assert 'href="tel:+18285550142"' in page
    assert cells_of(page, "Call") == ["Call 828-555-0142", "Call 828-555-0190"]


def test_kind_of_help_doubts_and_room_are_said(client: Client, listed: Make) -> None:
    detox, clinic = listed(name="River Detox", categories=DETOX), listed(name="Riverside Counseling")
    told_of_room(detox, CapacityCode.YES, available=2)
    doubted(clinic, Outcome.WRONG_NUMBER)
    page = page_of(client, detox, clinic)
    assert cells_of(page, "Kind of help") == ["Detox", "Treatment"]
    assert cells_of(page, "Room now")[0].startswith("2 detox beds free, said by the program")
    assert cells_of(page, "Room now")[1] == "Not known. Call."
    know = cells_of(page, "Know before you go")
    assert know[0] == "None known"
    assert know[1].startswith("Two people who called found a different number.")
    assert all(cell for cell in cells_of(page, "Checked"))


@time_machine.travel(SATURDAY_NOON, tick=False)
def test_when_next_is_said_on_their_own_clock(client: Client, listed: Make) -> None:
    clinic = listed(name="Riverside Counseling", zip_code="60601")
    group = listed(name="Tuesday Group", categories=GROUP)
    silent = listed(name="Silent House")
    ScheduleFactory(listing=clinic, timezone="America/Chicago")
    ScheduleFactory(listing=group, meeting=True)
    index_again(clinic, group)
    page = page_of(client, clinic, group, silent)
    assert cells_of(page, "Opens or meets next") == [
        "Monday at 9 a.m., Central Time",
        "Tuesday at 7 p.m., Eastern Time",
        "Not stated",
    ]
    assert cells_of(page, "Hours and meetings")[0] == "Open: Monday to Friday, 9 a.m. to 5 p.m."


def test_day_and_night_has_no_next_time_and_many_times_are_counted(client: Client, listed: Make) -> None:
    always, group = listed(name="Open House"), listed(name="Daily Group", categories=GROUP)
    ScheduleFactory(listing=always, byday="", opens_at=time(0), closes_at=time(0))
    for day in ("MO", "TU", "WE", "TH", "FR"):
        ScheduleFactory(listing=group, meeting=True, byday=day)
    index_again(always, group)
    page = page_of(client, always, group)
    assert cells_of(page, "Opens or meets next")[0] == "Day and night"
    hours = cells_of(page, "Hours and meetings")
    assert hours[0] == "Open: every day, day and night"
    assert hours[1].count("Meets:") == 3
    assert hours[1].endswith("And 2 more")


def test_of_a_place_closed_for_now_no_opening_is_said(client: Client, listed: Make) -> None:
    closed = listed(name="River House", service__status=ServiceStatus.TEMPORARILY_CLOSED)
    ScheduleFactory(listing=closed)
    index_again(closed)
    page = page_of(client, closed, listed(name="Other House"))
    assert cells_of(page, "Opens or meets next") == []
    assert cells_of(page, "Know before you go")[0].startswith(
        "Status: Temporarily closed. Call before you go."
    )


@time_machine.travel(SATURDAY_NOON, tick=False)
def test_a_clinic_is_open_and_a_meeting_under_way(client: Client, listed: Make) -> None:
    clinic, group = listed(name="Riverside Counseling"), listed(name="Noon Group", categories=GROUP)
    ScheduleFactory(listing=clinic, byday="SA")
    ScheduleFactory(listing=group, meeting=True, byday="SA", opens_at=time(11, 30), closes_at=time(13))
    index_again(clinic, group)
    assert cells_of(page_of(client, clinic, group), "Opens or meets next") == [
        "Open now, until 5 p.m., Eastern Time",
        "Under way now, until 1 p.m., Eastern Time",
    ]


def index_again(*listings: ServiceAtLocation) -> None:
    index_listings([listing.pk for listing in listings])


def test_how_far_is_said_once_a_place_is(client: Client, listed: Make) -> None:
    near, far = listed(name="Near House"), listed(name="Far House", zip_code="28202")
    assert cells_of(page_of(client, near, far), "How far") == []
    assert cells_of(page_of(client, near, far, near="28801"), "How far") == [
        "Less than 1 mile",
        "About 100 miles",
    ]


def test_how_far_of_what_is_online_is_no_way_to_go(client: Client, listed: Make) -> None:
    online, clinic = listed(name="Online Group", online=True, categories=GROUP), listed(name="Near House")
    assert cells_of(page_of(client, online, clinic, near="28801"), "How far") == [
        "No way to go: online or by phone",
        "Less than 1 mile",
    ]


def test_a_private_address_is_a_county_and_never_a_distance(client: Client, listed: Make) -> None:
    safe = listed(name="Safe House", confidential=True, zip_code="28711")
    page = page_of(client, safe, listed(name="Near House"), near="28801")
    assert cells_of(page, "Where") == ["Buncombe County, NC", "Asheville, NC"]
    assert cells_of(page, "How far")[0] == "Not shown: the address is kept private"
    assert "Black Mountain" not in page
    assert "28711" not in page


@pytest.mark.parametrize("place", ["NC", "Buncombe County, NC"])
def test_a_place_too_large_to_measure_from_is_said(client: Client, pair: Pair, place: str) -> None:
    page = page_of(client, *pair, near=place)
    assert "is too large to measure from" in page
    assert cells_of(page, "How far") == []


def test_a_place_that_nobody_knows_leaves_the_comparison_standing(client: Client, pair: Pair) -> None:
    page = page_of(client, *pair, near="Qwxyzt")
    assert "We do not know this place." in page
    assert 'value="Qwxyzt"' in page
    assert names_in(page) == ["Open House", "Quiet House"]


def test_a_misspelt_place_is_mended_and_said(client: Client, pair: Pair) -> None:
    assert "Measured from Asheville, NC." in page_of(client, *pair, near="Ashevile")


@pytest.mark.parametrize("hidden", ["draft", "archived"])
def test_what_is_not_published_is_left_out_and_said(
    client: Client, listed: Make, pair: Pair, hidden: str
) -> None:
    unseen = listed(name="Unseen Place", **{hidden: True})
    page = page_of(client, *pair, unseen, str(uuid4()), "no key")
    assert names_in(page) == ["Open House", "Quiet House"]
    assert "Unseen Place" not in page
    assert "3 places are left out: they are not in the directory now." in page


def test_one_that_is_named_twice_is_shown_once_and_said(client: Client, pair: Pair) -> None:
    page = page_of(client, pair[0], pair[1], pair[0])
    assert names_in(page) == ["Open House", "Quiet House"]
    assert "A place that was named twice is shown once." in page


def test_a_merged_one_is_the_one_that_was_kept(client: Client, listed: Make, pair: Pair) -> None:
    duplicate = listed(name="Old Name", archived=True)
    Redirect.objects.create(old_listing=duplicate, listing=pair[1], created_at=SATURDAY_NOON)
    assert names_in(page_of(client, pair[0], duplicate)) == ["Open House", "Quiet House"]


def test_of_more_than_four_the_first_four_are_shown(client: Client, listed: Make) -> None:
    made = [listed(name=f"House {number}") for number in range(6)]
    page = page_of(client, *made)
    assert names_in(page) == ["House 0", "House 1", "House 2", "House 3"]
    assert "Only 4 places fit side by side. These are the first." in page


def test_one_or_none_says_how_to_compare(client: Client, pair: Pair) -> None:
    assert "Put two to four places side by side" in page_of(client)
    page = page_of(client, pair[0])
    assert f'value="{pair[0].pk}" checked' in page
    assert "<table" not in page


def test_the_readers_own_list_is_offered(client: Client, pair: Pair) -> None:
    client.post("/list/add/", {"listing": [str(each.pk) for each in pair]})
    page = page_of(client)
    assert "Open House" in page
    assert "Quiet House" in page
    assert page.count(" checked") == 1  # the switch for keys


def test_one_can_be_left_out(client: Client, listed: Make, pair: Pair) -> None:
    third = listed(name="Third House")
    page = page_of(client, *pair, third, near="28801")
    ways = re.findall(r'href="(/list/compare/[^"]*)" rel="nofollow"', page)
    assert names_in(unescape(client.get(ways[0]).content.decode())) == ["Quiet House", "Third House"]
    assert all(way.endswith("&near=28801") for way in ways)


def test_what_is_on_the_list_says_so(client: Client, pair: Pair) -> None:
    client.post("/list/add/", {"listing": str(pair[0].pk)})
    cells = cells_of(page_of(client, *pair), "Your list")
    assert [re.split(" Leave|:", cell)[0].strip() for cell in cells] == ["✓ On your list", "Add to list"]


def test_speaks_spanish(client: Client, pair: Pair) -> None:
    response = client.get(address_of(*pair, language="/es"))
    assert response.status_code == 200
    assert '<html lang="es">' in response.content.decode()


def test_every_cell_has_its_heads(client: Client, pair: Pair) -> None:
    table = page_of(client, *pair).split("<table")[1].split("</table>")[0]
    assert table.count('<th scope="col"') == 3
    rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    assert all(re.search(r'<th scope="(row|rowgroup|col)"', row) for row in rows)
    assert "<caption>" in table


def test_four_cost_few_queries(
    client: Client, listed: Make, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Also where phones and hours are those of the service and the place."""
    made = [listed(name=f"House {number}", yes=["medicaid"], no=["spanish"]) for number in range(4)]
    silent = made[0]
    Phone.objects.filter(listing=silent).delete()
    PhoneFactory(listing=None, service=silent.service)
    Schedule.objects.filter(listing=silent).delete()
    ScheduleFactory(listing=None, location=silent.location)
    for each in made[1:]:
        ScheduleFactory(listing=each)
    current_vocabulary()
    with django_assert_max_num_queries(10):
        client.get(address_of(*made, str(uuid4()), near="28801"))
