from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from finder.actions.alerting import Alerted
from finder.enums import AlertRhythm
from finder.management.commands import send_alerts
from tests.factories import SavedSearchFactory

pytestmark = pytest.mark.django_db


def printed() -> str:
    out = StringIO()
    call_command("send_alerts", stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("vocabulary")
def test_it_says_how_many_and_of_none_what_or_whose() -> None:
    kept = SavedSearchFactory(rhythm=AlertRhythm.DAILY)
    told = printed()
    assert "Saved searches: 1, letters: 0." in told
    assert kept.owner.email not in told
    assert kept.name not in told


def test_it_fails_where_the_mail_server_took_a_letter_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send_alerts, "send_alerts", lambda **_given: Alerted(2, 1, [7]))
    with pytest.raises(CommandError, match="searches 7"):
        printed()


def test_it_says_where_letters_are_without_a_mail_server() -> None:
    with override_settings(EMAIL_FILE_PATH="letters-of-a-test"):
        assert "letters-of-a-test" in printed()
