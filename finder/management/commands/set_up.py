from argparse import ArgumentParser
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.db import transaction

from finder.models import TaxonomyTerm

VOCABULARY = ["vocabulary", "sources", "crisis_lines"]
DEMONSTRATION = ["demo"]


class Command(BaseCommand):
    help = "Migrate the database and, when it is empty, load the vocabulary and the demonstration listings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--without-demo", action="store_true", help="load no demonstration listings")

    def handle(self, *args: Any, without_demo: bool, verbosity: int, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=verbosity)
        if TaxonomyTerm.objects.exists():
            return
        wanted = VOCABULARY + ([] if without_demo else DEMONSTRATION)
        with transaction.atomic():
            call_command("loaddata", *filter(_is_there, wanted), verbosity=verbosity)
            call_command("rebuild_index", stdout=self.stdout if verbosity else StringIO())


def _is_there(fixture: str) -> bool:
    return any(True for folder in settings.FIXTURE_DIRS for _ in folder.glob(f"{fixture}.*"))
