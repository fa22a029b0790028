import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from unittest.mock import patch

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from finder.actions.indexing import index_listings, rebuild_index
from finder.enums import CareCategory, StatementMethod
from finder.models import ServiceAtLocation, UnmetNeed
from tests.factories import ScheduleFactory, SourceRecordFactory

Make = Callable[..., ServiceAtLocation]

DETOX = [CareCategory.WITHDRAWAL_MANAGEMENT]

pytestmark = pytest.mark.usefixtures("vocabulary")


def page_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return unescape(response.content.decode())


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_is_never_stored(client: Client) -> None:
    assert client.get("/search/?need=medicaid").headers["Cache-Control"] == "no-store"


def test_those_that_fit_come_before_those_that_may(client: Client, listed: Make) -> None:
    listed(name="Silent House", yes=["residential"])
    listed(name="Open House", yes=["medicaid"])
    page = page_of(client, "/search/?near=28801&need=medicaid")
    assert page.index("Open House") < page.index("May fit: ask when you call") < page.index("Silent House")


def test_the_divider_names_what_is_missing_and_what_to_ask(client: Client, listed: Make) -> None:
    listed(name="Silent House", yes=["residential"])
    said = words_of(page_of(client, "/search/?near=28801&need=medicaid"))
    assert "These do not say: Medicaid ." in said
    assert "Ask: “Do you take Medicaid?”" in said
    assert "? Medicaid: not stated" in said


def test_a_misspelt_place_is_mended_and_said(client: Client) -> None:
    said = words_of(page_of(client, "/search/?near=Ashevile"))
    assert "Showing Asheville, NC. Did you mean Nashville, TN" in said


def test_another_reading_is_one_tap_away(client: Client) -> None:
    page = page_of(client, "/search/?near=Ashevile&need=medicaid")
    assert 'href="/search/?need=medicaid&near=Nashville%2C+TN"' in page


def test_a_state_uses_no_distance_and_says_so(client: Client, listed: Make) -> None:
    listed(name="Far House", zip_code="27601")
    said = words_of(page_of(client, "/search/?near=North+Carolina&within=5"))
    assert "Far House" in said
    assert "The distance in miles is not used." in said


def test_misspelt_words_are_mended_and_said(client: Client, listed: Make) -> None:
    listed(name="Riverside House")
    rebuild_index()
    said = words_of(page_of(client, "/search/?q=rivrside"))
    assert "Nothing found for “rivrside”. Showing “riverside”." in said


@pytest.mark.parametrize(
    ("parameters", "field", "sentence"),
    [
        ("near=qqqqqqqq", "near", "We do not know this place."),
        ("near=28801&within=900", "within", "Give a number of miles from 1 to 500."),
        ("near=28801&within=abc", "within", "Give a number of miles from 1 to 500."),
        ("sort=distance", "sort", "To sort by distance, say where"),
        ("need=unicorns", "need", "“unicorns” is not a need we know."),
        ("category=spa", "category", "“spa” is not a kind of help we know."),
        ("page=99", "page", "There is no such page."),
    ],
)
def test_what_is_not_understood_is_said_and_nothing_is_shown(
    client: Client, listed: Make, parameters: str, field: str, sentence: str
) -> None:
    listed(name="Riverside House")
    page = page_of(client, f"/search/?{parameters}", status=400)
    assert sentence in page
    assert "Riverside House" not in page


def test_a_fault_stands_beside_its_field_with_what_was_typed(client: Client) -> None:
    page = page_of(client, "/search/?near=qqqqqqqq", status=400)
    field = re.search(r'<div id="near-faults">.*?<input[^>]*>', page, re.DOTALL)
    assert field is not None
    assert 'value="qqqqqqqq"' in field[0]
    assert 'aria-invalid="true"' in field[0]
    assert 'aria-describedby="near-faults"' in field[0]


def test_unknown_parameters_are_ignored(client: Client) -> None:
    assert client.get("/search/?utm_source=x").status_code == 200


