"""Anyone may send these forms without a cookie; a page of somebody else's may not send them for people."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from finder.enums import Voice
from finder.models import CallOutcome, ListingReport, ReporterKey, ServiceAtLocation
from tests.made_up_voices import NOON, one_of_us

Make = Callable[..., ServiceAtLocation]

pytestmark = pytest.mark.usefixtures("vocabulary")


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def called(listed: Make) -> str:
    return f"/listings/{listed().pk}/called/"


SENT = {"outcome": "NO_ANSWER"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://testserver"},
        {"Origin": "https://testserver"},
        {"Origin": "null"},
        {},
    ],
)
def test_a_form_of_ours_is_taken(called: str, headers: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(called, SENT, headers=headers).status_code == 302
    assert CallOutcome.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://testserver.elsewhere.example"},
        {"Origin": "http://["},
    ],
)
def test_a_form_on_another_site_is_refused_and_says_so(called: str, headers: dict[str, str]) -> None:
    for path in (called, called.replace("called", "report"), "/suggest/"):
        response = Client().post(path, SENT | {"kind": "UNSAFE", "text": "x"}, headers=headers)
        assert response.status_code == 403
        assert b"This was not sent from our page" in response.content
    assert not CallOutcome.objects.exists()
    assert not ListingReport.objects.exists()


def test_a_link_from_another_site_opens_the_form(client: Client, called: str) -> None:
    assert client.get(called, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_neither_the_form_nor_sending_it_sets_a_cookie(client: Client, called: str) -> None:
    assert not client.get(called).cookies
    response = client.post(called, SENT)
    assert not response.cookies
    assert not client.get(response.headers["Location"]).cookies


def from_address(address: str, called: str, **headers: str) -> None:
    Client().post(called, SENT, REMOTE_ADDR=address, headers=headers)


def keys() -> set[str]:
    return set(CallOutcome.objects.values_list("reporter_key", flat=True))


def test_two_addresses_are_two_readers_and_no_address_is_kept(called: str) -> None:
    from_address("203.0.113.7", called)
    from_address("203.0.113.8", called)
    assert len(keys()) == 2
    rows = [*CallOutcome.objects.values(), *ReporterKey.objects.values()]
    assert "203.0.113" not in str(rows)


def test_a_household_of_ipv6_is_one(called: str) -> None:
    from_address("2001:db8:1:2::1", called)
    from_address("2001:db8:1:2:ffff::9", called)
    assert len(keys()) == 1


def test_behind_a_proxy_the_reader_s_own_address_counts(called: str, settings: Settings) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    for reader in ("203.0.113.7", "203.0.113.8"):
        from_address("127.0.0.1", called, **{"X-Forwarded-For": f"198.51.100.1, {reader}"})
    assert len(keys()) == 2


def test_without_a_proxy_nobody_can_pretend_to_be_many(called: str) -> None:
    for claimed in ("203.0.113.7", "203.0.113.8"):
        from_address("198.51.100.1", called, **{"X-Forwarded-For": claimed})
    assert len(keys()) == 1


def voice_after(client: Client, called: str) -> str:
    client.post(called, SENT)
    return CallOutcome.objects.get().voice


def of(person: User) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    return client


def test_one_of_us_who_is_signed_in_speaks_in_their_role(called: str) -> None:
    casey = one_of_us()
    assert voice_after(of(casey), called) == Voice.CASE_WORKER
    assert CallOutcome.objects.get().reported_by == casey


def test_whoever_has_not_taken_the_second_step_is_a_reader(called: str, settings: Settings) -> None:
    settings.REQUIRE_TWO_FACTOR = True
    assert voice_after(of(one_of_us()), called) == Voice.PUBLIC


def test_whose_session_has_ended_is_a_reader(called: str, noon: time_machine.Traveller) -> None:
    client = of(one_of_us())
    noon.shift(timedelta(hours=13))
    assert voice_after(client, called) == Voice.PUBLIC
