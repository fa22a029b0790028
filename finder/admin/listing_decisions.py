"""Decisions on a listing's page: publish, archive with a reason, restore, and "I checked"."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin import action
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from finder.actions.archiving import archive_listing, archive_listings, restore_listing
from finder.actions.publishing import publish_listing
from finder.actions.refusals import Refused
from finder.actions.reviewing import keep_check
from finder.admin.base import DeskAdmin
from finder.admin.checked_form import CheckedForm, terms_like
from finder.admin.one_at_a_time import READ, OneAtATime
from finder.models import ServiceAtLocation
from finder.permissions import area_of, may_edit_this, may_state_facts, may_state_of, methods_of
from finder.search.facts import facts_of

NAMED = 20


class SignedIn(HttpRequest):
    """What the desk's pages get: strangers are asked to sign in before."""

    user: User


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=250,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy(
            "Kept with the listing for whoever wonders later: “Closed, says its own page.”"
        ),
    )


class ListingDecisions(OneAtATime, DeskAdmin):
    def page_of(self, listing: ServiceAtLocation) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:finder_serviceatlocation_change", args=[listing.pk]))

    def decide(self, request: SignedIn, pk: UUID) -> HttpResponse:
        """POST only: `publish` or `restore`."""
        listing = get_object_or_404(ServiceAtLocation, pk=pk)
        if not may_edit_this(request.user, listing) or request.method != "POST":
            raise PermissionDenied
        decision = {"publish": publish_listing, "restore": restore_listing}.get(request.POST.get("verb", ""))
        try:
            if decision is None:
                raise Refused(_("Publish or restore?"))
            with transaction.atomic():
                self.refuse_if_changed(request, listing)
                decision(listing=listing, by=request.user, now=timezone.now())
            self.message_user(request, _("Done: %(name)s.") % {"name": listing}, messages.SUCCESS)
        except Refused as why:
            self.message_user(request, str(why), messages.ERROR)
        return self.page_of(listing)

    def archive_page(self, request: SignedIn, pk: UUID) -> HttpResponse:
        listing = get_object_or_404(ServiceAtLocation, pk=pk)
        if not may_edit_this(request.user, listing):
            raise PermissionDenied
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                with transaction.atomic():
                    self.refuse_if_changed(request, listing)
                    archive_listing(
                        listing=listing,
                        reason=form.cleaned_data["reason"],
                        by=request.user,
                        now=timezone.now(),
                    )
            except Refused as why:
                self.message_user(request, str(why), messages.ERROR)
            return self.page_of(listing)
        read = request.POST.get(READ) or self.read_again(request, listing)
        return self.ask_reason(request, form, [listing], 1, read)

    @action(description=gettext_lazy("Archive with a reason"), permissions=["change"])
    def archive_selected(self, request: SignedIn, queryset: QuerySet[Any]) -> HttpResponse | None:
        queryset = self.within_area(request, queryset)
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        if not form.is_valid():
            return self.ask_reason(request, form, list(queryset[:NAMED]), queryset.count())
        done = archive_listings(
            listings=list(queryset),
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        )
        said = ngettext("%(count)d listing archived.", "%(count)d listings archived.", done)
        self.message_user(request, said % {"count": done}, messages.SUCCESS)
        return None

    def within_area(self, request: SignedIn, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The others are named by their number and left alone."""
        area = area_of(request.user)
        if area is None:
            return queryset
        within = queryset.filter(area.condition("location"))
        outside = queryset.count() - within.count()
        said = ngettext(
            "%(count)d listing outside your area was left alone.",
            "%(count)d listings outside your area were left alone.",
            outside,
        )
        if outside:
            self.message_user(request, said % {"count": outside}, messages.WARNING)
        return within

    def ask_reason(
        self,
        request: SignedIn,
        form: ReasonForm,
        listings: list[ServiceAtLocation],
        total: int,
        read: str = "",
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Archive with a reason"),
            "opts": self.opts,
            "form": form,
            "listings": listings,
            "more": total - len(listings),
            "read": read,
            "kept": [
                (name, value)
                for name in ("action", "select_across", ACTION_CHECKBOX_NAME)
                for value in request.POST.getlist(name)
            ],
        }
        return TemplateResponse(request, "admin/archive.html", context)

    @action(description=gettext_lazy("Publish what is ready"), permissions=["change"])
    def publish_selected(self, request: SignedIn, queryset: QuerySet[Any]) -> None:
        done, refused = 0, []
        for listing in self.within_area(request, queryset):
            try:
                publish_listing(listing=listing, by=request.user, now=timezone.now())
                done += 1
            except Refused as why:
                refused.append(f"{listing}: {why}")
        said = ngettext("%(count)d listing published.", "%(count)d listings published.", done)
        if done:
            self.message_user(request, said % {"count": done}, messages.SUCCESS)
        for reason in refused[:NAMED]:
            self.message_user(request, reason, messages.WARNING)
        if len(refused) > NAMED:
            rest = _("And %(count)d more are not ready.") % {"count": len(refused) - NAMED}
            self.message_user(request, rest, messages.WARNING)

    def checked_page(self, request: SignedIn, pk: UUID) -> HttpResponse:
        listing = get_object_or_404(ServiceAtLocation.objects.with_parts(), pk=pk)
        if not may_state_of(request.user, listing):
            raise PermissionDenied
        form = CheckedForm(
            request.POST if request.method == "POST" else None, methods=methods_of(request.user)
        )
        if form.is_valid() and self.keep(request, listing, form):
            return self.page_of(listing)
        context = {
            **self.admin_site.each_context(request),
            "title": _("I checked: %(name)s") % {"name": listing},
            "opts": self.opts,
            "original": listing,
            "form": form,
            "media": self.media + form.media,
            "facts": [fact for fact in facts_of(listing) if fact.statement],
        }
        return TemplateResponse(request, "admin/checked.html", context)

    def keep(self, request: SignedIn, listing: ServiceAtLocation, form: CheckedForm) -> bool:
        try:
            keep_check(listing=listing, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as why:
            form.add_error(None, str(why))
            return False
        self.message_user(request, _("Kept. Readers see it now."), messages.SUCCESS)
        return True

    def terms(self, request: SignedIn) -> JsonResponse:
        """Answers the autocompletion of "I checked"."""
        if not may_state_facts(request.user):
            raise PermissionDenied
        found = terms_like(request.GET.get("term", ""))
        results = [{"id": str(term.pk), "text": f"{term.taxonomy}: {term}"} for term in found]
        return JsonResponse({"results": results, "pagination": {"more": False}})
