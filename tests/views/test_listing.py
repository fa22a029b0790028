import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from finder.actions.indexing import index_listings
from finder.actions.verifying import verify_parts
from finder.enums import CareCategory, Outcome, StatementMethod, VerifiedPart, Voice
from finder.models import ListingIndex, ServiceAtLocation
from tests.factories import ScheduleFactory, SourceRecordFactory, StatementFactory
from tests.made_up_checks import checked, doubted, told_of_room

Make = Callable[..., ServiceAtLocation]

pytestmark = pytest.mark.usefixtures("vocabulary")


def page_of(client: Client, listing: ServiceAtLocation) -> str:
    response = client.get(listing.get_absolute_url())
    assert response.status_code == 200
    return unescape(response.content.decode())


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_another_slug_leads_to_the_right_one(client: Client, listed: Make) -> None:
    listing = listed(name="Quiet House")
    response = client.get(f"/listings/{listing.pk}/loud-house/")
    assert response.status_code == 302
    assert response.headers["Location"] == f"/listings/{listing.pk}/quiet-house/"


@pytest.mark.parametrize("name", ["Called", "Report", "Claim"])
def test_a_name_is_never_taken_for_a_form_below_the_listing(client: Client, listed: Make, name: str) -> None:
    listing = listed(name=name)
    assert listing.get_absolute_url() == f"/listings/{listing.pk}/{name.lower()}-listing/"
    assert f">{name}</h1>" in page_of(client, listing)


@pytest.mark.parametrize("hidden", ["draft", "archived"])
def test_what_is_not_published_is_not_there(client: Client, listed: Make, hidden: str) -> None:
    listing = listed(**{hidden: True})
    assert client.get(listing.get_absolute_url()).status_code == 404


def test_a_fact_names_who_said_it_and_when(client: Client, listed: Make) -> None:
    listing = listed(yes=["medicaid"], no=["medicare"], stated_on=date(2022, 1, 1))
    said = words_of(page_of(client, listing))
    assert "Yes: Medicaid" in said
    assert "No: Medicare" in said
    assert "National Directory of Drug and Alcohol Use Treatment Facilities, 2022" in said


def test_two_who_spoke_are_told_apart(client: Client, listed: Make) -> None:
    listing = listed(yes=["medicaid"], stated_on=date(2022, 1, 1))
    StatementFactory(
        listing=listing, method=StatementMethod.PHONE, no=("medicare",), stated_on=date(2026, 10, 3)
    )
    said = words_of(page_of(client, listing))
    assert "No: Medicare Confirmed by phone, Oct. 3, 2026" in said


def test_what_is_not_stated_is_folded_away(client: Client, listed: Make) -> None:
    page = page_of(client, listed(yes=["medicaid"]))
    folded = re.findall(r"<details>\s*<summary>Not stated:.*?</details>", page, re.DOTALL)
    assert any("Medicare" in part for part in folded)
    assert not any(">Medicaid<" in part for part in folded)


def test_facts_stand_under_the_questions_that_people_ask(client: Client, listed: Make) -> None:
    page = page_of(client, listed(yes=["medicaid", "spanish", "walk_in", "residential"]))
    cost = page.split('id="section-COST"')[1].split("</section>")[0]
    assert "What does it cost?" in cost
    assert "Medicaid" in cost
    assert "Spanish" not in cost


def test_says_what_to_ask(client: Client, listed: Make) -> None:
    detox = listed(categories=[CareCategory.WITHDRAWAL_MANAGEMENT])
    assert "“Do medical staff watch over detox?”" in page_of(client, detox)


def test_says_what_to_bring_to_care_and_nothing_of_it_for_a_group(client: Client, listed: Make) -> None:
    care = page_of(client, listed(name="Quiet House"))
    group = page_of(client, listed(name="Tuesday Group", categories=[CareCategory.SUPPORT_GROUP]))
    assert "Your medicines in their boxes" in care
    assert "What to bring" not in group


def test_tonight_comes_first_on_a_detox(client: Client, listed: Make) -> None:
    page = page_of(client, listed(categories=[CareCategory.WITHDRAWAL_MANAGEMENT])).split("<main")[1]
    assert page.index("Need help tonight?") < page.index("<h1")


def test_other_listings_carry_no_such_box(client: Client, listed: Make) -> None:
    assert "Need help tonight?" not in page_of(client, listed())


def test_limits_stand_at_the_top(client: Client, listed: Make) -> None:
    page = page_of(client, listed(yes=["opioid_only"]))
    assert page.index("Serves only opioid use disorder") < page.index('id="section-')


def test_a_private_address_shows_its_county_only(client: Client, listed: Make) -> None:
    listing = listed(
        confidential=True,
        location__address_1="12 Hidden Lane",
        location__transportation="Bus 4 stops at Hidden Lane",
    )
    page = page_of(client, listing)
    assert "Buncombe County" in page
    assert "The address is kept private. Call to learn where to go." in page
    for secret in ("Hidden Lane", "28801", "Asheville", "openstreetmap", str(listing.location.latitude)):
        assert secret not in page


def test_directions_only_to_an_exact_place(client: Client, listed: Make) -> None:
    exact = listed(location__position_is_approximate=False)
    rough = listed(location__position_is_approximate=True)
    assert 'href="https://www.openstreetmap.org/?mlat=' in page_of(client, exact)
    assert "openstreetmap.org" not in page_of(client, rough)


