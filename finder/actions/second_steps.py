"""The second step of signing in: an authenticator app, and recovery codes for when it is lost."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

APP, RECOVERY = "app", "recovery"
CODES_AT_ONCE = 10


def app_to_set_up(*, by: User) -> TOTPDevice:
    """The same one until its first code is typed in, so that the page may be opened again."""
    device, _ = TOTPDevice.objects.get_or_create(user=by, confirmed=False, defaults={"name": APP})
    return device


@transaction.atomic
def confirm_app(*, by: User, code: str) -> TOTPDevice | None:
    """The first right code makes it count, and an earlier app counts no longer; None for a wrong code."""
    device = TOTPDevice.objects.select_for_update().filter(user=by, confirmed=False).order_by("pk").first()
    if device is None or not device.verify_token(code):
        return None
    TOTPDevice.objects.filter(user=by, confirmed=True).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    return device


@transaction.atomic
def new_recovery_codes(*, by: User) -> list[str]:
    """Each opens the door once. Those made before no longer do."""
    StaticDevice.objects.filter(user=by).delete()
    device = StaticDevice.objects.create(user=by, name=RECOVERY)
    codes = [StaticToken.random_token() for _ in range(CODES_AT_ONCE)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


@transaction.atomic
def check_code(*, by: User, code: str) -> TOTPDevice | StaticDevice | None:
    """Six digits are the app's, anything else is a recovery code: neither slows the other's tries."""
    model: type[TOTPDevice | StaticDevice] = TOTPDevice if code.isdecimal() else StaticDevice
    for device in model.objects.select_for_update().filter(user=by, confirmed=True).order_by("pk"):
        if device.verify_token(code):
            return device
    return None


@transaction.atomic
def forget_second_steps(*, of: Iterable[User]) -> int:
    """For someone who lost both: they set it up anew when they sign in. Returns for how many."""
    people = [person.pk for person in of]
    forgotten = set(TOTPDevice.objects.filter(user__in=people).values_list("user", flat=True))
    TOTPDevice.objects.filter(user__in=people).delete()
    StaticDevice.objects.filter(user__in=people).delete()
    return len(forgotten)
