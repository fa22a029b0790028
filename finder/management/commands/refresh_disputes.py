from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from finder.actions.lapsing import refresh_lapsed


class Command(BaseCommand):
    help = (
        "Let go of what callers and programs said about room for new people, once it is too old to say "
        "anything."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        lapsed = refresh_lapsed(now=timezone.now())
        self.stdout.write(
            f"Words of callers that lapsed: {lapsed.words:,}. Listings with expired room: {lapsed.rooms:,}."
        )
