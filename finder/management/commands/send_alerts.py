from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from finder.actions.alerting import send_alerts
from finder.filters import question_of


class Command(BaseCommand):
    help = "Mail the news of saved searches to those who asked for it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Searches are named by their number: neither what is searched for nor by whom is printed."""
        sent = send_alerts(question_of=question_of, now=timezone.now())
        self.stdout.write(f"Saved searches: {sent.searches:,}, letters: {sent.letters:,}.")
        if not settings.MAIL_SERVER.sends:
            self.stdout.write(f"No mail server is named: the letters are in {settings.EMAIL_FILE_PATH}.")
        if sent.not_sent:
            named = ", ".join(map(str, sent.not_sent))
            raise CommandError(f"The mail server did not take the letters of searches {named}.")
