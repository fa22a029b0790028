"""Claims of listings: whom to call, at which number, and what speaks against it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.actions.claiming import CODE_LASTS, MOST_WRONG, listed_numbers, make_code, refuse_claim
from finder.actions.refusals import Refused
from finder.admin.base import DeskAdmin, ReadOnly
from finder.admin.listing_decisions import SignedIn
from finder.admin.shared_numbers import changed_numbers, shared_by
from finder.admin.shown import bullets, listing_link
from finder.admin.site import desk
from finder.enums import ClaimStatus
from finder.models import Claim
from finder.permissions import may_call_of
from finder.views.phones import in_order_to_call

LATELY = timedelta(days=30)
UNDECIDED = {ClaimStatus.ASKED, ClaimStatus.CODE_READ}


class RefusalForm(forms.Form):
    reason = forms.CharField(
        max_length=250,
        label=gettext_lazy("Why?"),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


@admin.register(Claim, site=desk)
class ClaimAdmin(ReadOnly, DeskAdmin):
    change_form_template = "admin/claim.html"
    list_display = ("listing", "city", "status", "asked_at", "called_by", "confirmed_at")
    list_filter = ("status",)
    list_select_related = ("listing__service", "listing__location", "called_by")
    ordering = ("pk",)
    search_fields = ("listing__service__name", "listing__location__city", "contact__email")
    search_help_text = gettext_lazy("Name or city of a listing, or an e-mail address")
    date_hierarchy = "asked_at"
    fields = (
        "listing_page",
        "contact_page",
        "status",
        "asked_at",
        "called_number",
        "called_by",
        "code_made_at",
        "attempts",
        "confirmed_at",
        "ended_at",
        "ended_reason",
        "refused_by",
    )

    @admin.display(description=gettext_lazy("city"), ordering="listing__location__city")
    def city(self, claim: Claim) -> str:
        return claim.listing.location.city

    @admin.display(description=gettext_lazy("listing"))
    def listing_page(self, claim: Claim) -> SafeString:
        return listing_link(claim.listing)

    @admin.display(description=gettext_lazy("contact"))
    def contact_page(self, claim: Claim) -> SafeString:
        url = reverse("admin:finder_contact_change", args=[claim.contact_id])
        return format_html('<a href="{}">{}</a>', url, claim.contact)

    @admin.display(description=gettext_lazy("refused by"), empty_value="–")
    def refused_by(self, claim: Claim) -> Any:
        kind = ContentType.objects.get_for_model(claim)
        found = LogEntry.objects.filter(content_type=kind, object_id=str(claim.pk)).order_by("pk")
        return bullets(entry.user for entry in found)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/code/", wrap(self.code_page), name="finder_claim_code"),
            path("<int:pk>/refuse/", wrap(self.refuse), name="finder_claim_refuse"),
        ]
        return [*own, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        claim = context.get("original")
        if claim:
            context |= call_context(claim) | {
                "can_call": may_call_of(request.user, claim.listing) and claim.status in UNDECIDED,
                "refusal": RefusalForm(),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def code_page(self, request: SignedIn, pk: int) -> HttpResponse:
        """POST only, and its answer is the one place where the code is ever shown."""
        claim = self.called(request, pk)
        try:
            number = request.POST.get("number", "")
            code = make_code(claim=claim, number=number, by=request.user, now=timezone.now())
        except Refused as why:
            self.message_user(request, str(why), messages.ERROR)
            return self.page_of(claim)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Read this code out"),
            "opts": self.opts,
            "original": claim,
            "phone": next(phone for phone in listed_numbers(claim.listing) if phone.number_e164 == number),
            "code": f"{code[:3]} {code[3:]}",
            "days": CODE_LASTS.days,
            "tries": MOST_WRONG,
        }
        return TemplateResponse(request, "admin/claim_code.html", context)

    def refuse(self, request: SignedIn, pk: int) -> HttpResponse:
        claim = self.called(request, pk)
        form = RefusalForm(request.POST)
        try:
            if not form.is_valid():
                raise Refused(_("Say why: the reason is kept with the claim."))
            refuse_claim(claim=claim, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
            self.message_user(request, _("Refused: %(name)s.") % {"name": claim.listing}, messages.SUCCESS)
        except Refused as why:
            self.message_user(request, str(why), messages.ERROR)
        return self.page_of(claim)

    def called(self, request: HttpRequest, pk: int) -> Claim:
        claim: Claim = self.load(request, str(pk))
        if not may_call_of(request.user, claim.listing) or request.method != "POST":
            raise PermissionDenied
        return claim

    def page_of(self, claim: Claim) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:finder_claim_change", args=[claim.pk]))


def call_context(claim: Claim) -> dict[str, Any]:
    numbers = in_order_to_call(listed_numbers(claim.listing))
    return {
        "numbers": [(phone, shared_by(phone.number_e164)) for phone in numbers],
        "changed": changed_numbers(claim.listing, since=timezone.now() - LATELY),
        "script": script_of(claim),
    }


def script_of(claim: Claim) -> list[str]:
    """What to say, and what not."""
    name = claim.listing.service.name
    return [
        _("“Hello, this is Recovery Finder, a directory of help near you. Do I speak with %(name)s?”")
        % {"name": name},
        _("“Someone at your program asked to keep its listing right. May I give you a code for them?”"),
        _("They know of it: make the code, read it out twice, let them repeat it."),
        _("They know nothing of it: give no code, and refuse below. Do not say which address asked."),
    ]
