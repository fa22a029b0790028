"""`import_listings`, as an operator runs it."""

import csv
import json
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from finder.management.commands import import_listings
from finder.models import ImportRun, Location, SourceRecord
from tests.factories import ListingFactory
from tests.killing import manage
from tests.made_up_directory import write_directory
from tests.samples import (
    all_rows,
    facility,
    import_rows,
    index_row_of,
    listing_named,
    write_csv,
    write_workbook,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

HOUSE = facility("Example House", street1="1 Example Street")
CLINIC = facility("Example Clinic", street1="2 Example Street", phone="828-555-0143")
COUNTS = {"read", "created", "updated", "unchanged", "rejected", "merged", "missing"}


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """For the command only: the database has its place under the real one."""
    folder = tmp_path / "var"
    monkeypatch.setattr(import_listings, "settings", SimpleNamespace(VAR_DIR=folder))
    return folder


def run(format_name: str, path: Path, *options: str) -> tuple[str, str]:
    """Standard output and standard error."""
    output, errors = StringIO(), StringIO()
    call_command("import_listings", format_name, str(path), *options, stdout=output, stderr=errors)
    return output.getvalue(), errors.getvalue()


def summary(format_name: str, path: Path, *options: str) -> dict[str, Any]:
    return json.loads(run(format_name, path, "--json", *options)[0])  # type: ignore[no-any-return]


def refusal(format_name: str, path: Path, *options: str) -> str:
    """The one sentence it ends with; whatever it was, nothing is changed."""
    before = all_rows()
    with pytest.raises(CommandError) as caught:
        run(format_name, path, *options)
    assert caught.value.returncode == 1
    assert all_rows() == before
    sentence = str(caught.value)
    assert "\n" not in sentence
    return sentence


# What it says


def test_json_is_one_object_alone_on_standard_output(tmp_path: Path) -> None:
    ListingFactory(demo=True)
    path = write_csv(tmp_path / "Directory_2024.csv", HOUSE, CLINIC | {"zip": ""}, HOUSE)

    output, errors = run("samhsa", path, "--json")

    told = json.loads(output)
    assert output.count("\n") == 1
    assert told.keys() == COUNTS | {"seconds"}
    assert told | {"seconds": 0} == {
        "read": 3, "created": 1, "updated": 0, "unchanged": 0,
        "rejected": 1, "merged": 1, "missing": 0, "seconds": 0,
    }  # fmt: skip
    assert "Rejected rows: 1, each with its reason" in errors
    assert "Demonstration listings that make way for real ones: 1." in errors


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_row_read_is_counted_once(tmp_path: Path, seed: int) -> None:
    """The second directory of a seed shares some streets and names with the first, and little else."""
    first = write_directory(tmp_path / "Directory_2022.xlsx", facilities=30, seed=seed)
    second = write_directory(tmp_path / "Directory_2024.xlsx", facilities=40, seed=seed)

    for path in (first, second, first, second):
        told = summary("samhsa", path)
        kinds = ("created", "updated", "unchanged", "merged", "rejected")
        assert told["read"] == sum(told[kind] for kind in kinds) > 0


def test_in_words_it_says_what_went_and_what_was_left(tmp_path: Path) -> None:
    import_rows(HOUSE, edition=2022)
    ListingFactory(demo=True)
    Location.objects.filter(address_1="1 Example Street").update(city="West Asheville")

    output, errors = run("samhsa", write_csv(tmp_path / "Directory_2024.csv", HOUSE | {"city": "Arden"}))

    assert "Demonstration listings that make way for real ones: 1." in output
    assert "Fields left as a person wrote them, for review: 1." in output
    assert errors == ""


def test_a_dry_run_says_so_and_leaves_the_demonstration(tmp_path: Path) -> None:
    ListingFactory(demo=True)
    path = write_csv(tmp_path / "Directory_2024.csv", HOUSE)
    before = all_rows()

    output, _ = run("samhsa", path, "--dry-run")

    assert "Nothing was written: this was a dry run." in output
    assert "Demonstration listings that make way for real ones: 1." in output
    assert all_rows() == before
    assert not ImportRun.objects.exists()


def test_rejected_rows_are_in_a_file_with_number_reason_and_row(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "Directory_2024.csv", HOUSE, CLINIC | {"state": "ZZ"})

    run("samhsa", path, "--rejects", str(tmp_path / "new folder" / "rejects.csv"))

    with (tmp_path / "new folder" / "rejects.csv").open(encoding="utf-8", newline="") as stream:
        (reject,) = csv.DictReader(stream)
    assert (reject["row_number"], reject["reason"]) == ("3", "“ZZ” is not the code of a state.")
    assert json.loads(reject["row"])["name1"] == "Example Clinic"


def test_without_a_place_for_them_rejected_rows_go_to_the_data_folder(
    tmp_path: Path, data_folder: Path
) -> None:
    _, errors = run("samhsa", write_csv(tmp_path / "Directory_2024.csv", HOUSE | {"zip": ""}))

    (written,) = (data_folder / "imports").iterdir()
    assert str(written) in errors


# Editions, parts and pages


def test_the_edition_is_the_year_in_the_name_unless_it_is_given(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "National Directory 2024.xlsx", HOUSE)
    run("samhsa", path)
    run("samhsa", path, "--edition", "2025-07-01")

    editions = ImportRun.objects.order_by("pk").values_list("edition", flat=True)
    assert [str(edition) for edition in editions] == ["2024-01-01", "2025-07-01"]


def test_a_part_marks_nothing_missing(tmp_path: Path) -> None:
    import_rows(HOUSE, CLINIC, edition=2022)

    told = summary("samhsa", write_csv(tmp_path / "Directory_2024.csv", HOUSE), "--part")

    assert told["missing"] == 0
    assert index_row_of("Example Clinic").missing_since is None


def page_of_the_locator(path: Path, *names: str, of: int) -> Path:
    rows = [
        {
            "name1": name, "street1": f"{number} Example Street", "city": "Asheville", "state": "NC",
            "zip": "28801", "phone": f"828-555-01{number:02}", "typeFacility": "SA",
            "latitude": "35.5801", "longitude": "-82.5502",
            "services": [{"f1": "Type of Care", "f2": "TC", "f3": "Detoxification; Something new"}],
        }
        for number, name in enumerate(names, start=1)
    ]  # fmt: skip
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"page": 1, "recordCount": of, "rows": rows}))
    return path


