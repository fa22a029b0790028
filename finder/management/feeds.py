"""Meeting feeds as commands get at them: who reads them, and where they come from."""

import hashlib
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from finder.actions.planning import Origin
from finder.importers import bmlt, meeting_guide
from finder.importers.fetching import fetched
from finder.importers.gathering import Progress
from finder.meetings.meeting import Feed, MeetingFile

FEED_READERS = {"meeting_guide": meeting_guide.read, "bmlt": bmlt.read}
MOST_OF_A_FILE_NAME = 250


def read_feed(
    text: str,
    *,
    format: str,  # noqa: A002
    feed: Feed,
    edition: date,
    is_whole: bool = True,
    progress: Progress | None = None,
) -> tuple[MeetingFile, Origin]:
    """From a file or a URL; raises `NotFetched`, `UnreadableFile` and `OSError`."""
    with local_file(text) as path:
        file = FEED_READERS[format](path, feed, progress)
        return file, origin_of(text, path, format=format, edition=edition, is_whole=is_whole)


def origin_of(
    text: str,
    path: Path,
    *,
    format: str,  # noqa: A002
    edition: date,
    is_whole: bool,
) -> Origin:
    return Origin(format, name_of(text), file_hash(path), edition, is_whole)


def file_hash(path: Path) -> str:
    """Of the file, or of a folder's files in name order."""
    digest = hashlib.sha256()
    for part in sorted(path.iterdir()) if path.is_dir() else [path]:
        if part.is_file():
            digest.update(part.read_bytes())
    return digest.hexdigest()


def is_url(text: str) -> bool:
    return text.startswith(("http://", "https://"))


def local_file(text: str) -> AbstractContextManager[Path]:
    """A file, or what a URL leads to for as long as it is read."""
    return from_the_web(text) if is_url(text) else nullcontext(Path(text))


def from_the_web(url: str) -> AbstractContextManager[Path]:
    """Only from hosts that the operator named; raises `NotFetched`."""
    return fetched(url, allowed_hosts=settings.FEED_HOSTS)


def name_of(text: str) -> str:
    """Of a file without its folder; of a URL without its query, which may hold a key."""
    if not is_url(text):
        return Path(text).name
    parts = urlsplit(text)
    return f"{parts.hostname}{parts.path}"[:MOST_OF_A_FILE_NAME]
