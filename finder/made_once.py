"""Small secrets that the site makes for itself, once, and keeps under `var/`."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def made_once(path: Path, make: Callable[[], str]) -> str:
    """The text of the file, which is made first if it is not there; only its owner can read it.

    Written under another name and linked into place, so that of two processes starting at once one wins
    and both read the same text.
    """
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
            try:
                with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                    file.write(make())
                _link_unless_there(draft, path)
            finally:
                draft.unlink(missing_ok=True)
        return path.read_text()
    except OSError as trouble:
        raise ImproperlyConfigured(f"{trouble.filename} cannot be used: {trouble.strerror}.") from trouble


def _link_unless_there(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
