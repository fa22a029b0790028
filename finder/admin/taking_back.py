"""An import's page offers to take it back, and shows first what that would do."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from finder.actions.refusals import Refused
from finder.actions.takeback import Takeback, planned_takeback
from finder.actions.taking_back import revert_import
from finder.admin.base import DeskAdmin
from finder.admin.listing_decisions import SignedIn
from finder.models import ImportRun, ServiceAtLocation
from finder.permissions import may_revert_imports

MOST_AT_THE_DESK = 2000
"""Listings that are set back while a browser waits; more take the command line."""

NAMED = 20


class TakingBack(DeskAdmin):
    change_form_template = "admin/import_run.html"

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.take_back_page)
        return [path("<int:pk>/take-back/", page, name="finder_importrun_take_back"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        run = context.get("original")
        context["can_take_back"] = bool(run and not run.reverted_at and may_revert_imports(request.user))
        return super().render_change_form(request, context, *args, **kwargs)

    def take_back_page(self, request: SignedIn, pk: int) -> HttpResponse:
        if not may_revert_imports(request.user):
            raise PermissionDenied
        run = self.load(request, str(pk))
        try:
            plan = planned_takeback(run=run)
            is_small = len(plan.touched) + len(plan.leaving) <= MOST_AT_THE_DESK
            if request.method != "POST" or not is_small:
                return self.ask(request, plan, is_small=is_small)
            revert_import(run=run, by=request.user, now=timezone.now())
            self.message_user(request, _("Taken back: %(name)s.") % {"name": run}, messages.SUCCESS)
        except Refused as why:
            self.message_user(request, str(why), messages.ERROR)
        return HttpResponseRedirect(reverse("admin:finder_importrun_change", args=[run.pk]))

    def ask(self, request: SignedIn, plan: Takeback, *, is_small: bool) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Take back %(name)s") % {"name": plan.run},
            "opts": self.opts,
            "original": plan.run,
            "is_small": is_small,
            "leaving": len(plan.leaving),
            "names_leaving": named(plan.leaving),
            "set_back": len(plan.touched - plan.worked_on),
            "names_staying": named(plan.worked_on | plan.merged),
            "staying": len(plan.worked_on | plan.merged),
            "words": plan.words,
        }
        return TemplateResponse(request, "admin/take_back.html", context)


def named(listing_ids: Collection[UUID]) -> list[ServiceAtLocation]:
    """The first of them."""
    listings = ServiceAtLocation.objects.with_parts().filter(pk__in=listing_ids)
    return list(listings.order_by("service__name", "pk")[:NAMED])


def words_of(run: ImportRun) -> str:
    if not run.reverted_at:
        return _("No")
    who = run.reverted_by or _("the command line")
    return _("%(date)s by %(who)s") % {"date": f"{run.reverted_at:%Y-%m-%d}", "who": who}
