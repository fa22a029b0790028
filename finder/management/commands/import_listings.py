import csv
import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DataError
from django.utils import timezone
from tqdm import tqdm

from finder.actions.feeds import Credit, known_feed
from finder.actions.importing import import_facilities, import_meetings
from finder.actions.refusals import Refused
from finder.enums import Fellowship
from finder.facilities.facility import FacilityFile, Reject, UnreadableFile
from finder.importers import findtreatment, samhsa
from finder.importers.editions import edition_date
from finder.importers.fetching import NotFetched
from finder.importers.gathering import Progress
from finder.management.feeds import FEED_READERS, is_url, local_file, name_of, origin_of, read_feed
from finder.meetings.meeting import MeetingFile
from finder.models import ImportRun

DIRECTORY_READERS = {"samhsa": samhsa.read, "findtreatment": findtreatment.read}
COUNTED = ("read", "created", "updated", "unchanged", "rejected", "merged", "missing")
OF_FEEDS = ("source", "source_name", "fellowship", "timezone")

Read = tuple[FacilityFile | MeetingFile, Callable[..., ImportRun]]
"""What a file says, and the action that brings it in."""


class Command(BaseCommand):
    help = "Bring a directory or a meeting feed in: all of it or nothing; the same again writes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("format", choices=[*DIRECTORY_READERS, *FEED_READERS], help="what kind of file")
        parser.add_argument("file", help="the file, a URL, or a folder of pages (findtreatment)")
        parser.add_argument(
            "--edition",
            metavar="YYYY[-MM-DD]",
            help="default: the date in the file's name; of a feed, today",
        )
        parser.add_argument("--source", metavar="SLUG", help="whose feed it is; feeds need it")
        parser.add_argument("--source-name", help="what readers see of a source that is new")
        parser.add_argument(
            "--fellowship",
            choices=Fellowship.values,
            help="whose codes the feed speaks; a new source needs it",
        )
        parser.add_argument("--timezone", help="of meetings that name none and have no place")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
        parser.add_argument("--json", action="store_true", help="the summary as one JSON object")
        parser.add_argument(
            "--part", action="store_true", help="a part of a directory: what it leaves out is not missing"
        )
        parser.add_argument(
            "--rejects", type=Path, help="where rejected rows go (default: imports/ in the data folder)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started_at = timezone.now()
        try:
            file, bring_in = read(options, started_at)
            name = name_of(options["file"])
            self.tell_rejects(file.rejects, options["rejects"] or rejects_path(name, started_at))
        except OSError as fault:
            raise CommandError(f"“{fault.filename}” cannot be opened: {fault.strerror}.") from None
        except (UnreadableFile, NotFetched, ValueError) as fault:
            raise CommandError(str(fault)) from None
        for warning in file.warnings:
            self.stderr.write(warning)
        try:
            run = bring_in(file=file, by=None, now=started_at, dry_run=options["dry_run"])
        except Refused as why:
            raise CommandError(str(why)) from None
        except DataError as fault:
            raise CommandError(f"Nothing was imported: the database refused a value ({fault}).") from None
        self.report(run, options["json"], options["dry_run"])

    def tell_rejects(self, rejects: Sequence[Reject], target: Path) -> None:
        """Before anything is imported: a place that cannot be written to then stops the import."""
        if not rejects:
            return
        write_rejects(target, rejects)
        self.stderr.write(f"Rejected rows: {len(rejects):,}, each with its reason in {target}.")

    def report(self, run: ImportRun, as_json: bool, dry_run: bool) -> None:
        """With `as_json` the object is alone on standard output; the words go to standard error."""
        counts = {name: getattr(run, name) for name in COUNTED}
        seconds = round((timezone.now() - run.started_at).total_seconds(), 2)
        words = self.stdout
        if as_json:
            self.stdout.write(json.dumps({**counts, "seconds": seconds}))
            words = self.stderr
        else:
            told = ", ".join(f"{name} {count:,}" for name, count in counts.items())
            self.stdout.write(f"{told}; {seconds} s")
        for sentence in sentences(run, dry_run):
            words.write(sentence)


def read(options: Mapping[str, Any], started_at: datetime) -> Read:
    if not is_url(options["file"]) and not Path(options["file"]).exists():
        raise CommandError(f"“{options['file']}” does not exist.")
    return (read_meetings if options["format"] in FEED_READERS else read_directory)(options, started_at)


def read_directory(options: Mapping[str, Any], started_at: datetime) -> Read:
    if given := [name for name in OF_FEEDS if options[name]]:
        option = given[0].replace("_", "-")
        raise CommandError(f"--{option} is for meeting feeds: a directory's file says whose it is.")
    edition = edition_date(options["edition"], Path(name_of(options["file"])))
    with local_file(options["file"]) as path, progress_bar(options) as progress:
        file = DIRECTORY_READERS[options["format"]](path, progress)
        origin = origin_of(
            options["file"], path, format=options["format"], edition=edition, is_whole=not options["part"]
        )
    return file, partial(import_facilities, origin=origin)


def read_meetings(options: Mapping[str, Any], started_at: datetime) -> Read:
    if not options["source"]:
        raise CommandError("Say whose feed it is: --source, a short name such as nc-area-51.")
    feed = known_feed(
        slug=options["source"],
        fellowship=options["fellowship"] or "",
        timezone=options["timezone"] or "",
    )
    today = timezone.localdate(started_at)
    with progress_bar(options) as progress:
        file, origin = read_feed(
            options["file"],
            format=options["format"],
            feed=feed,
            edition=edition_date(options["edition"] or f"{today}", Path(name_of(options["file"]))),
            is_whole=not options["part"],
            progress=progress,
        )
    credit = Credit(options["source_name"] or "", options["file"] if is_url(options["file"]) else "")
    return file, partial(import_meetings, feed=feed, credit=credit, origin=origin)


@contextmanager
def progress_bar(options: Mapping[str, Any]) -> Iterator[Progress]:
    with tqdm(unit=" rows", desc=name_of(options["file"]), leave=False, disable=None) as bar:
        yield partial(advance, bar)


def advance(bar: "tqdm[Any]", done: int, total: int | None) -> None:
    bar.total = total
    bar.update(done - bar.n)


def sentences(run: ImportRun, dry_run: bool) -> Iterator[str]:
    if dry_run:
        yield "Nothing was written: this was a dry run."
    if run.demo_removed:
        yield f"Demonstration listings that make way for real ones: {run.demo_removed:,}."
    if run.differences:
        yield f"Fields left as a person wrote them, for review: {run.differences:,}."


def rejects_path(name: str, started_at: datetime) -> Path:
    stem = Path(name).stem
    return Path(settings.VAR_DIR) / "imports" / f"{stem}-{started_at:%Y%m%d-%H%M%S}-rejects.csv"


def write_rejects(target: Path, rejects: Iterable[Reject]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["row_number", "reason", "row"])
        writer.writerows((reject.row_number, reject.reason, as_text(reject.row)) for reject in rejects)


def as_text(row: Mapping[str, str]) -> str:
    return json.dumps(dict(row), ensure_ascii=False) if row else ""
