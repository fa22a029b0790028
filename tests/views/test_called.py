""" "I called", "I went": from the listing's page to the thanks."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from finder.actions.calling import CALLED, OUTCOMES_A_DAY, WENT
from finder.enums import CareCategory, Outcome
from finder.models import CallOutcome, ListingReport, Redirect, ServiceAtLocation
from tests.factories import SourceFactory, SourceRecordFactory
from tests.made_up_voices import NOON, one_of_us, tell

DETOX, CARE, GROUP = CareCategory
Make = Callable[..., ServiceAtLocation]

pytestmark = pytest.mark.usefixtures("vocabulary")


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def called(listing: ServiceAtLocation, language: str = "") -> str:
    return f"{language}/listings/{listing.pk}/called/"


def words(response: Any) -> str:
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", main.partition(">")[2]).split()))


def choices(client: Client, listing: ServiceAtLocation) -> list[str]:
    return re.findall(
        r'type="radio"\s+name="outcome"[^>]*value="(\w+)"', client.get(called(listing)).content.decode()
    )


def send(client: Client, listing: ServiceAtLocation, outcome: str, **more: str) -> Any:
    return client.post(called(listing), {"outcome": outcome, **more}, follow=True)


def test_the_listing_asks_what_came_of_the_call(client: Client, listed: Make) -> None:
    listing = listed()
    page = client.get(listing.get_absolute_url())
    assert "Did you call? Tell us what came of it" in words(page)
    assert f'href="{called(listing)}"' in page.content.decode()


def test_care_asks_of_calls_and_a_group_of_going(client: Client, listed: Make) -> None:
    assert choices(client, listed()) == list(CALLED)
    assert choices(client, listed(categories=[GROUP])) == list(WENT)
    assert choices(client, listed(categories=[CARE, GROUP])) == [*CALLED, *WENT]


def test_what_can_neither_be_called_nor_gone_to_leads_to_a_report(client: Client, listed: Make) -> None:
    silent = listed(phone="")
    response = client.get(called(silent))
    assert response.headers["Location"] == f"/listings/{silent.pk}/report/"
    assert "Tell us what came of it" not in words(client.get(silent.get_absolute_url()))


@pytest.mark.parametrize("hidden", ["draft", "archived"])
def test_what_is_not_published_has_no_form(client: Client, listed: Make, hidden: str) -> None:
    listing = listed(**{hidden: True})
    assert client.get(called(listing)).status_code == 404
    assert client.post(called(listing), {"outcome": "CLOSED"}).status_code == 404
    assert not CallOutcome.objects.exists()


@pytest.mark.parametrize("outcome", CALLED)
def test_each_outcome_is_kept_and_thanked_for(client: Client, listed: Make, outcome: Outcome) -> None:
    response = send(client, listed(), outcome)
    told = CallOutcome.objects.get()
    assert (told.outcome, told.reported_at) == (outcome, timezone.now())
    assert f"You told us: {outcome.label} ." in words(response)


@pytest.mark.parametrize("outcome", WENT)
def test_each_outcome_of_going_is_kept(client: Client, listed: Make, outcome: Outcome) -> None:
    send(client, listed(categories=[GROUP]), outcome)
    assert CallOutcome.objects.get().outcome == outcome


def test_loading_the_thanks_again_sends_nothing(client: Client, listed: Make) -> None:
    listing = listed()
    first = client.post(called(listing), {"outcome": "CLOSED"})
    assert first.headers["Location"] == f"{called(listing)}?told=CLOSED"
    client.get(first.headers["Location"])
    client.get(first.headers["Location"])
    assert CallOutcome.objects.count() == 1


def test_what_is_told_of_a_listing_that_was_merged_meanwhile_is_kept_for_the_one_that_stays(
    client: Client, listed: Make
) -> None:
    kept, merged = listed(), listed(archived=True)
    Redirect.objects.create(old_listing=merged, listing=kept, created_at=NOON)
    assert client.get(called(merged)).status_code == 200
    send(client, merged, "CLOSED")
    client.post(f"/listings/{merged.pk}/report/", {"kind": "PROBLEM", "text": "It moved."})
    assert CallOutcome.objects.get().listing == kept
    assert ListingReport.objects.get().listing == kept


def test_days_of_waiting_are_kept(client: Client, listed: Make) -> None:
    send(client, listed(), "NO_BED", wait_days=" 10 ")
    assert CallOutcome.objects.get().wait_days == 10


@pytest.mark.parametrize("days", ["soon", "-1", "731", "9" * 400, "1.5"])
def test_a_wrong_number_of_days_is_said_and_all_stays_in_the_form(
    client: Client, listed: Make, days: str
) -> None:
    response = client.post(called(listed()), {"outcome": "NO_BED", "wait_days": days})
    page = response.content.decode()
    assert response.status_code == 400
    assert re.search(r'value="NO_BED" checked', page)
    assert f'value="{days}"' in page
    assert re.search(r'<input[^>]*aria-invalid="true"[^>]*aria-describedby="id_wait_days_error"', page)
    assert not CallOutcome.objects.exists()


def test_days_of_waiting_are_in_nobody_s_way_who_found_something_else(client: Client, listed: Make) -> None:
    send(client, listed(), "WRONG_NUMBER", wait_days="soon")
    told = CallOutcome.objects.get()
    assert (told.outcome, told.wait_days) == (Outcome.WRONG_NUMBER, None)


@pytest.mark.parametrize("outcome", ["", "MET", "x7"])
def test_what_is_no_outcome_of_this_listing_is_refused(client: Client, listed: Make, outcome: str) -> None:
    response = client.post(called(listed()), {"outcome": outcome})
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert not CallOutcome.objects.exists()


def test_a_program_that_fills_the_hidden_field_gets_the_same_thanks_and_nothing_is_kept(
    client: Client, listed: Make
) -> None:
    listing = listed()
    person, program = (send(client, listing, "CLOSED", leave_empty=trap) for trap in ("", "x"))
    assert person.redirect_chain == program.redirect_chain
    assert person.content == program.content
    assert CallOutcome.objects.count() == 1
    CallOutcome.objects.all().delete()
    send(client, listing, "CLOSED", leave_empty="x")
    assert not CallOutcome.objects.exists()


def test_too_many_are_told_so_kindly_and_keep_what_they_chose(client: Client, listed: Make) -> None:
    for _call in range(OUTCOMES_A_DAY):
        client.post(called(listed()), {"outcome": "NO_ANSWER"})
    response = client.post(called(listed()), {"outcome": "NO_BED", "wait_days": "3"})
    assert response.status_code == 429
    assert "Please tell us this one tomorrow." in words(response)
    page = response.content.decode()
    assert 'value="NO_BED" checked' in page
    assert 'value="3"' in page


def test_another_language_takes_along_what_was_chosen(client: Client, listed: Make) -> None:
    listing = listed()
    page = client.post(called(listing), {"outcome": "NO_BED", "wait_days": "soon"}).content.decode()
    form = page.split(f'action="{called(listing, "/es")}"')[1].split("</form>")[0]
    assert 'name="outcome" value="NO_BED"' in form
    assert 'name="wait_days" value="soon"' in form


def test_no_browser_proxy_or_index_keeps_it(client: Client, listed: Make) -> None:
    listing = listed()
    sent = client.post(called(listing), {"outcome": "NO_BED"})
    for response in (client.get(called(listing)), sent, client.get(sent.headers["Location"])):
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"


NEXT_ONE = "Find the next one"


def test_whoever_did_not_get_in_is_led_to_the_next_one(client: Client, listed: Make) -> None:
    page = send(client, listed(categories=[DETOX, GROUP]), "NO_BED").content.decode()
    assert NEXT_ONE in page
    assert 'href="/search/?near=28801&amp;category=withdrawal_management"' in page


def test_no_bed_in_a_detox_says_what_to_do_tonight(client: Client, listed: Make) -> None:
    detox = listed(categories=[DETOX])
    assert "Any emergency room must check you" in words(send(client, detox, "NO_BED"))
    assert "Any emergency room" not in words(send(client, detox, "ANSWERED"))
    assert "Any emergency room" not in words(send(client, listed(), "NO_BED"))


def test_whoever_got_through_is_not_sent_on(client: Client, listed: Make) -> None:
    assert NEXT_ONE not in words(send(client, listed(), "ANSWERED"))


@pytest.mark.parametrize(
    ("place", "near"),
    [
        ({"confidential": True}, "Buncombe+County%2C+NC"),
        ({"online": True, "zip_code": ""}, "online"),
        ({"zip_code": "", "city": "Asheville", "state": "NC"}, "Asheville%2C+NC"),
    ],
)
def test_the_next_one_is_near_what_the_page_shows(
    client: Client, listed: Make, place: dict[str, Any], near: str
) -> None:
    page = send(client, listed(**place), "CLOSED").content.decode()
    assert f'href="/search/?near={near}&amp;category=behavioral_health"' in page


def test_whoever_went_for_nothing_is_led_to_other_meetings(client: Client, listed: Make) -> None:
    page = send(client, listed(categories=[GROUP]), "NOBODY_THERE").content.decode()
    assert 'href="/next/?near=28801&amp;category=support_group"' in page


@pytest.fixture
def fed(listed: Make) -> ServiceAtLocation:
    """A group of a feed that says where it hears of mistakes."""
    group = listed(categories=[GROUP])
    source = SourceFactory(
        slug="river",
        name="River Intergroup",
        fellowship="aa",
        format="bmlt",
        feedback_url="https://river.example.org/mistake",
    )
    SourceRecordFactory(listing=group, source=source)
    return group


def test_a_group_s_own_list_hears_of_it_first(client: Client, fed: ServiceAtLocation) -> None:
    for path in (called(fed), f"{called(fed)}?told=NOBODY_THERE", f"/listings/{fed.pk}/report/"):
        main = client.get(path).content.decode().split("<main")[1]
        own = main.index('href="https://river.example.org/mistake"')
        ours = main.find("<form")
        assert "Tell the group’s own list first" in main
        assert ours == -1 or own < ours


def test_a_list_with_a_mailbox_shows_its_address(client: Client, fed: ServiceAtLocation) -> None:
    record = fed.source_records.get()  # type: ignore[attr-defined]
    record.source.feedback_url, record.source.feedback_email = "", "web@river.example.org"
    record.source.save()
    page = client.get(called(fed)).content.decode()
    assert 'href="mailto:web@river.example.org"' in page
    assert "web@river.example.org</span>" in page


def test_a_good_meeting_bothers_nobody(client: Client, fed: ServiceAtLocation) -> None:
    assert "own list first" not in words(client.get(f"{called(fed)}?told=MET"))


def test_care_has_no_list_of_its_own(client: Client, listed: Make) -> None:
    care = listed()
    SourceRecordFactory(
        listing=care, source=SourceFactory(slug="river", feedback_email="w@river.example.org")
    )
    assert "own list first" not in words(client.get(called(care)))


def test_one_of_us_is_told_in_what_role_they_speak(client: Client, listed: Make) -> None:
    listing = listed()
    assert "You are signed in" not in words(client.get(called(listing)))
    client.force_login(one_of_us())
    assert "shown as the word of: A case worker" in words(client.get(called(listing)))


def test_the_second_to_say_so_disputes_it_on_the_page(client: Client, listed: Make) -> None:
    listing = listed()
    tell(listing, Outcome.WRONG_NUMBER)
    assert "Wrong number" not in words(client.get(listing.get_absolute_url()))
    send(client, listing, "WRONG_NUMBER")
    page = words(client.get(listing.get_absolute_url()))
    assert "2 people told us, the last one today: Wrong number." in page
