from datetime import date
from pathlib import Path

import pytest
from time_machine import TimeMachineFixture

from finder.importers.editions import UnknownEdition, edition_date

UNDATED = Path("directory.csv")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022", date(2022, 1, 1)),
        ("2024-05", date(2024, 5, 1)),
        (" 2024-05-06 ", date(2024, 5, 6)),
    ],
)
def test_the_given_edition_is_read(text: str, expected: date) -> None:
    assert edition_date(text, UNDATED) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("National_Directory_SA_Facilities_2022.xlsx", date(2022, 1, 1)),
        ("National Directory SU 2024_Final.xlsx", date(2024, 1, 1)),
        ("2025_SU_Facilities_for_All_City_All.xlsx", date(2025, 1, 1)),
        ("FindTreament_Facility_listing_2023_01_17_093015.csv", date(2023, 1, 17)),
        ("locator-2023-01-17.json", date(2023, 1, 17)),
    ],
)
def test_without_one_the_name_of_the_file_tells(name: str, expected: date) -> None:
    assert edition_date(None, Path("folder_1999") / name) == expected


def test_the_given_edition_wins_over_the_name() -> None:
    assert edition_date("2023", Path("Directory_2022.xlsx")) == date(2023, 1, 1)


@pytest.mark.parametrize(
    "text", ["1989", "0024", "9999", "last year", "05/06/2024", "2024-13-01", "2023-02-29"]
)
def test_an_impossible_edition_is_refused_by_name(text: str) -> None:
    with pytest.raises(UnknownEdition, match=text):
        edition_date(text, UNDATED)


@pytest.mark.parametrize(
    "name", ["directory.csv", "facilities_20524.csv", "2022_and_2024.xlsx", "2023_13_01.csv"]
)
def test_a_name_without_one_clear_edition_asks_for_it(name: str) -> None:
    with pytest.raises(UnknownEdition):
        edition_date("", Path(name))


@pytest.mark.parametrize(("year", "is_accepted"), [(2027, True), (2028, False)])
def test_an_edition_may_be_one_year_ahead(
    year: int, is_accepted: bool, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2026-06-01T12:00:00Z")
    if is_accepted:
        assert edition_date(str(year), UNDATED).year == year
    else:
        with pytest.raises(UnknownEdition):
            edition_date(str(year), UNDATED)
