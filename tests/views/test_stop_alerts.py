from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from finder.enums import AlertRhythm
from finder.letters.links import Purpose, token_of
from finder.models import SavedSearch
from tests.alert_pages import stop_alerts_page_of
from tests.factories import SavedSearchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def search() -> SavedSearch:
    return SavedSearchFactory(rhythm=AlertRhythm.DAILY)


def rhythm(search: SavedSearch) -> str:
    search.refresh_from_db()
    return search.rhythm


def test_opening_the_link_stops_nothing(client: Client, search: SavedSearch) -> None:
    for method in (client.get, client.head):
        assert method(stop_alerts_page_of(search)).status_code == 200
    assert rhythm(search) == AlertRhythm.DAILY


def test_a_press_stops_the_letters_of_this_search_alone(client: Client, search: SavedSearch) -> None:
    other = SavedSearchFactory(rhythm=AlertRhythm.DAILY)
    page = client.post(stop_alerts_page_of(search)).content.decode()
    assert (rhythm(search), rhythm(other)) == (AlertRhythm.NONE, AlertRhythm.DAILY)
    assert "We do not write to you about this search" in page


def test_a_mail_program_stops_them_in_one_press(search: SavedSearch) -> None:
    """As RFC 8058 says: without a cookie, a page before it, or a redirect after it."""
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(stop_alerts_page_of(search), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert not response.cookies
    assert rhythm(search) == AlertRhythm.NONE


def test_the_page_tells_nothing_of_the_search(client: Client, search: SavedSearch) -> None:
    page = client.get(stop_alerts_page_of(search)).content.decode()
    assert search.name not in page
    assert search.owner.email not in page
    assert search.query not in page


def test_a_link_for_something_else_stops_nothing(client: Client, search: SavedSearch) -> None:
    response = client.post(reverse("stop_alerts", args=[token_of(Purpose.STOP, search.pk)]))
    assert response.status_code == 404
    assert "This link does not work any more" in response.content.decode()
    assert rhythm(search) == AlertRhythm.DAILY


def test_an_old_link_and_one_of_a_deleted_search_serve_no_longer(client: Client, search: SavedSearch) -> None:
    page = stop_alerts_page_of(search)
    with time_machine.travel(timezone.now() + timedelta(days=401)):
        assert client.post(page).status_code == 410
    assert rhythm(search) == AlertRhythm.DAILY
    search.delete()
    assert client.post(page).status_code == 410
