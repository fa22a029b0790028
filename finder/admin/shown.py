"""Small pieces of HTML that several pages show."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.admin.history_words import value_in_words
from finder.enums import CareCategory, EditorialStatus, LocationType
from finder.models import ServiceAtLocation
from finder.search.vocabulary import current_vocabulary
from finder.views.proposals import words_of

FIELD_WORDS = {
    "organization.name": gettext_lazy("organization"),
    "service.name": gettext_lazy("name"),
    "service.url": gettext_lazy("web address"),
    "service.categories": gettext_lazy("categories"),
    "location.location_type": gettext_lazy("kind of place"),
    "location.address_1": gettext_lazy("street"),
    "location.address_2": gettext_lazy("suite or floor"),
    "location.city": gettext_lazy("city"),
    "location.state_province": gettext_lazy("state"),
    "location.postal_code": gettext_lazy("ZIP code"),
    "position": gettext_lazy("point on the map, county and time zone"),
    "phones": gettext_lazy("phone numbers"),
    "service.description": gettext_lazy("description"),
    "service.status": gettext_lazy("status"),
    "location.country": gettext_lazy("country"),
    "location.transportation": gettext_lazy("getting there"),
    "schedules": gettext_lazy("times"),
    "address": gettext_lazy("address"),
    "hours": gettext_lazy("hours"),
    "payment": gettext_lazy("payment"),
    "service.eligibility_description": gettext_lazy("who can come"),
    "service.fees_description": gettext_lazy("fees"),
    "service.application_process": gettext_lazy("how to get in"),
    "service.interpretation_services": gettext_lazy("interpreters"),
}
CHOICES = {"service.categories": CareCategory.choices, "location.location_type": LocationType.choices}


SAID_WHOLE = ("address", "hours", "payment")


def said(field: str, value: Any) -> str:
    if field in SAID_WHOLE:
        return words_of(field, value)
    if field == "phones":
        return "; ".join(f"{phone[0]} ext. {phone[1]}" if phone[1] else phone[0] for phone in value) or "–"
    if field == "schedules":
        return "; ".join(map(time_in_words, value)) or "–"
    return value_in_words(value, CHOICES.get(field))


def time_in_words(time: Mapping[str, Any]) -> str:
    """As its source and its form have it: what differs is what is asked about."""
    words = [value_in_words(said) for name, said in time.items() if name not in ("kind", "terms")]
    return ", ".join([*words, *([terms_in_words(time["terms"])] if "terms" in time else [])])


def field_words(field: str) -> str:
    return str(FIELD_WORDS.get(field, field))


def category_tags(categories: Iterable[str]) -> SafeString:
    known = [CareCategory(category) for category in categories if category in CareCategory.values]
    return format_html_join(" ", '<span class="tag {}">{}</span>', ((one.value, one.label) for one in known))


def status_tag(status: str) -> SafeString:
    return format_html('<span class="tag status-{}">{}</span>', status.lower(), EditorialStatus(status).label)


def listing_link(listing: ServiceAtLocation) -> SafeString:
    url = reverse("admin:finder_serviceatlocation_change", args=[listing.pk])
    return format_html('<a href="{}">{}</a>', url, listing)


def terms_in_words(term_ids: Iterable[int]) -> str:
    return ", ".join(str(term) for term in current_vocabulary().named(term_ids)) or "–"


def bullets(items: Iterable[object]) -> SafeString:
    rows = format_html_join("", "<li>{}</li>", ((item,) for item in items))
    return format_html('<ul class="plain-list">{}</ul>', rows) if rows else format_html("{}", "–")


def table(heads: Sequence[object], rows: Iterable[Sequence[object]]) -> SafeString:
    head = format_html_join("", '<th scope="col">{}</th>', ((one,) for one in heads))
    body = format_html_join(
        "", "<tr>{}</tr>", ((format_html_join("", "<td>{}</td>", ((cell,) for cell in row)),) for row in rows)
    )
    return format_html(
        '<div class="scroll" tabindex="0"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
        head,
        body,
    )


def folded_rows(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """The untouched rows of a source: at hand, and not in the way."""
    said = [
        table(
            (_("Column"), _("Says")), [(name, value_in_words(value)) for name, value in row.items() if value]
        )
        for row in rows
    ]
    parts = format_html_join("", "{}", ((one,) for one in said))
    return (
        format_html("<details><summary>{}</summary>{}</details>", _("Show the row"), parts) if said else parts
    )
