"""What became of a report: anyone may look who has its reference."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from finder.actions.reporting import reference_of
from finder.enums import EditorialStatus, ReportKind
from finder.models import ListingReport, ServiceAtLocation
from finder.upkeep.replies import reply

MIDDLE = 4


@dataclass(frozen=True, slots=True)
class ReportShown:
    reference: str
    kind: str
    what_became: str
    answer: str
    sent_on: date
    decided_on: date | None
    listing: ServiceAtLocation | None
    """Only one that anyone may see."""


@require_safe
@cache_control(no_store=True)
def references(request: HttpRequest) -> HttpResponse:
    """Asks for a reference, and leads to its page."""
    typed = request.GET.get("reference", "")
    found = find(typed)
    if found:
        return redirect("report_state", found.reference)
    return render(request, "references.html", {"typed": typed.strip()}, status=404 if typed else 200)


@require_safe
@cache_control(no_store=True)
def report_state(request: HttpRequest, reference: str) -> HttpResponse:
    found = find(reference)
    if found is None:
        return render(request, "references.html", {"typed": reference}, status=404)
    return render(request, "report_state.html", {"report": shown(found)})


def find(typed: str) -> ListingReport | None:
    reference = reference_of(typed)
    reports = ListingReport.objects.select_related("listing__service")
    return reports.filter(reference=reference).first() if reference else None


def shown(report: ListingReport) -> ReportShown:
    """Never what the reader wrote: whoever finds the reference learns no more than what became of it."""
    listing = report.listing
    is_public = listing is not None and listing.editorial_status == EditorialStatus.PUBLISHED
    return ReportShown(
        reference=spaced(report.reference),
        kind=str(ReportKind(report.kind).label),
        what_became=reply(report.kind, report.status),
        answer=report.answer,
        sent_on=timezone.localdate(report.proposed_at),
        decided_on=timezone.localdate(report.decided_at) if report.decided_at else None,
        listing=listing if is_public else None,
    )


def spaced(reference: str) -> str:
    """As people read it out."""
    return f"{reference[:MIDDLE]} {reference[MIDDLE:]}"
