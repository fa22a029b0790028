"""Questions that only a person can decide: one question large, two answers."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from finder.actions.owned import without_joining
from finder.actions.proposed_fields import beside, values_now
from finder.actions.refusals import Refused
from finder.actions.reviewing import (
    accept_change,
    must_be_called_back,
    record_call_back,
    reject_change,
)
from finder.admin.base import DeskAdmin, ReadOnly
from finder.admin.listing_decisions import SignedIn
from finder.admin.shown import category_tags, field_words, listing_link, said
from finder.admin.site import desk
from finder.enums import ChangeOrigin, ReviewStatus
from finder.models import ChangeRequest, DirectoryWord, ListingIndex, ServiceAtLocation
from finder.permissions import may_decide_on
from finder.views.phones import in_order_to_call


class QuestionAdmin(DeskAdmin):
    """Opened to decide, never to edit."""

    change_form_template = "admin/question.html"
    actions = ("accept_selected", "reject_selected")
    accept: Any
    reject: Any
    asked_about: str

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [name for _title, part in self.get_fieldsets(request, obj) for name in part["fields"]]

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = f"finder_{self.opts.model_name}_decide"
        return [path("<int:pk>/decide/", wrap(self.decide_page), name=name), *super().get_urls()]

    def decide_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        question = self.load(request, str(pk))
        if not may_decide_on(request.user, *self.listings_asked(question)) or request.method != "POST":
            raise PermissionDenied
        verb = request.POST.get("verb", "")
        if verb not in {"accept", "reject"}:
            raise PermissionDenied
        self.decide_all(request, [question], verb)
        item = request.POST.get("queue", "")
        if item.isdecimal():
            return redirect("admin:queue_item", int(item))
        return HttpResponseRedirect(
            reverse("admin:finder_serviceatlocation_change", args=[question.listing_id])
        )

    @admin.action(description=_("Accept"), permissions=["change"])
    def accept_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.decide_all(request, queryset, "accept")

    @admin.action(description=_("Reject"), permissions=["change"])
    def reject_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.decide_all(request, queryset, "reject")

    def decide_all(self, request: HttpRequest, questions: Any, verb: str) -> None:
        decision = type(self).accept if verb == "accept" else type(self).reject
        for question in questions:
            if not may_decide_on(request.user, *self.listings_asked(question)):
                self.message_user(request, _("Outside your area: %(name)s.") % {"name": question})
                continue
            told = {self.asked_about: question, "by": request.user, "now": timezone.now()}
            more = self.told(request) if verb == "accept" else {}
            try:
                decision(**told, **more)
                self.message_user(request, _("Decided: %(name)s.") % {"name": question}, messages.SUCCESS)
            except Refused as why:
                self.message_user(request, f"{question}: {why}", messages.ERROR)

    def listings_asked(self, question: Any) -> list[ServiceAtLocation]:
        """Which listings the question is about."""
        return [question.listing]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        question = context.get("original")
        if question:
            context |= self.words_of(question)
            is_allowed = may_decide_on(request.user, *self.listings_asked(question))
            context["can_decide"] = is_allowed and question.status == ReviewStatus.PROPOSED
        return super().render_change_form(request, context, *args, **kwargs)

    def words_of(self, question: Any) -> dict[str, Any]:
        raise NotImplementedError

    def told(self, request: HttpRequest) -> dict[str, Any]:
        """What else the page says to whoever carries out a yes."""
        return {}


@admin.register(ChangeRequest, site=desk)
class ChangeRequestAdmin(QuestionAdmin):
    list_display = ("listing", "field_words", "current_words", "proposed_words", "source", "status")
    list_filter = ("status", "origin", "field", "source")
    list_select_related = ("listing__service", "source")
    search_fields = ("listing__service__name", "listing__location__city")
    search_help_text = _("Name or city of a listing")
    date_hierarchy = "proposed_at"
    fields = (
        "listing_page",
        "source",
        "origin",
        "status",
        "proposed_at",
        "called_back_by",
        "called_back_at",
        "decided_by",
        "decided_at",
    )
    accept = staticmethod(accept_change)
    reject = staticmethod(reject_change)
    asked_about = "request"

    @admin.display(description=_("listing"))
    def listing_page(self, request: ChangeRequest) -> SafeString:
        return listing_link(request.listing)

    @admin.display(description=_("field"), ordering="field")
    def field_words(self, request: ChangeRequest) -> str:
        return field_words(request.field)

    @admin.display(description=_("a person wrote"))
    def current_words(self, request: ChangeRequest) -> str:
        if only_joining_differs(request):
            return str(_("How to join differs."))
        return said(request.field, request.current_value)

    @admin.display(description=_("the source says"))
    def proposed_words(self, request: ChangeRequest) -> str:
        return "–" if only_joining_differs(request) else said(request.field, request.proposed_value)

    def get_urls(self) -> list[URLPattern]:
        called = self.admin_site.admin_view(self.called_back)
        return [
            path("<int:pk>/called-back/", called, name="finder_changerequest_called_back"),
            *super().get_urls(),
        ]

    def called_back(self, request: SignedIn, pk: int) -> HttpResponse:
        question = self.load(request, str(pk))
        if not may_decide_on(request.user, question.listing) or request.method != "POST":
            raise PermissionDenied
        try:
            record_call_back(request=question, by=request.user, now=timezone.now())
            self.message_user(request, _("Kept: the old number was called."), messages.SUCCESS)
        except Refused as why:
            self.message_user(request, str(why), messages.ERROR)
        return HttpResponseRedirect(reverse("admin:finder_changerequest_change", args=[pk]))

    def words_of(self, question: ChangeRequest) -> dict[str, Any]:
        listing = ServiceAtLocation.objects.with_parts().get(pk=question.listing_id)
        standing = values_now(listing, [question.field]).get(question.field)
        now = without_joining(question.field, beside(standing, question.proposed_value))
        words = {
            "question": _("Which %(field)s is right?") % {"field": self.field_words(question)},
            "current": said(question.field, now),
            "current_by": _("It says now, as a person wrote"),
            "proposed": said(question.field, question.proposed_value),
            "proposed_by": _("%(source)s says") % {"source": question.source},
            "accept_words": _("Take what the source says"),
            "reject_words": _("Keep what a person wrote"),
        }
        if question.origin == ChangeOrigin.PROVIDER:
            return words | words_of_program(question, listing)
        return words | (words_of_joining(question) if now == question.proposed_value else {})


def words_of_program(question: ChangeRequest, listing: ServiceAtLocation) -> dict[str, Any]:
    """A new number cannot be taken before the old one was called: it is shown large, with its button."""
    calls_first = question.status == ReviewStatus.PROPOSED and must_be_called_back(question, listing)
    return {
        "current_by": _("The listing says now"),
        "proposed_by": _("The program says, by its link"),
        "accept_words": _("Take what the program says"),
        "reject_words": _("Keep what the listing says"),
        "numbers_to_call": in_order_to_call(listing.speaking_phones) if calls_first else [],
    }


def only_joining_differs(request: ChangeRequest) -> bool:
    """A question never holds how to join: equal sides are about that."""
    return request.field == "schedules" and request.current_value == request.proposed_value


def words_of_joining(question: ChangeRequest) -> dict[str, Any]:
    if question.field != "schedules":
        return {}
    return {
        "question": str(_("How to join differs. Which is right?")),
        "current": str(_("How to join as a person wrote it: see the meetings of the listing.")),
        "current_by": str(_("It says now")),
        "proposed": str(_("Another link, number or note.")),
    }


@admin.register(ListingIndex, site=desk)
class ListingIndexAdmin(ReadOnly, DeskAdmin):
    list_display = ("name", "state_province", "county", "category_words", "checked_on", "missing_since")
    list_filter = ("is_online", "is_closed", "checked_method")
    search_fields = ("name",)
    fields = ("name", "category_words", "state_province", "county", "checked_on", "checked_method", "words")

    @admin.display(description=_("categories"))
    def category_words(self, row: ListingIndex) -> SafeString:
        return category_tags(row.categories)


@admin.register(DirectoryWord, site=desk)
class DirectoryWordAdmin(ReadOnly, DeskAdmin):
    list_display = ("word", "listings")
    search_fields = ("word",)
