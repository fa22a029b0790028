from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from finder.actions.refusals import Refused
from finder.actions.sources import opt_out
from finder.models import Source


class Command(BaseCommand):
    help = "A source asked not to be listed: its feed is no longer read, and its listings are archived."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", metavar="SLUG", help="which source")
        parser.add_argument("--reason", required=True, help="kept with each of its listings")

    def handle(self, *args: Any, **options: Any) -> None:
        source = Source.objects.filter(pk=options["source"]).first()
        if source is None:
            raise CommandError(f"There is no source {options['source']}.")
        try:
            archived = opt_out(source=source, by=None, now=timezone.now(), reason=options["reason"])
        except Refused as why:
            raise CommandError(str(why)) from None
        self.stdout.write(f"{source}: its feed is no longer read. Listings archived: {archived:,}.")
