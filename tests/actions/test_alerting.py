"""Monday is 2026-11-23."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import override_settings

from finder.actions.alerting import Alerted, send_alerts
from finder.actions.archiving import archive_listing
from finder.actions.indexing import rebuild_index
from finder.actions.searches import mark_looked
from finder.enums import AlertRhythm
from finder.filters import question_of
from finder.models import Phone, SavedSearch, Service, ServiceAtLocation
from tests.factories import SavedSearchFactory, make_listing
from tests.keepers import keeper
from tests.lived import on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]
LOOKED = datetime(2026, 11, 20, 12, tzinfo=UTC)
CHANGED = LOOKED + timedelta(days=1)
MONDAY = datetime(2026, 11, 23, 14, tzinfo=UTC)
A_DAY = timedelta(days=1)


@pytest.fixture
def casey(db: None) -> User:
    return keeper()


@pytest.fixture
def listing() -> ServiceAtLocation:
    return make_listing(name="Hill House", yes=["medicaid"])


def saved(casey: User, **values: Any) -> SavedSearch:
    fields: dict[str, Any] = {
        "owner": casey,
        "name": "Asheville, NC, Medicaid",
        "query": "near=28801&need=medicaid",
        "created_at": LOOKED,
        "rhythm": AlertRhythm.DAILY,
    }
    return SavedSearchFactory(**fields | values)


def change(listing: ServiceAtLocation, extension: str = "12", at: datetime = CHANGED) -> None:
    with on(at):
        Phone.objects.filter(listing=listing).update(extension=extension)


def send(now: datetime = MONDAY) -> Alerted:
    rebuild_index()
    return send_alerts(question_of=question_of, now=now)


def test_news_is_mailed_once_a_day(casey: User, listing: ServiceAtLocation) -> None:
    kept = saved(casey)
    change(listing)
    assert send() == Alerted(1, 1, [])
    assert send(MONDAY + timedelta(hours=3)) == Alerted(0, 0, [])
    (letter,) = mail.outbox
    assert letter.to == ["casey@example.org"]
    assert letter.extra_headers["Message-ID"].startswith(f"<alert-{kept.pk}-20261123@")
    kept.refresh_from_db()
    assert (kept.last_alert_at, kept.looked_at) == (MONDAY, LOOKED)


def test_what_was_mailed_is_no_news_the_next_day(casey: User, listing: ServiceAtLocation) -> None:
    saved(casey)
    change(listing)
    send()
    assert send(MONDAY + A_DAY) == Alerted(1, 0, [])
    change(listing, "13", at=MONDAY + A_DAY)
    assert send(MONDAY + 2 * A_DAY).letters == 1


def test_what_was_looked_at_is_no_news(casey: User, listing: ServiceAtLocation) -> None:
    kept = saved(casey)
    change(listing)
    mark_looked(search=kept, seen_at=MONDAY, by=casey, now=MONDAY)
    assert send().letters == 0


def test_without_news_nothing_is_mailed(casey: User, listing: ServiceAtLocation) -> None:
    saved(casey)
    assert send() == Alerted(1, 0, [])
    assert not mail.outbox


def test_a_week_s_letter_goes_out_on_mondays(casey: User, listing: ServiceAtLocation) -> None:
    saved(casey, rhythm=AlertRhythm.WEEKLY)
    change(listing)
    assert [send(MONDAY + A_DAY * day).searches for day in range(-6, 1)] == [0] * 6 + [1]
    assert len(mail.outbox) == 1


def test_who_wants_none_gets_none(casey: User, listing: ServiceAtLocation) -> None:
    saved(casey, rhythm=AlertRhythm.NONE)
    change(listing)
    assert send() == Alerted(0, 0, [])


@pytest.mark.parametrize("values", [{"is_active": False}, {"is_staff": False}, {"email": ""}])
def test_who_left_or_has_no_address_gets_none(
    casey: User, listing: ServiceAtLocation, values: dict[str, object]
) -> None:
    saved(casey)
    change(listing)
    User.objects.filter(pk=casey.pk).update(**values)
    assert send() == Alerted(0, 0, [])


def test_who_lost_the_role_gets_none(casey: User, listing: ServiceAtLocation) -> None:
    saved(casey)
    change(listing)
    casey.groups.remove(*Group.objects.all())
    assert send().letters == 0


def test_a_letter_names_what_is_new_changed_and_gone_with_its_page(casey: User) -> None:
    saved(casey)
    changed = make_listing(name="Hill House", yes=["medicaid"])
    gone = make_listing(name="Valley House", yes=["medicaid"])
    new = make_listing(name="New House", no=["medicaid"])
    change(changed)
    with on(CHANGED):
        archive_listing(listing=gone, reason="Closed", by=casey, now=CHANGED)
        Service.objects.filter(pk=new.service_id).update(categories=["support_group"])
    with override_settings(SITE_URL="https://help.example.org"):
        send()
    (letter,) = mail.outbox
    assert "Your search: Asheville, NC, Medicaid" in letter.body
    assert "1 new, 1 changed, 1 gone." in letter.body
    assert f"New: New House\nAsheville, NC\nhttps://help.example.org{new.get_absolute_url()}" in letter.body
    assert f"Changed: Hill House\nAsheville, NC\nhttps://help.example.org{changed.get_absolute_url()}" in (
        letter.body
    )
    assert "Gone: Valley House\n" in letter.body
    assert gone.get_absolute_url() not in letter.body
    assert not letter.alternatives if hasattr(letter, "alternatives") else True


def test_the_subject_tells_nothing_of_the_search(casey: User, listing: ServiceAtLocation) -> None:
    saved(casey)
    change(listing)
    send()
    assert mail.outbox[0].subject == "News of a search that you saved"


def test_a_letter_in_spanish(casey: User, listing: ServiceAtLocation) -> None:
    saved(casey, language="es")
    change(listing)
    send()
    assert mail.outbox[0].extra_headers["Content-Language"] == "es"
    assert "/es/my/alerts/stop/" in mail.outbox[0].body


def test_of_a_confidential_listing_the_county_is_all_that_is_mailed(casey: User) -> None:
    saved(casey, query="near=Buncombe+County%2C+NC")
    change(make_listing(name="Hill House", confidential=True))
    send()
    body = mail.outbox[0].body
    assert "Changed: Hill House\nBuncombe County, NC" in body
    assert "Main Street" not in body


def test_a_search_that_is_no_longer_understood_is_passed_over(
    casey: User, listing: ServiceAtLocation
) -> None:
    saved(casey, query="near=28801&need=forgotten")
    saved(casey, name="Another")
    change(listing)
    assert send() == Alerted(2, 1, [])


def test_many_are_counted_and_some_are_named(casey: User) -> None:
    saved(casey)
    for number in range(22):
        change(make_listing(name=f"House {number}", yes=["medicaid"]))
    send()
    body = mail.outbox[0].body
    assert "22 changed" in body
    assert body.count("Changed: House") == 20
    assert "Not all are named here." in body