def test_chips_take_one_thing_off(client: Client) -> None:
    page = page_of(client, "/search/?near=Asheville,+NC&need=medicaid&need=spanish")
    assert '<a class="chip" href="/search/?near=Asheville%2C+NC&need=spanish">' in page
    assert '<a class="chip" href="/search/?need=medicaid&need=spanish">' in page


def test_what_has_no_checkbox_stays_asked_when_the_form_is_sent(client: Client, listed: Make) -> None:
    listed(yes=["walk_in"])
    page = page_of(client, "/search/?need=walk_in&not=dui_only")
    assert '<input type="hidden" name="need" value="walk_in">' in page
    assert '<input type="hidden" name="not" value="dui_only">' in page


def test_facets_count_and_keep_what_is_chosen(client: Client, listed: Make) -> None:
    listed(yes=["medicaid", "medicare"])
    page = page_of(client, "/search/?need=medicaid")
    assert re.search(r'id="need-medicaid"\s+value="medicaid"\s+checked', page)
    assert 'Medicare <span class="soft">1</span>' in page


def test_pages_keep_the_question(client: Client, listed: Make) -> None:
    for number in range(21):
        listed(name=f"House {number}", yes=["medicaid"])
    first = page_of(client, "/search/?near=28801&need=medicaid")
    assert 'href="/search/?near=28801&need=medicaid&page=2"' in first
    second = page_of(client, "/search/?near=28801&need=medicaid&page=2")
    assert 'href="/search/?near=28801&need=medicaid&page=1"' in second
    assert "Page 2 of 2" in second


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"yes": ["medically_supervised"]}, "✓ Medically supervised"),
        ({"no": ["medically_supervised"]}, "✗ Not medically supervised"),
        ({}, "? Medically supervised: not stated, ask"),
    ],
)
def test_every_detox_says_whether_it_is_medically_supervised(
    client: Client, listed: Make, facts: dict[str, list[str]], sentence: str
) -> None:
    listed(categories=DETOX, **facts)
    assert sentence in words_of(page_of(client, "/search/?near=28801"))


def test_tonight_comes_before_any_detox(client: Client, listed: Make) -> None:
    listed(name="Quiet House", categories=DETOX)
    page = page_of(client, "/search/?near=28801")
    assert page.index("Need help tonight?") < page.index("Quiet House")


def test_a_search_for_groups_shows_no_detox_warning(client: Client, listed: Make) -> None:
    listed(categories=[CareCategory.SUPPORT_GROUP])
    assert "Need help tonight?" not in page_of(client, "/search/?category=support_group")


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("dui_only", "Serves only DUI/DWI clients"),
        ("no_opioid_treatment", "Does not treat opioid use"),
        ("veterans_affairs", "Run by: Veterans Affairs (VA). Ask who can come."),
        ("tribal_government", "Run by: Tribal government. Ask who can come."),
    ],
)
def test_limits_stand_on_the_card(client: Client, listed: Make, slug: str, words: str) -> None:
    listed(yes=[slug])
    assert words in words_of(page_of(client, "/search/?near=28801"))


def test_the_call_button_dials_the_extension(client: Client, listed: Make) -> None:
    listing = listed()
    listing.phones.update(extension="14")
    page = page_of(client, "/search/?near=28801")
    assert 'href="tel:+18285550142;ext=14"' in page


def test_intake_is_called_before_the_switchboard(client: Client, listed: Make) -> None:
    listing = listed(phone="828-555-0199")
    listing.phones.create(number="828-555-0111", number_e164="+18285550111", phone_type="INTAKE", position=1)
    page = page_of(client, "/search/?near=28801")
    assert "tel:+18285550111" in page
    assert "tel:+18285550199" not in page


def test_a_card_says_how_and_when_it_was_checked(client: Client, listed: Make) -> None:
    listed(method=StatementMethod.IMPORT, stated_on=date(2022, 1, 1))
    assert "From a published directory of 2022. Nobody has checked since." in page_of(
        client, "/search/?near=28801"
    )


