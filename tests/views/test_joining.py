from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from finder.actions.indexing import index_listings
from finder.enums import CareCategory
from finder.models import ServiceAtLocation
from finder.views.joining import phone_href
from tests.factories import HowToJoinFactory, ScheduleFactory, make_listing

pytestmark = pytest.mark.usefixtures("vocabulary")

LINK = "https://meet.example.org/riverside"
SECRETS = (LINK, "meet.example.org", "555-0190", "5550122", "willow")


@pytest.fixture
def online_group(vocabulary: None) -> ServiceAtLocation:
    listing = make_listing(
        name="Riverside Online", online=True, zip_code="", categories=[CareCategory.SUPPORT_GROUP]
    )
    meeting = ScheduleFactory(listing=listing, meeting=True, online=True)
    HowToJoinFactory(schedule=meeting)
    index_listings([listing.pk])
    return listing


@pytest.fixture
def stranger() -> Client:
    """Without a token, as every reader is."""
    return Client(enforce_csrf_checks=True)


def address_of(listing: ServiceAtLocation) -> str:
    return reverse("how_to_join", args=[listing.pk])


def test_a_page_offers_to_show_it_and_does_not(client: Client, online_group: ServiceAtLocation) -> None:
    page = client.get(online_group.get_absolute_url()).content.decode()
    assert "Show how to join" in page
    assert not [secret for secret in SECRETS if secret in page]


def test_a_press_opens_it_in_the_listing_s_page(stranger: Client, online_group: ServiceAtLocation) -> None:
    response = stranger.post(address_of(online_group))
    page = unescape(response.content.decode())
    assert response.status_code == 200
    assert "<h1" in page
    assert f'<a class="button" href="{LINK}" rel="noopener noreferrer nofollow">' in page
    assert 'href="tel:+18285550190,,5550122%23"' in page
    assert "Password: willow" in page
    assert "Show how to join" not in page


def test_what_is_opened_is_kept_by_no_browser_and_no_crawler(
    stranger: Client, online_group: ServiceAtLocation
) -> None:
    response = stranger.post(address_of(online_group))
    assert response.headers["Cache-Control"] == "no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert not response.cookies


def test_in_place_comes_the_part_alone(stranger: Client, online_group: ServiceAtLocation) -> None:
    response = stranger.post(address_of(online_group), headers={"HX-Request": "true"})
    part = response.content.decode()
    assert part.lstrip().startswith('<section class="card stack-tight" id="how-to-join"')
    assert LINK in part
    assert "HX-Request" in response.headers["Vary"]
    assert part.strip() in stranger.post(address_of(online_group)).content.decode()


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_link_leads_to_the_listing_and_opens_nothing(
    client: Client, online_group: ServiceAtLocation, method: str
) -> None:
    response = getattr(client, method)(address_of(online_group))
    assert response.status_code == 302
    assert response.headers["Location"] == online_group.get_absolute_url()


def test_alike_meetings_are_joined_once(stranger: Client, online_group: ServiceAtLocation) -> None:
    HowToJoinFactory(schedule=ScheduleFactory(listing=online_group, meeting=True, online=True, byday="FR"))
    page = stranger.post(address_of(online_group)).content.decode()
    assert page.count(LINK) == 1
    part = page.split('id="how-to-join"')[1].split("</section>")[0]
    assert "Tuesday" in part
    assert "Friday" in part


def test_a_meeting_closed_for_now_is_not_joined(stranger: Client, online_group: ServiceAtLocation) -> None:
    online_group.schedules.update(is_suspended=True)
    assert "Show how to join" not in stranger.get(online_group.get_absolute_url()).content.decode()
    assert LINK not in stranger.post(address_of(online_group)).content.decode()


def test_a_link_that_is_none_of_the_web_is_not_made_one(
    stranger: Client, online_group: ServiceAtLocation
) -> None:
    way_in = online_group.schedules.get().how_to_join
    way_in.url = "javascript:alert(1)"
    way_in.save()
    assert "javascript" not in stranger.post(address_of(online_group)).content.decode()


def test_what_is_not_published_is_not_opened(stranger: Client) -> None:
    hidden = make_listing(name="Unseen Group", draft=True, categories=[CareCategory.SUPPORT_GROUP])
    HowToJoinFactory(schedule__listing=hidden)
    assert stranger.post(address_of(hidden)).status_code == 404


def test_a_listing_without_a_way_in_opens_its_page(stranger: Client) -> None:
    clinic = make_listing(name="Riverside Clinic")
    response = stranger.post(address_of(clinic))
    assert response.status_code == 200
    assert 'id="how-to-join"' not in response.content.decode()


@pytest.mark.parametrize(
    ("written", "dialed"),
    [
        ("828-555-0190,,5550122#", "tel:+18285550190,,5550122%23"),
        ("+1 (828) 555-0190", "tel:+18285550190"),
        ("18285550190,,1#,,2*", "tel:+18285550190,,1%23,,2*"),
        ("+44 20 7946 0123", "tel:+442079460123"),
        ("*67", ""),
        ("ask", ""),
    ],
)
def test_a_number_is_dialed_with_its_pauses(written: str, dialed: str) -> None:
    assert phone_href(written) == dialed


def test_a_meeting_that_its_feed_lists_twice_is_joined_in_each_of_its_ways(
    stranger: Client, online_group: ServiceAtLocation
) -> None:
    twin = ScheduleFactory(listing=online_group, meeting=True, online=True, source_slug="twin")
    HowToJoinFactory(schedule=twin, url="https://meet.example.org/other")
    page = unescape(stranger.post(address_of(online_group)).content.decode())
    assert f'href="{LINK}"' in page
    assert 'href="https://meet.example.org/other"' in page
