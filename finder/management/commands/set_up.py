from argparse import ArgumentParser
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.core.serializers import deserialize
from django.db import transaction
from django.utils import timezone

from finder.actions.demonstration import tell_of_room
from finder.actions.demonstration_queue import queue_demonstration
from finder.actions.guidance import receive_shipped
from finder.models import Guidance, TaxonomyTerm

VOCABULARY = ["vocabulary", "sources", "crisis_lines"]
DEMONSTRATION = ["demo"]


class Command(BaseCommand):
    help = (
        "Migrate the database and, when it is empty, load the vocabulary and the demonstration listings. "
        "Guidance texts that are missing are added; those that nobody here changed are brought up to date."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--without-demo", action="store_true", help="load no demonstration listings")

    def handle(self, *args: Any, without_demo: bool, verbosity: int, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=verbosity)
        if not TaxonomyTerm.objects.exists():
            self.fill(VOCABULARY + ([] if without_demo else DEMONSTRATION), verbosity)
        self.receive_guidance(verbosity)

    def fill(self, wanted: list[str], verbosity: int) -> None:
        with transaction.atomic():
            call_command("loaddata", *filter(_is_there, wanted), verbosity=verbosity)
            call_command("rebuild_index", stdout=self.stdout if verbosity else StringIO())
            tell_of_room(now=timezone.now())
            queue_demonstration(now=timezone.now())

    def receive_guidance(self, verbosity: int) -> None:
        shipped = receive_shipped(texts=shipped_guidance(), now=timezone.now())
        if verbosity and (shipped.added or shipped.replaced):
            self.stdout.write(
                f"Guidance: {len(shipped.added)} texts added, {len(shipped.replaced)} brought up to date."
            )
        if verbosity and shipped.kept:
            self.stdout.write(f"Guidance kept as people here made it: {', '.join(shipped.kept)}.")


def shipped_guidance() -> Iterator[Guidance]:
    for path in _files("guidance"):
        for read in deserialize("json", path.read_text(encoding="utf-8")):
            if isinstance(read.object, Guidance):
                yield read.object


def _is_there(fixture: str) -> bool:
    return bool(_files(fixture))


def _files(fixture: str) -> list[Path]:
    return [path for folder in settings.FIXTURE_DIRS for path in sorted(folder.glob(f"{fixture}.*"))]
