import re
from collections.abc import Callable
from html import unescape

import pytest
from django.http import QueryDict
from django.test import Client

from finder.enums import CareCategory
from finder.models import ServiceAtLocation
from finder.views.filter_form import form_of_faults, miles_choices
from tests.made_up_checks import told_of_room

Make = Callable[..., ServiceAtLocation]
DETOX = [CareCategory.WITHDRAWAL_MANAGEMENT]

pytestmark = pytest.mark.usefixtures("vocabulary")


def page_of(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def test_an_unusual_distance_is_offered_beside_the_usual_ones() -> None:
    assert miles_choices("60") == [
        ("5", False),
        ("10", False),
        ("25", False),
        ("50", False),
        ("60", True),
        ("100", False),
    ]


def test_a_distance_that_cannot_be_read_leaves_the_usual_one_chosen() -> None:
    assert [miles for miles, is_chosen in miles_choices("far") if is_chosen] == ["25"]


def test_the_needs_that_are_known_stay_asked_beside_one_that_is_not() -> None:
    form = form_of_faults(QueryDict("need=medicaid&need=unicorns&not=methadone"), {"need": ["?"]})
    assert form.kept == [("need", "medicaid"), ("not", "methadone")]
    assert form.is_faulty


def test_a_form_without_a_fault_stays_folded() -> None:
    assert not form_of_faults(QueryDict(""), {}).is_faulty


def test_times_that_cannot_be_read_stay_to_be_mended_and_an_unseen_zone_goes() -> None:
    typed = form_of_faults(QueryDict("from=6pm&zone=Mars"), {"from": ["?"], "zone": ["?"]}).typed
    assert typed["from"] == "6pm"
    assert "zone" not in typed


def test_ways_to_attend_and_fellowships_stay_asked_beside_a_fault() -> None:
    query = QueryDict("attend=hybrid&attend=x&fellowship=al_anon&fellowship=y&within=0")
    assert form_of_faults(query, {"within": ["?"]}).kept == [("fellowship", "al_anon"), ("attend", "hybrid")]


def test_room_stays_asked_beside_a_fault_and_is_not_offered_for_groups_alone() -> None:
    assert form_of_faults(QueryDict("available=1&within=0"), {"within": ["?"]}).has_room
    assert not form_of_faults(QueryDict("available=x"), {"available": ["?"]}).has_room
    assert form_of_faults(QueryDict("category=support_group&category=behavioral_health"), {}).offers_room
    assert not form_of_faults(QueryDict("category=support_group"), {}).offers_room
    assert form_of_faults(QueryDict("category=support_group&available=1"), {}).offers_room


def test_room_is_asked_for_with_a_tick_and_taken_off_with_a_chip(client: Client, listed: Make) -> None:
    told_of_room(listed(name="Quiet House", categories=DETOX), available=2)
    listed(name="Loud House", categories=DETOX)
    page = page_of(client, "/search/?near=28801&available=1")
    assert "Quiet House" in page
    assert "Loud House" not in page
    assert re.search(r'name="available"[^>]*value="1"[^>]*checked', page)
    assert re.search(r'href="/search/\?near=28801"[^>]*>(?:(?!</a>).)*Says it has room now', page, re.DOTALL)
    unasked = page_of(client, "/search/?near=28801")
    assert re.search(r'name="available"[^>]*value="1"', unasked)
    assert not re.search(r'name="available"[^>]*checked', unasked)


def test_no_room_known_offers_to_look_at_the_others(client: Client, listed: Make) -> None:
    listed(name="Loud House", categories=DETOX)
    page = page_of(client, "/search/?near=28801&available=1")
    assert "Also where room is not known: 1 fits" in page
