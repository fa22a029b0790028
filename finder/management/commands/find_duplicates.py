from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from finder.actions.duplicates import propose_duplicates


class Command(BaseCommand):
    help = "Looks for pairs of published listings that may be one place; people decide at the desk."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{propose_duplicates(now=timezone.now())} pairs to look at.")
