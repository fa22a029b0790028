"""A list as a table for a spreadsheet, one row for each place."""

import csv
from collections.abc import Iterator
from io import StringIO

from django.utils.translation import gettext as _

from finder.exporters.due_listings import BOM
from finder.referral.shown import ShownItem, ShownList, ShownSection
from finder.upkeep.cells import plain_cell

CONTENT_TYPE = "text/csv; charset=utf-8"
BETWEEN = "; "


def list_as_csv(shown: ShownList) -> str:
    """In the words of the list's language; what a spreadsheet would calculate is marked as text."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(map(plain_cell, header()))
    for section in shown.sections:
        for item in section.items:
            writer.writerow(map(plain_cell, cells(section, item)))
    return BOM + written.getvalue()


def header() -> tuple[str, ...]:
    return (
        _("Part"),
        _("Name"),
        _("Kind of help"),
        _("Where"),
        _("Address"),
        _("Phone"),
        _("Other phones"),
        _("Before you go"),
        _("Facts"),
        _("Times"),
        _("Checked"),
        _("What people found"),
        _("Changed"),
        _("Note"),
        _("Page"),
    )


def cells(section: ShownSection, item: ShownItem) -> Iterator[str]:
    yield BETWEEN.join(filter(None, (section.title, section.start)))
    yield item.name
    yield BETWEEN.join(word for _code, word in item.categories)
    yield item.where
    yield ", ".join(item.address)
    numbers = [phone.number for phone in item.phones]
    yield BETWEEN.join(numbers[:1])
    yield BETWEEN.join(numbers[1:])
    yield BETWEEN.join(item.limits)
    yield BETWEEN.join(item.facts)
    yield BETWEEN.join(item.times)
    yield item.checked
    yield BETWEEN.join(item.doubts)
    yield BETWEEN.join([*([_("Not listed any more.")] if item.is_gone else []), *item.changes])
    yield item.note
    yield item.url
