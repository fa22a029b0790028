"""Editors who work through the queue at once, each in a process of its own, until nothing waits.

    python -m tests.twenty_editors NAME...

Prints one line for each editor: the items it finished. One more process brings the whole queue up to date
all the while, as the nightly command does.
"""

import json
import os
import random
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

import django

SKIPS = 0.1
NO_ANSWER = 0.05
SECONDS_AT_MOST = 100


def work(name: str) -> None:
    from django.contrib.auth.models import User
    from django.utils import timezone

    from finder.actions.working import Found, Result, claim_next, finish, release
    from finder.enums import VerifiedPart

    me, chance = User.objects.get(username=name), random.Random(name)
    finished: list[int] = []
    called: list[int] = []
    skipped: set[int] = set()
    while True:
        now = timezone.now()
        item = claim_next(by=me, now=now, passing_over=skipped)
        if item is None and not skipped:
            break
        if item is None:
            skipped.clear()
        elif chance.random() < SKIPS:
            release(item=item, by=me, now=now)
            skipped.add(item.pk)
        elif chance.random() < NO_ANSWER:
            finish(item=item, found=Found(Result.NO_ANSWER), by=me, now=now)
            called.append(item.pk)
        else:
            right = Found(Result.ALL_RIGHT, [VerifiedPart.CONTACT])
            finish(item=item, found=right, by=me, now=now)
            finished.append(item.pk)
    sys.stdout.write(json.dumps({"editor": name, "finished": finished, "called": called}) + "\n")


def keep_refreshing() -> None:
    from django.utils import timezone

    from finder.actions.queueing import refresh_whole_queue

    started = time.monotonic()
    while time.monotonic() - started < SECONDS_AT_MOST:
        refresh_whole_queue(now=timezone.now())


def in_a_process(task: Callable[..., None], *given: Any) -> int:
    child = os.fork()
    if not child:
        status = 1
        try:
            task(*given)
            sys.stdout.flush()
            status = 0
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(status)
    return child


def main(*names: str) -> int:
    """How many editors ended badly."""
    django.setup()
    editors = [in_a_process(work, name) for name in names]
    refresher = in_a_process(keep_refreshing)
    statuses = [os.waitpid(editor, 0)[1] for editor in editors]
    os.kill(refresher, 15)
    os.waitpid(refresher, 0)
    return sum(map(bool, statuses))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
