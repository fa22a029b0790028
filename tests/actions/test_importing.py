"""All of a file or nothing, and nothing for a file that says nothing new."""

import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, connections, transaction

from finder.actions.importing import IMPORT_LOCK
from finder.enums import EditorialStatus
from finder.models import (
    ImportRun,
    ListingIndex,
    Location,
    Service,
    ServiceAtLocation,
    SourceRecord,
    Statement,
)
from tests.factories import ListingFactory
from tests.samples import NOW, Row, all_rows, facility, import_rows, index_row_of, listing_named

pytestmark = pytest.mark.usefixtures("vocabulary")
in_the_open = pytest.mark.django_db(transaction=True)
"""Committed, so that other connections and the statistics see it."""

HOUSE = facility("Example House", street1="1 Example Street")
CLINIC = facility("Example Clinic", street1="2 Example Street", phone="828-555-0143")

PERSONS_EDITS: dict[str, Callable[[], Any]] = {
    "no edit": lambda: None,
    "a name": lambda: Service.objects.update(name="Example Renamed by Hand"),
    "a position": lambda: Location.objects.update(latitude=35.5, longitude=-82.5),
    "an archived listing": lambda: archive(ServiceAtLocation.objects.all()),
}


def archive(listings: Any) -> None:
    listings.update(
        editorial_status=EditorialStatus.ARCHIVED, archived_reason="Closed for good", archived_at=NOW
    )


def rows_written() -> dict[str, tuple[int, int, int]]:
    """By table: rows inserted, updated and deleted since the statistics began."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables")
        written = {name: tuple(counts) for name, *counts in cursor.fetchall()}
    connection.close()
    return written  # type: ignore[return-value]


def newly_written(act: Callable[[], Any]) -> dict[str, tuple[int, ...]]:
    before = rows_written()
    act()
    after = rows_written()
    return {
        table: tuple(now - then for now, then in zip(after[table], before[table], strict=True))
        for table in after
        if after[table] != before[table]
    }


@in_the_open
@pytest.mark.parametrize("edit", PERSONS_EDITS)
def test_the_same_file_again_writes_nothing_but_its_run(edit: str) -> None:
    assert newly_written(lambda: import_rows(HOUSE, CLINIC))["finder_serviceatlocation"] == (2, 0, 0)
    PERSONS_EDITS[edit]()

    assert newly_written(lambda: import_rows(HOUSE, CLINIC)) == {"finder_importrun": (1, 0, 0)}


@in_the_open
def test_an_older_edition_brought_again_writes_nothing_but_its_run() -> None:
    import_rows(HOUSE, edition=2024)
    import_rows(HOUSE, CLINIC, edition=2022)

    again = newly_written(lambda: import_rows(HOUSE, CLINIC, edition=2022))

    assert again == {"finder_importrun": (1, 0, 0)}


@pytest.mark.django_db
def test_a_dry_run_tells_what_would_happen_and_writes_nothing() -> None:
    ListingFactory(demo=True)
    import_rows(HOUSE, edition=2022)
    ListingFactory(demo=True)
    before = all_rows()

    run = import_rows(HOUSE, CLINIC, edition=2024, dry_run=True)

    assert (run.created, run.updated, run.demo_removed) == (1, 1, 1)
    assert all_rows() == before


@pytest.mark.django_db
def test_the_first_real_listings_end_the_demonstration() -> None:
    ListingFactory.create_batch(2, demo=True)

    run = import_rows(HOUSE)

    assert run.demo_removed == 2
    assert ServiceAtLocation.objects.get().service.name == "Example House"


@pytest.mark.django_db
def test_a_file_without_one_facility_leaves_the_demonstration() -> None:
    ListingFactory(demo=True)

    run = import_rows(HOUSE | {"zip": ""})

    assert (run.rejected, run.demo_removed) == (1, 0)
    assert ServiceAtLocation.objects.demonstration().count() == 1


@pytest.mark.django_db
def test_a_failure_half_way_takes_everything_back(monkeypatch: pytest.MonkeyPatch) -> None:
    ListingFactory(demo=True)
    before = all_rows()

    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(ImportRun.objects, "create", fail)
    with pytest.raises(OSError, match="No space"), transaction.atomic():
        import_rows(HOUSE)

    assert all_rows() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "row",
    [HOUSE, HOUSE | {"phone": "828-555-0199"}, HOUSE | {"name1": "Example Center"}],
    ids=["as it was", "changed", "under a new name"],
)
def test_an_archived_listing_never_returns_by_import(row: Row) -> None:
    import_rows(HOUSE, edition=2022)
    archive(ServiceAtLocation.objects.all())

    import_rows(row, edition=2024)

    assert ServiceAtLocation.objects.get().editorial_status == EditorialStatus.ARCHIVED
    assert not ListingIndex.objects.exists()


@pytest.mark.django_db
def test_each_edition_leaves_its_statement() -> None:
    import_rows(HOUSE, edition=2024)
    import_rows(HOUSE, edition=2022)

    assert [statement.stated_on.year for statement in Statement.objects.all()] == [2024, 2022]
    assert SourceRecord.objects.get().edition == date(2024, 1, 1)


class InAnotherConnection(threading.Thread):
    """Runs `act` and keeps its result, or what it raised."""

    def __init__(self, act: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self.act, self.result, self.fault = act, None, None
        self.start()

    def run(self) -> None:
        try:
            self.result = self.act()
        except BaseException as fault:
            self.fault = fault
        finally:
            connections.close_all()

    def finished(self) -> Any:
        self.join(timeout=20)
        assert not self.is_alive()
        if self.fault:
            raise self.fault
        return self.result


def wait_until_one_waits_for(kind: str) -> None:
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = %s"
    for _ in range(400):
        with connection.cursor() as cursor:
            cursor.execute(waiting, [kind])
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError(f"nobody waits for a lock of the kind {kind}")


@in_the_open
def test_the_second_of_two_imports_waits_and_is_right() -> None:
    with transaction.atomic():
        first = import_rows(HOUSE)
        other = InAnotherConnection(lambda: import_rows(HOUSE, CLINIC))
        wait_until_one_waits_for("advisory")
    second = other.finished()

    assert (first.created, second.created, second.unchanged) == (1, 1, 1)
    assert ServiceAtLocation.objects.count() == 2


@in_the_open
def test_the_lock_ends_with_the_import() -> None:
    import_rows(HOUSE)

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [IMPORT_LOCK])
        assert cursor.fetchone() == (True,)


@in_the_open
def test_what_a_person_saves_during_an_import_is_not_overwritten() -> None:
    import_rows(HOUSE, edition=2022)

    with transaction.atomic():
        Service.objects.update(name="Example Renamed by Hand")
        newer = HOUSE | {"name1": "EXAMPLE HOUSE", "website": "https://example.org"}
        other = InAnotherConnection(lambda: import_rows(newer, edition=2024))
        wait_until_one_waits_for("transactionid")
    other.finished()

    assert listing_named("Example Renamed by Hand").service.url == "https://example.org"
    assert index_row_of("Example Renamed by Hand").name == "example renamed by hand"
