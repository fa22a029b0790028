"""All of the queue in one dense list, and what is done to many items at once: said before it is done."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import action
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from finder.actions.queue_bulk import Deed, Order, carry_out, forecasts
from finder.actions.refusals import Refused
from finder.actions.working import name_of
from finder.admin.base import DeskAdmin, ReadOnly
from finder.admin.filters import ListingCategoryFilter, Rows, StateFilter
from finder.admin.shown import category_tags, listing_link
from finder.admin.signing_in import SignedIn
from finder.admin.site import desk
from finder.admin.work_page import reason_words
from finder.enums import QueueReason
from finder.models import QueueItem
from finder.models.queue import IS_UNSAFE
from finder.permissions import area_of, may_work_queue
from finder.upkeep.priority_words import sentences

FORETOLD = 200
"""So many are listed on a preview; the rest is counted."""
USUAL_DELAY = timedelta(days=30)


class ReasonFilter(admin.SimpleListFilter):
    title = gettext_lazy("reason")
    parameter_name = "reason"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(QueueReason.choices)

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        value = self.value()
        return queryset.filter(reasons__contains=[value]) if value in QueueReason.values else queryset


class ItemCategoryFilter(ListingCategoryFilter):
    path = "listing__service__categories__contains"


class ItemStateFilter(StateFilter):
    path = "listing__location__state_province"


class HowFarFilter(admin.SimpleListFilter):
    """Open items, unless someone asks for others."""

    title = gettext_lazy("how far it is")
    parameter_name = "is"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("free", pgettext("an item that nobody works on", "Free")),
            ("held", _("In someone's hands")),
            ("put-off", _("Put off")),
            ("done", _("Done")),
        ]

    def choices(self, changelist: Any) -> Iterator[Any]:
        everything, *others = super().choices(changelist)
        yield {**everything, "display": _("Open")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        now, items = timezone.now(), QueueItem.objects.all()
        chosen = {
            "free": items.free(now),
            "held": items.open().filter(claimed_until__gt=now),
            "put-off": items.open().filter(not_before__gt=now),
            "done": items.filter(closed_at__isnull=False),
        }
        return queryset.filter(pk__in=chosen.get(self.value() or "", items.open()).order_by().values("pk"))


class DeedForm(forms.Form):
    """Asks what the deed needs to know: a day, a reason, or nothing."""

    until = forms.DateField(
        label=gettext_lazy("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=250,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Kept with each listing for whoever wonders later."),
    )
    ASKS: ClassVar = {Deed.PUT_OFF: {"until"}, Deed.ARCHIVE: {"reason"}, Deed.RESOLVE: set()}

    def __init__(self, data: Any, deed: Deed) -> None:
        super().__init__(data, initial={"until": timezone.localdate() + USUAL_DELAY})
        self.deed = deed
        for name in {"until", "reason"} - self.ASKS[deed]:
            del self.fields[name]

    def clean_until(self) -> datetime:
        day = self.cleaned_data["until"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day after today."))
        return timezone.make_aware(datetime.combine(day, time.min))

    @property
    def order(self) -> Order:
        return Order(self.deed, **(self.cleaned_data if self.is_bound and self.is_valid() else {}))


@admin.register(QueueItem, site=desk)
class QueueItemAdmin(ReadOnly, DeskAdmin):
    list_filter = (ReasonFilter, ItemCategoryFilter, HowFarFilter, ItemStateFilter)
    search_fields = ("listing__service__name", "listing__location__city", "listing__location__postal_code")
    search_help_text = gettext_lazy("Name, city or ZIP code of a listing")
    ordering = (IS_UNSAFE.desc(), "-priority", "pk")
    actions = ("put_off", "mark_resolved", "archive")
    fields = ("listing_page", "reasons_said", "why_said", "opened_at", "how_far", "tries", "ended")

    def get_list_display(self, request: HttpRequest) -> Any:
        name = "name_to_work" if may_work_queue(request.user) else "name"
        columns = ("place", "categories", "reasons_said", "why_said", "priority", "opened", "how_far")
        return (name, *columns)

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> Any:
        return ("name",)

    def get_queryset(self, request: HttpRequest) -> Any:
        items = QueueItem.objects.within(area_of(request.user)).with_listings().most_pressing_first()
        return items.select_related("claimed_by", "closed_by")

    def has_work_permission(self, request: HttpRequest) -> bool:
        return may_work_queue(request.user)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        known = {"may_work": may_work_queue(request.user), **(extra_context or {})}
        return super().changelist_view(request, known)

    # The list

    @admin.display(description=gettext_lazy("name"), ordering="listing__service__name")
    def name(self, item: QueueItem) -> str:
        return item.listing.service.name

    @admin.display(description=gettext_lazy("name"), ordering="listing__service__name")
    def name_to_work(self, item: QueueItem) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("admin:queue_item", args=[item.pk]), item.listing)

    @admin.display(description=gettext_lazy("place"), ordering="listing__location__state_province")
    def place(self, item: QueueItem) -> str:
        location = item.listing.location
        return ", ".join(part for part in (location.city, location.state_province) if part)

    @admin.display(description=gettext_lazy("categories"))
    def categories(self, item: QueueItem) -> SafeString:
        return category_tags(item.listing.service.categories)

    @admin.display(description=gettext_lazy("reasons"))
    def reasons_said(self, item: QueueItem) -> str:
        return ", ".join(reason_words(item))

    @admin.display(description=gettext_lazy("why it is here"))
    def why_said(self, item: QueueItem) -> str:
        return "; ".join(f"{sentence.words} (× {sentence.times:g})" for sentence in sentences(item.why))

    @admin.display(description=gettext_lazy("since"), ordering="opened_at")
    def opened(self, item: QueueItem) -> str:
        return f"{item.opened_at:%Y-%m-%d}"

    @admin.display(description=gettext_lazy("how far it is"), ordering="not_before")
    def how_far(self, item: QueueItem) -> str:
        now = timezone.now()
        if item.closed_at:
            return str(item.get_outcome_display())
        if item.claimed_until and item.claimed_until > now:
            return _("%(name)s works on it") % {"name": name_of(item.claimed_by)}
        if item.not_before and item.not_before > now:
            return _("put off until %(day)s") % {"day": date_format(item.not_before, "DATE_FORMAT")}
        return _("free")

    # The page

    @admin.display(description=gettext_lazy("listing"))
    def listing_page(self, item: QueueItem) -> SafeString:
        return listing_link(item.listing)

    @admin.display(description=gettext_lazy("ended"))
    def ended(self, item: QueueItem) -> str:
        if not item.closed_at:
            return "–"
        return f"{item.closed_at:%Y-%m-%d %H:%M}, {item.closed_by or _('the site')}"

    # Many at once

    @action(description=Deed.PUT_OFF.label, permissions=["work"])
    def put_off(self, request: SignedIn, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self.foretell_or_do(request, queryset, Deed.PUT_OFF)

    @action(description=Deed.RESOLVE.label, permissions=["work"])
    def mark_resolved(self, request: SignedIn, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self.foretell_or_do(request, queryset, Deed.RESOLVE)

    @action(description=Deed.ARCHIVE.label, permissions=["work"])
    def archive(self, request: SignedIn, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self.foretell_or_do(request, queryset, Deed.ARCHIVE)

    def foretell_or_do(self, request: SignedIn, queryset: QuerySet[Any], deed: Deed) -> HttpResponse | None:
        form = DeedForm(request.POST if "confirmed" in request.POST else None, deed)
        if not form.is_valid():
            return self.foretell(request, list(queryset), form)
        try:
            done = carry_out(items=list(queryset), order=form.order, by=request.user, now=timezone.now())
        except Refused as why:
            form.add_error(None, str(why))
            return self.foretell(request, list(queryset), form)
        count = sum(each.happens for each in done)
        said = ngettext("%(deed)s: %(count)d listing.", "%(deed)s: %(count)d listings.", count)
        self.message_user(request, said % {"deed": deed.label, "count": count}, messages.SUCCESS)
        if left := len(done) - count:
            said = ngettext("%(count)d listing was left alone.", "%(count)d listings were left alone.", left)
            self.message_user(request, said % {"count": left}, messages.WARNING)
        return None

    def foretell(self, request: SignedIn, items: list[QueueItem], form: DeedForm) -> HttpResponse:
        found = forecasts(items=items, order=form.order, by=request.user, now=timezone.now())
        happening = [each for each in found if each.happens]
        staying = [each for each in found if not each.happens]
        context = {
            **self.admin_site.each_context(request),
            "title": form.deed.label,
            "opts": self.opts,
            "form": form,
            "happening": happening[:FORETOLD],
            "happening_total": len(happening),
            "staying": staying[:FORETOLD],
            "staying_total": len(staying),
            "kept": [
                (name, value)
                for name in ("action", "select_across", ACTION_CHECKBOX_NAME)
                for value in request.POST.getlist(name)
            ],
        }
        return TemplateResponse(request, "admin/queue_bulk.html", context)
