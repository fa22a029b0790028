"""How a shared link opens, what of one that does not is told, and how guessing is slowed."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from finder.actions.list_links import LASTS, revoke_link
from finder.enums import CareCategory
from finder.models import ServiceAtLocation
from finder.views.list_files import FileKind
from finder.views.opened_link import OF_ALL, OF_ONE_NETWORK
from tests.made_up_lists import shared

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 28, 17, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    cache.clear()
    with time_machine.travel(NOON, tick=False):
        yield
    cache.clear()


@pytest.fixture
def detox(listed: Callable[..., ServiceAtLocation]) -> ServiceAtLocation:
    return listed(name="Riverside Detox", categories=[CareCategory.WITHDRAWAL_MANAGEMENT])


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.parametrize("write", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_opens_by_its_code_however_it_is_typed(
    client: Client, detox: ServiceAtLocation, write: Callable[[str], str]
) -> None:
    made = shared(detox)
    answered = client.get("/l/", {"code": write(made.code)}, follow=True)
    assert answered.redirect_chain == [(f"/l/{made.code}/", 302)]
    assert b"Riverside Detox" in answered.content


def test_opens_by_its_code_in_the_address(client: Client, detox: ServiceAtLocation) -> None:
    code = shared(detox).code
    assert "Riverside Detox" in text(client, f"/l/{code.lower().replace('-', ' ')}/")


def test_asks_for_the_code(client: Client) -> None:
    answered = client.get("/l/")
    assert answered.status_code == 200
    assert b'name="code"' in answered.content


def test_a_wrong_code_is_said_to_be_wrong_and_can_be_mended(client: Client) -> None:
    answered = client.get("/l/", {"code": "K7CM-4X9P-4DTH"})
    assert answered.status_code == 404
    assert b"This list does not open" in answered.content
    assert b'value="K7CM-4X9P-4DTH"' in answered.content


def test_ended_taken_back_and_made_up_links_are_all_the_same(
    client: Client, detox: ServiceAtLocation
) -> None:
    ended, taken_back = shared(detox, at=NOON - LASTS), shared(detox)
    revoke_link(link=taken_back.link, now=NOON)
    keys = [ended.token, taken_back.token, ended.code, "made-up"]
    answers = [client.get(f"/l/{key}/") for key in keys]
    assert {answer.status_code for answer in answers} == {404}
    assert len({without(answer.content, key) for answer, key in zip(answers, keys, strict=True)}) == 1
    headers = [{**answer.headers, "Content-Length": ""} for answer in answers]
    assert all(each == headers[0] for each in headers)


def without(content: bytes, key: str) -> bytes:
    """The page leads to itself in the other language."""
    return content.replace(key.encode(), b"")


def test_of_files_too_nobody_is_told_why_a_link_does_not_open(
    client: Client, detox: ServiceAtLocation
) -> None:
    taken_back = shared(detox)
    revoke_link(link=taken_back.link, now=NOON)
    answers = {kind: client.get(taken_back.file(kind)) for kind in FileKind}
    contents = {without(each.content, f"{taken_back.token}/list.{kind}") for kind, each in answers.items()}
    assert contents == {without(client.get("/l/made-up/list.txt").content, "made-up/list.txt")}
    assert {each.status_code for each in answers.values()} == {404}


def test_a_list_that_does_not_open_says_what_to_do(client: Client) -> None:
    page = text(client, "/l/made-up/")
    assert f'href="{reverse("search")}"' in page
    assert 'href="tel:+18006624357"' in page
    assert '<html lang="es">' in text(client, "/es/l/made-up/")


def test_opens_until_its_last_moment(client: Client, detox: ServiceAtLocation) -> None:
    made = shared(detox)
    with time_machine.travel(NOON + LASTS - timedelta(seconds=1), tick=False):
        assert client.get(made.page).status_code == 200
    with time_machine.travel(NOON + LASTS, tick=False):
        assert client.get(made.page).status_code == 404


# Guessing


def guess(client: Client, address: str = "/l/made-up/", network: str = "192.0.2.1") -> int:
    return client.get(address, REMOTE_ADDR=network).status_code


def test_whoever_guesses_is_soon_told_to_wait(client: Client) -> None:
    codes = [guess(client, f"/l/guess-{number}/") for number in range(OF_ONE_NETWORK.rate + 2)]
    assert codes == [404] * OF_ONE_NETWORK.rate + [429, 429]


def test_over_the_limit_a_right_guess_opens_nothing_either(client: Client, detox: ServiceAtLocation) -> None:
    made = shared(detox)
    for _guess in range(OF_ONE_NETWORK.rate):
        guess(client)
    with CaptureQueriesContext(connection) as asked:
        assert {guess(client, at) for at in (made.page, made.file("txt"), f"/l/?code={made.code}")} == {429}
    assert len(asked) == 0
    assert guess(client, made.page, network="198.51.100.1") == 200


def test_the_next_minute_it_opens_again(client: Client, detox: ServiceAtLocation) -> None:
    made = shared(detox)
    for _guess in range(OF_ONE_NETWORK.rate):
        guess(client)
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        assert guess(client, made.page) == 200


def test_what_opens_is_not_counted(client: Client, detox: ServiceAtLocation) -> None:
    made = shared(detox)
    assert {guess(client, made.page) for _time in range(OF_ONE_NETWORK.rate + 5)} == {200}
    assert guess(client) == 404


def test_all_networks_together_guess_only_so_many_codes_an_hour(
    client: Client, detox: ServiceAtLocation
) -> None:
    made = shared(detox)
    for number in range(OF_ALL.rate):
        guess(client, network=f"198.51.{number // 200}.{number % 200}")
    by_code, by_link = f"/l/{made.code}/", made.page
    assert guess(client, by_code, network="203.0.113.1") == 429
    assert guess(client, by_link, network="203.0.113.1") == 200
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        assert guess(client, by_code, network="203.0.113.1") == 200
