import csv
import hashlib
import json
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DataError
from django.utils import timezone
from tqdm import tqdm

from finder.actions.importing import import_facilities
from finder.actions.planning import Origin
from finder.facilities.facility import Reject, UnreadableFile
from finder.importers import findtreatment, samhsa
from finder.importers.editions import edition_date
from finder.models import ImportRun

READERS = {"samhsa": samhsa.read, "findtreatment": findtreatment.read}
COUNTED = ("read", "created", "updated", "unchanged", "rejected", "merged", "missing")


class Command(BaseCommand):
    help = "Bring a directory's file in: all of it or nothing; the same file again writes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("format", choices=READERS, help="what kind of file it is")
        parser.add_argument("file", type=Path, help="the file, or a folder of pages (findtreatment)")
        parser.add_argument("--edition", metavar="YYYY[-MM-DD]", help="default: the date in the file's name")
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
        path: Path = options["file"]
        if not path.exists():
            raise CommandError(f"“{path}” does not exist.")
        try:
            edition = edition_date(options["edition"], path)
            with tqdm(unit=" rows", desc=path.name, leave=False, disable=None) as bar:
                file = READERS[options["format"]](path, lambda done, total: advance(bar, done, total))
            origin = Origin(
                format=options["format"],
                file_name=path.name,
                file_hash=file_hash(path),
                edition=edition,
                is_whole=not options["part"],
            )
            self.tell_rejects(file.rejects, options["rejects"] or rejects_path(path, started_at))
        except OSError as fault:
            raise CommandError(f"“{fault.filename}” cannot be opened: {fault.strerror}.") from None
        except (UnreadableFile, ValueError) as fault:
            raise CommandError(str(fault)) from None
        for warning in file.warnings:
            self.stderr.write(warning)
        try:
            run = import_facilities(
                file=file, origin=origin, by=None, now=started_at, dry_run=options["dry_run"]
            )
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


def sentences(run: ImportRun, dry_run: bool) -> Iterator[str]:
    if dry_run:
        yield "Nothing was written: this was a dry run."
    if run.demo_removed:
        yield f"Demonstration listings that make way for real ones: {run.demo_removed:,}."
    if run.differences:
        yield f"Fields left as a person wrote them, for review: {run.differences:,}."


def advance(bar: "tqdm[Any]", done: int, total: int | None) -> None:
    bar.total = total
    bar.update(done - bar.n)


def file_hash(path: Path) -> str:
    """Of the file, or of a folder's files in name order."""
    digest = hashlib.sha256()
    for part in sorted(path.iterdir()) if path.is_dir() else [path]:
        if part.is_file():
            digest.update(part.read_bytes())
    return digest.hexdigest()


def rejects_path(path: Path, started_at: datetime) -> Path:
    return Path(settings.VAR_DIR) / "imports" / f"{path.stem}-{started_at:%Y%m%d-%H%M%S}-rejects.csv"


def write_rejects(target: Path, rejects: Iterable[Reject]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["row_number", "reason", "row"])
        writer.writerows((reject.row_number, reject.reason, as_text(reject.row)) for reject in rejects)


def as_text(row: Mapping[str, str]) -> str:
    return json.dumps(dict(row), ensure_ascii=False) if row else ""
