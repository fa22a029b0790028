from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from finder.actions.unmet import purge_unmet_needs

DAYS_KEPT = 730
MOST_DAYS = 36_500


def days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_DAYS:
        raise ArgumentTypeError(f"a whole number of days from 1 to {MOST_DAYS}")
    return int(text)


class Command(BaseCommand):
    help = "Remove the counts of searches and plans that found nothing, once they are old."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--older-than-days", type=days, default=DAYS_KEPT, metavar="N", help=f"{DAYS_KEPT} unless told"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        removed = purge_unmet_needs(older_than_days=options["older_than_days"], today=timezone.localdate())
        self.stdout.write(f"Old counts of unmet needs removed: {removed:,}.")
