from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qsl

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from finder.actions.archiving import archive_listing
from finder.actions.indexing import rebuild_index
from finder.enums import AlertRhythm
from finder.models import Phone, SavedSearch, ServiceAtLocation, TaxonomyTerm
from finder.permissions import ADMINISTRATOR, CASE_WORKER, EDITOR, REVIEWER
from finder.views.search_news import searches_of
from tests.factories import SavedSearchFactory, StatementFactory, make_listing
from tests.keepers import keeper
from tests.lived import on
from tests.views.sending import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]
LOOKED = datetime(2026, 11, 20, 12, tzinfo=UTC)
CHANGED, NOW = LOOKED + timedelta(days=1), LOOKED + timedelta(days=2)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def casey() -> User:
    return keeper()


@pytest.fixture
def at_work(casey: User, client: Client) -> Client:
    client.force_login(casey)
    return client


def saved(owner: User, query: str = "near=28801&need=medicaid", **values: object) -> SavedSearch:
    return SavedSearchFactory(owner=owner, query=query, created_at=LOOKED, **values)


def address(search: SavedSearch) -> str:
    return f"/my/searches/{search.pk}/"


def read(client: Client, search: SavedSearch) -> str:
    rebuild_index()
    response = client.get(address(search))
    assert response.status_code == 200
    return words_of(response.content.decode())


def change(listing: ServiceAtLocation) -> None:
    with on(CHANGED):
        Phone.objects.filter(listing=listing).update(extension="12")


def test_readers_are_offered_no_saving(client: Client) -> None:
    page = client.get("/search/?near=28801").content.decode()
    assert "/my/" not in page


@pytest.mark.parametrize("role", [CASE_WORKER, EDITOR, REVIEWER, ADMINISTRATOR])
def test_every_role_saves_a_search_from_its_results(client: Client, role: str) -> None:
    client.force_login(keeper(role, role))
    page = client.get("/search/?near=28801&need=medicaid&page=1").content.decode()
    query = unescape(page.split('name="query" value="')[1].split('"')[0])
    response = client.post("/my/searches/save/", {"query": query})
    kept = SavedSearch.objects.get()
    assert response.headers["Location"] == address(kept)
    assert kept.name == "28801 (Asheville, NC), Medicaid"
    assert parse_qsl(kept.query) == [("near", "28801"), ("need", "medicaid")]
    assert (kept.owner.username, kept.language, kept.looked_at) == (role, "en", NOW)


def test_the_form_follows_the_filters(at_work: Client) -> None:
    parts = at_work.get("/search/?near=28804", headers={"HX-Request": "true"}).content.decode()
    assert 'name="query" value="near=28804"' in parts


def test_a_search_that_is_not_understood_offers_no_saving(at_work: Client) -> None:
    assert b"/my/searches/" not in at_work.get("/search/?near=Qwxyzt").content


def test_a_saved_search_speaks_the_language_it_was_saved_in(at_work: Client) -> None:
    at_work.post("/es/my/searches/save/", {"query": "near=28801"})
    assert SavedSearch.objects.get().language == "es"


@pytest.mark.parametrize("query", ["near=Qwxyzt", "need=nothing", "within=0"])
def test_what_is_not_understood_is_not_saved(at_work: Client, query: str) -> None:
    assert at_work.post("/my/searches/save/", {"query": query}).headers["Location"] == "/search/"
    assert not SavedSearch.objects.exists()


def test_what_is_too_long_is_not_saved_and_says_so(at_work: Client) -> None:
    words = "%20".join(["ñandú"] * 33)
    query = f"q={words}&" + "&".join(f"not={slug}" for slug in many_needs())
    response = at_work.post("/my/searches/save/", {"query": query})
    assert response.status_code == 400
    assert "too long" in words_of(response.content.decode())