def test_a_card_warns_of_what_its_directory_dropped(client: Client, listed: Make) -> None:
    listing = listed()
    SourceRecordFactory(listing=listing, missing=True)
    index_listings([listing.pk])
    assert "it may have closed. Call first." in page_of(client, "/search/?near=28801")


def test_a_card_says_when_a_place_is_closed_for_now(client: Client, listed: Make) -> None:
    listed(service__status="temporarily closed")
    assert "Status: Temporarily closed. Call before you go." in page_of(client, "/search/?near=28801")


def test_distances_are_said_roughly(client: Client, listed: Make) -> None:
    listed(zip_code="28792")
    assert re.search(r"Hendersonville, NC · about \d+ miles", page_of(client, "/search/?near=28801"))


def test_a_private_address_gives_its_county_and_no_distance(client: Client, listed: Make) -> None:
    listed(name="Safe House", confidential=True)
    card = page_of(client, "/search/?near=28801").split("Safe House")[1].split("</article>")[0]
    assert "Buncombe County, NC" in card
    assert "mile" not in card
    assert "Asheville" not in card


def test_made_up_listings_are_named_as_such(client: Client, listed: Make) -> None:
    listed(is_demo=True)
    assert "These are made-up examples." in page_of(client, "/search/?near=28801")


def test_real_listings_carry_no_such_banner(client: Client, listed: Make) -> None:
    listed()
    assert "These are made-up examples." not in page_of(client, "/search/?near=28801")


def test_an_empty_answer_has_next_steps_and_says_how_many_each_finds(client: Client, listed: Make) -> None:
    listed(name="Says no", no=["medicaid"])
    listed(name="Far", zip_code="28202", yes=["medicaid"])
    page = page_of(client, "/search/?near=28801&need=medicaid")
    for step in ("Without: Medicaid: 1 fits", "Within 100 miles: 1 fits", "Support groups online"):
        assert step in page
    assert "tel:+18006624357" in page


def test_few_answers_are_followed_by_what_would_find_more(client: Client, listed: Make) -> None:
    listed(name="Riverside", yes=["medicaid"])
    for number in range(3):
        listed(name=f"Says no {number}", no=["medicaid"])
    page = page_of(client, "/search/?near=28801&need=medicaid")
    assert page.index("Riverside") < page.index("Few fit. This would find more")
    assert "Without: Medicaid: 4 fit" in page
    assert "Few fit" not in page_of(client, "/search/?near=28801")


def test_every_next_step_is_understood(client: Client, listed: Make) -> None:
    listed(name="Riverside", yes=["medicaid"])
    listed(name="Far", zip_code="28202", yes=["medicaid"])
    page = page_of(client, "/search/?near=28801&need=medicaid&q=zzz&category=behavioral_health")
    steps = re.findall(r'<a class="button plain"\s+href="([^"]+)"', page)
    assert len(steps) >= 4
    assert {client.get(step).status_code for step in steps} == {200}


def test_a_place_that_may_be_meant_is_offered(client: Client) -> None:
    page = page_of(client, "/search/?near=28899", status=400)
    assert "Choose one:" in page


@pytest.mark.parametrize(
    ("parameters", "heading"),
    [
        ("", "Help anywhere in the United States"),
        ("near=Asheville,+NC&category=withdrawal_management", "Detox near Asheville, NC"),
        ("near=North+Carolina&category=behavioral_health", "Treatment in North Carolina"),
        ("near=online&category=support_group", "Support groups online or by phone"),
        ("near=35.60,-82.55", "Help near Asheville, NC"),
    ],
)
def test_the_heading_says_what_was_understood(client: Client, parameters: str, heading: str) -> None:
    assert f"<h1>{heading}</h1>" in page_of(client, f"/search/?{parameters}")


def test_names_stay_english_on_the_spanish_page(client: Client, listed: Make) -> None:
    listed(name="Quiet House")
    page = page_of(client, "/es/search/?near=28801")
    assert re.search(r'<a[^>]*lang="en"[^>]*>Quiet House</a>', page)


