from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from finder.enums import ClaimStatus
from finder.models import Ask, Claim, Contact
from tests.programs import LONG_AGO, SECRET, ClaimFactory, kept_listing

pytestmark = pytest.mark.django_db


def run(**options: Any) -> str:
    said = StringIO()
    call_command("ask_providers", stdout=said, **options)
    return said.getvalue()


def test_it_writes_and_says_how_much() -> None:
    today = timezone.localdate()
    for _ in range(2):
        kept_listing(due=today)
    kept_listing(due=today, email="other@example.org")
    said = run()
    assert "Letters: 2, about listings: 3." in said
    assert len(mail.outbox) == 2
    assert "Letters: 0, about listings: 0." in run()


def test_no_address_is_said() -> None:
    claim = kept_listing(due=timezone.localdate())
    shown = run(dry_run=True) + run()
    assert f"contact {claim.contact_id}: first letter, listings: 1" in shown
    assert "@" not in shown


def test_a_dry_run_writes_nothing_and_ends_nothing() -> None:
    kept_listing(due=timezone.localdate())
    waiting = ClaimFactory(asked_at=LONG_AGO)
    run(dry_run=True)
    assert not mail.outbox
    assert not Ask.objects.exists()
    assert Claim.objects.get(pk=waiting.pk).status == ClaimStatus.ASKED


def test_it_puts_away_what_came_to_nothing() -> None:
    waited = ClaimFactory(asked_at=timezone.now() - timedelta(days=31))
    ClaimFactory(ended=True, asked_at=LONG_AGO, contact__email="gone@example.org")
    said = run()
    assert "Claims that came to nothing: 1. Contacts forgotten: 1." in said
    assert Claim.objects.get(pk=waited.pk).status == ClaimStatus.ENDED
    assert not Contact.objects.filter(email="gone@example.org").exists()


def test_it_fails_where_a_letter_was_not_taken_and_says_whose() -> None:
    claim = kept_listing(due=timezone.localdate())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        with pytest.raises(CommandError, match=f"contacts {claim.contact_id}\\.") as failed:
            run()
    assert SECRET not in str(failed.value)


def refuse(*_: object) -> int:
    raise ConnectionRefusedError(SECRET)


@pytest.mark.parametrize("limit", ["0", "-1", "x"])
def test_a_limit_is_a_number_of_letters(limit: str) -> None:
    with pytest.raises(CommandError):
        call_command("ask_providers", f"--limit={limit}")
