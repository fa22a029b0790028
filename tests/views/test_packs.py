"""A county's list to print and keep: what stands on it, what does not, and that it is whole by itself."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from finder.enums import CareCategory, ServiceStatus, StatementMethod
from finder.models import ServiceAtLocation
from finder.views.packs import css
from tests.factories import ScheduleFactory
from tests.read_packs import PACK, page, section, words

Make = Callable[..., ServiceAtLocation]

pytestmark = [
    pytest.mark.usefixtures("vocabulary", "crisis_lines", "guidance_texts", "saturday"),
    pytest.mark.django_db,
]

DETOX, TREATMENT, GROUP = CareCategory


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


def test_a_county_without_any_listing_still_says_whom_to_call(client: Client, listed: Make) -> None:
    listed(name="Near Detox", categories=[DETOX], zip_code="28801")
    shown = page(client, "/packs/nc/madison-county/")
    assert "Near Detox" in section(shown, "withdrawal_management")
    assert "Just released?" in shown
    assert "We know of none here." in section(shown, "support_group")


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
        assert headers["Cache-Control"] == "private, max-age=60"
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
