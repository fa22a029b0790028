from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from finder.actions.asking import ask_providers, due_letters
from finder.actions.claiming import end_old_claims
from finder.actions.contacts import forget_contacts
from finder.enums import AskKind


def letters(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise ArgumentTypeError("a whole number of letters, 1 or more")
    return int(text)


class Command(BaseCommand):
    help = "Write to each program once about all of its listings that are due for a check."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say who would be written to, and stop")
        parser.add_argument(
            "--limit", type=letters, metavar="N", help="at most so many letters now; the next run goes on"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Programs are named by the number of their contact: their addresses stay in the desk."""
        now = timezone.now()
        if options["dry_run"]:
            for due in due_letters(now=now):
                kind = AskKind(due.kind).label.lower()
                self.stdout.write(f"contact {due.contact.pk}: {kind}, listings: {len(due.listing_ids):,}")
            return
        ended, forgotten = end_old_claims(now=now), forget_contacts(now=now)
        written = ask_providers(now=now, limit=options["limit"])
        self.stdout.write(f"Letters: {written.letters:,}, about listings: {written.listings:,}.")
        self.stdout.write(f"Claims that came to nothing: {ended:,}. Contacts forgotten: {forgotten:,}.")
        if not settings.MAIL_SERVER.sends:
            self.stdout.write(f"No mail server is named: the letters are in {settings.EMAIL_FILE_PATH}.")
        if written.not_sent:
            named = ", ".join(map(str, written.not_sent))
            raise CommandError(f"The mail server did not take the letters to contacts {named}.")
