from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from finder.actions.resolving import lapse_outcomes


class Command(BaseCommand):
    help = "Let go of what callers said about room for new people, once it is too old to say anything."

    def handle(self, *args: Any, **options: Any) -> None:
        lapsed = lapse_outcomes(now=timezone.now())
        self.stdout.write(f"Words of callers that lapsed: {lapsed:,}.")
