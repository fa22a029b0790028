"""Small directory files written by hand, of facilities that do not exist."""

import csv
import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from openpyxl import Workbook

from finder.actions.importing import import_facilities
from finder.actions.planning import Origin
from finder.importers import samhsa
from finder.models import ImportRun, ListingIndex, Phone, ServiceAtLocation

Row = dict[str, str]

COLUMNS = (
    *("name1", "name2", "street1", "street2", "city", "state", "zip", "phone", "intake1", "website"),
    *("latitude", "longitude", "service_code_info", "directory_type"),
)
NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


def facility(name1: str = "Example Recovery House", **cells: str) -> Row:
    """A detox in Asheville, as the substance use directory lists it, unless the cells say otherwise."""
    return {
        "name1": name1,
        "street1": "1 Example Street",
        "city": "Asheville",
        "state": "NC",
        "zip": "28801",
        "phone": "828-555-0142",
        "service_code_info": "SA DT * RD * BU",
        "directory_type": "substance",
    } | cells


def write_csv(path: Path, *rows: Row) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_workbook(path: Path, *rows: Row, code_book: Iterable[tuple[str, str]] = ()) -> Path:
    """`code_book` gives (category code, service code), as the second sheet of a SAMHSA workbook does."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(COLUMNS)
    for row in rows:
        sheet.append([row.get(column, "") for column in COLUMNS])
    if code_book:
        book = workbook.create_sheet("Service Code Reference")
        book.append(["category_code", "service_code"])
        for definition in code_book:
            book.append(definition)
    workbook.save(path)
    return path


def import_rows(*rows: Row, edition: int = 2024, now: datetime = NOW, **options: Any) -> ImportRun:
    """Import these rows as the edition of a year; `is_whole` and `dry_run` as the action has them."""
    dry_run, by = options.pop("dry_run", False), options.pop("by", None)
    with tempfile.TemporaryDirectory() as folder:
        file = samhsa.read(write_csv(Path(folder) / f"Example_Directory_{edition}.csv", *rows))
    origin = Origin("samhsa", f"Example_Directory_{edition}.csv", "0" * 64, date(edition, 1, 1), **options)
    return import_facilities(file=file, origin=origin, by=by, now=now, dry_run=dry_run)


def listing_named(name: str) -> ServiceAtLocation:
    return ServiceAtLocation.objects.with_parts().get(service__name=name)


def index_row_of(name: str) -> ListingIndex:
    return ListingIndex.objects.get(pk=listing_named(name).pk)


def numbers(listing: ServiceAtLocation) -> list[str]:
    return list(Phone.objects.filter(listing=listing).values_list("number", flat=True))


def all_rows() -> dict[str, list[Any]]:
    """The whole database of the project, history too."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_app_config("finder").get_models()
    }


def what_the_public_sees() -> list[tuple[Any, ...]]:
    """Every published listing without its id: what two ways to the same directory must agree on."""
    rows = ListingIndex.objects.select_related("listing__service__organization", "listing__location")
    return sorted(map(as_seen, rows.order_by("pk")), key=repr)


def as_seen(row: ListingIndex) -> tuple[Any, ...]:
    service, location = row.listing.service, row.listing.location
    place = (location.address_1, location.address_2, location.city, location.state_province)
    index = (row.name, row.position, row.yes, row.no, row.checked_on, row.missing_since, row.words)
    names = (service.name, service.organization.name, service.url, tuple(service.categories))
    return names, place, numbers(row.listing), index
