from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from finder.actions.lists import purge_lists


class Command(BaseCommand):
    help = (
        "Throw referral lists away that nobody changed for LISTS_KEPT_DAYS, "
        "and those of readers without an account once no link opens them."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        gone = purge_lists(now=timezone.now())
        self.stdout.write(
            f"Lists thrown away after {settings.LISTS_KEPT_DAYS} days or without a link: {gone:,}."
        )
