"""Files for a person's own calendar. Their names tell nobody who looks at the phone what they are."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from finder.exporters.icalendar import CONTENT_TYPE, Entry, entries_as_calendar, entries_of
from finder.models import ServiceAtLocation
from finder.views.heirs import leads_on


@require_safe
@leads_on
def calendar(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All that a listing has dates for."""
    return calendar_file(request, dated_entries(pk))


@require_safe
@leads_on
def meeting_calendar(request: HttpRequest, pk: UUID, schedule_pk: int) -> HttpResponse:
    entries = dated_entries(pk)
    return calendar_file(request, [entry for entry in entries if entry[1].pk == schedule_pk])


def dated_entries(pk: UUID) -> list[Entry]:
    schedules = ("schedules", "service__schedules", "location__schedules")
    published = ServiceAtLocation.objects.published().with_parts().prefetch_related(*schedules)
    return entries_of([get_object_or_404(published, pk=pk)], now=timezone.now())


def calendar_file(request: HttpRequest, entries: Sequence[Entry]) -> HttpResponse:
    """Absent when there is nothing in it: an empty calendar is none (RFC 5545 §3.6)."""
    if not entries:
        raise Http404
    found = entries_as_calendar(
        entries,
        page_url=lambda listing: request.build_absolute_uri(listing.get_absolute_url()),
        now=timezone.now(),
    )
    return HttpResponse(
        found,
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": 'attachment; filename="calendar.ics"', "X-Robots-Tag": "noindex"},
    )
