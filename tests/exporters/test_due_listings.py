"""Due listings as a table to work on elsewhere."""

import csv
from io import StringIO

import pytest

from finder.exporters.due_listings import BOM, due_csv
from finder.models import QueueItem
from tests.factories import PhoneFactory
from tests.waiting import DETOX, due_item

pytestmark = pytest.mark.django_db


def rows(*items: QueueItem) -> list[dict[str, str]]:
    text = due_csv(items)
    assert text.startswith(BOM)
    return list(csv.DictReader(StringIO(text.removeprefix(BOM))))


def test_a_row_says_what_the_listing_says_in_the_standard_s_words() -> None:
    item = due_item("Riverside Detox", categories=[DETOX], service__url="https://riverside.example/")
    (row,) = rows(item)
    said = ("service_name", "number", "city", "state_province", "postal_code", "region", "url", "reasons")
    assert [row[name] for name in said] == [
        "Riverside Detox",
        "828-555-0142",
        "Asheville",
        "NC",
        "28801",
        "Buncombe County",
        "https://riverside.example/",
        "DUE",
    ]
    assert row["checked_on"] == "2022-11-28"
    assert row["id"] == str(item.listing_id)
    assert row["version"].startswith("v")


def test_columns_for_corrections_and_the_outcome_are_blank() -> None:
    (row,) = rows(due_item())
    blank = {name for name in row if name.startswith("new_")} | {"outcome", "found_right"}
    assert len(blank) == 13
    assert {row[name] for name in blank} == {""}


def test_no_cell_is_a_formula() -> None:
    (row,) = rows(due_item("=HYPERLINK(1)", service__description="@now", phone="+1 (828) 555-0142 ext 7"))
    assert row["service_name"] == "'=HYPERLINK(1)"
    assert row["description"] == "'@now"
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


def test_a_confidential_address_is_not_in_it() -> None:
    item = due_item(confidential=True, location__address_1="7 Hidden Lane", location__address_2="Floor 2")
    text = due_csv([item])
    for secret in ("7 Hidden Lane", "Floor 2", "28801", "Asheville"):
        assert secret not in text
    assert rows(item)[0]["region"] == "Buncombe County"


def test_a_number_of_the_service_is_shown_where_the_listing_has_none() -> None:
    item = due_item(phone="")
    PhoneFactory(listing=None, service=item.listing.service, number="828-555-0177")
    assert rows(item)[0]["number"] == "828-555-0177"
