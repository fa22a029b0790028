"""Runs an import again and again, each in a process that is killed at another moment.

    python -m tests.killed_imports FILE MOMENT...

A moment is a number, to die before that statement, or "commit", to die before the transaction ends.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django
from django.core.management import call_command
from django.db import connection

from finder.geography.gazetteer import zip_code


class Death:
    """Comes before the nth statement, without a last word to the database."""

    def __init__(self, moment: int) -> None:
        self.statements_left = moment

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self.statements_left -= 1
        if not self.statements_left:
            die()
        return execute(*statement)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def import_until(moment: str, file: str) -> None:
    if moment == "commit":
        connection.commit = die
        call_command("import_listings", "samhsa", file, "--json")
    else:
        with connection.execute_wrapper(Death(int(moment))):
            call_command("import_listings", "samhsa", file, "--json")


def main(file: str, *moments: str) -> None:
    """Prints what ended each import: 9 for a kill, 0 where it was done before its moment came."""
    django.setup()
    zip_code("28801")  # once for all of them: reading the gazetteer takes a second
    for moment in moments:
        child = os.fork()
        if not child:
            import_until(moment, file)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(status, file=sys.stderr)  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main(*sys.argv[1:])
