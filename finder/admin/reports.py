"""What readers report and suggest: read, and answered in words that they will see."""

from typing import Any, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.actions.answering import answer_report, draft_from_suggestion
from finder.actions.refusals import Refused
from finder.admin.base import DeskAdmin, ReadOnly
from finder.admin.listing_decisions import SignedIn
from finder.admin.queue import item_named
from finder.admin.site import desk
from finder.enums import CareCategory, ReportKind, ReviewStatus
from finder.models import ListingReport
from finder.permissions import may_answer_this, may_edit_listings
from finder.upkeep.replies import reply

VERBS = {"right": ReviewStatus.ACCEPTED, "not_right": ReviewStatus.REJECTED}
SAID = {
    "name": gettext_lazy("Name"),
    "category": gettext_lazy("What it offers"),
    "place": gettext_lazy("Where"),
    "phone": gettext_lazy("Phone"),
    "website": gettext_lazy("Web address"),
}


class AnswerForm(forms.Form):
    answer = forms.CharField(
        max_length=500,
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy(
            "Shown under the reference, in plain words: “They moved. We have the new address.”"
        ),
        error_messages={"required": gettext_lazy("Write an answer: whoever told us may look for it.")},
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )


class Verb(NamedTuple):
    value: str
    words: str


@admin.register(ListingReport, site=desk)
class ListingReportAdmin(ReadOnly, DeskAdmin):
    list_display = ("reference", "kind", "about", "proposed_at", "status", "decided_by")
    list_filter = ("status", "kind")
    list_select_related = ("listing__service", "decided_by")
    search_fields = ("reference", "listing__service__name")
    search_help_text = gettext_lazy("Reference, or name of a listing")
    date_hierarchy = "proposed_at"

    @admin.display(description=gettext_lazy("about"))
    def about(self, report: ListingReport) -> str:
        return str(report.listing or report.suggestion.get("name", "–"))

    def change_view(
        self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """POST `verb`: `right` or `not_right` with an answer, or `draft`."""
        report = self.load(request, object_id)
        if not self.has_view_permission(request, report):
            raise PermissionDenied
        verb = request.POST.get("verb", "") if request.method == "POST" else ""
        if request.method == "POST" and not may_answer_this(request.user, report):
            raise PermissionDenied
        if verb == "draft":
            return self.make_draft(request, report)
        form = AnswerForm(request.POST if verb in VERBS else None)
        if form.is_valid():
            return self.decide(request, report, form, verb)
        return TemplateResponse(request, "admin/report.html", self.context_of(request, report, form))

    def context_of(self, request: HttpRequest, report: ListingReport, form: AnswerForm) -> dict[str, Any]:
        is_waiting = report.status == ReviewStatus.PROPOSED
        can_answer = is_waiting and may_answer_this(request.user, report)
        is_suggestion = report.kind == ReportKind.SUGGESTION
        return {
            **self.admin_site.each_context(request),
            "title": str(report),
            "opts": self.opts,
            "report": report,
            "said": said(report),
            "reply": "" if is_waiting else reply(report.kind, report.status),
            "form": form,
            "can_answer": can_answer,
            "can_draft": can_answer
            and is_suggestion
            and not report.listing_id
            and may_edit_listings(request.user),
            "verbs": [Verb(verb, reply(report.kind, status)) for verb, status in VERBS.items()],
        }

    def decide(self, request: SignedIn, report: ListingReport, form: AnswerForm, verb: str) -> HttpResponse:
        try:
            answer_report(
                report=report,
                is_right=VERBS[verb] == ReviewStatus.ACCEPTED,
                answer=form.cleaned_data["answer"],
                by=request.user,
                now=timezone.now(),
            )
            self.message_user(request, _("Answered: %(name)s.") % {"name": report}, messages.SUCCESS)
        except Refused as why:
            self.message_user(request, str(why), messages.ERROR)
        if item := item_named(request):
            return redirect("admin:queue_item", item)
        waiting = urlencode({"status__exact": ReviewStatus.PROPOSED.value})
        return HttpResponseRedirect(f"{reverse('admin:finder_listingreport_changelist')}?{waiting}")

    def make_draft(self, request: SignedIn, report: ListingReport) -> HttpResponse:
        if not may_edit_listings(request.user):
            raise PermissionDenied
        try:
            draft = draft_from_suggestion(report=report, by=request.user, now=timezone.now())
        except Refused as why:
            self.message_user(request, str(why), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        self.log_addition(request, draft, [{"added": {}}])
        self.message_user(request, _("A draft. Check it, then publish it and answer."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:finder_serviceatlocation_change", args=[draft.pk]))


def said(report: ListingReport) -> list[tuple[str, str]]:
    words = {**report.suggestion}
    if "category" in words:
        words["category"] = str(CareCategory(words["category"]).label)
    return [(str(label), words[name]) for name, label in SAID.items() if name in words]
