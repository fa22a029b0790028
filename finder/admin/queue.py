"""What waits for a person, with the list that shows it."""

from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from finder.enums import ClaimStatus, EditorialStatus, QueueReason, ReportKind, ReviewStatus
from finder.models import (
    ChangeRequest,
    Claim,
    Guidance,
    ListingIndex,
    ListingReport,
    Merge,
    QueueItem,
    ServiceAtLocation,
)
from finder.permissions import (
    area_of,
    may_answer_reports,
    may_call_programs,
    may_decide,
    may_edit_listings,
    may_record_reviews,
    may_work_queue,
)


class Waiting(NamedTuple):
    total: int
    what: str
    url: str


class WorkWaiting(NamedTuple):
    """Items of the queue that this person may take now, and how many of them are reported as unsafe."""

    free: int
    unsafe: int


def work_waiting(person: User | AnonymousUser) -> WorkWaiting | None:
    """None for whoever does not work the queue."""
    if not may_work_queue(person):
        return None
    free = QueueItem.objects.free(timezone.now()).within(area_of(person))
    is_unsafe = Q(reasons__contains=[QueueReason.UNSAFE.value])
    return WorkWaiting(**free.order_by().aggregate(free=Count("pk"), unsafe=Count("pk", filter=is_unsafe)))


def waiting(person: User | AnonymousUser) -> list[Waiting]:
    found = reports_waiting() if may_answer_reports(person) else []
    if may_decide(person):
        proposed = {"status__exact": ReviewStatus.PROPOSED.value}
        found += [
            Waiting(
                ChangeRequest.objects.filter(status=ReviewStatus.PROPOSED).count(),
                _("differences between a source and what one of us wrote"),
                list_url("changerequest", proposed),
            ),
            Waiting(
                Merge.objects.filter(status=ReviewStatus.PROPOSED).count(),
                _("pairs of listings that may be one place"),
                list_url("merge", proposed),
            ),
        ]
    if may_call_programs(person):
        found.append(
            Waiting(
                Claim.objects.waiting_for_a_call().count(),
                _("claims waiting for a call"),
                list_url("claim", {"status__exact": ClaimStatus.ASKED.value}),
            )
        )
    if may_edit_listings(person):
        draft = EditorialStatus.DRAFT
        found += [
            Waiting(
                ServiceAtLocation.objects.filter(editorial_status=draft).count(),
                _("drafts to finish and publish"),
                list_url("serviceatlocation", {"editorial_status__exact": draft.value}),
            ),
            Waiting(
                ListingIndex.objects.filter(missing_since__isnull=False).count(),
                _("published listings that their directory dropped"),
                list_url("serviceatlocation", {"missing": "yes"}),
            ),
        ]
    if may_record_reviews(person):
        found.append(
            Waiting(
                Guidance.objects.shown().overdue(timezone.localdate()).count(),
                _("guidance texts to check again: their facts are left out"),
                list_url("guidance", {"is_shown__exact": "1", "o": "5"}),
            )
        )
    return [waiting for waiting in found if waiting.total]


def reports_waiting() -> list[Waiting]:
    """What is unsafe comes before all else."""
    words = {
        ReportKind.UNSAFE: _("reports that something unsafe is shown"),
        ReportKind.PROBLEM: _("reports of something wrong"),
        ReportKind.SUGGESTION: _("suggestions of places that are missing"),
    }
    proposed = ReviewStatus.PROPOSED.value
    return [
        Waiting(
            ListingReport.objects.waiting().filter(kind=kind).count(),
            what,
            list_url("listingreport", {"status__exact": proposed, "kind__exact": kind.value}),
        )
        for kind, what in words.items()
    ]


def item_named(request: HttpRequest) -> int | None:
    """The item of the queue that led to the page."""
    named = request.GET.get("queue", "")
    return int(named) if named.isdecimal() else None


def list_url(model: str, query: dict[str, str]) -> str:
    return f"{reverse(f'admin:finder_{model}_changelist')}?{urlencode(query)}"
