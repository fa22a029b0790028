"""What callers found, at the desk."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from finder.actions.indexing import index_listings
from finder.enums import Outcome
from finder.models import CallOutcome, ListingIndex, QueueItem, ServiceAtLocation
from tests.admin.conftest import desk_of
from tests.factories import make_listing
from tests.made_up_voices import report, tell

pytestmark = pytest.mark.django_db

LIST = "admin:finder_calloutcome_changelist"


@pytest.fixture
def doubted() -> ServiceAtLocation:
    listing = make_listing()
    index_listings([listing.pk])
    for outcome in (Outcome.WRONG_NUMBER, Outcome.WRONG_NUMBER, Outcome.NO_BED, Outcome.ANSWERED):
        tell(listing, outcome, wait_days=10)
    return listing


def page(listing: ServiceAtLocation) -> str:
    return reverse("admin:listing_outcomes", args=[listing.pk])


def unresolved() -> set[str]:
    return set(CallOutcome.objects.unresolved().doubting().values_list("outcome", flat=True))


def test_doubts_stand_by_the_part_that_they_are_of(doubted: ServiceAtLocation, editor: User) -> None:
    html = desk_of(editor).get(page(doubted)).content.decode()
    assert html.index("Phone and address") < html.index("Wrong number") < html.index("Room for new people")
    assert "wait of 10 days" in html
    assert "They answered, and it is right" in html.split("In the last half year")[1]


def test_one_press_resolves_a_part(doubted: ServiceAtLocation, editor: User) -> None:
    response = desk_of(editor).post(page(doubted), {"part": "CONTACT"}, follow=True)
    assert unresolved() == {Outcome.NO_BED}
    assert CallOutcome.objects.filter(resolved_by=editor).count() == 2
    assert ListingIndex.objects.get(pk=doubted.pk).disputed == []
    assert b"2 words of callers are looked into." in response.content


@pytest.mark.parametrize("part", ["", "x7"])
def test_what_is_no_part_resolves_nothing(doubted: ServiceAtLocation, editor: User, part: str) -> None:
    assert desk_of(editor).post(page(doubted), {"part": part}).status_code == 200
    assert unresolved() == {Outcome.NO_BED, Outcome.WRONG_NUMBER}


def test_a_link_alone_resolves_nothing(doubted: ServiceAtLocation, editor: User) -> None:
    desk_of(editor).get(page(doubted), {"part": "CONTACT"})
    assert unresolved() == {Outcome.NO_BED, Outcome.WRONG_NUMBER}


def test_a_case_worker_resolves_nothing(doubted: ServiceAtLocation, case_worker: User) -> None:
    client = desk_of(case_worker)
    assert client.post(page(doubted), {"part": "CONTACT"}).status_code == 403
    chosen = {
        "action": "resolve_selected",
        "_selected_action": list(CallOutcome.objects.values_list("pk", flat=True)),
    }
    client.post(reverse(LIST), chosen)
    assert unresolved() == {Outcome.NO_BED, Outcome.WRONG_NUMBER}


def test_chosen_ones_are_resolved_from_the_list(doubted: ServiceAtLocation, editor: User) -> None:
    chosen = CallOutcome.objects.doubting().values_list("pk", flat=True)
    desk_of(editor).post(
        reverse(LIST), {"action": "resolve_selected", "_selected_action": list(chosen)}, follow=True
    )
    assert unresolved() == set()
    assert not QueueItem.objects.open().exists()


def test_the_listing_s_own_page_leads_to_what_people_said(doubted: ServiceAtLocation, editor: User) -> None:
    kept = report(doubted)
    url = reverse("admin:finder_serviceatlocation_change", args=[doubted.pk])
    html = desk_of(editor).get(url).content.decode()
    assert f'<a href="{page(doubted)}">3 callers found something else</a>' in html
    assert reverse("admin:finder_listingreport_change", args=[kept.pk]) in html


def test_no_page_shows_the_key_of_a_reader(doubted: ServiceAtLocation, editor: User) -> None:
    client, told = desk_of(editor), CallOutcome.objects.all()
    urls = [page(doubted), reverse(LIST)]
    urls += [reverse("admin:finder_calloutcome_change", args=[each.pk]) for each in told]
    pages = "".join(client.get(url).content.decode() for url in urls)
    assert not [each.reporter_key for each in told if each.reporter_key in pages]
