"""Killed at any moment, an answer is given whole or not at all, and no letter is lost."""

import os
import random
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from finder.actions.indexing import index_listings
from finder.actions.replying import SeenBefore, confirm_all
from finder.actions.seen import mark_of
from finder.enums import ProviderAnswer
from finder.models import Ask, AskedListing, Statement, Verification
from tests.every_row import every_row, tables_that_differ
from tests.factories import make_listing
from tests.killing import database_url
from tests.programs import AskedListingFactory, kept_listing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabulary")]
KILLED = "9"


def kill(*arguments: str, folder: Path | None = None) -> list[str]:
    environment = os.environ | {"DATABASE_URL": database_url()}
    if folder:
        environment["FINDER_VAR_DIR"] = str(folder)
    done = subprocess.run(
        [sys.executable, "-m", "tests.killed_answers", *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stderr.split()


def asked_of_riverside() -> AskedListing:
    listing = make_listing(name="Riverside Detox", yes=["medicaid"], no=["spanish"])
    index_listings([listing.pk])
    AskedListingFactory(listing=listing)
    return AskedListing.objects.with_parts().get()


def statements_of(asked: AskedListing, mark: str) -> int:
    """How many an answer takes, found out by giving it and taking it back."""
    with CaptureQueriesContext(connection) as taken, transaction.atomic():
        confirm_all(asked=asked, mark=mark, now=timezone.now())
        transaction.set_rollback(True)
    return len(taken)


def test_killed_at_any_moment_an_answer_leaves_the_database_as_before() -> None:
    asked = asked_of_riverside()
    mark = mark_of(asked, "ALL")
    moments = [str(moment) for moment in range(2, statements_of(asked, mark) - 2)]
    random.shuffle(moments)
    before = every_row()
    deaths = kill("answer", str(asked.pk), mark, *moments, "commit")
    assert deaths == [KILLED] * (len(moments) + 1)
    assert len(moments) >= 25
    assert tables_that_differ(before) == []


def test_killed_when_it_was_given_it_is_there_whole_and_once() -> None:
    asked = asked_of_riverside()
    mark = mark_of(asked, "ALL")
    assert kill("answer", str(asked.pk), mark, "done") == [KILLED]
    after = every_row()
    assert AskedListing.objects.get().answer == ProviderAnswer.ALL_RIGHT
    assert Verification.objects.get().parts == ["CONTACT", "HOURS", "SERVICES"]
    assert Statement.objects.filter(source="provider").count() == 1
    with pytest.raises(SeenBefore):
        confirm_all(asked=asked, mark=mark, now=timezone.now())
    assert tables_that_differ(after) == []


def letters_in(folder: Path) -> Counter[str]:
    """By Message-ID: how often each left."""
    found: Counter[str] = Counter()
    for file in (folder / "mail").iterdir():
        found.update(line for line in file.read_text().splitlines() if line.startswith("Message-ID:"))
    return found


def test_killed_again_and_again_every_letter_of_the_day_leaves_and_each_is_one(tmp_path: Path) -> None:
    programs = 3
    for number in range(programs):
        for _ in range(2):
            kept_listing(due=date(2026, 1, 5), email=f"person{number}@example.org")
    moments = [str(moment) for moment in range(2, 60)]
    deaths = kill("letters", *moments, "0", folder=tmp_path)
    assert deaths.count(KILLED) >= 12
    assert deaths[-1] == "0"
    sent = letters_in(tmp_path)
    assert set(Ask.objects.values_list("sent_on", flat=True)) == {timezone.localdate()}
    assert not Ask.objects.unsent().exists()
    assert len(sent) == Ask.objects.count() == programs
    assert AskedListing.objects.count() == 2 * programs
    again = sum(times - 1 for times in sent.values())
    assert again < deaths.count(KILLED), "only a death right after the mail server's yes sends one again"


def test_without_a_death_each_letter_leaves_once(tmp_path: Path) -> None:
    kept_listing(due=date(2026, 1, 5))
    assert kill("letters", "0", "0", folder=tmp_path) == ["0", "0"]
    assert set(letters_in(tmp_path).values()) == {1}
