"""For tests that kill: a process dies at many moments, and the database is none the worse.

To hold another act against it, write it as a function of texts (in `tests.killed_acts`, or beside its own
tests) and call `leaves_no_half_state`.
"""

import os
import random
import subprocess
import sys
import time
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from tests.killed import Act

KILLED, DONE = "9", "0"
MOMENTS = 50


def leaves_no_half_state(act: Act, *arguments: object, moments: int = MOMENTS, seed: int = 6) -> int:
    """Kills it at random moments, the last one before its end; returns at how many.

    Nothing reaches the database between two statements, so a moment is a statement that is not sent.
    """
    before = digest()
    count, _killed = kill(act, "count", arguments=arguments)
    last = range(2, int(count) + 1)
    chosen = random.Random(seed).sample(last, min(len(last), moments - 1))
    deaths = kill(act, *map(str, chosen), "commit", arguments=arguments)
    assert deaths == [KILLED] * (len(chosen) + 1), deaths
    wait_until_the_dead_are_gone()
    after = digest()
    assert [table for table in before if before[table] != after[table]] == []
    return len(deaths)


def does_all_of_it(act: Act, *arguments: object) -> None:
    """Left alone."""
    before = digest()
    assert kill(act, "0", arguments=arguments) == [DONE]
    assert digest() != before


def kill(act: Act, *moments: str, arguments: tuple[object, ...] = ()) -> list[str]:
    name = f"{act.__module__}:{act.__name__}"
    done = manage("-m", "tests.killed", name, *moments, "--", *map(str, arguments))
    assert done.returncode == 0, done.stderr
    return [line for line in done.stderr.splitlines() if line.isdecimal()]


def manage(*arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"DATABASE_URL": database_url()}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def database_url() -> str:
    """Of the test's own database, for other processes."""
    connection.ensure_connection()
    known = connection.connection.info
    password = f":{quote(known.password, safe='')}" if known.password else ""
    return f"postgres://{known.user}{password}@{quote(known.host, safe='')}:{known.port}/{known.dbname}"


def digest() -> dict[str, tuple[int, str]]:
    """Of every table of the project, history too: how many rows, and a sum of all they say."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if is_ours(name)]
        return {table: digest_of(table) for table in tables}


def is_ours(table: str) -> bool:
    return table.startswith(("finder_", "pghistory_", "auth_", "django_admin_"))


def digest_of(table: str) -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), md5(coalesce(string_agg(said, ' ' ORDER BY said), ''))"
            f" FROM (SELECT md5(t::text) AS said FROM {connection.ops.quote_name(table)} AS t) AS rows"
        )
        return tuple(cursor.fetchone())


def wait_until_the_dead_are_gone() -> None:
    """The database notices a dead client when it has done what it was told last."""
    for _ in range(400):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle'"
            )
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("a killed process still holds its transaction")
