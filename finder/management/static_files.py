"""The collected static files under `var/static`, made again when a source changed."""

import hashlib
from collections.abc import Iterator
from importlib.metadata import version

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

UNUSED = [
    "draw",
    "htm*-4*",
    "htmx-2.js",
    "leaflet-src.*",
    "leaflet.extras.*",
    "leaflet.forms.js",
    "leaflet_django.css",
    "Control.*",
    "proj4*",
    "rest_framework",
]
"""What packages bring and no page asks for: pressing all of it takes longer than setting up the database."""


def collect_static_files() -> None:
    stamp = settings.VAR_DIR / "static-files"
    fingerprint = hashlib.sha256("\n".join(sorted(_sources())).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == fingerprint and settings.STATIC_ROOT.exists():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=UNUSED)
    stamp.write_text(fingerprint)


def _sources() -> Iterator[str]:
    yield f"whitenoise {version('whitenoise')}"
    for finder in get_finders():
        for name, storage in finder.list([]):
            changed_at = storage.get_modified_time(name).timestamp()
            yield f"{storage.path(name)} {storage.size(name)} {changed_at}"
