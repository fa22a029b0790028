"""Two readers are told apart for a day, and nobody can say afterwards who they were."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from django.contrib.auth.models import User
from django.db import connection

from finder.actions.reporters import forget_secrets, reporter_key, reporter_of, secret_of, voice_of
from finder.enums import Voice
from finder.models import ReporterKey
from finder.permissions import ADMINISTRATOR, CASE_WORKER, EDITOR, REVIEWER
from tests.made_up_voices import NOON, one_of_us

pytestmark = pytest.mark.django_db

NETWORK = "203.0.113.7"


def test_the_same_network_is_the_same_reader_all_day() -> None:
    evening = NOON + timedelta(hours=11)
    assert reporter_key(network=NETWORK, now=NOON) == reporter_key(network=NETWORK, now=evening)


def test_two_networks_are_two_readers() -> None:
    assert reporter_key(network=NETWORK, now=NOON) != reporter_key(network="203.0.113.8", now=NOON)


def test_the_next_day_the_same_network_is_another_reader() -> None:
    before = reporter_key(network=NETWORK, now=NOON)
    assert reporter_key(network=NETWORK, now=NOON + timedelta(days=1)) != before


def test_the_key_is_no_plain_hash_of_the_address() -> None:
    key = reporter_key(network=NETWORK, now=NOON)
    assert NETWORK not in key
    assert key != sha256(NETWORK.encode()).hexdigest()
    assert len(key) == 64


def test_the_first_of_a_day_throws_the_older_secrets_away() -> None:
    reporter_key(network=NETWORK, now=NOON)
    reporter_key(network=NETWORK, now=NOON + timedelta(days=1))
    assert list(ReporterKey.objects.values_list("date", flat=True)) == [date(2026, 11, 25)]


def test_a_quiet_night_throws_them_away_too() -> None:
    reporter_key(network=NETWORK, now=NOON)
    assert forget_secrets(today=date(2026, 11, 24)) == 0
    assert forget_secrets(today=date(2026, 11, 25)) == 1
    assert not ReporterKey.objects.exists()


def test_each_day_has_a_secret_of_its_own() -> None:
    first = secret_of(date(2026, 11, 24))
    assert len(first) == 32
    assert secret_of(date(2026, 11, 24)) == first
    assert secret_of(date(2026, 11, 25)) != first


def test_a_reader_has_a_key_and_one_of_us_a_name() -> None:
    person = one_of_us()
    reader = reporter_of(by=None, network=NETWORK, now=NOON)
    of_us = reporter_of(by=person, network=NETWORK, now=NOON)
    assert (reader.voice, reader.person, bool(reader.key)) == (Voice.PUBLIC, None, True)
    assert (of_us.voice, of_us.person, of_us.key) == (Voice.CASE_WORKER, person, "")


def test_an_account_without_a_role_or_closed_is_anyone() -> None:
    plain, closed = User.objects.create_user("plain"), one_of_us()
    closed.is_active = False
    for person in (plain, closed, None):
        assert voice_of(person) == Voice.PUBLIC
        assert reporter_of(by=person, network=NETWORK, now=NOON).key


@pytest.mark.parametrize(
    ("role", "voice"),
    [
        (CASE_WORKER, Voice.CASE_WORKER),
        (EDITOR, Voice.EDITOR),
        (REVIEWER, Voice.EDITOR),
        (ADMINISTRATOR, Voice.EDITOR),
    ],
)
def test_each_role_has_its_voice(role: str, voice: Voice) -> None:
    assert voice_of(one_of_us(role)) == voice


@pytest.fixture
def emptied(transactional_db: None) -> Iterator[None]:
    yield
    ReporterKey.objects.all().delete()


@pytest.mark.usefixtures("emptied")
@pytest.mark.django_db(transaction=True)
def test_many_who_come_first_at_once_make_one_secret() -> None:
    day = datetime(2026, 11, 24, 0, 0, 1, tzinfo=UTC)

    def key(_number: int) -> str:
        try:
            return reporter_key(network=NETWORK, now=day)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(key, range(32)))) == 1
    assert ReporterKey.objects.count() == 1
