"""What people found who called or went: by listing, with a press for "I looked into it"."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from finder.actions.resolving import resolve_chosen_outcomes, resolve_outcomes
from finder.admin.base import DeskAdmin, ReadOnly
from finder.admin.listing_decisions import SignedIn
from finder.admin.shown import listing_link
from finder.admin.site import desk
from finder.enums import Outcome, VerifiedPart
from finder.models import CallOutcome, ListingReport, ServiceAtLocation
from finder.permissions import area_of, may_work_queue, may_work_this
from finder.upkeep.disputes import DOUBTED_BY

LATELY = timedelta(days=180)


class Doubt(NamedTuple):
    part: VerifiedPart
    outcomes: Sequence[CallOutcome]


@desk.page("outcomes/<uuid:pk>/", name="listing_outcomes", is_for=may_work_queue)
@require_http_methods(["GET", "HEAD", "POST"])
def listing_outcomes(request: SignedIn, pk: UUID) -> HttpResponse:
    """POST `part`: all that people doubted of it was looked into."""
    listing = get_object_or_404(ServiceAtLocation.objects.with_parts(), pk=pk)
    part = request.POST.get("part")
    if part and not may_work_this(request.user, listing):
        raise PermissionDenied
    if part in VerifiedPart.values:
        count = resolve_outcomes(
            listing=listing, parts=[VerifiedPart(part)], by=request.user, now=timezone.now()
        )
        messages.success(request, resolved_words(count))
        return redirect("admin:listing_outcomes", listing.pk)
    told = listing.call_outcomes.select_related("resolved_by").newest_first()
    context = {
        **desk.each_context(request),
        "title": _("What callers found: %(name)s") % {"name": listing},
        "listing": listing,
        "doubts": doubts(told.unresolved()),
        "others": told.since(timezone.now() - LATELY),
    }
    return TemplateResponse(request, "admin/outcomes.html", context)


def doubts(unresolved: Iterable[CallOutcome]) -> list[Doubt]:
    """By part of the listing."""
    told = list(unresolved)
    found = [
        Doubt(part, [each for each in told if DOUBTED_BY.get(Outcome(each.outcome)) == part])
        for part in VerifiedPart
    ]
    return [doubt for doubt in found if doubt.outcomes]


def resolved_words(count: int) -> str:
    said = ngettext(
        "%(count)d word of a caller is looked into.", "%(count)d words of callers are looked into.", count
    )
    return said % {"count": count}


def links_to_voices(listing: ServiceAtLocation) -> list[SafeString]:
    """For the listing's own page: what callers doubted, and each report that waits."""
    links = []
    count = CallOutcome.objects.unresolved().doubting().filter(listing=listing).count()
    if count:
        said = ngettext(
            "%(count)d caller found something else", "%(count)d callers found something else", count
        )
        url = reverse("admin:listing_outcomes", args=[listing.pk])
        links.append(format_html('<a href="{}">{}</a>', url, said % {"count": count}))
    for report in ListingReport.objects.waiting().filter(listing=listing):
        url = reverse("admin:finder_listingreport_change", args=[report.pk])
        links.append(format_html('<a href="{}">{}</a>', url, report))
    return links


@admin.register(CallOutcome, site=desk)
class CallOutcomeAdmin(ReadOnly, DeskAdmin):
    list_display = ("listing", "outcome", "wait_days", "voice", "reported_at", "resolved_at")
    list_filter = (("resolved_at", admin.EmptyFieldListFilter), "outcome", "voice")
    list_select_related = ("listing__service",)
    search_fields = ("listing__service__name", "listing__location__city")
    search_help_text = gettext_lazy("Name or city of a listing")
    date_hierarchy = "reported_at"
    actions = ("resolve_selected",)
    fields = (
        "listing_page",
        "outcome",
        "wait_days",
        "voice",
        "reported_at",
        "reported_by",
        "resolved_at",
        "resolved_by",
    )

    def has_resolve_permission(self, request: HttpRequest) -> bool:
        return may_work_queue(request.user)

    @admin.action(description=gettext_lazy("I looked into these"), permissions=["resolve"])
    def resolve_selected(self, request: SignedIn, queryset: QuerySet[CallOutcome]) -> None:
        area = area_of(request.user)
        within = queryset.filter(area.condition("listing__location")) if area else queryset
        count = resolve_chosen_outcomes(outcomes=within, by=request.user, now=timezone.now())
        self.message_user(request, resolved_words(count), messages.SUCCESS)

    @admin.display(description=gettext_lazy("listing"))
    def listing_page(self, outcome: CallOutcome) -> SafeString:
        return listing_link(outcome.listing)
