from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from finder.actions.demonstration import remove_demonstration


class Command(BaseCommand):
    help = "Remove the made-up listings of the demonstration; real ones are not touched."

    def handle(self, *args: Any, **options: Any) -> None:
        removed = remove_demonstration(now=timezone.now())
        if removed:
            self.stdout.write(f"{removed} demonstration listings were removed.")
        else:
            self.stdout.write("There are no demonstration listings; nothing was removed.")