def test_pages_that_are_not_all_there_mark_nothing_missing(tmp_path: Path) -> None:
    whole = page_of_the_locator(tmp_path / "locator_2024.json", "Example House", "Example Clinic", of=2)
    assert summary("findtreatment", whole)["created"] == 2

    part = page_of_the_locator(tmp_path / "locator_2025.json", "Example House", of=2)
    assert summary("findtreatment", part)["missing"] == 0

    all_of_it = page_of_the_locator(tmp_path / "locator_2026.json", "Example House", of=1)
    assert summary("findtreatment", all_of_it)["missing"] == 1


def test_a_folder_of_pages_is_one_import(tmp_path: Path) -> None:
    page_of_the_locator(tmp_path / "locator_2024" / "page1.json", "Example House", of=2)
    page_of_the_locator(tmp_path / "locator_2024" / "page2.json", "Example Clinic", of=2)

    told = summary("findtreatment", tmp_path / "locator_2024")

    assert (told["read"], told["created"]) == (2, 2)
    assert ImportRun.objects.count() == 1


def test_exact_coordinates_of_the_locator_beat_the_middle_of_the_zip_code(tmp_path: Path) -> None:
    import_rows(HOUSE, edition=2025)
    assert listing_named("Example House").location.position_is_approximate

    summary("findtreatment", page_of_the_locator(tmp_path / "locator_2024.json", "Example House", of=1))

    location = listing_named("Example House").location
    assert (location.latitude, location.longitude) == (35.5801, -82.5502)
    assert not location.position_is_approximate


def test_services_of_no_known_meaning_are_kept(tmp_path: Path) -> None:
    run("findtreatment", page_of_the_locator(tmp_path / "locator_2024.json", "Example House", of=1))

    assert SourceRecord.objects.get().unknown == ["TC: Something new"]


# What it refuses


def test_a_name_without_a_year_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "Directory.csv", HOUSE)

    assert refusal("samhsa", path) == (
        "The name “Directory.csv” shows no year: give the edition (2024 or 2024-05-06)."
    )


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "Directory_2024.csv"

    assert refusal("samhsa", path) == f"“{path}” does not exist."


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "Directory_2024.xlsx", HOUSE, CLINIC)
    path.write_bytes(path.read_bytes()[:-300])

    assert "damaged" in refusal("samhsa", path)


@pytest.mark.parametrize("content", [b"", b"<html>Not found</html>", b"a,b\n1,2\n", b"\x00\x01\x02", b"{"])
@pytest.mark.parametrize("format_name", ["samhsa", "findtreatment"])
def test_what_is_no_directory_is_refused(tmp_path: Path, format_name: str, content: bytes) -> None:
    path = tmp_path / "Directory_2024.csv"
    path.write_bytes(content)

    assert "“Directory_2024.csv”" in refusal(format_name, path)


def test_a_place_that_cannot_hold_the_rejects_stops_the_import(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "Directory_2024.csv", HOUSE, CLINIC | {"zip": ""})

    assert "cannot be opened" in refusal("samhsa", path, "--rejects", str(tmp_path))


def test_a_row_with_a_cell_too_long_for_a_name_is_rejected_and_the_others_come_in(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "Directory_2024.csv", CLINIC, HOUSE | {"city": "Example" * 50})

    counts = summary("samhsa", path)

    assert (counts["created"], counts["rejected"]) == (1, 1)


def test_the_shell_gets_exit_code_one_and_one_sentence(tmp_path: Path) -> None:
    done = manage("manage.py", "import_listings", "samhsa", str(tmp_path / "Directory_2024.csv"), "--json")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "does not exist" in done.stderr
