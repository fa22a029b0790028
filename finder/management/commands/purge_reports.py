from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from finder.actions.reporters import forget_secrets
from finder.actions.reporting import purge_reports
from finder.management.commands.purge_unmet_needs import days

DAYS_KEPT = 90


class Command(BaseCommand):
    help = "Erase what readers wrote in reports that were answered long ago, and the secrets of past days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--older-than-days", type=days, default=DAYS_KEPT, metavar="N", help=f"{DAYS_KEPT} unless told"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        forget_secrets(today=timezone.localdate(now))
        erased = purge_reports(older_than_days=options["older_than_days"], now=now)
        self.stdout.write(f"Old reports whose words were erased: {erased:,}.")
