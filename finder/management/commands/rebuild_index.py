from typing import Any

from django.core.management.base import BaseCommand

from finder.actions.indexing import rebuild_index


class Command(BaseCommand):
    help = "Build the search index anew from the listings themselves."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild_index():,} published listings are in the index.")
