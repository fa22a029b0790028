"""The rows that listings are made of; a listing's own page edits most of them in one place."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from finder.admin.base import Reindexing
from finder.admin.filters import CategoryFilter, StateFilter
from finder.admin.inlines import PhoneForm, PhoneInline
from finder.admin.schedules import ScheduleInline
from finder.admin.shown import bullets, category_tags, listing_link
from finder.admin.site import desk
from finder.models import Location, Organization, Phone, Schedule, Service, ServiceAtLocation

LISTINGS_NAMED = 20


class WithListings(Reindexing):
    """Shows which listings a change here reaches."""

    @admin.display(description=_("listings that show this"))
    def its_listings(self, row: Any) -> SafeString:
        listings = self.listings_of(row).with_parts().order_by("service__name", "pk")  # type: ignore[attr-defined]
        return bullets(listing_link(listing) for listing in listings[:LISTINGS_NAMED])

    readonly_fields = ("its_listings",)


@admin.register(Organization, site=desk)
class OrganizationAdmin(WithListings):
    list_display = ("name", "website", "service_count")
    search_fields = ("name",)
    search_help_text = _("Name of the organization")
    fields = ("name", "website", "its_listings")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(service_total=Count("services"))

    @admin.display(description=_("services"))
    def service_count(self, organization: Any) -> int:
        return int(organization.service_total)

    def listings_of(self, saved: Any) -> QuerySet[ServiceAtLocation]:
        return ServiceAtLocation.objects.filter(service__organization=saved)


@admin.register(Service, site=desk)
class ServiceAdmin(WithListings):
    list_display = ("name", "organization", "category_words", "status")
    list_filter = (CategoryFilter, "status")
    list_select_related = ("organization",)
    search_fields = ("name", "organization__name")
    search_help_text = _("Name of the service or its organization")
    autocomplete_fields = ("organization",)
    inlines = (PhoneInline, ScheduleInline)

    @admin.display(description=_("categories"))
    def category_words(self, service: Service) -> SafeString:
        return category_tags(service.categories)

    def listings_of(self, saved: Any) -> QuerySet[ServiceAtLocation]:
        return ServiceAtLocation.objects.filter(service=saved)


@admin.register(Location, site=desk)
class LocationAdmin(WithListings):
    list_display = (
        "__str__",
        "postal_code",
        "location_type",
        "address_is_public",
        "position_is_approximate",
    )
    list_filter = ("location_type", "address_is_public", "position_is_approximate", StateFilter)
    search_fields = ("address_1", "city", "postal_code")
    search_help_text = _("Street, city or ZIP code")
    inlines = (PhoneInline, ScheduleInline)

    def listings_of(self, saved: Any) -> QuerySet[ServiceAtLocation]:
        return ServiceAtLocation.objects.filter(location=saved)


class OwnedAdmin(Reindexing):
    list_select_related = ("listing__service", "service", "location")
    autocomplete_fields = ("listing", "service", "location")

    @admin.display(description=_("belongs to"))
    def owner(self, row: Phone | Schedule) -> str:
        return str(row.listing or row.service or row.location)

    def listings_of(self, saved: Any) -> QuerySet[ServiceAtLocation]:
        return ServiceAtLocation.objects.filter(
            Q(pk=saved.listing_id) | Q(service=saved.service_id) | Q(location=saved.location_id)
        )


@admin.register(Phone, site=desk)
class PhoneAdmin(OwnedAdmin):
    form = PhoneForm
    fields = (
        "number",
        "extension",
        "phone_type",
        "description",
        "position",
        "listing",
        "service",
        "location",
    )
    list_display = ("number", "extension", "phone_type", "description", "owner")
    list_filter = ("phone_type",)
    search_fields = ("number", "number_e164", "listing__service__name")
    search_help_text = _("Number, or the name of a listing")


@admin.register(Schedule, site=desk)
class ScheduleAdmin(OwnedAdmin):
    list_display = ("owner", "kind", "freq", "byday", "opens_at", "closes_at", "description")
    list_filter = ("kind", "freq")
    search_fields = ("listing__service__name", "service__name", "description")
    search_help_text = _("Name of a listing or a service")
