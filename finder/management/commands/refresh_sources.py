import logging
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DataError
from django.utils import timezone

from finder.actions.feeds import known_feed
from finder.actions.refusals import Refused
from finder.actions.sources import Refreshed, refresh_source
from finder.facilities.facility import UnreadableFile
from finder.importers.fetching import NotFetched
from finder.management.feeds import FEED_READERS, read_feed
from finder.models import Source

EXPECTED = (NotFetched, UnreadableFile, Refused, DataError, OSError, ValueError)
"""What may be wrong with a feed, each saying so in a sentence."""

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Fetch the meeting feeds that are due, and bring them in; one that fails stops no other."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sources", nargs="*", metavar="SLUG", help="these only, due or not")

    def handle(self, *args: Any, **options: Any) -> None:
        problems = []
        for source in chosen(options["sources"]):
            try:
                told = refresh(source)
                self.stdout.write(f"{source.pk}: {counted(told)}")
                problems += [f"{source.pk}: {shrunk(told)}"] if told.has_shrunk else []
            except EXPECTED as fault:
                problems.append(f"{source.pk}: {fault}")
            except Exception as fault:  # a fault of ours in one feed must not keep the others waiting
                logger.exception("A feed could not be brought in")
                problems.append(f"{source.pk}: a fault of this program: {type(fault).__name__}.")
        if problems:
            raise CommandError("\n".join(problems))


def chosen(slugs: list[str]) -> list[Source]:
    if not slugs:
        return list(Source.objects.due(timezone.now()))
    found = Source.objects.exclude(feed_url="").in_bulk(slugs)
    lacking = [slug for slug in slugs if slug not in found]
    if lacking:
        raise CommandError(f"No source with a feed to fetch: {', '.join(lacking)}.")
    return [found[slug] for slug in slugs]


def refresh(source: Source) -> Refreshed:
    now = timezone.now()
    if source.format not in FEED_READERS:
        raise Refused(f"No reader is called “{source.format}”: use one of {', '.join(FEED_READERS)}.")
    file, origin = read_feed(
        source.feed_url,
        format=source.format,
        feed=known_feed(slug=source.pk),
        edition=timezone.localdate(now),
    )
    return refresh_source(source=source, file=file, origin=origin, by=None, now=now)


def counted(told: Refreshed) -> str:
    names = ("read", "created", "updated", "unchanged", "rejected", "missing")
    return ", ".join(f"{name} {getattr(told.run, name):,}" for name in names)


def shrunk(told: Refreshed) -> str:
    return (
        f"{told.groups:,} groups came where {told.groups_before:,} were, so none was marked missing. "
        "If that is right, bring the feed in once with import_listings."
    )
