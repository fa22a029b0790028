from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from finder.actions.refusals import Refused
from finder.actions.takeback import Takeback, planned_takeback
from finder.actions.taking_back import revert_import
from finder.models import ImportRun

NAMED = 10


class Command(BaseCommand):
    help = "Take an import back: all of it or nothing; what people did since stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", metavar="RUN", type=int, help="its number, as the desk's list shows it")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        run = ImportRun.objects.filter(pk=options["run"]).first()
        if run is None:
            raise CommandError(f"There is no import {options['run']}. The newest are: {newest()}.")
        try:
            if options["dry_run"]:
                plan = planned_takeback(run=run)
            else:
                plan = revert_import(run=run, by=None, now=timezone.now())
        except Refused as why:
            raise CommandError(str(why)) from None
        for sentence in sentences(plan, options["dry_run"]):
            self.stdout.write(sentence)


def sentences(plan: Takeback, dry_run: bool) -> Iterator[str]:
    yield f"{plan.run}:"
    yield f"listings that go {len(plan.leaving):,}, listings set back {len(plan.touched):,}."
    yield from plan.words
    if dry_run:
        yield "Nothing was written: this was a dry run."


def newest() -> str:
    runs = ImportRun.objects.order_by("-started_at", "-pk")[:NAMED]
    return "; ".join(f"{run.pk} {run}" for run in runs) or "none"
