"""Every row of an import says which import wrote it, and what it changed is kept."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from finder.models import ImportRun, Location, RecordBefore, Service, SourceRecord, Statement
from finder.models.history import events_of
from tests.actions.test_importing import CLINIC, HOUSE, in_the_open, newly_written
from tests.meeting_samples import TODAY, group, import_groups, meets
from tests.samples import import_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

TOMORROW = TODAY + timedelta(days=1)


def kept(run: ImportRun) -> list[dict[str, Any]]:
    return [row.before for row in RecordBefore.objects.filter(run=run)]


def columns_of(record: SourceRecord) -> dict[str, Any]:
    """As the database says them in JSON."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_jsonb(r) - 'id' - 'source_id' - 'listing_id' - 'created_in_id'"
            " FROM finder_sourcerecord r WHERE id = %s",
            [record.pk],
        )
        return json.loads(cursor.fetchone()[0])  # type: ignore[no-any-return]


def test_records_and_statements_name_the_run_that_wrote_them() -> None:
    first = import_rows(HOUSE, edition=2022)
    second = import_rows(HOUSE | {"city": "Arden"}, CLINIC, edition=2024)

    records = SourceRecord.objects.values_list("key", "created_in")
    assert {run for key, run in records if key.startswith("example house")} == {first.pk}
    assert {run for key, run in records if key.startswith("example clinic")} == {second.pk}
    said = Statement.objects.values_list("stated_on__year", "import_run")
    assert set(said) == {(2022, first.pk), (2024, second.pk)}


def test_a_changed_record_is_kept_as_it_was() -> None:
    import_rows(HOUSE, edition=2022)
    before = columns_of(SourceRecord.objects.get())

    run = import_rows(HOUSE | {"city": "Arden"}, edition=2024)

    assert kept(run) == [before]
    assert columns_of(SourceRecord.objects.get()) != before


def test_of_a_record_that_went_missing_only_that_is_kept() -> None:
    import_rows(HOUSE, CLINIC, edition=2022)

    run = import_rows(HOUSE, edition=2024)

    clinic = SourceRecord.objects.get(missing_since=date(2024, 1, 1))
    assert RecordBefore.objects.get(record=clinic).before == {"missing_since": None}
    assert len(kept(run)) == 2


def test_a_record_that_came_back_is_kept_as_missing() -> None:
    import_rows(HOUSE, CLINIC, edition=2022)
    import_rows(HOUSE, edition=2023)

    run = import_rows(HOUSE, CLINIC, edition=2024)

    assert "2023-01-01" in {before["missing_since"] for before in kept(run)}


def test_the_keys_that_two_groups_trade_are_kept() -> None:
    import_groups(group("Example Left", meets("a")), group("Example Right", meets("b")))
    before = dict(SourceRecord.objects.values_list("pk", "key"))

    run = import_groups(
        group("Example Left", meets("b")), group("Example Right", meets("a")), edition=TOMORROW
    )

    assert {row.record_id: row.before["key"] for row in run.changed_records.all()} == before
    assert dict(SourceRecord.objects.values_list("pk", "key")) != before


def test_a_key_given_up_to_a_new_group_is_kept() -> None:
    import_groups(group("Example Left", meets("a")))

    run = import_groups(
        group("Example Left", meets("b")), group("Example Moved", meets("a")), edition=TOMORROW
    )

    (before,) = kept(run)
    assert before["key"].startswith("example left")


@in_the_open
def test_the_run_itself_is_written_once() -> None:
    written = newly_written(lambda: import_rows(HOUSE, CLINIC))
    assert written["finder_importrun"] == (1, 0, 0)


def test_what_an_import_changes_is_its_own_in_the_history() -> None:
    import_rows(HOUSE, edition=2022)
    run = import_rows(HOUSE | {"city": "Arden"}, edition=2024)
    assert events_of(Location).get().pgh_context.metadata == {"import_run": run.pk}


def test_the_history_of_an_import_that_someone_ran_names_them() -> None:
    person = User.objects.create(username="editor")
    import_rows(HOUSE, edition=2022)
    run = import_rows(HOUSE | {"city": "Arden"}, edition=2024, by=person)
    assert events_of(Location).get().pgh_context.metadata == {"import_run": run.pk, "user": person.pk}


def test_what_is_written_after_an_import_is_not_its_own() -> None:
    import_rows(HOUSE)
    Service.objects.update(name="Example Renamed by Hand")
    assert events_of(Service).get().pgh_context is None
