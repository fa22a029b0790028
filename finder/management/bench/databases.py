"""The databases that the bench makes for itself beside the site's own, and the only ones it touches."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from finder.search.vocabulary import forget_vocabulary

MARK = "made by manage.py bench"
ENDINGS = ("_bench", "_bench_tenth")


def bench_name(ending: str) -> str:
    return f"{connection.settings_dict['NAME']}{ending}"


@contextmanager
def using_database(name: str) -> Iterator[None]:
    """Everything that asks the default connection asks this database meanwhile."""
    own = connection.settings_dict["NAME"]
    _switch(name)
    try:
        yield
    finally:
        _switch(own)


def _switch(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    forget_vocabulary()


def create_empty(name: str) -> None:
    drop(name)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")
    write_remark(name, "unfinished")


def drop(name: str) -> bool:
    """Whether it was there; a database of this name that the bench did not make is left alone."""
    remark = read_remark(name)
    if remark is None:
        return False
    if not (name.endswith(ENDINGS) and remark.startswith(MARK)):
        raise CommandError(f"The database {name} was not made by this command, which leaves it alone.")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)}")
    return True


def holds(name: str, content: str) -> bool:
    return read_remark(name) == f"{MARK}: {content}"


def write_remark(name: str, content: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON DATABASE {connection.ops.quote_name(name)} IS '{MARK}: {content}'")


def read_remark(name: str) -> str | None:
    """None without such a database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = %s",
            [name],
        )
        found = cursor.fetchone()
    return found[0] if found else None


def newest_migration() -> str:
    return str(max(name for _, name in MigrationLoader(None).graph.leaf_nodes("finder")))
