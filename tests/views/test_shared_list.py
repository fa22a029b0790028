"""What whoever has the link of a list sees, and what whoever has not."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from finder.actions.indexing import index_listings
from finder.enums import CareCategory
from finder.models import Phone, ServiceAtLocation
from tests.factories import ScheduleFactory
from tests.lived import on
from tests.made_up_lists import Shared, entry, shared, taken_out

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("crisis_lines")]

NOON = datetime(2026, 11, 28, 17, 0, tzinfo=UTC)
KINDS = ("txt", "csv", "ics", "vcf", "pdf")
Listed = Callable[..., ServiceAtLocation]


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    cache.clear()
    with time_machine.travel(NOON, tick=False):
        yield
    cache.clear()


@pytest.fixture
def detox(listed: Listed) -> ServiceAtLocation:
    return listed(name="Riverside Detox", categories=[CareCategory.WITHDRAWAL_MANAGEMENT], yes=["medicaid"])


@pytest.fixture
def group(listed: Listed) -> ServiceAtLocation:
    made = listed(name="Tuesday Night Group", categories=[CareCategory.SUPPORT_GROUP], phone="")
    ScheduleFactory(listing=made, meeting=True)
    return made


@pytest.fixture
def two_days_old(detox: ServiceAtLocation, group: ServiceAtLocation) -> Shared:
    """Since then the number of the detox has become another."""
    made = shared(detox, group, at=NOON - timedelta(days=2))
    with on(NOON - timedelta(days=1)):
        Phone.objects.filter(listing=detox).update(number="828-555-0188", number_e164="+18285550188")
    return made


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def everything(made: Shared) -> list[str]:
    return [made.page, f"/es{made.page}", "/l/", *map(made.file, KINDS)]


def test_shows_each_place_with_its_number_to_call(client: Client, detox: ServiceAtLocation) -> None:
    page = text(client, shared(detox, title="For Tuesday").page)
    assert "<h1>For Tuesday</h1>" in page
    assert "Riverside Detox" in page
    assert 'href="tel:+18285550142"' in page
    assert f'href="{detox.get_absolute_url()}"' in page
    assert "Medically supervised: not stated, ask" in page


def test_says_on_the_clock_of_its_places_what_moment_it_is_of(
    client: Client, detox: ServiceAtLocation
) -> None:
    assert "as of Nov. 28, 2026, noon, Eastern Time" in text(client, shared(detox).page)


def test_what_keeps_people_safe_stands_with_what_it_is_about(
    client: Client, detox: ServiceAtLocation, group: ServiceAtLocation
) -> None:
    of_detox, of_group = text(client, shared(detox).page), text(client, shared(group).page)
    tonight, medicine = "Need help tonight?", "Some groups see medicine differently."
    assert (tonight in of_detox, medicine in of_detox) == (True, False)
    assert (tonight in of_group, medicine in of_group) == (False, True)


def test_keeps_the_order_and_the_heads_of_a_plan(
    client: Client, detox: ServiceAtLocation, group: ServiceAtLocation
) -> None:
    made = shared(
        entry(group, section="support_group"),
        entry(detox, section="withdrawal_management"),
        starts="withdrawal_management:now support_group:alongside",
    )
    _head, _found, page = text(client, made.page).partition("part-head")
    said = ["Start now", "Riverside Detox", "Alongside", "Tuesday Night Group"]
    assert sorted(said, key=page.index) == said


def test_shows_only_the_notes_that_were_chosen_to_be_shown(
    client: Client, detox: ServiceAtLocation, group: ServiceAtLocation
) -> None:
    made = shared(entry(detox, note="Ask for intake.", is_shown=True), entry(group, note="Has been there."))
    page = text(client, made.page)
    assert "Ask for intake." in page
    assert "Has been there." not in page


def test_what_was_archived_keeps_its_name_and_nothing_else(client: Client, listed: Listed) -> None:
    made = shared(taken_out(listed(name="Old Mill Clinic", phone="828-555-0177")))
    page = text(client, made.page)
    assert "Old Mill Clinic" in page
    assert "Not listed any more." in page
    assert "828-555-0177" not in page


def test_what_was_merged_shows_what_was_kept(
    client: Client, listed: Listed, detox: ServiceAtLocation
) -> None:
    duplicate = taken_out(listed(name="River Detox Unit", phone="828-555-0177"), into=detox)
    page = text(client, shared(duplicate).page)
    assert "Riverside Detox" in page
    assert "It was listed as River Detox Unit." in page
    assert "828-555-0177" not in page


def test_two_that_became_one_are_shown_once(client: Client, listed: Listed, detox: ServiceAtLocation) -> None:
    duplicate = taken_out(listed(name="River Detox Unit"), into=detox)
    page = text(client, shared(detox, duplicate).page)
    assert page.count('href="tel:+18285550142"') == 1
    assert "Now listed as: Riverside Detox" in page


def test_an_empty_list_leads_to_the_search(client: Client) -> None:
    page = text(client, shared().page)
    assert "Nothing is on this list now." in page
    assert f'href="{reverse("search")}"' in page


# What changed


def test_says_how_many_changed_since_it_was_shared(client: Client, two_days_old: Shared) -> None:
    page = text(client, two_days_old.page)
    assert "1 of 2 changed since this list was shared." in page
    assert "The phone number changed on November 27. Now: 828-555-0188" in page


def test_says_so_when_nothing_changed(client: Client, detox: ServiceAtLocation) -> None:
    assert "Nothing that we know of changed" in text(client, shared(detox).page)


def test_a_link_made_for_paper_counts_from_its_printing(client: Client, two_days_old: Shared) -> None:
    two_days_old.link.is_paper = True
    two_days_old.link.save()
    assert "1 of 2 changed since you printed this." in text(client, two_days_old.page)


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("20261126T180000Z", "1 of 2 changed since you printed this."),
        ("20261128T090000Z", "Nothing that we know of changed since you printed this."),
    ],
)
def test_a_paper_says_what_changed_since_it_was_printed(
    client: Client, two_days_old: Shared, printed: str, said: str
) -> None:
    assert said in text(client, f"{two_days_old.page}?since={printed}")


@pytest.mark.parametrize(
    "moment", ["20261128T170001Z", "20261126T165959Z", "99999999T999999Z", "yesterday", "%00", ""]
)
def test_no_other_moment_is_believed(client: Client, two_days_old: Shared, moment: str) -> None:
    page = text(client, f"{two_days_old.page}?since={moment}")
    assert "1 of 2 changed since this list was shared." in page


def test_a_confidential_address_that_moved_has_not_changed(client: Client, listed: Listed) -> None:
    house = listed(name="Safe House", confidential=True)
    made = shared(house, at=NOON - timedelta(days=2))
    with on(NOON - timedelta(days=1)):
        type(house.location).objects.filter(pk=house.location_id).update(address_1="9 Elsewhere Street")
    assert "Nothing that we know of changed" in text(client, made.page)


# What it leaves behind


def test_is_kept_by_no_browser_and_found_by_no_search_engine(
    client: Client, group: ServiceAtLocation
) -> None:
    for address in (*everything(shared(group)), "/l/made-up/", "/l/?code=x"):
        headers = client.get(address).headers
        assert headers["Cache-Control"] == "no-store", address
        assert headers["X-Robots-Tag"] == "noindex, nofollow", address
        assert headers["Referrer-Policy"] == "no-referrer", address
    assert '<meta name="robots" content="noindex, nofollow">' in text(client, shared(group).page)


def test_gives_no_cookie(client: Client, group: ServiceAtLocation) -> None:
    assert not [at for at in everything(shared(group)) if client.get(at).cookies]


def test_reading_writes_nothing(client: Client, group: ServiceAtLocation) -> None:
    made = shared(group)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for address in (*everything(made), f"/l/{made.code}/", "/l/made-up/"):
            client.get(address)
    written = re.compile("INSERT|UPDATE|DELETE")
    assert len(asked) > 20
    assert not [query["sql"] for query in asked if written.match(query["sql"])]


def test_only_reading_is_allowed(client: Client, group: ServiceAtLocation) -> None:
    assert {client.post(address).status_code for address in everything(shared(group))} == {405}


# Keeping it


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [
        ("txt", "text/plain; charset=utf-8"),
        ("csv", "text/csv; charset=utf-8"),
        ("ics", "text/calendar; charset=utf-8"),
        ("vcf", "text/vcard; charset=utf-8"),
        ("pdf", "application/pdf"),
    ],
)
def test_is_a_file_whose_name_tells_nothing(
    client: Client, detox: ServiceAtLocation, group: ServiceAtLocation, kind: str, content_type: str
) -> None:
    answered = client.get(shared(detox, group).file(kind))
    assert answered.headers["Content-Type"] == content_type
    assert answered.headers["Content-Disposition"] == f'attachment; filename="list.{kind}"'


def test_a_file_that_would_be_empty_is_neither_offered_nor_there(
    client: Client, detox: ServiceAtLocation, group: ServiceAtLocation
) -> None:
    of_detox, of_group = shared(detox), shared(group)
    assert [client.get(of_detox.file(kind)).status_code for kind in ("ics", "vcf")] == [404, 200]
    assert [client.get(of_group.file(kind)).status_code for kind in ("ics", "vcf")] == [200, 404]
    assert "list.ics" not in text(client, of_detox.page)
    assert "list.vcf" not in text(client, of_group.page)


def test_another_kind_of_file_is_not_there(client: Client, detox: ServiceAtLocation) -> None:
    assert client.get(shared(detox).file("exe")).status_code == 404


def test_every_file_that_is_offered_is_there(
    client: Client, detox: ServiceAtLocation, group: ServiceAtLocation
) -> None:
    page = text(client, shared(detox, group).page)
    offered = re.findall(r'href="([^"]*/list\.[^"]*)"', page)
    assert len(offered) == 7
    assert {client.get(address.replace("&amp;", "&")).status_code for address in offered} == {200}


def test_a_file_is_in_the_language_that_was_asked_for(client: Client, detox: ServiceAtLocation) -> None:
    made = shared(detox)
    assert "Desintoxicación" in text(client, made.file("txt") + "?language=es")
    assert "Detox" in text(client, f"/es{made.file('txt')}?language=en")
    assert f"http://testserver/es{made.page}" in text(client, made.file("txt") + "?language=es")
    assert "Detox" in text(client, made.file("txt") + "?language=xx")


def test_what_is_sent_from_the_readers_phone_holds_the_numbers_and_not_the_link(
    client: Client, detox: ServiceAtLocation
) -> None:
    made = shared(detox)
    page = text(client, made.page)
    sent = re.findall(r'href="((?:sms|mailto):\?[^"]*)"', page)
    assert len(sent) == 2
    for address in sent:
        assert "828-555-0142" in address
        assert made.token not in address
        assert "testserver" not in address
    assert 'href="mailto:?subject=List&amp;body=' in page
    for field in re.findall(r"<textarea.*?</textarea>", page, re.DOTALL):
        assert made.token not in field


def test_a_listing_that_the_index_does_not_hold_yet_is_shown(
    client: Client, detox: ServiceAtLocation
) -> None:
    made = shared(detox)
    detox.index.delete()
    assert "Riverside Detox" in text(client, made.page)
    index_listings([detox.pk])


def test_one_network_gets_so_many_papers_a_minute(
    client: Client, detox: ServiceAtLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("finder.views.shared_list.PAPERS_A_MINUTE", 1)
    made = shared(detox)

    def ask(kind: str, network: str) -> int:
        return client.get(made.file(kind), REMOTE_ADDR=network).status_code

    assert [ask("pdf", "192.0.2.1"), ask("pdf", "192.0.2.1"), ask("txt", "192.0.2.1")] == [200, 429, 200]
    assert ask("pdf", "192.0.2.2") == 200
