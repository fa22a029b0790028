"""What is new, changed, unchanged and missing; an older edition never overrides a newer one."""

from datetime import date
from itertools import permutations

import pytest

from finder.models import ImportRun, ServiceAtLocation, SourceRecord, Statement, TaxonomyTerm
from tests.samples import NOW, Row, facility, import_rows, index_row_of, listing_named, numbers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

HOUSE = facility("Example House", street1="1 Example Street")
CLINIC = facility("Example Clinic", street1="2 Example Street", phone="828-555-0143")


def is_whole_sum(run: ImportRun) -> bool:
    return run.read == run.created + run.updated + run.unchanged + run.merged + run.rejected


def counted(run: ImportRun) -> tuple[int, ...]:
    assert is_whole_sum(run)
    return run.created, run.updated, run.unchanged, run.merged, run.rejected, run.missing


def test_every_row_is_counted_once() -> None:
    import_rows(HOUSE, CLINIC, edition=2022)

    run = import_rows(
        HOUSE | {"phone": "828-555-0199"},
        HOUSE,
        facility("Example New", street1="3 Example Street"),
        facility("Example Nowhere", zip="00000"),
        edition=2024,
    )

    assert counted(run) == (1, 1, 0, 1, 1, 1)


def test_a_rejected_row_is_kept_with_its_reason() -> None:
    run = import_rows(HOUSE, CLINIC | {"zip": "00000"})

    (reject,) = run.rejects
    assert (reject["row_number"], reject["reason"]) == (3, "“00000” is not a ZIP code.")
    assert reject["row"]["name1"] == "Example Clinic"


def test_codes_of_no_known_meaning_are_kept() -> None:
    import_rows(HOUSE | {"service_code_info": "SA DT * ZZZ9"})

    assert SourceRecord.objects.get().unknown == ["ZZZ9"]


def test_the_untouched_rows_are_kept() -> None:
    import_rows(HOUSE, HOUSE | {"name1": "EXAMPLE  HOUSE"})

    assert [row["name1"] for row in SourceRecord.objects.get().rows] == ["Example House", "EXAMPLE  HOUSE"]


def test_the_same_edition_again_is_unchanged() -> None:
    import_rows(HOUSE, CLINIC)

    assert counted(import_rows(HOUSE, CLINIC)) == (0, 0, 2, 0, 0, 0)


def test_an_older_edition_again_is_unchanged_too() -> None:
    import_rows(HOUSE | {"phone": "828-555-0111"}, CLINIC, edition=2022)
    import_rows(HOUSE, edition=2024)

    assert counted(import_rows(HOUSE | {"phone": "828-555-0111"}, CLINIC, edition=2022)) == (0, 0, 2, 0, 0, 0)


def test_codes_of_equal_rows_are_united_before_they_are_judged() -> None:
    """Either row alone would deny what the other affirms: one question, two answers."""
    import_rows(HOUSE | {"service_code_info": "SA * BU"}, HOUSE | {"service_code_info": "DT * NU"})

    statement = Statement.objects.get()
    affirmed = set().union(*(terms_fed_by(code) for code in ("BU", "NU", "DT")))
    assert affirmed
    assert affirmed <= set(statement.affirmed)
    assert not affirmed & set(statement.denied)
    assert ServiceAtLocation.objects.count() == 1


def terms_fed_by(code: str) -> set[int]:
    terms = TaxonomyTerm.objects.fed_by("samhsa").filter(source_codes__samhsa__contains=[code])
    return set(terms.values_list("pk", flat=True))


BOTH: list[Row] = [
    HOUSE | {"directory_type": "substance", "service_code_info": "SA DT * RD * BU"},
    HOUSE | {"directory_type": "mental", "service_code_info": "MH * OP * SP"},
]


def test_one_key_in_both_directories_of_one_file_is_one_listing_with_two_statements() -> None:
    run = import_rows(*BOTH)

    assert counted(run) == (1, 0, 0, 1, 0, 0)
    assert {statement.source_id for statement in Statement.objects.all()} == {"samhsa-su", "samhsa-mh"}


@pytest.mark.parametrize("files", [BOTH, BOTH[::-1]])
def test_one_key_in_the_files_of_both_directories_is_one_listing(files: list[Row]) -> None:
    for row in files:
        import_rows(row)

    listing = ServiceAtLocation.objects.with_parts().get()
    assert listing.service.categories == ["withdrawal_management", "behavioral_health"]
    assert Statement.objects.filter(listing=listing).count() == 2


def test_yes_in_one_directory_beats_no_in_the_other() -> None:
    denying = facility("Example Other", street1="9 Example Street", service_code_info="SA * OP RES")
    su = HOUSE | {"service_code_info": "SA * OP"}
    mh = HOUSE | {"service_code_info": "MH * RES", "directory_type": "mental"}

    import_rows(su, mh, denying)

    house = Statement.objects.filter(listing=listing_named("Example House"))
    disputed = set(house.get(source="samhsa-mh").affirmed) & set(house.get(source="samhsa-su").denied)
    assert disputed
    assert disputed <= set(index_row_of("Example House").yes)
    assert not disputed & set(index_row_of("Example House").no)


