"""Runs an act again and again, each time in a process that is killed at another moment.

    python -m tests.killed MODULE:FUNCTION MOMENT... -- ARGUMENT...

A moment is a number, to die before that statement; "commit", to die before the transaction ends; or "count",
to say how many statements there are until then, and die there. An act is any function of texts in the tests:
see `tests.killed_acts`, and `tests.killing` for the tests that run this.
"""

import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import django
from django.db import connection

from finder.geography.gazetteer import zip_code

Act = Callable[..., None]


class Death:
    """Comes before the nth statement, without a last word to the database."""

    def __init__(self, moment: int) -> None:
        self.statements_left = moment

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self.statements_left -= 1
        if not self.statements_left:
            die()
        return execute(*statement)


class Count:
    def __init__(self) -> None:
        self.statements = 0

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self.statements += 1
        return execute(*statement)

    def say_and_die(self) -> None:
        say(self.statements)
        die()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def say(number: int) -> None:
    print(number, file=sys.stderr, flush=True)  # noqa: T201 - the test reads it


def until(moment: str, act: Act, arguments: list[str]) -> None:
    if moment == "commit":
        connection.commit = die
        act(*arguments)
    elif moment == "count":
        count = Count()
        connection.commit = count.say_and_die
        with connection.execute_wrapper(count):
            act(*arguments)
    else:
        with connection.execute_wrapper(Death(int(moment))):
            act(*arguments)


def main(name: str, *moments: str, arguments: list[str]) -> None:
    """Says what ended each: 9 for a kill, 0 where it was done before its moment came."""
    django.setup()
    zip_code("28801")  # once for all of them: reading the gazetteer takes a second
    module, _, function = name.partition(":")
    act = getattr(import_module(module), function)
    for moment in moments:
        child = os.fork()
        if not child:
            until(moment, act, arguments)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        say(status)


if __name__ == "__main__":
    end = sys.argv.index("--")
    main(*sys.argv[1:end], arguments=sys.argv[end + 1 :])
