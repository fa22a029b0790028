from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.actions.guidance import mark_reviewed, put_back, reword, take_down
from finder.actions.refusals import Refused
from finder.admin.base import DeskAdmin
from finder.admin.guidance_form import GuidanceForm
from finder.admin.listing_decisions import SignedIn
from finder.admin.site import desk
from finder.enums import ReviewerRole
from finder.models import Guidance
from finder.permissions import may_record_reviews, may_take_down

DECIDED_BY_BUTTONS = (
    "reviewed_on",
    "reviewed_by_role",
    "taken_down_reason",
    "taken_down_at",
    "taken_down_by",
)


class ReviewForm(forms.Form):
    role = forms.ChoiceField(
        label=gettext_lazy("Role of who reviewed it"), choices=[("", "–"), *ReviewerRole.choices]
    )


@admin.register(Guidance, site=desk)
class GuidanceAdmin(DeskAdmin):
    """Taking down is one tap, for editors too; wording and reviews are the administrators'."""

    form = GuidanceForm
    change_form_template = "admin/guidance_form.html"
    list_display = ("title", "state", "reviewed_on", "sources_checked_on", "review_due_on", "position")
    list_filter = ("is_shown", "reviewed_by_role")
    search_fields = ("title", "title_es", "slug")
    fixed_after_creation = ("slug",)
    readonly_fields = ("state", "written_on", *DECIDED_BY_BUTTONS)
    actions = ("take_selected_down",)
    fieldsets: ClassVar[Any] = (
        (
            gettext_lazy("Where it stands"),
            {"fields": ("state", "taken_down_reason", "reviewed_on", "reviewed_by_role")},
        ),
        (None, {"fields": ("slug", "position")}),
        (gettext_lazy("In English"), {"fields": ("title", "summary")}),
        (gettext_lazy("In Spanish"), {"fields": ("title_es", "summary_es")}),
        (gettext_lazy("What it says"), {"fields": ("core", "sections", "claims", "related")}),
        (
            gettext_lazy("Above a search"),
            {"fields": ("triggers", "triggers_es", "routed", "routed_es")},
        ),
        (
            gettext_lazy("How we know"),
            {"fields": ("sources", "written_on", "sources_checked_on", "review_due_on")},
        ),
    )

    @admin.display(description=gettext_lazy("state"))
    def state(self, guidance: Guidance) -> str:
        if not guidance.pk:
            return _("new")
        if not guidance.is_shown:
            return _("taken down")
        return _("overdue: claims left out") if guidance.is_overdue(timezone.localdate()) else _("shown")

    def get_urls(self) -> list[URLPattern]:
        decide = self.admin_site.admin_view(self.decide)
        return [path("<int:pk>/decide/", decide, name="finder_guidance_decide"), *super().get_urls()]

    def decide(self, request: SignedIn, pk: int) -> HttpResponse:
        """POST only: `take_down`, `put_back` or `review`."""
        guidance = get_object_or_404(Guidance, pk=pk)
        verb = request.POST.get("verb", "")
        allowed = may_record_reviews(request.user) if verb == "review" else may_take_down(request.user)
        if not allowed or request.method != "POST":
            raise PermissionDenied
        told: dict[str, Any] = {"guidance": guidance, "by": request.user, "now": timezone.now()}
        try:
            match verb:
                case "take_down":
                    take_down(reason=request.POST.get("reason", "")[:250], **told)
                case "put_back":
                    put_back(**told)
                case "review":
                    mark_reviewed(role=request.POST.get("role", ""), **told)
                case _other:
                    raise Refused(_("Take down, put back or review?"))
            self.message_user(request, _("Done: %(name)s.") % {"name": guidance}, messages.SUCCESS)
        except Refused as why:
            self.message_user(request, str(why), messages.ERROR)
        return HttpResponseRedirect(reverse("admin:finder_guidance_change", args=[pk]))

    @admin.action(description=gettext_lazy("Take down now"), permissions=["take_down"])
    def take_selected_down(self, request: SignedIn, queryset: QuerySet[Any]) -> None:
        for guidance in queryset.shown():  # type: ignore[attr-defined]
            take_down(guidance=guidance, reason="", by=request.user, now=timezone.now())
        self.message_user(request, _("Readers no longer see them."), messages.SUCCESS)

    def has_take_down_permission(self, request: HttpRequest) -> bool:
        return may_take_down(request.user)

    def save_model(self, request: HttpRequest, obj: Guidance, form: Any, change: bool) -> None:
        assert request.user.is_authenticated
        if not change:
            obj.written_on = timezone.localdate()
            super().save_model(request, obj, form, change)
        elif reword(guidance=obj, by=request.user, now=timezone.now()):
            lost = _("The wording changed, so the review no longer stands. Have it reviewed again.")
            self.message_user(request, lost, messages.WARNING)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        context |= {
            "can_take_down": may_take_down(request.user),
            "can_review": may_record_reviews(request.user),
            "review_form": ReviewForm(),
        }
        return super().render_change_form(request, context, *args, **kwargs)
