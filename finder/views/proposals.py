"""A field of a listing and what is said of it, in words: now, and as someone proposes it."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.enums import CareCategory, ServiceStatus
from finder.models import Schedule
from finder.search.vocabulary import current_vocabulary
from finder.views.times import schedule_words

FIELD_NAMES = {
    "service.name": gettext_lazy("Name of the program"),
    "organization.name": gettext_lazy("Who runs it"),
    "phones": gettext_lazy("Phone numbers"),
    "service.url": gettext_lazy("Web address"),
    "address": gettext_lazy("Address"),
    "service.categories": gettext_lazy("Kind of help"),
    "service.status": gettext_lazy("Is it open?"),
    "hours": gettext_lazy("Hours"),
    "payment": gettext_lazy("Payment"),
    "service.description": gettext_lazy("What you offer, in your words"),
    "service.eligibility_description": gettext_lazy("Who can come"),
    "service.fees_description": gettext_lazy("Fees"),
    "service.application_process": gettext_lazy("How to apply"),
    "service.interpretation_services": gettext_lazy("Interpreters"),
    "location.transportation": gettext_lazy("Getting there"),
}
STATUS_WORDS = {
    ServiceStatus.ACTIVE: gettext_lazy("Open"),
    ServiceStatus.TEMPORARILY_CLOSED: gettext_lazy("Closed for now"),
    ServiceStatus.INACTIVE: gettext_lazy("Not offered at the moment"),
    ServiceStatus.DEFUNCT: gettext_lazy("Closed for good"),
}
DATES = ("dtstart", "valid_from", "valid_to")
TIMES = ("opens_at", "closes_at")


def words_of(field: str, value: Any) -> str:
    if not value:
        return "–"
    match field:
        case "phones":
            return "; ".join(f"{phone[0]} ext. {phone[1]}" if phone[1] else phone[0] for phone in value)
        case "address":
            return ", ".join(part for part in value.values() if part) or "–"
        case "hours":
            return "; ".join(map(hours_words, value))
        case "payment":
            return payment_words(value)
        case "service.categories":
            return ", ".join(str(CareCategory(each).label) for each in value)
        case "service.status":
            return str(STATUS_WORDS[ServiceStatus(value)])
    return str(value)


def hours_words(value: Mapping[str, Any]) -> str:
    said = schedule_words(schedule_of(value))
    return f"{said.when} ({said.note})" if said.note else said.when


def schedule_of(value: Mapping[str, Any]) -> Schedule:
    """Not a row, but what one would say."""
    fields = {name: said for name, said in value.items() if name != "how_to_join"}
    fields |= {name: date.fromisoformat(fields[name]) for name in DATES if fields.get(name)}
    fields |= {name: time.fromisoformat(fields[name]) for name in TIMES if fields.get(name)}
    fields["except_dates"] = [date.fromisoformat(day) for day in fields.get("except_dates", [])]
    return Schedule(**fields)


def payment_words(value: Mapping[str, str]) -> str:
    terms = current_vocabulary().by_slug
    answers = {"yes": _("yes"), "no": _("no"), "": _("not stated")}
    return "; ".join(f"{terms.get(slug, slug)}: {answers.get(said, said)}" for slug, said in value.items())
