from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from finder.actions.answering import answer_report
from finder.models import ListingReport, ReporterKey
from tests.factories import make_listing
from tests.made_up_voices import NOON, report

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("arguments", "erased"), [([], 1), (["--older-than-days", "5"], 2), (["--older-than-days=300"], 0)]
)
def test_erases_old_words_and_says_of_how_many(arguments: list[str], erased: int) -> None:
    eddie = User.objects.create_user("eddie")
    for days in (100, 10):
        kept = report(make_listing())
        told = NOON - timedelta(days=days)
        answer_report(report=kept, is_right=True, answer="Mended.", by=eddie, now=told)
    output = StringIO()
    with time_machine.travel(NOON, tick=False):
        call_command("purge_reports", *arguments, stdout=output)
    assert ListingReport.objects.filter(text="").count() == erased
    assert output.getvalue() == f"Old reports whose words were erased: {erased}.\n"


def test_throws_away_the_secrets_of_past_days_and_keeps_today_s() -> None:
    report(make_listing())
    for later, left in ((0, 1), (1, 0)):
        with time_machine.travel(NOON + timedelta(days=later), tick=False):
            call_command("purge_reports", stdout=StringIO())
        assert ReporterKey.objects.count() == left


@pytest.mark.parametrize("days", ["0", "-1", "soon"])
def test_refuses_what_is_no_number_of_days(days: str) -> None:
    with pytest.raises(CommandError, match="whole number of days"):
        call_command("purge_reports", f"--older-than-days={days}")
