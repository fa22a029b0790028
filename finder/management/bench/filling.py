"""Fills a database of the bench: as many listings as asked for, the same ones every time."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import connection, models, transaction
from django.utils import timezone

from finder.actions.indexing import refresh_words
from finder.actions.times import refresh_times
from finder.management.bench import databases
from finder.management.bench.inventing import MEETINGS_SOURCE, Invented, Inventor
from finder.management.bench.places import drawn_zip_codes
from finder.models import (
    CallOutcome,
    Capacity,
    ListingIndex,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    Source,
    Statement,
    Verification,
)

FACILITIES_SHARE = 0.08
BATCH = 5000

Say = Callable[[str], None]
PARTS: tuple[tuple[str, type[models.Model]], ...] = (
    ("organization", Organization),
    ("service", Service),
    ("location", Location),
    ("listing", ServiceAtLocation),
    ("phone", Phone),
    ("statement", Statement),
    ("schedules", Schedule),
    ("verifications", Verification),
    ("capacities", Capacity),
    ("outcomes", CallOutcome),
    ("index", ListingIndex),
)


def ensure_filled(
    name: str, listings: int, *, areas: Collection[str] | None, say: Say, anew: bool = False
) -> int:
    """Of so many listings those in the areas; returns how many. What an earlier bench left is used again."""
    content = f"{listings} listings, {databases.newest_migration()}"
    if anew or not databases.holds(name, content):
        say(f"Filling {name} ...")
        databases.create_empty(name)
        with databases.using_database(name):
            fill(listings, areas)
        databases.write_remark(name, content)
    with databases.using_database(name):
        refresh_times(now=timezone.now())
        return ListingIndex.objects.count()


def fill(listings: int, areas: Collection[str] | None) -> None:
    call_command("set_up", without_demo=True, verbosity=0, stdout=StringIO())
    Source.objects.create(slug=MEETINGS_SOURCE, name="Example meetings")
    with transaction.atomic(), without_indexes():
        for batch in in_batches(invented(listings, areas)):
            for part, model in PARTS:
                copy(model, [row for each in batch for row in rows_of(each, part)])
    refresh_words()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def invented(listings: int, areas: Collection[str] | None) -> Iterator[Invented]:
    inventor = Inventor()
    facilities = round(listings * FACILITIES_SHARE)
    numbered = list(enumerate(drawn_zip_codes(listings), start=1))
    numbered.sort(key=lambda each: each[1].zip_code)  # as a rebuilt index lies, and as directories are sorted
    for number, place in numbered:
        if areas is None or place.zip_code[:3] in areas:
            yield inventor.listing(number, place, is_facility=number <= facilities)


def rows_of(listing: Invented, part: str) -> Sequence[models.Model]:
    found = getattr(listing, part)
    return found if isinstance(found, list) else [found]


def in_batches(items: Iterable[Invented]) -> Iterator[list[Invented]]:
    batch: list[Invented] = []
    for item in items:
        batch.append(item)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


class without_indexes:  # noqa: N801 - reads as the condition it is
    """Indexes of the listing index are made once, over all rows, in a fraction of the time."""

    def __enter__(self) -> None:
        with connection.schema_editor() as editor:
            for index in ListingIndex._meta.indexes:
                editor.remove_index(ListingIndex, index)

    def __exit__(self, *_: Any) -> None:
        with connection.cursor() as cursor:  # an index cannot be made while checks of its table wait
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with connection.schema_editor() as editor:
            for index in ListingIndex._meta.indexes:
                editor.add_index(ListingIndex, index)


def copy(model: type[models.Model], objects: Sequence[models.Model]) -> None:
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    readers = [reader(field) for field in fields]
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as rows:
        for each in objects:
            rows.write_row([read(each) for read in readers])


def reader(field: "models.Field[Any, Any]") -> Callable[[models.Model], Any]:
    name = field.attname
    plain = (models.CharField, models.TextField, models.UUIDField, models.ForeignKey, models.FloatField)
    if isinstance(field, plain):
        return lambda row: getattr(row, name)
    return lambda row: field.get_db_prep_save(getattr(row, name), connection)
