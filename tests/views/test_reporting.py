"""A problem is reported and a place suggested, and nothing that someone typed is lost or shown to others."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from finder.actions.reporting import REPORTS_A_DAY
from finder.enums import CareCategory, ReportKind
from finder.models import ListingReport, ServiceAtLocation
from tests.made_up_voices import NOON

Make = Callable[..., ServiceAtLocation]

pytestmark = pytest.mark.usefixtures("vocabulary")

PLACE = {
    "name": "Example Harbor House",
    "category": "behavioral_health",
    "place": "28801",
    "phone": "(828) 555-0199",
    "website": "harbor.example.org",
    "text": "A house for people in recovery.",
}


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def words(response: Any) -> str:
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", main.partition(">")[2]).split()))


def report(client: Client, listing: ServiceAtLocation, **said: str) -> Any:
    return client.post(
        f"/listings/{listing.pk}/report/", {"kind": "PROBLEM", "text": "Wrong street.", **said}
    )


def suggest(client: Client, **said: str) -> Any:
    return client.post("/suggest/", {**PLACE, **said})


def reference_in(response: Any) -> str:
    found = re.search(r'<p class="moment">(\w{4}) (\w{4})</p>', response.content.decode())
    assert found
    return found[1] + found[2]


# A problem


def test_a_report_is_kept_and_thanked_for_with_its_reference(client: Client, listed: Make) -> None:
    listing = listed()
    response = report(client, listing)
    kept = ListingReport.objects.get()
    assert (kept.kind, kept.listing, kept.text) == (ReportKind.PROBLEM, listing, "Wrong street.")
    assert reference_in(response) == kept.reference
    assert f'href="/reports/{kept.reference}/"' in response.content.decode()


def test_the_listing_leads_to_it(client: Client, listed: Make) -> None:
    listing = listed()
    page = client.get(listing.get_absolute_url()).content.decode()
    assert f'href="/listings/{listing.pk}/report/"' in page


@pytest.mark.parametrize("hidden", ["draft", "archived"])
def test_what_is_not_published_cannot_be_reported(client: Client, listed: Make, hidden: str) -> None:
    assert report(client, listed(**{hidden: True})).status_code == 404


def test_before_anything_else_it_says_where_help_is(client: Client, listed: Make) -> None:
    main = client.get(f"/listings/{listed().pk}/report/").content.decode().split("<main")[1]
    assert main.index('href="tel:911"') < main.index("<form")
    assert main.index('href="tel:988"') < main.index("<form")


def test_something_unsafe_comes_first_and_says_whom_to_call(client: Client, listed: Make) -> None:
    response = report(client, listed(), kind="UNSAFE")
    assert ListingReport.objects.get().kind == ReportKind.UNSAFE
    assert "What is unsafe is looked at first." in words(response)
    assert "Is someone in danger now?" in words(response)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"kind": ""}, "Choose what it is about."),
        ({"kind": "SUGGESTION"}, "Select a valid choice."),
        ({"text": " "}, "Say what is wrong, in a few words."),
        ({"text": "x" * 2001}, "at most 2000 characters"),
    ],
)
def test_a_fault_is_said_and_nothing_is_lost(
    client: Client, listed: Make, said: dict[str, str], fault: str
) -> None:
    response = report(client, listed(), **said)
    assert response.status_code == 400
    assert fault in words(response)
    assert said.get("text", "Wrong street.").strip() in response.content.decode()
    assert not ListingReport.objects.exists()


def test_a_new_line_counts_as_the_one_sign_that_it_is(client: Client, listed: Make) -> None:
    text = "a\r\n" * 999 + "ab"
    report(client, listed(), text=text)
    assert ListingReport.objects.get().text == text.replace("\r\n", "\n")


def test_loading_the_thanks_again_keeps_one_report_and_shows_the_same_reference(
    client: Client, listed: Make
) -> None:
    listing = listed()
    assert reference_in(report(client, listing)) == reference_in(report(client, listing))
    assert ListingReport.objects.count() == 1


def test_another_language_keeps_the_report_and_the_words(client: Client, listed: Make) -> None:
    listing = listed()
    page = report(client, listing).content.decode()
    form = page.split(f'action="/es/listings/{listing.pk}/report/"')[1].split("</form>")[0]
    assert 'name="text" value="Wrong street."' in form
    response = client.post(f"/es/listings/{listing.pk}/report/", {"kind": "PROBLEM", "text": "Wrong street."})
    assert reference_in(response) == ListingReport.objects.get().reference


def test_a_program_gets_the_same_thanks_and_nothing_is_kept(client: Client, listed: Make) -> None:
    listing = listed()
    trapped = report(client, listing, leave_empty="x")
    assert len(reference_in(trapped)) == 8
    assert not ListingReport.objects.exists()
    person = report(client, listing)
    signs = re.compile(r"\b[3-9A-Z]{4} ?[3-9A-Z]{4}\b")
    assert signs.sub("", words(trapped)) == signs.sub("", words(person))


def test_too_many_are_told_so_and_keep_their_words(client: Client, listed: Make) -> None:
    listing = listed()
    for number in range(REPORTS_A_DAY):
        report(client, listing, text=f"Fault {number}")
    response = report(client, listing, text="The sixth fault")
    assert response.status_code == 429
    assert "Please send this one tomorrow." in words(response)
    assert "The sixth fault" in response.content.decode()


def test_words_of_danger_bring_what_keeps_someone_safe(client: Client, listed: Make) -> None:
    call_command("loaddata", "guidance", verbosity=0)
    response = report(client, listed(), text="I stopped xanax there and now I think of suicide")
    assert "Before you go on" in words(response)
    assert "988" in words(response).split("Your reference")[0]
    assert "Before you go on" not in words(report(client, listed()))


def test_a_private_address_shows_no_more_on_its_forms_than_on_its_page(client: Client, listed: Make) -> None:
    listing = listed(
        name="Safe House", confidential=True, zip_code="28711", location__address_1="12 Hidden Lane"
    )
    sent = [report(client, listing), report(client, listing, kind=""), suggest(client, name="Safe House")]
    sent += [client.get(f"/listings/{listing.pk}/{page}/") for page in ("report", "called")]
    for response in sent:
        for secret in ("Hidden Lane", "28711", "Black Mountain"):
            assert secret not in response.content.decode()


def test_nothing_that_is_typed_reaches_the_log(
    client: Client, listed: Make, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    listing = listed()
    for kind in ("PROBLEM", ""):
        report(client, listing, kind=kind, text="zebrafinch at the door")
    suggest(client, name="Zebrafinch House")
    suggest(client, name="Zebrafinch House", website="zebrafinch")
    client.get("/reports/", {"reference": "zebrafinch"})
    assert "zebrafinch" not in "".join((*capfd.readouterr(), caplog.text)).lower()


# A place that is missing


def test_a_suggestion_is_kept_with_all_that_was_said(client: Client) -> None:
    response = suggest(client)
    kept = ListingReport.objects.get()
    assert reference_in(response) == kept.reference
    assert kept.kind == ReportKind.SUGGESTION
    assert kept.text == PLACE["text"]
    assert kept.suggestion == {
        "name": "Example Harbor House",
        "category": "behavioral_health",
        "place": "28801",
        "phone": "(828) 555-0199",
        "website": "https://harbor.example.org",
    }


def test_name_kind_and_place_are_enough(client: Client) -> None:
    suggest(client, phone="", website="", text="")
    assert set(ListingReport.objects.get().suggestion) == {"name", "category", "place"}


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"name": ""}, "Write its name."),
        ({"name": "x" * 201}, "at most 200 characters"),
        ({"category": ""}, "Choose what it offers."),
        ({"category": "x7"}, "Select a valid choice."),
        ({"place": ""}, "Write the city and state"),
        ({"phone": "nobody"}, "This is no phone number."),
        ({"phone": "1" * 60}, "This is no phone number."),
        ({"website": "not a page"}, "This is no web address."),
    ],
)
def test_a_fault_in_a_suggestion_is_said_and_nothing_is_lost(
    client: Client, said: dict[str, str], fault: str
) -> None:
    response = suggest(client, **said)
    page = unescape(response.content.decode())
    assert response.status_code == 400
    assert fault in words(response)
    kept = {**PLACE, **said}
    for name in ("name", "place", "phone", "website"):
        assert f'name="{name}" value="{kept[name]}"' in page or not kept[name]
    assert f">\n{kept['text']}</textarea>" in page
    assert not ListingReport.objects.exists()


@pytest.fixture
def harbor(listed: Make) -> ServiceAtLocation:
    return listed(name="Harbor House", phone="828-555-0150")


@pytest.mark.parametrize("said", [{"name": "Harbour House"}, {"phone": "828.555.0150", "name": "The Other"}])
def test_what_may_be_listed_already_is_shown_before_anything_is_sent(
    client: Client, harbor: ServiceAtLocation, said: dict[str, str]
) -> None:
    response = suggest(client, **said)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Is it one of these? Harbor House Asheville, NC · 828-555-0150" in words(response)
    assert f'href="{harbor.get_absolute_url()}"' in page
    assert f'value="{said["name"]}"' in page
    assert not ListingReport.objects.exists()


def test_none_of_these_sends_it(client: Client, harbor: ServiceAtLocation) -> None:
    response = suggest(client, name="Harbour House", none_of_these="1")
    assert ListingReport.objects.get().suggestion["name"] == "Harbour House"
    assert 'name="none_of_these" value="1"' in response.content.decode().split("<main")[0]


def test_a_place_that_nobody_knows_is_kept_as_it_was_written(client: Client) -> None:
    suggest(client, place="behind the old mill")
    assert ListingReport.objects.get().suggestion["place"] == "behind the old mill"


def test_too_many_suggestions_are_told_so_and_kept_in_the_form(client: Client) -> None:
    for number in range(REPORTS_A_DAY):
        suggest(client, name=f"Example House {number}")
    response = suggest(client, name="Example House, the sixth")
    assert response.status_code == 429
    assert "Example House, the sixth" in response.content.decode()


def test_a_program_that_suggests_gets_the_same_thanks(client: Client) -> None:
    assert len(reference_in(suggest(client, leave_empty="x"))) == 8
    assert not ListingReport.objects.exists()


@pytest.mark.parametrize(
    "address", ["/", "/search/?near=99501&need=medicaid", "/next/?near=99501&category=support_group"]
)
def test_where_nothing_is_found_and_on_every_page_a_place_may_be_suggested(
    client: Client, address: str
) -> None:
    page = client.get(address).content.decode()
    assert 'href="/suggest/"' in page.split("<footer")[1]
    assert ('href="/suggest/"' in page.split("<main")[1].split("</main>")[0]) == (address != "/")


def test_a_category_is_one_of_three(client: Client) -> None:
    page = client.get("/suggest/").content.decode()
    assert re.findall(r'name="category"[^>]*value="(\w+)"', page) == CareCategory.values
