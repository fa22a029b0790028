"""Two listings side by side: one place or two, and which of them is right where they differ."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.actions.merging import DUPLICATE, KEPT, Difference, accept_merge, differences, reject_merge
from finder.actions.parting import undo_merge
from finder.actions.refusals import Refused
from finder.admin.listing_decisions import SignedIn
from finder.admin.shown import listing_link, said
from finder.admin.site import desk
from finder.admin.upkeep import QuestionAdmin
from finder.enums import ReviewStatus
from finder.models import Merge, ServiceAtLocation
from finder.permissions import covers, may_undo_merges

PART_WORDS = {
    "name": gettext_lazy("Name"),
    "organization": gettext_lazy("Organization"),
    "categories": gettext_lazy("Categories"),
    "phones": gettext_lazy("Phone numbers"),
    "address": gettext_lazy("Address"),
    "url": gettext_lazy("Web address"),
    "description": gettext_lazy("Description"),
    "status": gettext_lazy("Status"),
    "schedules": gettext_lazy("Times"),
    "transportation": gettext_lazy("Getting there"),
    "eligibility_description": gettext_lazy("Who can come"),
    "fees_description": gettext_lazy("What it costs"),
    "application_process": gettext_lazy("How to get in"),
    "interpretation_services": gettext_lazy("Interpreters"),
}


class Row(NamedTuple):
    part: str
    words: Any
    kept: str
    duplicate: str
    is_conflict: bool
    choice: str


@admin.register(Merge, site=desk)
class MergeAdmin(QuestionAdmin):
    change_form_template = "admin/merge.html"
    list_display = ("listing", "duplicate", "reason", "proposed_at", "status")
    list_filter = ("status", ("undone_at", admin.EmptyFieldListFilter))
    list_select_related = ("listing__service", "duplicate__service")
    search_fields = ("listing__service__name", "duplicate__service__name")
    search_help_text = gettext_lazy("Name of either listing")
    date_hierarchy = "proposed_at"
    fields = (
        "listing_page",
        "duplicate_page",
        "reason",
        "status",
        "proposed_at",
        "decided_by",
        "decided_at",
        "undone_by",
        "undone_at",
    )
    accept = staticmethod(accept_merge)
    reject = staticmethod(reject_merge)
    asked_about = "merge"

    def get_urls(self) -> list[URLPattern]:
        part = path("<int:pk>/part/", self.admin_site.admin_view(self.part_page), name="finder_merge_part")
        return [part, *super().get_urls()]

    def listings_asked(self, question: Merge) -> list[ServiceAtLocation]:
        return [question.listing, question.duplicate]

    @admin.display(description=gettext_lazy("kept"))
    def listing_page(self, merge: Merge) -> SafeString:
        return listing_link(merge.listing)

    @admin.display(description=gettext_lazy("archived, if they are one"))
    def duplicate_page(self, merge: Merge) -> SafeString:
        return listing_link(merge.duplicate)

    def told(self, request: HttpRequest) -> dict[str, Any]:
        chosen = {part: request.POST.get(f"choice-{part}", "") for part in PART_WORDS}
        return {"choices": {part: side for part, side in chosen.items() if side in (KEPT, DUPLICATE)}}

    def decide_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Refused for want of a choice, the page comes back with the choices that were made."""
        merge = self.load(request, str(pk))
        response = super().decide_page(request, pk)
        merge.refresh_from_db()
        if merge.status == ReviewStatus.PROPOSED:
            kept = "&".join(f"{part}={side}" for part, side in self.told(request)["choices"].items())
            return HttpResponseRedirect(f"{reverse('admin:finder_merge_change', args=[pk])}?{kept}")
        return response

    def part_page(self, request: SignedIn, pk: int) -> HttpResponse:
        merge = self.load(request, str(pk))
        is_theirs = all(covers(request.user, listing) for listing in self.listings_asked(merge))
        if not may_undo_merges(request.user) or not is_theirs or request.method != "POST":
            raise PermissionDenied
        try:
            stays = undo_merge(merge=merge, by=request.user, now=timezone.now())
            self.message_user(request, _("Parted: both are as they were."), messages.SUCCESS)
            if stays:
                told = _("Changed since the merge, and left as it is now: %(list)s.") % {
                    "list": "; ".join(stays)
                }
                self.message_user(request, told, messages.WARNING)
        except Refused as why:
            self.message_user(request, str(why), messages.ERROR)
        return HttpResponseRedirect(reverse("admin:finder_merge_change", args=[pk]))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        merge = context.get("original")
        if merge:
            context["can_part"] = (
                may_undo_merges(request.user)
                and merge.status == ReviewStatus.ACCEPTED
                and merge.undone_at is None
                and bool(merge.before)
            )
            context["rows"] = rows_of(merge, request.GET)
        return super().render_change_form(request, context, *args, **kwargs)

    def words_of(self, question: Merge) -> dict[str, Any]:
        return {
            "question": _("Are these one place?"),
            "current": side_of(question.listing),
            "current_by": _("Kept"),
            "proposed": side_of(question.duplicate),
            "proposed_by": _("Archived, if they are one"),
            "accept_words": _("One place: merge them"),
            "reject_words": _("Two places: keep both"),
        }


def rows_of(merge: Merge, chosen: Mapping[str, Any]) -> list[Row]:
    if merge.status != ReviewStatus.PROPOSED:
        return []
    return [
        Row(
            part=each.part,
            words=PART_WORDS[each.part],
            kept=in_words(each, each.kept),
            duplicate=in_words(each, each.duplicate),
            is_conflict=each.is_conflict,
            choice=str(chosen.get(each.part, "")),
        )
        for each in differences(merge)
    ]


def in_words(difference: Difference, values: Mapping[str, Any]) -> str:
    shown = {name: value for name, value in values.items() if name != "position"}
    words = (said(name, value) for name, value in shown.items() if value not in (None, "", []))
    return ", ".join(words)


def side_of(listing: ServiceAtLocation) -> str:
    numbers = ", ".join(str(phone) for phone in listing.phones.all())
    return " · ".join(part for part in (listing.service.name, str(listing.location), numbers) if part)
