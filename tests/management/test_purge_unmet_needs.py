from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from finder.models import UnmetNeed

pytestmark = pytest.mark.django_db


@time_machine.travel("2026-11-22 12:00Z", tick=False)
@pytest.mark.parametrize(("arguments", "kept"), [([], 2), (["--older-than-days", "30"], 1)])
def test_removes_what_is_older_and_says_how_much(arguments: list[str], kept: int) -> None:
    for day in (date(2024, 11, 21), date(2024, 11, 22), date(2026, 11, 1)):
        UnmetNeed.objects.create(date=day, category="support_group", count=1)
    output = StringIO()
    call_command("purge_unmet_needs", *arguments, stdout=output)
    assert UnmetNeed.objects.count() == kept
    assert output.getvalue() == f"Old counts of unmet needs removed: {3 - kept}.\n"


@pytest.mark.parametrize("days", ["0", "-1", "soon", "999999999"])
def test_refuses_what_is_no_number_of_days(days: str) -> None:
    with pytest.raises(CommandError, match="whole number of days"):
        call_command("purge_unmet_needs", f"--older-than-days={days}")