def test_a_time_is_in_the_heading_the_chips_and_the_form(client: Client) -> None:
    page = page_of(client, "/search/?near=28801&when=tue&from=18:00")
    assert "<h1>Help near 28801 (Asheville, NC) on Tuesday</h1>" in page
    assert '<a class="chip" href="/search/?near=28801&from=18%3A00">' in page
    assert '<option value="tue" selected>' in page
    assert re.search(r'<input[^>]*id="from"[^>]*value="18:00"', page)


def test_who_does_not_say_when_is_counted_apart_and_asked(client: Client, listed: Make) -> None:
    listed()
    page = page_of(client, "/search/?when=now")
    assert "<strong>0</strong> say they fit." in page
    assert "<strong>1</strong> more may fit." in page
    assert "Ask about the time." in page
    assert "These do not say:" not in page


def test_times_that_are_behind_are_owned_up_to(client: Client) -> None:
    schedule = ScheduleFactory(meeting=True)
    with time_machine.travel(timezone.now() - timedelta(days=14)):
        index_listings([schedule.listing_id])
    with patch("finder.views.search.refresh_if_short") as refresh:
        assert "bringing times up to date" in page_of(client, "/search/?when=sat")
    refresh.assert_called_once()


def test_a_search_without_a_time_starts_no_refresh(client: Client) -> None:
    with patch("finder.views.search.refresh_if_short") as refresh:
        page_of(client, "/search/")
    refresh.assert_not_called()


def test_the_order_is_explained_and_leads_to_the_whole_rule(client: Client, listed: Make) -> None:
    listed()
    page = page_of(client, "/search/?near=28801")
    assert "Why this order?" in page
    assert "Nobody can pay for a place." in page
    (address, anchor) = re.findall(r'href="([^"#]+)#([^"]+)">How the order is made', page)[0]
    assert f'id="{anchor}"' in page_of(client, address)


def test_a_chosen_order_is_explained_as_such(client: Client, listed: Make) -> None:
    listed()
    said = words_of(page_of(client, "/search/?near=28801&sort=checked"))
    assert "In each part the order is the one you chose: “Last checked”. Nobody can pay for a place." in said
    assert "In each part the nearest come first" not in said


EMPTY = "/search/?near=28801&category=withdrawal_management&need=medicaid"


def times_counted() -> int:
    return sum(UnmetNeed.objects.values_list("count", flat=True))


def test_an_empty_search_is_counted_under_its_county_and_need(client: Client) -> None:
    page_of(client, EMPTY)
    row = UnmetNeed.objects.get()
    assert (row.date, row.count) == (timezone.localdate(), 1)
    place = (row.state_province, row.county)
    assert (*place, row.category, row.need) == ("NC", "Buncombe County", DETOX[0], "medicaid")


def test_a_search_that_finds_something_counts_nothing(client: Client, listed: Make) -> None:
    listed(categories=DETOX, yes=["medicaid"])
    page_of(client, EMPTY)
    assert times_counted() == 0


def test_trying_filters_and_asking_for_the_head_count_nothing(client: Client) -> None:
    client.get(EMPTY, headers={"HX-Request": "true"})
    client.head(EMPTY)
    page_of(client, f"{EMPTY}&page=2", status=400)
    assert times_counted() == 0


def test_a_search_that_is_not_understood_counts_nothing(client: Client) -> None:
    page_of(client, f"{EMPTY}&need=unicorn", status=400)
    assert times_counted() == 0


def test_a_count_that_fails_takes_nothing_from_the_page(client: Client) -> None:
    expected = page_of(client, EMPTY)
    with patch("finder.actions.unmet.ADD_ONE", "SELECT nothing FROM nowhere" + "%.0s" * 5):
        assert page_of(client, EMPTY) == expected
    assert times_counted() == 1


def test_an_empty_search_costs_one_statement_more(client: Client, settings: Settings) -> None:
    page_of(client, EMPTY)
    counting = statements(client)
    settings.COUNT_UNMET_NEEDS = False
    plain = statements(client)
    assert len(counting) == len(plain) + 1


def statements(client: Client) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        page_of(client, EMPTY)
    return [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
