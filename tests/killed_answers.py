"""A program's answer, and the letters of a day, again and again, each in a process that is killed.

    python -m tests.killed_answers answer ASKED MARK MOMENT...
    python -m tests.killed_answers letters MOMENT...

A moment is a number, to die before that statement; "commit", to die before the transaction ends; "done", to
die when it has.
"""

import os
import sys
from collections.abc import Callable

import django
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tests.killed import Death, die


def answer(asked: str, mark: str) -> None:
    from finder.actions.replying import confirm_all
    from finder.models import AskedListing

    row = AskedListing.objects.with_parts().get(pk=asked)
    confirm_all(asked=row, mark=mark, now=timezone.now())


def letters() -> None:
    call_command("ask_providers", verbosity=0)


def until(moment: str, act: Callable[[], None]) -> None:
    match moment:
        case "commit":
            connection.commit = die
            act()
        case "done":
            act()
            die()
        case _:
            with connection.execute_wrapper(Death(int(moment))):
                act()


def main(what: str, *rest: str) -> None:
    """Prints what ended each: 9 for a kill, 0 where it was done before its moment came."""
    django.setup()
    arguments = rest[:2] if what == "answer" else ()
    acts: dict[str, Callable[..., None]] = {"answer": answer, "letters": letters}
    for moment in rest[len(arguments) :]:
        child = os.fork()
        if not child:
            until(moment, lambda: acts[what](*arguments))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(status, file=sys.stderr)  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main(*sys.argv[1:])
