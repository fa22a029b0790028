from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django_otp.plugins.otp_totp.models import TOTPDevice

pytestmark = pytest.mark.django_db


def said(username: str) -> str:
    out = StringIO()
    call_command("forget_second_step", username, stdout=out)
    return out.getvalue()


def test_the_app_no_longer_counts() -> None:
    TOTPDevice.objects.create(user=User.objects.create_user("ada"), name="app", confirmed=True)
    assert said("ada") == "ada sets up a new second step at the next sign-in.\n"
    assert said("ada") == "ada had no second step.\n"


def test_a_name_that_nobody_has_is_told() -> None:
    with pytest.raises(CommandError, match="Nobody here is called zoe"):
        said("zoe")