def many_needs() -> list[str]:
    return list(TaxonomyTerm.objects.order_by("pk").values_list("slug", flat=True)[:120])


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["/my/searches/save/", "/my/searches/{pk}/", "/es/my/searches/{pk}/"])
def test_who_is_not_signed_in_comes_to_the_desk_s_door(client: Client, method: str, path: str) -> None:
    kept = SavedSearchFactory()
    at = path.format(pk=kept.pk)
    response = getattr(client, method)(at, {"query": "near=28804", "verb": "delete"})
    assert response.status_code == 302
    assert response.headers["Location"] == f"/desk/login/?next={at}"
    assert SavedSearch.objects.get() == kept


def test_who_has_no_role_is_refused(client: Client) -> None:
    client.force_login(User.objects.create_user("newcomer", is_staff=True))
    assert client.post("/my/searches/save/", {"query": "near=28801"}).status_code == 403
    assert b"/my/searches/" not in client.get("/search/?near=28801").content


@pytest.mark.parametrize("verb", ["", "looked", "rename", "rhythm", "delete"])
def test_of_another_s_search_nobody_learns_that_it_is_there(at_work: Client, verb: str) -> None:
    other = saved(keeper("carla"))
    sent = {"verb": verb, "name": "Mine", "rhythm": "DAILY"}
    response = at_work.post(address(other), sent) if verb else at_work.get(address(other))
    assert response.status_code == 404
    other.refresh_from_db()
    assert (other.rhythm, other.looked_at) == ("NONE", LOOKED)


