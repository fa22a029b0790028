from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from finder.models import ImportRun, ServiceAtLocation
from tests.actions.test_importing import CLINIC, HOUSE
from tests.samples import all_rows, import_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]


def run_command(run: ImportRun, *options: str) -> str:
    out = StringIO()
    call_command("revert_import", str(run.pk), *options, stdout=out)
    return out.getvalue()


def test_it_says_what_it_did() -> None:
    import_rows(HOUSE, edition=2022)
    run = import_rows(HOUSE | {"city": "Arden"}, CLINIC, edition=2024)

    said = run_command(run)

    assert said == ("Example_Directory_2024.csv (2024-01-01):\nlistings that go 1, listings set back 1.\n")
    assert ServiceAtLocation.objects.count() == 1


def test_a_dry_run_says_the_same_and_writes_nothing() -> None:
    import_rows(HOUSE, edition=2022)
    run = import_rows(HOUSE | {"city": "Arden"}, CLINIC, edition=2024)
    before = all_rows()

    tried = run_command(run, "--dry-run")

    assert all_rows() == before
    assert tried == run_command(run) + "Nothing was written: this was a dry run.\n"


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_twice_is_refused_in_one_sentence(options: tuple[str, ...]) -> None:
    run = import_rows(HOUSE)
    run_command(run)
    with pytest.raises(CommandError, match="taken back already"):
        run_command(run, *options)


def test_a_number_that_is_none_is_told_with_those_there_are() -> None:
    run = import_rows(HOUSE)
    with pytest.raises(CommandError, match=rf"no import 0\. The newest are: {run.pk} Example_Directory"):
        call_command("revert_import", "0")
