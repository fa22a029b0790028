"""A list as a file. Its name tells nobody who looks at the phone what it is."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum

from django.http import Http404, HttpResponse

from finder.enums import ScheduleKind
from finder.exporters import icalendar, list_csv, list_text, vcard
from finder.exporters.icalendar import Entry, entries_as_calendar, entries_of
from finder.exporters.list_csv import list_as_csv
from finder.exporters.list_text import list_as_text
from finder.exporters.paper_list import list_as_pdf
from finder.exporters.vcard import listing_as_vcard
from finder.models import ServiceAtLocation
from finder.referral.shown import ShownList
from finder.views.vcard import note


class FileKind(StrEnum):
    PDF = "pdf"
    TEXT = "txt"
    TABLE = "csv"
    CALENDAR = "ics"
    CONTACTS = "vcf"


CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.TEXT: list_text.CONTENT_TYPE,
    FileKind.TABLE: list_csv.CONTENT_TYPE,
    FileKind.CALENDAR: icalendar.CONTENT_TYPE,
    FileKind.CONTACTS: vcard.CONTENT_TYPE,
}


def file_of(
    shown: ShownList,
    listings: Sequence[ServiceAtLocation],
    kind: str,
    *,
    absolute: Callable[[str], str],
    now: datetime,
    large_type: bool = False,
) -> HttpResponse:
    """`listings`: those of the list that anyone may see. Absent where there is nothing to write."""
    if kind not in list(FileKind):
        raise Http404
    written = content_of(shown, listings, FileKind(kind), absolute=absolute, now=now, large_type=large_type)
    if not written:
        raise Http404
    return HttpResponse(
        written,
        content_type=CONTENT_TYPES[FileKind(kind)],
        headers={
            "Content-Disposition": f'attachment; filename="list.{kind}"',
            "X-Robots-Tag": "noindex, nofollow",
            "Cache-Control": "no-store",
        },
    )


def content_of(
    shown: ShownList,
    listings: Sequence[ServiceAtLocation],
    kind: FileKind,
    *,
    absolute: Callable[[str], str],
    now: datetime,
    large_type: bool,
) -> str | bytes:
    match kind:
        case FileKind.PDF:
            return list_as_pdf(shown, large_type=large_type)
        case FileKind.TEXT:
            return list_as_text(shown)
        case FileKind.TABLE:
            return list_as_csv(shown)
        case FileKind.CALENDAR:
            return calendar_of(listings, absolute=absolute, now=now)
        case FileKind.CONTACTS:
            return contacts_of(listings, absolute=absolute)


def kinds_for(listings: Sequence[ServiceAtLocation], *, now: datetime) -> list[FileKind]:
    """Those that are not absent."""
    has_contacts = any(listing.speaking_phones for listing in listings)
    absent = set() if has_contacts else {FileKind.CONTACTS}
    if not meetings_of(listings, now=now):
        absent.add(FileKind.CALENDAR)
    return [kind for kind in FileKind if kind not in absent]


def meetings_of(listings: Sequence[ServiceAtLocation], *, now: datetime) -> list[Entry]:
    """Not the hours of clinics: they would fill the calendar, and nobody goes to all of them."""
    return [entry for entry in entries_of(listings, now=now) if entry[1].kind == ScheduleKind.MEETING]


def calendar_of(
    listings: Sequence[ServiceAtLocation], *, absolute: Callable[[str], str], now: datetime
) -> bytes:
    entries = meetings_of(listings, now=now)
    if not entries:
        return b""
    return entries_as_calendar(
        entries, page_url=lambda listing: absolute(listing.get_absolute_url()), now=now
    )


def contacts_of(listings: Sequence[ServiceAtLocation], *, absolute: Callable[[str], str]) -> str:
    """One card for each that can be called."""
    return "".join(
        listing_as_vcard(listing, note=note(listing, absolute(listing.get_absolute_url())))
        for listing in listings
        if listing.speaking_phones
    )
