from typing import Any

from django.core.management.base import BaseCommand, CommandError

from finder.actions.indexing import untrue_rows

SHOWN = 20


class Command(BaseCommand):
    help = "Compare the search index with the listings; fails when a row is not true."

    def handle(self, *args: Any, **options: Any) -> None:
        untrue = untrue_rows()
        if untrue:
            named = ", ".join(map(str, untrue[:SHOWN]))
            raise CommandError(f"{len(untrue):,} index rows are not true; run rebuild_index. First: {named}")
        self.stdout.write("The index says what the listings say.")
