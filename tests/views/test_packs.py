"""A county's list to print and keep: what stands on it, what does not, and that it is whole by itself."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from finder.actions.indexing import index_listings
from finder.enums import CareCategory, Outcome, ServiceStatus, StatementMethod
from finder.models import Guidance, ServiceAtLocation
from finder.views.packs import css
from tests.factories import ScheduleFactory, SourceRecordFactory
from tests.made_up_checks import doubted
from tests.public_pages import take_down_for_pages
from tests.reading import fernandez_huerta_ease, flesch_kincaid_grade

Make = Callable[..., ServiceAtLocation]

pytestmark = [
    pytest.mark.usefixtures("vocabulary", "crisis_lines"),
    pytest.mark.django_db,
]

DETOX, TREATMENT, GROUP = CareCategory
PACK = "/packs/nc/buncombe-county/"


@pytest.fixture(autouse=True)
def saturday() -> Iterator[None]:
    with time_machine.travel("2026-11-28T17:00:00Z", tick=False):
        yield


@pytest.fixture(autouse=True)
def guidance(vocabulary: None) -> None:
    call_command("loaddata", "guidance", verbosity=0)


def page(client: Client, address: str = PACK) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    """As a reader sees them."""
    plain = re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", plain.replace("&#x27;", "'").replace("&amp;", "&")).replace(" .", ".")


def section(html: str, code: str) -> str:
    return words(html.split(f'<h2 class="{code}">')[1].split("</section>")[0])


def test_one_chooses_a_state_and_then_a_county(client: Client, listed: Make) -> None:
    listed()
    assert 'href="/packs/nc/"' in page(client, "/packs/")
    assert f'href="{PACK}">Buncombe County</a> <span class="soft">1 listing</span>' in page(
        client, "/packs/nc/"
    )


def test_an_empty_directory_says_so(client: Client) -> None:
    assert "There is no list yet" in page(client, "/packs/")


@pytest.mark.parametrize(
    "address",
    ["/packs/zz/", "/packs/ak/", "/packs/nc/nowhere-county/", "/packs/zz/buncombe-county/", f"{PACK}?area=x"],
)
def test_what_is_not_there_is_not_found(client: Client, listed: Make, address: str) -> None:
    listed()
    assert client.get(address).status_code == 404


def test_a_detox_says_its_number_address_supervision_limits_and_who_pays(
    client: Client, listed: Make
) -> None:
    made = listed(
        name="Riverside Detox",
        categories=[DETOX],
        yes=["medically_supervised", "medicaid", "veterans_affairs", "methadone", "no_alcohol_treatment"],
        no=["women"],
        method=StatementMethod.PHONE,
        location__address_1="12 Main Street",
    )
    ScheduleFactory(listing=made)
    said = section(page(client), "withdrawal_management")
    for words_of_it in (
        "Riverside Detox 828-555-0142 12 Main Street, Asheville, NC 28801",
        "✓ Medically supervised",
        "! Does not treat alcohol use",
        "! Run by: Veterans Affairs (VA). Ask who can come.",
        "! Does not take: Women",
        "Methadone",
        "✓ Takes: Medicaid",
        "Open: Monday to Friday, 9 a.m. to 5 p.m.",
        "Checked by phone, Nov. 1, 2026.",
    ):
        assert words_of_it in said, words_of_it


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ({"no": ["medically_supervised"]}, "✗ Not medically supervised"),
        ({}, "? Medically supervised: not stated, ask"),
    ],
)
def test_supervision_that_is_not_stated_is_not_no(
    client: Client, listed: Make, stated: dict[str, Any], shown: str
) -> None:
    listed(categories=[DETOX], **stated)
    assert shown in section(page(client), "withdrawal_management")


def test_what_is_not_stated_is_said_to_be_so(client: Client, listed: Make) -> None:
    listed(phone="")
    said = section(page(client), "behavioral_health")
    assert "No phone number is known." in said
    assert "? How to pay: not stated, ask" in said
    assert "? Hours: not stated, call" in said


def test_each_listing_says_how_old_its_check_is(client: Client, listed: Make) -> None:
    listed(name="Fresh", method=StatementMethod.PROVIDER, stated_on=date(2026, 11, 2))
    listed(name="Old", method=StatementMethod.PHONE, stated_on=date(2019, 5, 1))
    printed = listed(name="Printed", stated_on=date(2025, 1, 1))
    SourceRecordFactory(listing=printed, edition=date(2025, 1, 1))
    index_listings([printed.pk])
    said = section(page(client), "behavioral_health")
    assert "Checked by the program itself, Nov. 2, 2026." in said
    assert "Checked by phone, May 1, 2019. That is old: ask first." in said
    assert "From a published directory of 2025. Nobody has checked since." in said


def test_a_doubt_is_said(client: Client, listed: Make) -> None:
    doubted(listed(categories=[DETOX]), Outcome.WRONG_NUMBER)
    assert "found a different number. Call first, or try the next one." in section(
        page(client), "withdrawal_management"
    )


def test_a_place_of_two_kinds_is_told_once_and_named_again(client: Client, listed: Make) -> None:
    listed(name="Riverside Both", categories=[DETOX, TREATMENT], yes=["medicaid"])
    shown = page(client)
    assert "Takes: Medicaid" in section(shown, "withdrawal_management")
    assert "Riverside Both 828-555-0142 See Detox above." in section(shown, "behavioral_health")


def test_a_closed_place_is_left_out_and_counted(client: Client, listed: Make) -> None:
    listed(name="Gone House", service__status=ServiceStatus.TEMPORARILY_CLOSED)
    listed(name="Here House")
    shown = words(page(client))
    assert "Gone House" not in shown
    assert "1 place of this county that is closed." in shown


def test_drafts_archived_listings_and_other_counties_are_not_on_it(client: Client, listed: Make) -> None:
    listed(name="Shown House")
    for hidden in ({"draft": True}, {"archived": True}, {"zip_code": "28739"}):
        listed(name="Hidden House", **hidden)
    shown = page(client)
    assert "Shown House" in shown
    assert "Hidden House" not in shown


def test_an_archived_listing_is_gone_though_the_index_is_behind(client: Client, listed: Make) -> None:
    made = listed(name="Archived House")
    ServiceAtLocation.objects.filter(pk=made.pk).update(
        editorial_status="ARCHIVED", archived_reason="Closed", archived_at="2026-11-27T12:00:00Z"
    )
    assert "Archived House" not in page(client)


def test_a_confidential_address_is_its_county_and_nothing_more(client: Client, listed: Make) -> None:
    made = listed(name="Safe House", confidential=True, location__address_1="4711 Hidden Lane")
    shown = page(client)
    assert "Buncombe County, NC. The address is kept private. Call to learn where to go." in words(shown)
    for secret in ("Hidden", made.location.city, "28801"):
        assert secret not in shown


def test_made_up_listings_are_never_among_real_ones(client: Client, listed: Make) -> None:
    listed(name="Example House", demo=True)
    listed(name="Real House")
    shown = page(client)
    assert "Real House" in shown
    assert "Example House" not in shown
    assert "These are made-up" not in shown


def test_a_county_of_made_up_listings_says_so_in_large_letters(client: Client, listed: Make) -> None:
    listed(name="Example House", demo=True)
    shown = page(client)
    assert '<p class="made-up">These are made-up examples.' in shown
    assert "Example House" in shown


def test_a_county_without_detox_names_the_nearest_with_miles(client: Client, listed: Make) -> None:
    listed()
    listed(name="Far Detox", categories=[DETOX], zip_code="27601", location__address_1="1 Far Road")
    listed(name="Near Detox", categories=[DETOX], zip_code="28739", location__address_1="1 Near Road")
    listed(name="Hidden Detox", categories=[DETOX], zip_code="28739", confidential=True)
    listed(name="Closed Detox", categories=[DETOX], zip_code="28739", service__status="defunct")
    listed(name="Example Detox", categories=[DETOX], zip_code="28739", demo=True)
    said = section(page(client), "withdrawal_management")
    assert "We know of no detox here. The nearest, with miles from the middle of Buncombe County:" in said
    assert re.search(r"1 Near Road, [^(]+\(about \d+ miles\)", said)
    assert said.index("Near Detox") < said.index("Far Detox")
    for absent in ("Hidden", "Closed", "Example"):
        assert f"{absent} Detox" not in said


def test_a_county_without_any_listing_still_says_whom_to_call(client: Client, listed: Make) -> None:
    listed(name="Near Detox", categories=[DETOX], zip_code="28801")
    shown = page(client, "/packs/nc/madison-county/")
    assert "Near Detox" in section(shown, "withdrawal_management")
    assert "Just released?" in shown
    assert "We know of none here." in section(shown, "support_group")


def test_911_and_988_come_first_and_again_at_the_foot(client: Client, listed: Make) -> None:
    listed()
    shown = page(client)
    assert re.findall(r'href="([^"]+)"', shown.split("<body>")[1])[:3] == ["tel:911", "tel:988", "sms:988"]
    assert "Call 911" in shown.split("<footer")[1]
    assert "Call 988 or text 988" in shown.split("<footer")[1]
    lines = words(shown.split('<ul class="lines">')[1].split("</ul>")[0])
    assert lines.index("Call 911") < lines.index("Call 988") < lines.index("1-800-662-4357")


def test_the_box_for_people_just_released_says_the_guidance(client: Client, listed: Make) -> None:
    listed()
    box = words(page(client).split('<section class="box">')[1].split("</section>")[0])
    text = Guidance.objects.get(slug="just-out-of-jail")
    for line in text.core:
        assert words(re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", line["text"])).strip() in box
    for said in ("naloxone", "methadone or buprenorphine", "Ask to have it switched on again"):
        assert said in box
    assert "](" not in box


def test_the_box_says_whether_a_clinician_reviewed_its_text(client: Client, listed: Make) -> None:
    listed()
    assert "Not yet reviewed by a clinician." in page(client)
    Guidance.objects.filter(slug="just-out-of-jail").update(
        reviewed_on=date(2026, 11, 22), reviewed_by_role="NURSE"
    )
    assert "Reviewed on Nov. 22, 2026. Role of the reviewer: Nurse." in page(client)


def test_what_to_do_tonight_and_on_release_comes_before_any_detox(client: Client, listed: Make) -> None:
    listed(name="Riverside Detox", categories=[DETOX])
    shown = page(client)
    before = shown[: shown.index("Riverside Detox")]
    for said in ("Just released?", "Do not stop suddenly on your own.", "Keep naloxone close."):
        assert said in before


@pytest.mark.parametrize("taken_down", [["just-out-of-jail"], ["just-out-of-jail", "after-detox"]])
def test_a_text_that_was_taken_down_is_replaced_and_its_core_stays(
    client: Client, listed: Make, taken_down: list[str]
) -> None:
    listed()
    for slug in taken_down:
        take_down_for_pages(slug)
    box = words(page(client).split('<section class="box">')[1].split("</section>")[0])
    assert "Ask the jail" not in box
    assert "your body can take less" in box
    assert "naloxone" in box


def test_the_texts_read_at_about_grade_six(client: Client, listed: Make) -> None:
    listed(categories=list(CareCategory))
    boxes = re.findall(r'<section class="box">(.*?)</section>', page(client), re.DOTALL)
    assert flesch_kincaid_grade(as_lines(boxes)) <= 6
    spanish = re.findall(r'<section class="box">(.*?)</section>', page(client, f"/es{PACK}"), re.DOTALL)
    assert fernandez_huerta_ease(as_lines(spanish)) >= 65


def as_lines(boxes: list[str]) -> str:
    return "\n".join(re.findall(r">([^<]+)</(?:p|li|h2)>", "".join(boxes)))


def test_it_needs_nothing_beside_it(client: Client, listed: Make) -> None:
    listed(categories=list(CareCategory))
    saved = page(client, f"{PACK}?download=1")
    assert not re.search(r"<(?:script|link|img|iframe|object|embed)\b|\ssrc=|url\(|@import", saved)
    assert set(re.findall(r'href="([^"]+)"', saved)) == {"tel:911", "tel:988", "sms:988"}
    assert f"<style>{css()}</style>" in saved


def test_the_policy_allows_this_one_style_and_no_script(client: Client, listed: Make) -> None:
    listed()
    policy = client.get(PACK).headers["Content-Security-Policy"]
    assert re.search(r"style-src 'sha256-[\w+/=]+';", policy)
    assert "script-src 'none'" in policy
    assert "unsafe" not in policy
    assert "sha256" not in client.get("/packs/").headers["Content-Security-Policy"]


def test_a_saved_copy_has_a_name_that_tells_nothing(client: Client, listed: Make) -> None:
    listed()
    for address, name in ((PACK, "list.html"), (f"{PACK}pack.pdf", "list.pdf")):
        assert client.get(address).headers["Content-Disposition"] == f'inline; filename="{name}"'
        saved = client.get(f"{address}?download=1")
        assert saved.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_it_may_be_kept_a_while_and_no_search_engine_reads_it(client: Client, listed: Make) -> None:
    listed()
    for address in (PACK, f"{PACK}pack.pdf"):
        headers = client.get(address).headers
        assert headers["Cache-Control"] == "public, max-age=60"
        assert "Cookie" not in headers["Vary"]
        assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_on_the_site_it_can_be_left_saved_and_read_in_spanish(client: Client, listed: Make) -> None:
    listed()
    shown = page(client)
    assert 'class="leave" href="https://www.weather.gov/"' in shown
    assert f'href="{PACK}?download=1"' in shown
    assert f'href="{PACK}pack.pdf"' in shown
    assert f'href="/es{PACK}"' in shown


def test_hostile_words_are_shown_as_words(client: Client, listed: Make) -> None:
    hostile = '<script>alert(1)</script>"&{{ x }}'
    listed(name=hostile, categories=list(CareCategory))
    shown = page(client)
    assert "<script" not in shown
    assert escape(hostile) in shown


def test_it_says_as_of_when_and_where_the_newest_is(client: Client, listed: Make) -> None:
    listed()
    shown = words(page(client))
    assert "As of Nov. 28, 2026" in shown
    assert f"http://testserver{PACK}" in shown


def test_in_spanish(client: Client, listed: Make) -> None:
    listed(name="Riverside Detox", categories=[DETOX], method=StatementMethod.PHONE)
    shown = page(client, f"/es{PACK}")
    assert '<html lang="es">' in shown
    assert "Después de la desintoxicación, la cárcel o un tiempo sin consumir" in shown
    assert "Ninguna persona ha revisado todavía esta traducción." in shown
    assert "1 nov" in shown or "1 de noviembre" in shown


def test_the_number_of_statements_does_not_grow_with_the_county(client: Client, listed: Make) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client)
        return len(asked)

    for number in range(2):
        ScheduleFactory(listing=listed(name=f"Riverside {number}", categories=list(CareCategory), phone=""))
    page(client)
    few = statements()
    for number in range(10):
        ScheduleFactory(listing=listed(name=f"Hillside {number}", categories=list(CareCategory), phone=""))
    assert statements() == few
    assert few <= 22


def test_the_lists_of_states_and_counties_ask_once(client: Client, listed: Make) -> None:
    for zip_code in ("28801", "28739", "27601", "30301"):
        listed(zip_code=zip_code)
    for address in ("/packs/", "/packs/nc/"):
        with CaptureQueriesContext(connection) as asked:
            page(client, address)
        assert len(asked) == 1


@pytest.mark.parametrize(
    ("near", "address"),
    [
        ("28801", f"{PACK}?area=28801"),
        ("Asheville, NC", PACK),
        ("Buncombe County, NC", PACK),
    ],
)
def test_a_search_leads_to_the_list_of_its_county(
    client: Client, listed: Make, near: str, address: str
) -> None:
    made = listed(name="Riverside House")
    shown = client.get("/search/", {"near": near}).content.decode()
    assert f'href="{address}"' in shown
    assert "A list of Buncombe County to print and keep" in shown
    assert made.service.name in page(client, address)


@pytest.mark.parametrize("query", ["", "?near=online", "?near=NC", "?near=35.6,-82.5", "?near=Qwxyzt"])
def test_a_search_of_no_county_leads_to_none(client: Client, listed: Make, query: str) -> None:
    assert "to print and keep" not in client.get(f"/search/{query}").content.decode()
