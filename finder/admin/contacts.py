"""E-mail addresses of programs, and what was written to them: for those who call, and for nobody else."""

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from finder.admin.base import DeskAdmin, ReadOnly, ReadOnlyInline
from finder.admin.shown import listing_link
from finder.admin.site import desk
from finder.models import Ask, AskedListing, Claim, Contact


class ClaimInline(ReadOnlyInline):
    model = Claim
    fields = ("listing_page", "status", "asked_at", "confirmed_at", "ended_at", "ended_reason")
    readonly_fields = ("listing_page",)
    show_change_link = True

    @admin.display(description=_("listing"))
    def listing_page(self, claim: Claim) -> SafeString:
        return listing_link(claim.listing)


class AskInline(ReadOnlyInline):
    model = Ask
    fields = ("kind", "sent_on", "sent_at")
    show_change_link = True


class AskedListingInline(ReadOnlyInline):
    model = AskedListing
    fields = ("listing_page", "answer", "parts", "answered_at", "forwarded_at")
    readonly_fields = ("listing_page",)

    @admin.display(description=_("listing"))
    def listing_page(self, asked: AskedListing) -> SafeString:
        return listing_link(asked.listing)


@admin.register(Contact, site=desk)
class ContactAdmin(ReadOnly, DeskAdmin):
    list_display = ("email", "language", "created_at", "unsubscribed_at")
    list_filter = ("language", ("unsubscribed_at", admin.EmptyFieldListFilter))
    search_fields = ("email", "claims__listing__service__name")
    search_help_text = _("E-mail address, or name of a listing")
    date_hierarchy = "created_at"
    fields = ("email", "language", "created_at", "unsubscribed_at")
    inlines = (ClaimInline, AskInline)


@admin.register(Ask, site=desk)
class AskAdmin(ReadOnly, DeskAdmin):
    list_display = ("contact", "kind", "sent_on", "sent_at")
    list_filter = ("kind", ("sent_at", admin.EmptyFieldListFilter))
    list_select_related = ("contact",)
    search_fields = ("contact__email",)
    date_hierarchy = "sent_on"
    fields = ("contact", "kind", "sent_on", "sent_at")
    inlines = (AskedListingInline,)
