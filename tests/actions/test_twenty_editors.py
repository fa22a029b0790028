"""Twenty editors in twenty processes work 500 items at once: each is handled once, and none is lost."""

import json
import os
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from finder.actions.queueing import refresh_queue_items
from finder.enums import Outcome, QueueOutcome
from finder.models import CallOutcome, QueueItem, Verification
from tests.killing import database_url
from tests.waiting import many_due_listings

ITEMS, EDITORS = 500, 20
SECONDS_AT_MOST = 110


@pytest.mark.django_db(transaction=True)
def test_twenty_editors_handle_500_items_once_each() -> None:
    listings = many_due_listings(ITEMS)
    refresh_queue_items(listing_ids=[listing.pk for listing in listings], now=timezone.now())
    names = [User.objects.create_user(f"editor-{number}").username for number in range(EDITORS)]

    started = time.monotonic()
    worked = subprocess.run(
        [sys.executable, "-m", "tests.twenty_editors", *names],
        cwd=settings.BASE_DIR, env=os.environ | {"DATABASE_URL": database_url()},
        capture_output=True, text=True, timeout=SECONDS_AT_MOST, check=False,
    )  # fmt: skip

    assert (worked.returncode, worked.stderr) == (0, ""), f"after {time.monotonic() - started:.0f} s"
    told = [json.loads(line) for line in worked.stdout.splitlines()]
    assert len(told) == EDITORS
    finished = Counter(item for each in told for item in each["finished"])
    called = Counter(item for each in told for item in each["called"])
    assert set((finished + called).values()) == {1}
    assert len(finished) + len(called) == ITEMS
    assert sum(bool(each["finished"]) for each in told) > EDITORS / 2

    done = QueueItem.objects.filter(outcome=QueueOutcome.CONFIRMED, closed_by__isnull=False)
    assert set(done.values_list("pk", flat=True)) == finished.keys()
    by_editor = {each["editor"]: len(each["finished"]) for each in told if each["finished"]}
    assert Counter(done.values_list("closed_by__username", flat=True)) == by_editor
    put_off = QueueItem.objects.open()
    assert set(put_off.values_list("pk", flat=True)) == called.keys()
    assert not put_off.filter(claimed_by__isnull=False).exists()
    assert Verification.objects.count() == len(finished)
    assert CallOutcome.objects.filter(outcome=Outcome.NO_ANSWER).count() == len(called)
