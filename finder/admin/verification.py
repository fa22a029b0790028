"""Who checked what, and what was said of room: kept by the site, read by staff."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from finder.admin.base import DeskAdmin, ReadOnly, ReadOnlyInline
from finder.admin.shown import listing_link
from finder.admin.site import desk
from finder.enums import VerifiedPart
from finder.models import Capacity, Verification


def parts_in_words(verification: Verification) -> str:
    return ", ".join(str(VerifiedPart(part).label) for part in verification.parts)


@admin.register(Verification, site=desk)
class VerificationAdmin(ReadOnly, DeskAdmin):
    list_display = ("listing", "parts_words", "voice", "method", "verified_at", "verified_by")
    list_filter = ("voice", "method")
    list_select_related = ("listing__service", "verified_by")
    search_fields = ("listing__service__name",)
    search_help_text = _("Name of a listing")
    date_hierarchy = "verified_at"
    fields = ("listing_page", "parts_words", "voice", "method", "verified_at", "verified_by")

    @admin.display(description=_("listing"))
    def listing_page(self, verification: Verification) -> SafeString:
        return listing_link(verification.listing)

    @admin.display(description=_("found right"))
    def parts_words(self, verification: Verification) -> str:
        return parts_in_words(verification)


@admin.register(Capacity, site=desk)
class CapacityAdmin(ReadOnly, DeskAdmin):
    """Set on the listing's own page: see `finder.admin.room`."""

    list_display = ("listing", "unit", "code", "available", "voice", "updated", "expires_at")
    list_filter = ("unit", "code", "voice")
    list_select_related = ("listing__service",)
    search_fields = ("listing__service__name",)
    search_help_text = _("Name of a listing")
    date_hierarchy = "updated"
    fields = ("listing_page", "unit", "code", "available", "voice", "updated", "expires_at")

    @admin.display(description=_("listing"))
    def listing_page(self, capacity: Capacity) -> SafeString:
        return listing_link(capacity.listing)


class VerificationInline(ReadOnlyInline):
    model = Verification
    verbose_name_plural = _("who found what right, and when")
    fields = ("verified_at", "parts_words", "voice", "method", "verified_by")
    readonly_fields = ("parts_words",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("verified_by")

    @admin.display(description=_("found right"))
    def parts_words(self, verification: Verification) -> str:
        return parts_in_words(verification)


class CapacityInline(ReadOnlyInline):
    model = Capacity
    verbose_name_plural = _("room for new people, as it was said last")
    fields = ("unit", "code", "available", "voice", "updated", "expires_at")
