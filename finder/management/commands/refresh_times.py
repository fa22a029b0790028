from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from finder.actions.times import refresh_times


class Command(BaseCommand):
    help = "Look up the next times of listings whose known ones end in less than eight days."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Listings with new times: {refresh_times(now=timezone.now()):,}.")
