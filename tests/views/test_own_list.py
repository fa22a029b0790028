"""The list that a reader makes: from a card to the page where it is put in order."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from finder.actions.lists import contents_of
from finder.enums import CareCategory, ItemStatus, Outcome, Refusal
from finder.models import CallOutcome, ReferralList, ServiceAtLocation
from finder.referral.contents import MOST_ENTRIES
from tests.made_up_voices import NOON, one_of_us

DETOX, CARE, GROUP = CareCategory
Make = Callable[..., ServiceAtLocation]

pytestmark = pytest.mark.usefixtures("vocabulary", "crisis_lines")


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def case_worker() -> User:
    return one_of_us()


def desk_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def words(response: Any) -> str:
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", main.partition(">")[2]).split()))


def names(client: Client) -> list[str]:
    html = client.get("/list/").content.decode()
    return [unescape(name) for name in re.findall(r'<h3><a href="[^"]+" lang="en">([^<]+)</a>', html)]


def add(client: Client, *listings: ServiceAtLocation, **more: str) -> Any:
    response = None
    for listing in listings:
        response = client.post("/list/add/", {"listing": str(listing.pk), **more})
    return response


def test_reading_and_searching_set_no_cookie_until_a_place_is_added(client: Client, listed: Make) -> None:
    listing = listed()
    for address in ("/", "/search/", "/list/", listing.get_absolute_url()):
        client.get(address)
    assert not client.cookies
    add(client, listing)
    cookie = client.cookies["list"]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["max-age"], cookie["expires"]) == ("Lax", "", "")


def test_a_card_offers_it_and_then_says_that_it_is_on_the_list(client: Client, listed: Make) -> None:
    listing = listed(name="Riverside Detox")
    before = client.get("/search/").content.decode()
    assert f'name="listing" value="{listing.pk}">Add to list' in before
    assert "My list (1)" not in before
    assert add(client, listing, back="/search/?near=28801").headers["Location"] == "/search/?near=28801"
    after = client.get("/search/")
    assert "On your list" in words(after)
    assert "My list (1)" in after.content.decode()
    assert names(client) == ["Riverside Detox"]


def test_a_script_is_told_what_to_write(client: Client, listed: Make) -> None:
    response = client.post(
        "/list/add/", {"listing": str(listed().pk)}, headers={"accept": "application/json"}
    )
    assert response.json() == {"count": 1, "bar": "My list (1)"}


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_it_leads_nowhere_else(client: Client, listed: Make, back: str) -> None:
    assert add(client, listed(), back=back).headers["Location"] == "/list/"


@pytest.mark.parametrize("hidden", [{"archived": True}, {"draft": True}])
def test_what_nobody_may_see_cannot_be_added(client: Client, listed: Make, hidden: dict[str, bool]) -> None:
    add(client, listed(**hidden))
    assert "Nothing is on it yet." in words(client.get("/list/"))


@pytest.mark.parametrize("listing", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_nonsense_adds_nothing(client: Client, listing: str) -> None:
    assert client.post("/list/add/", {"listing": listing}).status_code == 302
    assert "Nothing is on it yet." in words(client.get("/list/"))


def test_a_cookie_that_we_did_not_write_is_an_empty_list(client: Client) -> None:
    client.cookies["list"] = "eyJlIjpbXX0:1vH000:forged"
    assert "Nothing is on it yet." in words(client.get("/list/"))


def test_another_sites_page_cannot_change_it(client: Client, listed: Make) -> None:
    data = {"listing": str(listed().pk)}
    response = client.post("/list/add/", data, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403
    assert not client.cookies


def test_places_move_leave_and_are_emptied(client: Client, listed: Make) -> None:
    first, second, third = (listed(name=f"Riverside {name}") for name in ("One", "Two", "Three"))
    add(client, first, second, third)
    client.post("/list/move/", {"listing": str(third.pk), "way": "up"})
    assert names(client) == ["Riverside One", "Riverside Three", "Riverside Two"]
    dragged = [str(listing.pk) for listing in (second, first, third)]
    client.post("/list/move/", {"listing": dragged})
    assert names(client) == ["Riverside Two", "Riverside One", "Riverside Three"]
    client.post("/list/remove/", {"listing": str(first.pk)})
    assert names(client) == ["Riverside Two", "Riverside Three"]
    client.post("/list/clear/")
    assert names(client) == []


def test_a_full_list_says_so_and_keeps_what_it_has(client: Client, listed: Make) -> None:
    many = [listed() for _ in range(MOST_ENTRIES + 1)]
    add(client, *many[:MOST_ENTRIES])
    response = add(client, many[-1])
    assert response.status_code == 409
    assert "This list is full" in words(response)
    assert len(names(client)) == MOST_ENTRIES


def test_its_name_is_suggested_by_the_search_and_can_be_changed(client: Client, listed: Make) -> None:
    listing = listed(yes=["medicaid"])
    html = client.get("/search/?near=28801&need=medicaid").content.decode()
    suggested = re.search(r'id="to-list".*?name="title" value="([^"]+)"', html, re.S)
    assert suggested
    assert re.fullmatch(r"Asheville, .*Medicaid.*, \w+ \d+", suggested[1])
    add(client, listing, title=suggested[1])
    assert suggested[1] in words(client.get("/list/"))
    client.post("/list/name/", {"title": "Detox near Asheville"})
    assert "Detox near Asheville" in words(client.get("/list/"))


def test_a_plan_becomes_a_list_with_its_legs(client: Client, listed: Make) -> None:
    listed(name="Riverside Detox", categories=[DETOX], yes=["medically_supervised"])
    listed(name="Riverside Counseling", categories=[CARE])
    listed(name="Riverside Group", categories=[GROUP])
    html = client.get("/plan/?near=28801&substance=alcohol").content.decode()
    legs = re.findall(r'name="leg" value="([^"]+)"', html)
    client.post("/list/add-plan/", {"leg": legs, "title": "Asheville"})
    page = words(client.get("/list/"))
    assert re.search(r"Detox Start now .*Riverside Detox.*Treatment .*Riverside Counseling", page)
    assert re.search(r"Support groups Alongside .*Riverside Group", page)


def test_a_note_is_private_until_its_writer_shows_it(client: Client, listed: Make) -> None:
    listing = listed()
    add(client, listing)
    client.post(f"/list/{listing.pk}/note/", {"note": "Ask for intake."})
    html = client.get("/list/").content.decode()
    assert 'value="Ask for intake."' in html
    assert not re.search(r'name="note_is_shown"[^>]*checked', html)
    client.post(f"/list/{listing.pk}/note/", {"note": "Ask for intake.", "note_is_shown": "on"})
    assert re.search(r'name="note_is_shown"[^>]*checked', client.get("/list/").content.decode())


def test_what_looks_like_a_person_is_asked_about_before_it_is_kept(client: Client, listed: Make) -> None:
    listing, typed = listed(), {"note": "Ann Example, born 3/14/1985"}
    add(client, listing)
    asked = client.post(f"/list/{listing.pk}/note/", typed)
    assert asked.status_code == 400
    assert "This looks like a date of birth." in words(asked)
    assert 'value="Ann Example, born 3/14/1985"' in asked.content.decode()
    assert "born" not in client.get("/list/").content.decode()
    client.post(f"/list/{listing.pk}/note/", typed | {"anyway": "1"})
    assert "Ann Example, born 3/14/1985" in client.get("/list/").content.decode()


def test_so_is_a_name_of_the_list(client: Client, listed: Make) -> None:
    add(client, listed())
    asked = client.post("/list/name/", {"title": "Ann Example, DOB 3/14/85"})
    assert (asked.status_code, "date of birth" in words(asked)) == (400, True)


def test_a_case_workers_list_is_kept_and_found_again(case_worker: User, listed: Make) -> None:
    desk, listing = desk_of(case_worker), listed()
    add(desk, listing, title="Asheville")
    kept = ReferralList.objects.get()
    assert (kept.owner, kept.title, [entry.listing for entry in contents_of(kept).entries]) == (
        case_worker,
        "Asheville",
        [listing.pk],
    )
    later = desk_of(case_worker)
    assert "Asheville" in words(later.get("/my/"))
    later.post(f"/my/lists/{kept.pk}/open/")
    assert names(later) == [listing.service.name]
    assert "My list (1)" in later.get("/").content.decode()


def test_what_was_begun_before_signing_in_can_be_kept(
    client: Client, case_worker: User, listed: Make
) -> None:
    add(client, listed())
    client.force_login(case_worker)
    assert "begun in this browser before you signed in" in words(client.get("/my/"))
    client.post("/my/lists/keep/")
    assert ReferralList.objects.get().items.count() == 1
    assert len(names(client)) == 1


@pytest.mark.parametrize(
    ("sent", "said", "told"),
    [
        ({"status": "CALLED"}, "Called, and got through", Outcome.ANSWERED),
        ({"status": "LEFT_MESSAGE"}, "Left a message", Outcome.NO_ANSWER),
        (
            {"status": "BED_HELD", "held_until": "2026-11-30T09:30"},
            "A bed or place is held until",
            Outcome.ANSWERED,
        ),
        ({"status": "ACCEPTED"}, "Accepted", Outcome.ANSWERED),
        ({"status": "REFUSED", "refusal": "NO_BED"}, "Refused: No bed or place free", Outcome.NO_BED),
        ({"status": "REFUSED", "refusal": "PAYMENT"}, "Refused: Does not take this way", Outcome.ANSWERED),
        ({"status": "REFUSED", "refusal": "WRONG_NUMBER"}, "Refused: Wrong number", Outcome.WRONG_NUMBER),
    ],
)
def test_what_came_of_a_call_is_kept_and_told_of_the_listing(
    case_worker: User, listed: Make, sent: dict[str, str], said: str, told: Outcome
) -> None:
    desk, listing = desk_of(case_worker), listed()
    add(desk, listing)
    desk.post(f"/list/{listing.pk}/status/", sent)
    assert said in words(desk.get("/list/"))
    assert CallOutcome.objects.get().outcome == told


def test_a_refusal_needs_its_reason(case_worker: User, listed: Make) -> None:
    desk, listing = desk_of(case_worker), listed()
    add(desk, listing)
    response = desk.post(f"/list/{listing.pk}/status/", {"status": "REFUSED"})
    assert (response.status_code, "Choose why they refused." in words(response)) == (400, True)
    assert not CallOutcome.objects.exists()


def test_a_reader_has_no_status(client: Client, listed: Make) -> None:
    listing = listed()
    add(client, listing)
    assert client.post(f"/list/{listing.pk}/status/", {"status": "CALLED"}).status_code == 404
    assert "How far are you?" not in words(client.get("/list/"))


def test_statuses_survive_a_new_order(case_worker: User, listed: Make) -> None:
    desk = desk_of(case_worker)
    first, second = listed(), listed()
    add(desk, first, second)
    desk.post(f"/list/{first.pk}/status/", {"status": "REFUSED", "refusal": "OTHER"})
    desk.post("/list/move/", {"listing": str(first.pk), "way": "down"})
    item = ReferralList.objects.get().items.get(listing=first)
    assert (item.status, item.refusal, item.position) == (ItemStatus.REFUSED, Refusal.OTHER, 1)


def test_the_page_asks_the_database_a_few_times_however_long_the_list(
    case_worker: User, listed: Make, django_assert_max_num_queries: Any
) -> None:
    desk = desk_of(case_worker)
    add(desk, *(listed() for _ in range(30)))
    with django_assert_max_num_queries(22):
        desk.get("/list/")
