"""The page of one listing, and the list of all."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from finder.actions.publishing import missing_for_publishing
from finder.actions.reviewing import sharing_parts_with
from finder.admin.base import Reindexing
from finder.admin.filters import ListingCategoryFilter, ListingStateFilter, MissingFilter, QuestionsFilter
from finder.admin.inlines import PhoneInline, SourceRecordInline, StatementInline
from finder.admin.listing_decisions import ListingDecisions
from finder.admin.listing_form import ListingForm, names_of
from finder.admin.outcomes import links_to_voices
from finder.admin.queue import item_named
from finder.admin.schedules import ScheduleInline
from finder.admin.shown import bullets, category_tags, field_words, status_tag
from finder.admin.site import desk
from finder.admin.verification import CapacityInline, VerificationInline
from finder.enums import EditorialStatus, ReviewStatus
from finder.models import ChangeRequest, Merge, ServiceAtLocation
from finder.permissions import Person, covers, may_edit_this, may_state_of
from finder.text import read_phone
from finder.upkeep.rooms import units_of

STATUS_FIELDS = ("status_words", "lacking", "open_questions", "archived_words", "pages_of_parts")
FIELDSETS = (
    (_("Where it stands"), {"fields": STATUS_FIELDS}),
    (_("What is offered"), {"fields": names_of("service")}),
    (_("Who runs it"), {"fields": names_of("organization")}),
    (_("Where"), {"fields": names_of("location")}),
)
NEW = ((None, {"fields": ("service", "location")}),)


@admin.register(ServiceAtLocation, site=desk)
class ListingAdmin(ListingDecisions, Reindexing):
    form = ListingForm
    change_form_template = "admin/listing_form.html"
    autocomplete_fields = ("service", "location")
    list_display = (
        "name",
        "city",
        "state",
        "categories",
        "status",
        "checked_on",
        "missing_since",
        "questions",
    )
    list_filter = (
        "editorial_status",
        ListingCategoryFilter,
        MissingFilter,
        QuestionsFilter,
        "is_demo",
        ListingStateFilter,
    )
    list_select_related = ("service__organization", "location", "index")
    date_hierarchy = "index__checked_on"
    ordering = ("service__name", "pk")
    search_fields = ("service__name", "location__city", "location__postal_code", "phones__number")
    search_help_text = _("Name, city, ZIP code or phone number")
    inlines = (
        *(PhoneInline, ScheduleInline),
        *(VerificationInline, CapacityInline, StatementInline, SourceRecordInline),
    )
    actions = ("publish_selected", "archive_selected")

    def get_queryset(self, request: HttpRequest) -> Any:
        waiting = (
            ChangeRequest.objects.filter(listing=OuterRef("pk"), status=ReviewStatus.PROPOSED)
            .order_by()
            .values("listing")
            .annotate(total=Count("pk"))
            .values("total")
        )
        return super().get_queryset(request).annotate(waiting=Coalesce(Subquery(waiting), 0))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """A whole phone number is found however it is written."""
        phone = read_phone(search_term)
        if phone and phone.number_e164:
            return queryset.filter(phones__number_e164=phone.number_e164), True
        return super().get_search_results(request, queryset, search_term)

    # The list

    @admin.display(description=_("name"), ordering="service__name")
    def name(self, listing: ServiceAtLocation) -> str:
        return listing.service.name

    @admin.display(description=_("city"), ordering="location__city")
    def city(self, listing: ServiceAtLocation) -> str:
        return listing.location.city

    @admin.display(description=_("state"), ordering="location__state_province")
    def state(self, listing: ServiceAtLocation) -> str:
        return listing.location.state_province

    @admin.display(description=_("categories"))
    def categories(self, listing: ServiceAtLocation) -> SafeString:
        return category_tags(listing.service.categories)

    @admin.display(description=_("status"), ordering="editorial_status")
    def status(self, listing: ServiceAtLocation) -> SafeString:
        return status_tag(listing.editorial_status)

    @admin.display(description=_("checked on"), ordering="index__checked_on", empty_value="–")
    def checked_on(self, listing: ServiceAtLocation) -> Any:
        return listing.index.checked_on if hasattr(listing, "index") else None

    @admin.display(description=_("missing since"), ordering="index__missing_since", empty_value="–")
    def missing_since(self, listing: ServiceAtLocation) -> Any:
        return listing.index.missing_since if hasattr(listing, "index") else None

    @admin.display(description=_("questions"), ordering="waiting")
    def questions(self, listing: Any) -> int | str:
        return listing.waiting or ""

    # The page

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return NEW
        if self.has_change_permission(request, obj):
            return FIELDSETS
        seen = [name if name != "service__categories" else "categories" for name in names_of("service")]
        return tuple(
            (title, {"fields": seen if "service__name" in part["fields"] else part["fields"]})
            for title, part in FIELDSETS
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return STATUS_FIELDS if obj else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = forms.ModelForm
        return super().get_form(request, obj, change, **kwargs)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj else (PhoneInline, ScheduleInline)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Whoever came from an item of the queue goes back to it."""
        item = item_named(request)
        if item and "_continue" not in request.POST:
            return redirect(f"{reverse('admin:queue_item', args=[item])}?corrected=1")
        return super().response_change(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            form.save_parts()
        super().save_model(request, obj, form, change)

    def rows_to_lock(self) -> QuerySet[Any]:
        return ServiceAtLocation.objects.with_parts().select_for_update()

    def state_of(self, found: Any) -> dict[str, list[str]]:
        return {"status": [str(EditorialStatus(found.editorial_status).label), found.archived_reason]}

    def listings_of(self, saved: Any) -> QuerySet[ServiceAtLocation]:
        return ServiceAtLocation.objects.filter(pk__in=sharing_parts_with(saved))

    def is_within_area(self, person: Person, row: Any) -> bool:
        """By the listing itself, though it may share its organization with others."""
        return covers(person, row)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        pages = {"archive": self.archive_page, "checked": self.checked_page, "decide": self.decide}
        own = [
            path(f"<uuid:pk>/{name}/", wrap(page), name=f"finder_serviceatlocation_{name}")
            for name, page in pages.items()
        ]
        terms = path("terms/", wrap(self.terms), name="finder_serviceatlocation_terms")
        return [terms, *own, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        listing = context.get("original")
        if listing:
            is_archived = listing.editorial_status == EditorialStatus.ARCHIVED
            edits = may_edit_this(request.user, listing)
            context |= {
                "can_publish": edits and listing.editorial_status == EditorialStatus.DRAFT,
                "can_archive": edits and not is_archived,
                "can_restore": edits and is_archived,
                "can_state_facts": may_state_of(request.user, listing),
                "can_state_room": may_state_of(request.user, listing)
                and units_of(listing.service.categories),
                "queue_item": item_named(request),
                "is_published": listing.editorial_status == EditorialStatus.PUBLISHED,
            }
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("status"))
    def status_words(self, listing: ServiceAtLocation) -> SafeString:
        return status_tag(listing.editorial_status)

    @admin.display(description=_("missing before it may be published"))
    def lacking(self, listing: ServiceAtLocation) -> Any:
        missing = missing_for_publishing(listing)
        return bullets(missing) if missing else _("Nothing")

    @admin.display(description=_("questions for you"))
    def open_questions(self, listing: ServiceAtLocation) -> Any:
        proposed = ReviewStatus.PROPOSED
        changes = ChangeRequest.objects.filter(listing=listing, status=proposed).select_related("source")
        merges = Merge.objects.filter(Q(listing=listing) | Q(duplicate=listing), status=proposed)
        links = [
            format_html(
                '<a href="{}">{}</a>',
                reverse("admin:finder_changerequest_change", args=[change.pk]),
                _("%(source)s says otherwise: %(field)s")
                % {"source": change.source, "field": field_words(change.field)},
            )
            for change in changes
        ] + [
            format_html(
                '<a href="{}">{}</a>', reverse("admin:finder_merge_change", args=[merge.pk]), merge.reason
            )
            for merge in merges
        ]
        links += links_to_voices(listing)
        return bullets(links) if links else _("None")

    @admin.display(description=_("archived"))
    def archived_words(self, listing: ServiceAtLocation) -> Any:
        if listing.editorial_status != EditorialStatus.ARCHIVED or listing.archived_at is None:
            return _("No")
        who = listing.archived_by or _("the site")
        return _("%(date)s by %(who)s: %(reason)s") % {
            "date": f"{listing.archived_at:%Y-%m-%d}",
            "who": who,
            "reason": listing.archived_reason,
        }

    @admin.display(description=_("its parts"))
    def pages_of_parts(self, listing: ServiceAtLocation) -> SafeString:
        parts = (listing.service, listing.service.organization, listing.location)
        shared = len(sharing_parts_with(listing)) - 1
        links: list[object] = [
            format_html(
                '<a href="{}">{}: {}</a>',
                reverse(f"admin:finder_{part._meta.model_name}_change", args=[part.pk]),
                part._meta.verbose_name,
                part,
            )
            for part in parts
        ]
        if shared:
            links.append(_("%(count)d other listings share some of these.") % {"count": shared})
        return bullets(links)