def test_what_has_gone_stays_published_and_says_since_when() -> None:
    import_rows(HOUSE, CLINIC, edition=2022)

    run = import_rows(HOUSE, edition=2024)

    assert run.missing == 1
    assert listing_named("Example Clinic").editorial_status == "PUBLISHED"
    assert index_row_of("Example Clinic").missing_since == date(2024, 1, 1)
    assert index_row_of("Example House").missing_since is None


def test_what_appears_again_is_no_longer_missing() -> None:
    import_rows(HOUSE, CLINIC, edition=2020)
    import_rows(HOUSE, edition=2022)

    import_rows(HOUSE, CLINIC, edition=2024)

    assert index_row_of("Example Clinic").missing_since is None


def test_a_listing_is_not_missing_while_one_directory_holds_it() -> None:
    import_rows(*BOTH, CLINIC, edition=2022)

    import_rows(CLINIC, BOTH[1], edition=2024)

    assert SourceRecord.objects.get(source="samhsa-su", listing=listing_named("Example House")).missing_since
    assert index_row_of("Example House").missing_since is None


def test_a_directory_that_a_file_does_not_hold_misses_nothing() -> None:
    import_rows(HOUSE, edition=2022)

    run = import_rows(CLINIC | {"directory_type": "mental"}, edition=2024)

    assert run.missing == 0


def test_a_part_of_a_directory_misses_nothing() -> None:
    import_rows(HOUSE, CLINIC, edition=2022)

    run = import_rows(HOUSE, edition=2024, is_whole=False)

    assert run.missing == 0
    assert index_row_of("Example Clinic").missing_since is None


def test_an_older_edition_adds_what_the_newer_lacks_as_missing() -> None:
    import_rows(HOUSE, edition=2024)

    run = import_rows(HOUSE, CLINIC, edition=2022)

    assert (run.created, run.missing) == (1, 0)
    assert index_row_of("Example Clinic").missing_since == date(2024, 1, 1)


def test_a_listing_that_went_missing_lets_the_other_directory_lead() -> None:
    mental = HOUSE | {"directory_type": "mental", "phone": "828-555-0177"}
    import_rows(HOUSE, CLINIC, edition=2022)
    import_rows(mental, edition=2020)
    assert numbers(listing_named("Example House")) == [HOUSE["phone"]]

    import_rows(CLINIC, edition=2024)

    assert numbers(listing_named("Example House")) == ["828-555-0177"]


EDITIONS = {2020: [HOUSE, CLINIC], 2022: [HOUSE | {"phone": "828-555-0111"}, CLINIC], 2024: [HOUSE]}


@pytest.mark.parametrize("order", list(permutations(EDITIONS)))
def test_three_editions_say_the_same_in_any_order(order: tuple[int, ...]) -> None:
    for edition in order:
        import_rows(*EDITIONS[edition], edition=edition, now=NOW)

    assert numbers(listing_named("Example House")) == [HOUSE["phone"]]
    assert index_row_of("Example House").missing_since is None
    assert index_row_of("Example House").checked_on == date(2024, 1, 1)
    assert index_row_of("Example Clinic").missing_since == date(2024, 1, 1)
    assert index_row_of("Example Clinic").checked_on == date(2022, 1, 1)


def test_what_only_an_older_whole_edition_holds_is_not_missing_since_a_part() -> None:
    import_rows(HOUSE, edition=2024, is_whole=False)

    import_rows(HOUSE, CLINIC, edition=2022)

    assert index_row_of("Example Clinic").missing_since is None


def test_what_an_older_edition_holds_is_missing_since_the_whole_one_before_a_part() -> None:
    import_rows(HOUSE, edition=2022)
    import_rows(HOUSE, edition=2024, is_whole=False)

    import_rows(HOUSE, CLINIC, edition=2020)

    assert index_row_of("Example Clinic").missing_since == date(2022, 1, 1)


@pytest.mark.parametrize("newer", [BOTH, BOTH[:1], BOTH[1:]])
def test_a_whole_file_speaks_for_the_directories_that_it_holds(newer: list[Row]) -> None:
    import_rows(*newer, edition=2024)

    import_rows(CLINIC | {"directory_type": "mental"}, edition=2022)

    missing = index_row_of("Example Clinic").missing_since
    assert missing == (date(2024, 1, 1) if BOTH[1] in newer else None)


def test_a_run_names_the_one_directory_it_was_of() -> None:
    import_rows(HOUSE)
    import_rows(*BOTH)

    sources = ImportRun.objects.order_by("pk").values_list("source", "is_whole")
    assert list(sources) == [("samhsa-su", True), (None, True)]