def test_an_online_listing_has_no_place_to_go_to(client: Client, listed: Make) -> None:
    assert "There is no place to go to." in page_of(client, listed(online=True, zip_code=""))


def test_sources_are_credited_with_their_license(client: Client, listed: Make) -> None:
    page = page_of(client, listed(yes=["medicaid"]))
    assert "SAMHSA does not endorse this site." in page
    assert "https://www.copyright.gov/title17/92chap1.html#105" in page


def test_a_source_that_stated_nothing_is_credited_too(client: Client, listed: Make) -> None:
    listing = listed()
    SourceRecordFactory(listing=listing, source__slug="samhsa-mh")
    assert "National Directory of Mental Health Treatment Facilities" in page_of(client, listing)


def test_warns_of_what_its_directory_dropped(client: Client, listed: Make) -> None:
    listing = listed()
    SourceRecordFactory(listing=listing, missing=True)
    index_listings([listing.pk])
    assert "it may have closed. Call first." in page_of(client, listing)


def test_says_when_it_is_closed_for_now(client: Client, listed: Make) -> None:
    listing = listed(service__status="temporarily closed")
    assert "Status: Temporarily closed. Call before you go." in page_of(client, listing)


def test_times_are_said_in_words(client: Client, listed: Make) -> None:
    listing = listed()
    ScheduleFactory(listing=listing)
    assert "Open Monday to Friday, 9 a.m. to 5 p.m." in words_of(page_of(client, listing))


def test_the_place_speaks_where_the_listing_has_no_phone(client: Client, listed: Make) -> None:
    listing = listed(phone="")
    listing.location.phones.create(number="828-555-0177", number_e164="+18285550177")
    assert "tel:+18285550177" in page_of(client, listing)


def test_the_words_of_the_listing_stay_english_on_the_spanish_page(client: Client, listed: Make) -> None:
    listing = listed(service__fees_description="Free for residents.")
    page = client.get(f"/es{listing.get_absolute_url()}").content.decode()
    assert re.search(r'lang="en">Free for residents\.<', page)
    assert "¿Cuánto cuesta?" in page


def test_a_made_up_listing_says_so(client: Client, listed: Make) -> None:
    assert "This is a made-up example." in page_of(client, listed(is_demo=True))


def test_each_part_says_when_it_was_checked_and_by_whom(client: Client, listed: Make) -> None:
    detox = [CareCategory.WITHDRAWAL_MANAGEMENT]
    listing = listed(yes=["medicaid"], stated_on=date(2022, 1, 1), categories=detox)
    checked(listing, VerifiedPart.CONTACT, voice=Voice.CASE_WORKER)
    said = words_of(page_of(client, listing).split('id="freshness"')[1].split("</section>")[0])
    assert "Phone and address Confirmed today: a case worker called." in said
    assert (
        "Services and payment From National Directory of Drug and Alcohol Use Treatment Facilities, 2022. "
        "Nobody has checked since. That is old: ask first." in said
    )
    assert "Room for new people Not known. Call." in said


def test_no_person_is_named(client: Client, listed: Make, django_user_model: type[User]) -> None:
    listing = listed()
    person = django_user_model.objects.create_user("eddie", first_name="Eddie", last_name="Example")
    verify_parts(
        listing=listing,
        parts=[VerifiedPart.CONTACT],
        voice=Voice.EDITOR,
        method=StatementMethod.PHONE,
        by=person,
        now=timezone.now(),
    )
    page = page_of(client, listing)
    assert "one of our editors called" in page
    assert "eddie" not in page.lower()


def test_a_dispute_stands_at_the_top_and_beside_its_part(client: Client, listed: Make) -> None:
    listing = listed()
    doubted(listing, Outcome.WRONG_NUMBER)
    page = page_of(client, listing)
    sentence = "Two people who called found a different number. Call first, or try the next one."
    assert page.index(sentence) < page.index('class="side"')
    assert "Phone and address Disputed." in words_of(page)
    assert words_of(page).count("Disputed.") == 1


def test_one_reader_alone_disputes_nothing(client: Client, listed: Make) -> None:
    listing = listed()
    doubted(listing, Outcome.WRONG_NUMBER, readers=1)
    assert "a different number" not in page_of(client, listing)


def test_room_is_said_until_it_is_too_old(client: Client, listed: Make) -> None:
    listing = listed(categories=[CareCategory.WITHDRAWAL_MANAGEMENT])
    said_at = timezone.now()
    told_of_room(listing, available=2, at=said_at)
    with time_machine.travel(said_at + timedelta(hours=3)):
        sentence = "2 detox beds free, said by the program 3 hours ago; call to be sure."
        assert page_of(client, listing).count(sentence) == 2
    with time_machine.travel(said_at + timedelta(hours=24, seconds=1)):
        page = page_of(client, listing)
        assert "beds free" not in page
        assert "Room for new people Not known. Call." in words_of(page)


def test_a_browser_asks_again_before_it_shows_the_page_again(client: Client, listed: Make) -> None:
    assert client.get(listed().get_absolute_url()).headers["Cache-Control"] == "no-cache"


def test_a_listing_that_the_index_does_not_hold_says_nothing_of_its_age(client: Client, listed: Make) -> None:
    listing = listed()
    ListingIndex.objects.all().delete()
    assert "When each part was checked" not in page_of(client, listing)