def test_a_form_of_somebody_else_s_site_does_nothing(at_work: Client, casey: User) -> None:
    kept = saved(casey)
    response = at_work.post(address(kept), {"verb": "delete"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert SavedSearch.objects.exists()


def test_the_page_says_what_is_new_changed_and_gone(at_work: Client, casey: User) -> None:
    kept = saved(casey, name="Asheville, Medicaid")
    changed = make_listing(name="Hill House", yes=["medicaid"])
    gone = make_listing(name="Valley House", yes=["medicaid"])
    denied = make_listing(name="River House", yes=["medicaid"])
    new = make_listing(name="New House", no=["medicaid"])
    change(changed)
    with on(CHANGED):
        archive_listing(listing=gone, reason="Closed", by=casey, now=CHANGED)
    for listing, facts in ((new, {"yes": ("medicaid",)}), (denied, {"no": ("medicaid",)})):
        StatementFactory(
            listing=listing, stated_on=CHANGED.date(), recorded_at=CHANGED, by_phone=True, **facts
        )
    page = read(at_work, kept)
    assert "New (1) New House Asheville, NC" in page
    assert "Changed (1) Hill House Asheville, NC Another phone number, Nov. 21, 2026" in page
    assert "Gone (2) River House Asheville, NC Valley House " in page
    html = at_work.get(address(kept)).content.decode()
    assert changed.get_absolute_url() in html
    assert denied.get_absolute_url() in html
    assert str(gone.pk) not in html


def test_of_a_confidential_listing_the_page_shows_the_county_alone(at_work: Client, casey: User) -> None:
    listing = make_listing(name="Hill House", confidential=True, location__address_1="7 Willow Lane")
    kept = saved(casey, query="near=Buncombe+County%2C+NC")
    change(listing)
    assert "Hill House Buncombe County, NC" in read(at_work, kept)
    page = at_work.get(address(kept)).content.decode()
    assert "Willow" not in page
    assert "28801" not in page.split("<main")[1]


def test_nothing_is_new(at_work: Client, casey: User) -> None:
    assert "Nothing is new, changed or gone" in read(at_work, saved(casey))


def test_what_was_looked_at_is_no_longer_news(at_work: Client, casey: User) -> None:
    kept = saved(casey, query="near=28801")
    change(make_listing(name="Hill House"))
    page = at_work.get(address(kept)).content.decode()
    as_of = page.split('name="as_of" value="')[1].split('"')[0]
    with time_machine.travel(NOW + timedelta(minutes=30), tick=False):
        response = at_work.post(address(kept), {"verb": "looked", "as_of": as_of})
    assert response.headers["Location"] == address(kept)
    kept.refresh_from_db()
    assert kept.looked_at == NOW
    assert "Nothing is new" in read(at_work, kept)


@pytest.mark.parametrize("as_of", ["", "x", "2026-11-21", "2026-11-21T00:00:00", "9" * 400])
def test_a_look_without_a_moment_counts_as_of_now(at_work: Client, casey: User, as_of: str) -> None:
    kept = saved(casey)
    at_work.post(address(kept), {"verb": "looked", "as_of": as_of})
    kept.refresh_from_db()
    assert kept.looked_at == NOW


def test_a_search_is_renamed(at_work: Client, casey: User) -> None:
    kept = saved(casey)
    at_work.post(address(kept), {"verb": "rename", "name": "West side"})
    assert "West side" in read(at_work, kept)


def test_a_name_that_cannot_be_is_refused_in_words(at_work: Client, casey: User) -> None:
    kept = saved(casey)
    response = at_work.post(address(kept), {"verb": "rename", "name": " "})
    assert response.status_code == 400
    assert "Give it a name." in words_of(response.content.decode())


@pytest.mark.parametrize(("rhythm", "status", "becomes"), [("DAILY", 302, "DAILY"), ("HOURLY", 400, "NONE")])
def test_a_rhythm_is_chosen(at_work: Client, casey: User, rhythm: str, status: int, becomes: str) -> None:
    kept = saved(casey)
    assert at_work.post(address(kept), {"verb": "rhythm", "rhythm": rhythm}).status_code == status
    kept.refresh_from_db()
    assert kept.rhythm == becomes


def test_without_an_address_no_letters_are_offered(at_work: Client, casey: User) -> None:
    kept = saved(casey)
    User.objects.filter(pk=casey.pk).update(email="")
    assert "no e-mail address" in read(at_work, kept)
    assert at_work.post(address(kept), {"verb": "rhythm", "rhythm": "DAILY"}).status_code == 400


def test_a_search_is_deleted_and_its_results_are_shown(at_work: Client, casey: User) -> None:
    kept = saved(casey, query="near=28801")
    assert at_work.post(address(kept), {"verb": "delete"}).headers["Location"] == "/search/?near=28801"
    assert not SavedSearch.objects.exists()


def test_a_search_of_a_forgotten_need_can_still_be_deleted(at_work: Client, casey: User) -> None:
    kept = saved(casey, query="need=forgotten")
    assert "we no longer know" in read(at_work, kept)
    at_work.post(address(kept), {"verb": "delete"})
    assert not SavedSearch.objects.exists()


def test_hours_and_room_are_said_not_to_be_compared(at_work: Client, casey: User) -> None:
    sentence = "change by the hour"
    assert sentence in read(at_work, saved(casey, query="near=28801&when=now"))
    assert sentence in read(at_work, saved(casey, query="near=28801&available=1"))
    assert sentence not in read(at_work, saved(casey, query="near=28801"))


@pytest.mark.parametrize("path", ["/my/searches/save/", "/my/searches/{pk}/"])
def test_nothing_of_it_is_kept_by_the_way_or_indexed(at_work: Client, casey: User, path: str) -> None:
    response = at_work.get(path.format(pk=saved(casey).pk))
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_the_home_of_work_counts_the_news_of_each_search(casey: User) -> None:
    first, second = saved(casey, query="near=28801", name="A"), saved(casey, query="near=90210", name="B")
    saved(keeper("carla"))
    change(make_listing(name="Hill House"))
    rebuild_index()
    found = searches_of(casey, now=NOW)
    assert [(each.search, each.counts) for each in found] == [
        (first, (0, 1, 0, False)),
        (second, (0, 0, 0, False)),
    ]
    assert found[0].url == address(first)


def test_beyond_the_first_ten_the_news_is_a_click_away(casey: User) -> None:
    for number in range(11):
        saved(casey, query=f"q=x{number}", name=f"Search {number:02}")
    counts = [each.counts for each in searches_of(casey, now=NOW)]
    assert counts == [(0, 0, 0, False)] * 10 + [None]


def test_letters_stop_when_the_page_says_so(at_work: Client, casey: User) -> None:
    kept = saved(casey, rhythm=AlertRhythm.DAILY)
    at_work.post(address(kept), {"verb": "rhythm", "rhythm": "NONE"})
    kept.refresh_from_db()
    assert kept.rhythm == AlertRhythm.NONE
