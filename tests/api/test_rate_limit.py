from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from finder.api.rate_limit import Window, address_of, seconds_to_wait, unnamed

NOON = "2026-11-22T12:00:20Z"


@pytest.fixture(autouse=True)
def twice_a_minute(settings: Settings) -> Iterator[None]:
    settings.API_RATE = 2
    cache.clear()
    with time_machine.travel(NOON, tick=False):
        yield
    cache.clear()


def ask(client: Client, address: str = "192.0.2.1", **headers: str) -> int:
    return client.get("/api/openapi.json", REMOTE_ADDR=address, headers=headers).status_code


def test_one_address_may_ask_so_often(client: Client) -> None:
    assert [ask(client) for _ in range(4)] == [200, 200, 429, 429]


def test_another_address_may_still_ask(client: Client) -> None:
    assert [ask(client) for _ in range(3)][-1] == 429
    assert ask(client, "192.0.2.2") == 200


def test_a_refusal_says_when_to_try_again(client: Client) -> None:
    for _ in range(3):
        answered = client.get("/api/openapi.json", REMOTE_ADDR="192.0.2.1")
    assert answered.headers["Retry-After"] == "40"
    sentence = "Too many requests from one address. Try again in 40 seconds."
    assert answered.json() == {"errors": {"request": [sentence]}}


def test_the_next_minute_begins_anew(client: Client) -> None:
    assert [ask(client) for _ in range(3)][-1] == 429
    with time_machine.travel("2026-11-22T12:01:00Z", tick=False):
        assert ask(client) == 200


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_the_operators_own_machine_is_not_limited(client: Client, address: str) -> None:
    assert {ask(client, address) for _ in range(5)} == {200}


def test_no_limit_is_set_by_nothing(client: Client, settings: Settings) -> None:
    settings.API_RATE = 0
    assert {ask(client) for _ in range(5)} == {200}


def test_pages_for_people_are_not_limited(client: Client) -> None:
    assert {client.get("/robots.txt").status_code for _ in range(5)} == {200}


def test_two_things_are_counted_apart() -> None:
    assert [seconds_to_wait("one", "192.0.2.1", 1) for _ in range(2)] == [0, 40]
    assert seconds_to_wait("other", "192.0.2.1", 1) == 0


def test_looking_whether_it_is_full_counts_nothing() -> None:
    window = Window("looked-at", rate=1)
    assert not any(window.is_full("someone") for _ in range(3))
    assert window.count("someone") == 1
    assert (window.is_full("someone"), window.is_full("another")) == (True, False)


def test_a_window_is_as_long_as_it_says() -> None:
    window = Window("hourly", rate=1, seconds=3600)
    window.count("someone")
    assert window.seconds_left() == 3580
    with time_machine.travel("2026-11-22T12:59:59Z", tick=False):
        assert window.is_full("someone")
    with time_machine.travel("2026-11-22T13:00:00Z", tick=False):
        assert not window.is_full("someone")


def test_a_window_without_a_rate_is_never_full() -> None:
    window = Window("unlimited", rate=0)
    window.count("someone")
    assert not window.is_full("someone")


def test_nobody_can_pretend_to_be_another_unless_a_proxy_is_trusted(client: Client) -> None:
    codes = [ask(client, **{"X-Forwarded-For": f"198.51.100.{number}"}) for number in range(3)]
    assert codes == [200, 200, 429]


def test_behind_a_trusted_proxy_the_last_forwarded_address_counts(settings: Settings) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    forwarded = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    assert address_of(RequestFactory().get("/", headers=forwarded)) == "198.51.100.7"


def test_no_address_is_kept(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    add = cache.add

    def remember(key: str, value: object, seconds: int) -> bool:
        kept.append(f"{key} {value}")
        return add(key, value, seconds)

    monkeypatch.setattr(cache, "add", remember)
    ask(client, "192.0.2.1")
    assert len(kept) == 1
    assert "192.0.2" not in kept[0]


def test_tomorrow_nobody_can_tell_who_asked_today() -> None:
    today = unnamed("192.0.2.1")
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False):
        assert unnamed("192.0.2.1") != today


def test_another_secret_makes_another_code(settings: Settings) -> None:
    ours = unnamed("192.0.2.1")
    settings.SECRET_KEY = "another"
    assert unnamed("192.0.2.1") != ours


@given(st.ip_addresses(v=6), st.integers(0, 2**64 - 1))
def test_a_network_of_ipv6_is_one_reader(address: object, host: int) -> None:
    same_network = type(address)(int(address) >> 64 << 64 | host)  # type: ignore[call-overload,call-arg]
    if not (address.ipv4_mapped or same_network.ipv4_mapped):  # type: ignore[attr-defined]
        assert unnamed(str(address)) == unnamed(str(same_network))


def test_an_ipv4_address_is_the_same_one_written_as_ipv6() -> None:
    assert unnamed("::ffff:192.0.2.1") == unnamed("192.0.2.1")
    assert unnamed("::ffff:192.0.2.1") != unnamed("::ffff:192.0.2.2")


@given(st.text(max_size=50))
def test_any_words_of_a_proxy_are_taken(address: str) -> None:
    assert len(unnamed(address)) == 64
