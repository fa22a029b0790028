"""The listings that wait for a call, as a table to work on elsewhere: HSDS's words, and blank columns.

Corrections come back through `finder.importers.corrections`.
"""

import csv
from collections.abc import Iterable
from io import StringIO

from finder.actions.composing import Values, current_values
from finder.actions.correction_lines import FIELD_OF, FOUND_RIGHT, NEW, OUTCOME, STREET, version_of
from finder.models import QueueItem, ServiceAtLocation
from finder.upkeep.cells import plain_cell

BOM = "\ufeff"
"""By which spreadsheets know UTF-8."""

KNOWN = ("reasons", "checked_on", "categories", "region", "timezone")
HEADER = (
    "service_name",
    "number",
    OUTCOME,
    FOUND_RIGHT,
    *(f"{NEW}{name}" for name in FIELD_OF),
    *(name for name in FIELD_OF if name not in ("service_name", "number")),
    *KNOWN,
    "id",
    "version",
)


def due_csv(items: Iterable[QueueItem]) -> str:
    """The items with their listings, phones and schedules loaded."""
    written = StringIO()
    writer = csv.DictWriter(written, HEADER, restval="")
    writer.writeheader()
    writer.writerows({name: plain_cell(cell) for name, cell in row_of(item).items()} for item in items)
    return BOM + written.getvalue()


def row_of(item: QueueItem) -> dict[str, str]:
    listing = item.listing
    values = current_values(listing, listing.phones.all(), listing.schedules.all())
    checked_on = listing.index.checked_on if hasattr(listing, "index") else None
    return cells_of(listing, values) | {
        "reasons": ", ".join(item.reasons),
        "checked_on": checked_on.isoformat() if checked_on else "",
        "categories": ", ".join(listing.service.categories),
        "region": listing.location.region,
        "timezone": listing.location.timezone,
        "id": str(listing.pk),
        "version": version_of(values),
    }


def cells_of(listing: ServiceAtLocation, values: Values) -> dict[str, str]:
    """What may be corrected. A confidential address stays in the database."""
    cells = {name: str(values[field]) for name, field in FIELD_OF.items() if field != "phones"}
    if not listing.location.address_is_public:
        cells |= dict.fromkeys(STREET, "")
    phone = next(iter(listing.speaking_phones), None)
    return cells | {"number": phone.number if phone else "", "extension": phone.extension if phone else ""}
