"""Meeting feeds as commands get at them: who reads them, and where they come from."""

from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from finder.importers import bmlt, meeting_guide
from finder.importers.fetching import fetched

FEED_READERS = {"meeting_guide": meeting_guide.read, "bmlt": bmlt.read}
MOST_OF_A_FILE_NAME = 250


def is_url(text: str) -> bool:
    return text.startswith(("http://", "https://"))


def from_the_web(url: str) -> AbstractContextManager[Path]:
    """Only from hosts that the operator named; raises `NotFetched`."""
    return fetched(url, allowed_hosts=settings.FEED_HOSTS)


def name_of(text: str) -> str:
    """Of a file without its folder; of a URL without its query, which may hold a key."""
    if not is_url(text):
        return Path(text).name
    parts = urlsplit(text)
    return f"{parts.hostname}{parts.path}"[:MOST_OF_A_FILE_NAME]
