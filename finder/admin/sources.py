"""The sources: whose word it is, how its feed is read, and what to do when it wants to be left out."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from finder.actions.refusals import Refused
from finder.actions.sources import is_stale, opt_out
from finder.admin.base import DeskAdmin
from finder.admin.listing_decisions import SignedIn
from finder.admin.site import desk
from finder.exporters.feed_keys import key_of
from finder.models import ServiceAtLocation, Source

READ = ("format", "fellowship", "feed_url", "timezone", "refresh_hours", "stale_after_days")


class OptOutForm(forms.Form):
    reason = forms.CharField(
        max_length=250,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Kept with each of its listings: “Its office asked by letter.”"),
    )


@admin.register(Source, site=desk)
class SourceAdmin(DeskAdmin):
    change_form_template = "admin/source_form.html"
    list_display = ("name", "slug", "publisher", "fellowship", "last_read", "state", "license_name")
    list_filter = ("fellowship", ("opted_out_at", admin.EmptyFieldListFilter))
    search_fields = ("name", "slug", "publisher")
    fixed_after_creation = ("slug",)
    readonly_fields = ("last_read", "state", "opted_out_at")
    fieldsets: ClassVar[Any] = (
        (gettext_lazy("Whose word it is"), {"fields": ("slug", "name", "name_es", "publisher", "url")}),
        (
            gettext_lazy("What is shown with it"),
            {"fields": ("attribution", "attribution_es", "license_name", "license_url")},
        ),
        (gettext_lazy("Its feed of meetings"), {"fields": READ}),
        (gettext_lazy("Where it hears of mistakes"), {"fields": ("feedback_url", "feedback_email")}),
        (gettext_lazy("Where it stands"), {"fields": readonly_fields}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        sources: Any = super().get_queryset(request)
        return sources.with_last_read()

    @admin.display(description=gettext_lazy("last read"), ordering="last_read_at")
    def last_read(self, source: Any) -> Any:
        return getattr(source, "last_read_at", None)

    @admin.display(description=gettext_lazy("its feed"))
    def state(self, source: Source) -> str:
        if source.opted_out_at:
            return _("Opted out: its feed is not read.")
        if not source.fellowship:
            return _("It has none.")
        if is_stale(source=source, now=timezone.now()):
            return _("Stale: its meetings may be out of date.")
        return _("Up to date.")

    # The page

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.opt_out_page)
        return [path("<slug:pk>/opt-out/", page, name="finder_source_opt_out"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        source = context.get("original")
        if source and source.fellowship and not source.opted_out_at:
            feed = request.build_absolute_uri(reverse("meetings_feed"))
            changes = self.has_change_permission(request, source)
            own = urlencode({"source": source.pk, "key": key_of(source.pk)})
            context |= {
                "feed_for_all": f"{feed}?{urlencode({'source': source.pk})}",
                "feed_of_its_own": f"{feed}?{own}" if changes else "",
                "can_opt_out": changes,
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def opt_out_page(self, request: SignedIn, pk: str) -> HttpResponse:
        source = self.load(request, pk)
        if not self.has_change_permission(request, source):
            raise PermissionDenied
        form = OptOutForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            self.carry_out(request, source, form.cleaned_data["reason"])
            return HttpResponseRedirect(reverse("admin:finder_source_change", args=[source.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("%(name)s wants to be left out") % {"name": source},
            "opts": self.opts,
            "original": source,
            "form": form,
            "count": ServiceAtLocation.objects.given_by_nobody_but(source.pk).count(),
        }
        return TemplateResponse(request, "admin/opt_out.html", context)

    def carry_out(self, request: SignedIn, source: Source, reason: str) -> None:
        try:
            archived = opt_out(source=source, by=request.user, now=timezone.now(), reason=reason)
        except Refused as why:
            self.message_user(request, str(why), messages.ERROR)
            return
        said = ngettext(
            "Its feed is no longer read. %(count)d listing archived.",
            "Its feed is no longer read. %(count)d listings archived.",
            archived,
        )
        self.message_user(request, said % {"count": archived}, messages.SUCCESS)
