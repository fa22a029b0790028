"""Many who write of the same few listings at once: nobody waits in a circle, and the queue stays true."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from finder.actions.indexing import index_listings, untrue_rows
from finder.actions.queueing import refresh_whole_queue
from finder.models import QueueItem
from tests.killing import database_url
from tests.waiting import DUE, due_listing

SECONDS = 12
PEOPLE = 8


def said() -> dict[object, object]:
    """What waits for each listing. How many called is brought up to date at night."""
    items = QueueItem.objects.open()
    return {item.listing_id: (item.reasons, item.why["conflicts"]) for item in items}


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("vocabulary")
def test_in_a_crowd_nobody_waits_in_a_circle_and_the_queue_stays_true() -> None:
    due = {"verification_due_date": DUE}
    listings = [due_listing(f"House {number}", **due) for number in range(4)]
    index_listings([listing.pk for listing in listings])
    names = [User.objects.create_user(f"editor-{number}").username for number in range(PEOPLE)]
    environment = os.environ | {"DATABASE_URL": database_url()}

    done = subprocess.run(
        [sys.executable, "-m", "tests.crowd", str(SECONDS), *names],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip

    assert done.stderr == "", done.stderr
    assert done.returncode == 0
    connection.close()
    before = said()
    refresh_whole_queue(now=timezone.now())
    assert said() == before
    assert untrue_rows() == []
    assert QueueItem.objects.filter(closed_at__isnull=False).exists()
