"""Who tells us something: one of us by name, or a reader by a hash that means nothing the day after."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from secrets import token_bytes

from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from finder.actions.refusals import Refused
from finder.enums import Voice
from finder.models import ReporterKey
from finder.permissions import may_edit_listings, may_state_facts

SECRET_BYTES = 32


class TooManyToday(Refused):
    """Of one reporter. The next day counts anew."""


@dataclass(frozen=True, slots=True)
class Reporter:
    """Has a `person` or a `key`: never both, never neither."""

    voice: Voice
    person: User | None = None
    key: str = ""


def reporter_of(*, by: User | None, network: str, now: datetime) -> Reporter:
    """`network` is of whoever asks, as `finder.api.rate_limit.network_of` has it; it is kept nowhere."""
    voice = voice_of(by)
    if by is None or voice == Voice.PUBLIC:
        return Reporter(Voice.PUBLIC, key=reporter_key(network=network, now=now))
    return Reporter(voice, by)


def voice_of(person: User | None) -> Voice:
    """In what role one of us speaks; an account without a role is anyone's."""
    if person is None or not may_state_facts(person):
        return Voice.PUBLIC
    return Voice.EDITOR if may_edit_listings(person) else Voice.CASE_WORKER


def reporter_key(*, network: str, now: datetime) -> str:
    """The same for the same network all day. Without the day's secret nobody can tell whose it was."""
    return hmac.new(secret_of(timezone.localdate(now)), network.encode(), sha256).hexdigest()


def secret_of(day: date) -> bytes:
    """Whoever comes first that day makes it, and throws the older ones away."""
    key, is_new = ReporterKey.objects.get_or_create(date=day, defaults={"secret": token_bytes(SECRET_BYTES)})
    if is_new:
        forget_secrets(today=day)
    return bytes(key.secret)


def forget_secrets(*, today: date) -> int:
    """Those of all days before; how many there were."""
    gone, _by_model = ReporterKey.objects.filter(date__lt=today).delete()
    return gone


def one_at_a_time(reporter: Reporter) -> None:
    """Until the transaction ends, another request of the same reporter waits: what it counts is then true."""
    name = reporter.key or f"person {reporter.person and reporter.person.pk}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
