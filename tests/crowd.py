"""People and programs who write of the same few listings at once, each in a process of its own.

    python -m tests.crowd SECONDS NAME...

Ends with the number of those that ended badly. To be refused is no fault.
"""

import os
import random
import sys
import time
import traceback

import django


def act(name: str, seconds: float) -> None:
    from django.contrib.auth.models import User

    from finder.actions.refusals import Refused
    from tests.crowd_deeds import DEEDS, Someone

    me = Someone(User.objects.get(username=name), random.Random(name))
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            me.chance.choice(DEEDS)(me)
        except Refused:
            continue


def main(seconds: str, *names: str) -> int:
    django.setup()
    children = []
    for name in names:
        child = os.fork()
        if not child:
            status = 1
            try:
                act(name, float(seconds))
                status = 0
            except Exception:
                traceback.print_exc()
            finally:
                os._exit(status)
        children.append(child)
    return sum(bool(os.waitpid(child, 0)[1]) for child in children)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
