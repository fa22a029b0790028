"""The plan as people see it, in every situation that the plan knows."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from finder.actions.indexing import index_listings
from finder.enums import CareCategory
from finder.models import Guidance, ServiceAtLocation, UnmetNeed
from finder.plans.situations import Situation, Substance
from tests.factories import ScheduleFactory, make_listing

DETOX, CARE, GROUP = CareCategory
WITHDRAWAL, TREATMENT = "Get through withdrawal", "Care and counseling"
MEDICINE, COMPANY = "Medicine and counseling", "People who get it"
NOW, NEXT, ALONGSIDE, PERHAPS_NOT = "Start now", "Next", "Alongside", "You may not need this"
TUESDAY = datetime(2026, 11, 24, 15, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("vocabulary")

Make = Callable[..., ServiceAtLocation]


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def detox(listed: Make) -> ServiceAtLocation:
    return listed(name="Quiet House", categories=[DETOX], yes=["medically_supervised", "hospital_detox"])


def sent(client: Client, *, status: int = 200, path: str = "/plan/", **answers: Any) -> str:
    response = client.post(path, answers)
    assert response.status_code == status
    return unescape(response.content.decode())


def words_of(page: str) -> str:
    main = page.split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main.partition(">")[2]).split())


def legs_of(page: str) -> list[tuple[str, str]]:
    """Start and promise of each leg, in the order of the page."""
    starts = re.findall(r'<p class="start">(.*?)</p>', page)
    return list(zip(starts, re.findall(r'<h2 id="leg-[^"]*">(.*?)</h2>', page), strict=True))


def leg_of(page: str, category: CareCategory) -> str:
    part = page.split(f'<section class="leg {category.value}"')[1].split("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", part.partition(">")[2]).split())


SITUATIONS: dict[str, tuple[dict[str, list[str]], list[tuple[str, str]]]] = {
    "nothing said": ({}, [(NOW, WITHDRAWAL), (NOW, TREATMENT), (ALONGSIDE, COMPANY)]),
    "drinks": ({"substance": ["alcohol"]}, [(NOW, WITHDRAWAL), (NEXT, TREATMENT), (ALONGSIDE, COMPANY)]),
    "takes benzodiazepines and uses opioids": (
        {"substance": ["benzodiazepines", "opioids"]},
        [(NOW, WITHDRAWAL), (NOW, MEDICINE), (ALONGSIDE, COMPANY)],
    ),
    "uses opioids": (
        {"substance": ["opioids"]},
        [(NOW, MEDICINE), (ALONGSIDE, COMPANY), (PERHAPS_NOT, WITHDRAWAL)],
    ),
    "uses opioids and wants detox": (
        {"substance": ["opioids"], "situation": ["wants_detox"]},
        [(NOW, WITHDRAWAL), (NOW, MEDICINE), (ALONGSIDE, COMPANY)],
    ),
    "uses opioids and is pregnant": (
        {"substance": ["opioids"], "situation": ["pregnant"]},
        [(NOW, MEDICINE), (ALONGSIDE, COMPANY), (PERHAPS_NOT, WITHDRAWAL)],
    ),
    "drinks, uses opioids and is pregnant": (
        {"substance": ["alcohol", "opioids"], "situation": ["pregnant"]},
        [(NOW, MEDICINE), (NOW, WITHDRAWAL), (ALONGSIDE, COMPANY)],
    ),
    "takes kratom": ({"substance": ["kratom"]}, [(NOW, WITHDRAWAL), (NOW, TREATMENT), (ALONGSIDE, COMPANY)]),
    "uses stimulants": (
        {"substance": ["stimulants"]},
        [(NOW, TREATMENT), (ALONGSIDE, COMPANY), (PERHAPS_NOT, WITHDRAWAL)],
    ),
    "is just out of jail": (
        {"situation": ["out_of_jail"]},
        [(NOW, TREATMENT), (ALONGSIDE, COMPANY), (PERHAPS_NOT, WITHDRAWAL)],
    ),
    "is on methadone": (
        {"situation": ["on_methadone"]},
        [(NOW, MEDICINE), (ALONGSIDE, COMPANY), (PERHAPS_NOT, WITHDRAWAL)],
    ),
}


@pytest.mark.parametrize("who", SITUATIONS)
def test_the_page_leads_with_what_starts_now(client: Client, who: str) -> None:
    answers, legs = SITUATIONS[who]
    assert legs_of(sent(client, near="28801", **answers)) == legs


@pytest.mark.parametrize("situation", Situation.values)
@pytest.mark.parametrize("path", ["/plan/", "/es/plan/"])
def test_every_situation_gets_three_legs(client: Client, situation: str, path: str) -> None:
    assert len(legs_of(sent(client, path=path, near="28801", situation=situation))) == 3


def test_tonight_stands_before_every_leg_and_says_not_to_stop_suddenly(client: Client) -> None:
    words = words_of(sent(client, near="28801", substance="alcohol"))
    assert words.index("Any emergency room must check you") < words.index(WITHDRAWAL)
    assert words.index("Do not stop suddenly on your own.") < words.index(WITHDRAWAL)


def test_the_texts_of_the_situation_stand_above_the_legs(client: Client) -> None:
    call_command("loaddata", "guidance", verbosity=0)
    words = words_of(sent(client, near="28801", substance="kratom", situation="sleep_trouble"))
    for slug in ("kratom-and-7-oh", "overdose-and-naloxone", "melatonin-and-sleep"):
        assert words.index(str(Guidance.objects.get(slug=slug))) < words.index(WITHDRAWAL)


def test_what_tonight_says_is_said_once_and_its_text_is_linked(client: Client) -> None:
    call_command("loaddata", "guidance", verbosity=0)
    page = sent(client, near="28801", substance="alcohol")
    assert page.count("Do you drink every day") == 1
    assert "/guidance/alcohol-and-benzodiazepine-withdrawal/" in page


def test_typed_words_call_for_a_text_as_in_a_search(client: Client) -> None:
    call_command("loaddata", "guidance", verbosity=0)
    assert "/guidance/crisis-and-suicide/" in client.get("/plan/?q=suicide").content.decode()


def test_a_choice_says_why_and_has_its_number(client: Client, detox: ServiceAtLocation) -> None:
    leg = leg_of(sent(client, near="28801", substance="alcohol"), DETOX)
    assert "Quiet House" in leg
    assert "less than 1 mile" in leg
    assert "✓ Medically supervised" in leg
    assert "✓ You stay day and night: Hospital detox" in leg
    assert "Call 828-555-0142" in leg


def test_a_detox_that_does_not_say_is_asked_whether_it_is_supervised(client: Client, listed: Make) -> None:
    listed(name="Quiet House", categories=[DETOX])
    assert "Medically supervised: not stated, ask" in leg_of(sent(client, near="28801"), DETOX)


def test_what_all_are_asked_is_said_once_and_the_rest_beside_each(client: Client, listed: Make) -> None:
    listed(name="Says", categories=[DETOX], yes=["medicaid", "medically_supervised"])
    listed(name="Does not say", categories=[DETOX], yes=["medically_supervised"])
    leg = leg_of(sent(client, near="28801", substance="opioids", need="medicaid"), DETOX)
    assert leg.count("Will I leave with naloxone?") == 1
    assert leg.count("Do you take Medicaid?") == 1
    assert leg.index("Does not say") < leg.index("Do you take Medicaid?")
    assert leg.index("Ask each of them on the phone:") < leg.index("Will I leave with naloxone?")


def test_what_is_inferred_says_so(client: Client, listed: Make) -> None:
    listed(name="Opioid Clinic", categories=[CARE], yes=["opioid_treatment"])
    leg = leg_of(sent(client, near="28801", substance="kratom"), CARE)
    assert "Inferred: it does not say that it treats this. Ask when you call." in leg


@pytest.mark.parametrize("are_there_groups", [True, False])
def test_near_groups_nobody_is_told_to_stop_medicine(
    client: Client, listed: Make, are_there_groups: bool
) -> None:
    if are_there_groups:
        listed(name="Evening Group", categories=[GROUP])
    leg = leg_of(sent(client, near="28801", substance="opioids"), GROUP)
    assert "Some groups see medicine differently. Do not stop it because of a meeting." in leg


def test_a_meeting_says_when_it_is(client: Client) -> None:
    made = make_listing(name="Evening Group", categories=[GROUP])
    ScheduleFactory(listing=made, meeting=True)
    index_listings([made.pk])
    assert re.search(r"at \d+(:\d\d)? [ap]\.m\., Eastern Time", leg_of(sent(client, near="28801"), GROUP))


def test_each_leg_hands_over_to_the_next(client: Client, detox: ServiceAtLocation) -> None:
    page = sent(client, near="28801", substance="alcohol")
    assert "have a first visit with a treatment program" in leg_of(page, DETOX)
    assert "Ask your program which groups welcome you" in leg_of(page, CARE)


def test_see_all_leads_to_a_search_that_finds_the_choice(client: Client, detox: ServiceAtLocation) -> None:
    page = sent(client, near="28801", substance="alcohol")
    link = re.search(r'href="(/search/[^"]*)">See all detox', page)
    assert link is not None
    assert b"Quiet House" in client.get(link[1]).content


def test_a_gap_says_what_to_do_and_never_sends_to_a_meeting(client: Client, listed: Make) -> None:
    listed(name="Evening Online", categories=[GROUP], online=True)
    listed(name="Far Hospital", categories=[DETOX], zip_code="28202", yes=["hospital_detox"], no=["medicaid"])
    page = sent(client, near="28801", substance="alcohol", need="medicaid")
    leg = leg_of(page, DETOX)
    assert "Nothing of this kind that suits you is listed within 25 miles" in leg
    assert "The nearest says no to: Medicaid." in leg
    assert "Any emergency room must check you" in leg
    assert "Far Hospital" in leg
    assert re.search(r"about \d+ miles", leg)
    assert "Evening Online" not in leg
    assert 'href="tel:+18006624357">1-800-662-4357' in page.split("What you can do:")[1]


def test_a_gap_counts_what_would_open_it_and_links_there(client: Client, listed: Make) -> None:
    listed(name="Quiet House", categories=[DETOX], no=["medicaid"])
    page = sent(client, near="28801", need="medicaid")
    link = re.search(r'href="(/search/[^"]*)">Without: Medicaid: 1 fits<', page)
    assert link is not None
    assert b"Quiet House" in client.get(link[1]).content


def test_company_has_meetings_online_where_there_are_none_near(client: Client, listed: Make) -> None:
    listed(name="Evening Online", categories=[GROUP], online=True)
    leg = leg_of(sent(client, near="99501"), GROUP)
    assert leg.index("Online, from anywhere") < leg.index("Evening Online")


def test_a_card_on_the_map_is_one_that_anyone_may_go_to(client: Client, listed: Make) -> None:
    listed(name="Hidden House", categories=[DETOX], confidential=True)
    assert "data-latitude" not in sent(client, near="28801")
    listed(name="Quiet House", categories=[DETOX])
    assert 'data-category="withdrawal_management"' in sent(client, near="28801")


def test_a_plan_explains_its_order(client: Client) -> None:
    page = sent(client, near="28801")
    assert "Why this order?" in page
    assert "/about/#order" in page
    assert "Nobody can pay for a place." in page


def test_made_up_places_say_so(client: Client, listed: Make) -> None:
    listed(name="Example House", categories=[DETOX], demo=True)
    assert "These are made-up examples." in sent(client, near="28801")


def test_without_answers_a_visit_shows_the_questions_and_no_plan(client: Client) -> None:
    page = client.get("/plan/").content.decode()
    assert legs_of(page) == []
    assert 'method="post"' in page


def test_every_question_may_be_skipped(client: Client) -> None:
    empty = {"near": "", "substance": "", "situation": "", "need": ""}
    page = sent(client, **empty)
    assert len(legs_of(page)) == 3
    assert "You did not say where" in page


def test_an_address_gives_the_plan_that_the_form_gives(client: Client, detox: ServiceAtLocation) -> None:
    by_address = unescape(client.get("/plan/?near=28801&substance=opioids").content.decode())
    assert words_of(by_address) == words_of(sent(client, near="28801", substance="opioids"))


def test_a_link_is_made_only_when_asked_for(client: Client) -> None:
    page = sent(client, near="28801", substance="opioids", situation=["pregnant", "veteran"])
    assert not re.search(r'(href|action)="[^"]*(pregnant|veteran)', page)
    form = page.split('action="/plan/" method="get"')[1].split("</form>")[0]
    assert "Whoever has it can read them" in form
    fields = re.findall(r'name="([^"]+)" value="([^"]*)"', form)
    assert sorted(fields) == [
        ("near", "28801"),
        ("situation", "pregnant"),
        ("situation", "veteran"),
        ("substance", "opioids"),
    ]
    linked = unescape(client.get("/plan/", fields).content.decode())
    assert legs_of(linked) == legs_of(page)


def test_a_link_to_a_plan_of_nothing_said_is_a_plan(client: Client) -> None:
    form = sent(client).split('action="/plan/" method="get"')[1].split("</form>")[0]
    fields = re.findall(r'name="([^"]+)" value="([^"]*)"', form)
    assert len(legs_of(client.get("/plan/", fields).content.decode())) == 3


def test_the_form_keeps_what_was_said(client: Client) -> None:
    said = {
        "near": "Asheville, NC",
        "substance": ["opioids", "ghb"],
        "situation": ["for_me", "veteran"],
        "need": ["medicaid", "spanish"],
        "within": "60",
    }
    form = sent(client, **said).split('class="stack questions"')[1].split("</form>")[0]
    assert 'value="Asheville, NC"' in form
    chosen = re.findall(r'value="(\w+)" checked', form)
    assert sorted(chosen) == ["for_me", "ghb", "medicaid", "opioids", "veteran"]
    hidden = re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', form)
    assert hidden == [("within", "60"), ("need", "spanish")]
    assert form.count('<details class="more" open>') == 2


REFUSED = {
    "near": ("Qwxyzt", "We do not know this place."),
    "substance": ("wine", "“wine” is not a substance we know."),
    "situation": ("tall", "“tall” is not a situation we know."),
    "need": ("x7", "“x7” is not a need we know."),
    "within": ("0", "Give a number of miles from 1 to 500."),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("method", ["post", "get"])
def test_what_cannot_be_answered_is_said_and_nothing_is_lost(client: Client, name: str, method: str) -> None:
    value, sentence = REFUSED[name]
    response = getattr(client, method)(
        "/plan/", {"near": "28801", "substance": ["alcohol"], "need": ["medicaid"], name: value}
    )
    page = unescape(response.content.decode())
    assert response.status_code == 400
    assert legs_of(page) == []
    assert sentence in page.split('role="alert"')[1].split("</div>")[0]
    if name == "near":
        assert 'value="Qwxyzt"' in page
    if name != "substance":
        assert 'value="alcohol" checked' in page


def test_a_misspelt_place_is_understood_and_others_offered_without_an_address(client: Client) -> None:
    page = sent(client, near="Ashevile", substance="alcohol")
    assert legs_of(page)
    offered = page.split("Did you mean another place?")[1].split("</form>")[0]
    assert 'method="post"' in offered
    assert 'name="substance" value="alcohol"' in offered
    assert re.search(r'<button[^>]*name="near"', offered)


@pytest.mark.parametrize(("path", "other"), [("/plan/", "/es/plan/"), ("/es/plan/", "/plan/")])
def test_the_other_language_gets_the_answers_by_post(client: Client, path: str, other: str) -> None:
    page = sent(client, path=path, near="28801", substance="alcohol")
    switch = page.split('id="languages"')[1].split("</li>")[0]
    assert f'action="{other}" method="post"' in switch
    assert 'name="substance" value="alcohol"' in switch
    assert "href" not in switch


def test_the_other_language_of_an_address_is_an_address(client: Client) -> None:
    page = client.get("/plan/?near=28801").content.decode()
    assert 'href="/es/plan/?near=28801"' in page


@pytest.mark.parametrize("status", [200, 400])
def test_no_answer_is_kept_by_browser_proxy_or_index(client: Client, status: int) -> None:
    near = "28801" if status == 200 else "Qwxyzt"
    strict = Client(enforce_csrf_checks=True)
    for response in (strict.post("/plan/", {"near": near}), client.get(f"/plan/?near={near}")):
        assert response.status_code == status
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert not response.cookies


def test_every_substance_can_be_chosen(client: Client) -> None:
    page = client.get("/plan/").content.decode()
    offered = re.findall(r'name="substance"\s+id="[^"]*"\s+value="(\w+)"', page)
    assert sorted(offered) == sorted(Substance.values)


def test_every_question_can_be_left_unsaid(client: Client) -> None:
    page = client.get("/plan/").content.decode()
    assert page.count('value="">') == 4
    assert "Not sure, or rather not say? Leave it empty." in page


def test_what_a_plan_does_not_find_is_counted_by_county_and_need(client: Client) -> None:
    sent(client, near="28801", substance="alcohol", need="medicaid")
    rows = list(UnmetNeed.objects.all())
    assert {row.category for row in rows} == set(CareCategory.values)
    assert {(row.state_province, row.county, row.count) for row in rows} == {("NC", "Buncombe County", 1)}
    assert "medicaid" in {row.need for row in rows}


def test_a_page_of_gaps_takes_few_statements(
    client: Client, listed: Make, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    far = ["residential_detox", "telehealth", "alcohol_treatment", "co_occurring"]
    listed(zip_code="28202", categories=[*CareCategory], yes=far)
    sent(client, near="28801", substance="alcohol")
    with django_assert_max_num_queries(9):
        page = sent(client, near="28801", substance="alcohol")
    assert page.count("Nothing of this kind that suits you is listed") == 3


def test_the_questions_and_what_is_not_understood_count_nothing(client: Client) -> None:
    client.get("/plan/")
    client.head("/plan/?near=28801&substance=alcohol")
    sent(client, near="Qwxyzt", status=400)
    assert not UnmetNeed.objects.exists()
