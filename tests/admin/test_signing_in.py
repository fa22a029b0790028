"""The desk's door: password, second step, and what shuts it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from finder.actions.second_steps import confirm_app, new_recovery_codes
from finder.admin.signing_in import wanted
from tests.admin.conftest import desk_of

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DESK, DOOR, STEP = "/desk/", "/desk/login/", "/desk/second-step/"
SET_UP, CODES = "/desk/second-step/set-up/", "/desk/second-step/codes/"
PASSWORD = "willow and rain"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def eddie(editor: User) -> User:
    editor.set_password(PASSWORD)
    editor.save()
    return editor


def code_of(device: TOTPDevice) -> str:
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = datetime.now(UTC).timestamp()
    return f"{totp.token():06}"


def with_app(person: User) -> TOTPDevice:
    """Set up an hour ago, by its own first code."""
    device = TOTPDevice.objects.create(user=person, name="app", confirmed=False)
    with time_machine.travel(datetime.now(UTC) - timedelta(hours=1), tick=False):
        assert confirm_app(by=person, code=code_of(device))
    device.refresh_from_db()
    return device


def give_password(client: Client, password: str = PASSWORD, username: str = "eddie") -> str:
    """Where it leads; empty where it does not."""
    sent = {"username": username, "password": password, "next": DESK}
    return client.post(DOOR, sent).headers.get("Location", "")


def opens(client: Client) -> bool:
    return client.get(DESK).status_code == 200


def test_on_ones_own_machine_the_password_is_enough(eddie: User) -> None:
    client = Client()
    assert give_password(client) == DESK
    assert opens(client)


def test_whoever_set_up_an_app_needs_its_code(eddie: User, clock: time_machine.Traveller) -> None:
    device, client = with_app(eddie), Client()
    give_password(client)
    assert not opens(client)
    door = client.get(DESK).headers["Location"]
    assert client.get(door).headers["Location"] == f"{STEP}?next=%2Fdesk%2F"
    assert client.post(STEP, {"code": code_of(device), "next": DESK}).headers["Location"] == DESK
    assert opens(client)


def test_a_code_in_two_groups_is_the_same_code(eddie: User, clock: time_machine.Traveller) -> None:
    device, client = with_app(eddie), desk_of(eddie)
    code = code_of(device)
    client.post(STEP, {"code": f"{code[:3]} {code[3:]}"})
    assert opens(client)


@pytest.mark.parametrize("code", ["000000", "", "abcdefg", "9" * 17])
def test_a_wrong_code_opens_nothing_and_says_so(
    eddie: User, code: str, clock: time_machine.Traveller
) -> None:
    with_app(eddie)
    client = desk_of(eddie)
    page = client.post(STEP, {"code": code})
    assert page.status_code == 200
    assert b"errornote" in page.content
    assert not opens(client)


def test_a_code_opens_once(eddie: User, clock: time_machine.Traveller) -> None:
    device = with_app(eddie)
    code = code_of(device)
    first, second = desk_of(eddie), desk_of(eddie)
    first.post(STEP, {"code": code})
    second.post(STEP, {"code": code})
    assert (opens(first), opens(second)) == (True, False)


def test_a_recovery_code_opens_once(eddie: User, clock: time_machine.Traveller) -> None:
    with_app(eddie)
    code = new_recovery_codes(by=eddie)[0]
    first, second = desk_of(eddie), desk_of(eddie)
    first.post(STEP, {"code": code})
    second.post(STEP, {"code": code})
    assert (opens(first), opens(second)) == (True, False)


def test_another_persons_code_opens_nothing(
    eddie: User, administrator: User, clock: time_machine.Traveller
) -> None:
    with_app(eddie)
    client = desk_of(eddie)
    client.post(STEP, {"code": code_of(with_app(administrator))})
    assert not opens(client)


def test_tries_grow_slower(eddie: User, clock: time_machine.Traveller) -> None:
    device, client = with_app(eddie), desk_of(eddie)
    for _ in range(3):
        client.post(STEP, {"code": "000000"})
    client.post(STEP, {"code": code_of(device)})
    assert not opens(client)
    clock.shift(timedelta(minutes=5))
    client.post(STEP, {"code": code_of(device)})
    assert opens(client)


def test_behind_tls_nobody_works_without_a_second_step(
    eddie: User, settings: Settings, clock: time_machine.Traveller
) -> None:
    settings.REQUIRE_TWO_FACTOR = True
    client = desk_of(eddie)
    assert client.get(client.get(DESK).headers["Location"]).headers["Location"].startswith(SET_UP)
    page = client.get(SET_UP).content.decode()
    device = TOTPDevice.objects.get(user=eddie)
    assert "<svg" in page
    assert re.search(r"<code>([A-Z2-7]{4} )+[A-Z2-7]{1,4}</code>", page)
    assert client.post(SET_UP, {"code": code_of(device)}).headers["Location"] == CODES
    assert opens(client)


def test_recovery_codes_are_shown_once(eddie: User, clock: time_machine.Traveller) -> None:
    device, client = with_app(eddie), desk_of(eddie)
    client.post(STEP, {"code": code_of(device)})
    shown = client.post(CODES).content.decode()
    codes = list(StaticToken.objects.filter(device__user=eddie).values_list("token", flat=True))
    assert len(codes) == 10
    assert all(code in shown for code in codes)
    assert not any(code in client.get(CODES).content.decode() for code in codes)


def test_a_password_alone_makes_no_recovery_codes_and_no_new_app(
    eddie: User, clock: time_machine.Traveller
) -> None:
    device, client = with_app(eddie), desk_of(eddie)
    client.post(CODES)
    client.post(SET_UP, {"code": "000000"})
    assert not StaticToken.objects.exists()
    assert list(TOTPDevice.objects.values_list("pk", flat=True)) == [device.pk]


def test_a_new_app_ends_the_old_one(eddie: User, clock: time_machine.Traveller) -> None:
    device, client = with_app(eddie), desk_of(eddie)
    client.post(STEP, {"code": code_of(device)})
    client.get(SET_UP)
    newer = TOTPDevice.objects.get(user=eddie, confirmed=False)
    client.post(SET_UP, {"code": code_of(newer)})
    assert list(TOTPDevice.objects.values_list("pk", flat=True)) == [newer.pk]


@pytest.mark.parametrize("page", [STEP, SET_UP, CODES])
def test_a_stranger_is_led_to_the_door(page: str) -> None:
    assert Client().get(page).headers["Location"].startswith(DOOR)
    assert Client().post(page, {"code": "000000"}).headers["Location"].startswith(DOOR)


def test_a_step_leads_nowhere_else() -> None:
    request = RequestFactory().get(STEP, {"next": "https://elsewhere.example/"})
    assert wanted(request) == DESK
    assert wanted(RequestFactory().get(STEP, {"next": "/desk/unmet-need/"})) == "/desk/unmet-need/"


def test_half_a_day_later_the_password_is_asked_for_again(eddie: User, clock: time_machine.Traveller) -> None:
    client = desk_of(eddie)
    for _ in range(11):
        clock.shift(timedelta(minutes=59))
        assert opens(client)
    clock.shift(timedelta(minutes=59))
    clock.shift(timedelta(minutes=20))
    assert not opens(client)
    assert b'name="password"' in client.get(DOOR).content


def test_an_hour_without_a_click_ends_it(eddie: User, clock: time_machine.Traveller) -> None:
    client = desk_of(eddie)
    clock.shift(timedelta(minutes=61))
    assert not opens(client)


def test_wrong_passwords_shut_the_door_for_a_while(eddie: User, clock: time_machine.Traveller) -> None:
    client = Client()
    for _ in range(5):
        give_password(client, "wrong")
    answer = client.post(DOOR, {"username": "eddie", "password": PASSWORD, "next": DESK})
    assert answer.status_code == 429
    assert "Try again in 15 minutes." in answer.content.decode()
    assert give_password(Client(REMOTE_ADDR="192.0.2.7")) == DESK  # others are not kept out
    clock.shift(timedelta(minutes=16))
    assert give_password(client) == DESK


def test_where_someone_tried_from_is_written_down_nowhere(
    eddie: User, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(6):
        give_password(Client(REMOTE_ADDR="192.0.2.7"), "wrong")
    kept = [str(row) for row in AccessAttempt.objects.values()]
    assert len(kept) == 1
    assert "192.0.2.7" not in caplog.text + kept[0]
    assert "wrong" not in kept[0]
    assert not AccessLog.objects.exists()
    assert "eddie" not in caplog.text


def test_an_administrator_lets_someone_set_up_anew(
    administrator: User, eddie: User, superuser: User, clock: time_machine.Traveller
) -> None:
    with_app(eddie)
    kept = with_app(superuser)
    chosen = {"action": "forget_second_steps", "_selected_action": [eddie.pk, superuser.pk]}
    desk_of(administrator).post(reverse("admin:auth_user_changelist"), chosen)
    assert list(TOTPDevice.objects.values_list("pk", flat=True)) == [kept.pk]
