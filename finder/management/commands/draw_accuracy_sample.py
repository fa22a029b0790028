import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from finder.actions.refusals import Refused
from finder.actions.sampling import draw_accuracy_sample


class Command(BaseCommand):
    help = "Draws this month's sample of published listings, to be called and compared with their pages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--per-category", type=int, default=50, help="of each kind of help (default: 50)")
        parser.add_argument("--seed", type=int, help="draws the same sample again; random when left out")

    def handle(self, *, per_category: int, seed: int | None, **options: Any) -> None:
        if per_category < 1:
            raise CommandError("Draw at least one of each kind of help.")
        chosen = secrets.randbelow(2**62) if seed is None else seed
        try:
            sample = draw_accuracy_sample(per_category=per_category, seed=chosen, now=timezone.now())
        except Refused as why:
            raise CommandError(str(why)) from None
        self.stdout.write(f"{sample.checks.count()} listings drawn for {sample} (seed {sample.seed}).")
