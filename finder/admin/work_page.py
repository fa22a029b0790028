"""Everything that an editor needs to see of one item: its question, why it waits, and what waits."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Model, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.actions.working import minutes_left
from finder.admin.call_script import script_for
from finder.admin.shown import category_tags
from finder.admin.site import desk
from finder.enums import CareCategory, QueueReason, ReviewStatus
from finder.models import CallOutcome, ChangeRequest, ListingReport, Merge, QueueItem, ServiceAtLocation
from finder.schedules import known_zones
from finder.upkeep.priority_words import sentences
from finder.views.ages import ago
from finder.views.phones import number_to_call

QUESTIONS = {
    QueueReason.UNSAFE: gettext_lazy("Is something unsafe shown here?"),
    QueueReason.DISPUTED: gettext_lazy("Callers found it wrong. What is right?"),
    QueueReason.REPORTED: gettext_lazy("Someone says that something is wrong. Is it?"),
    QueueReason.CHANGED: gettext_lazy("A change is proposed. Is it right?"),
    QueueReason.MISSING: gettext_lazy("Its directory dropped it. Is it still there?"),
    QueueReason.DUPLICATE: gettext_lazy("Is this the same place as another listing?"),
    QueueReason.NO_COORDINATES: gettext_lazy("Where is it?"),
    QueueReason.DUE: gettext_lazy("Is all of this still right?"),
}


class Side(NamedTuple):
    """A proposed change, with the words of its own page."""

    request: ChangeRequest
    words: dict[str, Any]


class Told(NamedTuple):
    words: Any
    who: Any
    when: str


def question_of(item: QueueItem) -> str:
    return str(QUESTIONS[QueueReason(item.reasons[0])])


def reason_words(item: QueueItem) -> list[str]:
    return [str(QueueReason(reason).label) for reason in item.reasons]


def work_context(item: QueueItem, *, now: datetime) -> dict[str, Any]:
    listing = item.listing
    return {
        "item": item,
        "minutes_left": minutes_left(item, now),
        "listing": listing,
        "title": question_of(item),
        "subtitle": listing.service.name,
        "reasons": reason_words(item),
        "whys": sentences(item.why),
        "category_tags": category_tags(listing.service.categories),
        "number": number_to_call(listing.speaking_phones),
        "local_time": local_time(listing, now),
        "is_only_group": set(listing.service.categories) == {CareCategory.SUPPORT_GROUP},
        "sources": [record.source for record in listing.source_records.select_related("source")],
        "script": script_for(listing),
        "reports": reports(item),
        "outcomes": list(outcomes(listing, now)),
        "changes": list(changes(listing)),
        "pairs": pairs(listing),
        "missing_since": listing.index.missing_since if hasattr(listing, "index") else None,
        "edit_url": edit_url(item),
    }


def edit_url(item: QueueItem) -> str:
    """The listing's page, which leads back here once it is saved."""
    page = reverse("admin:finder_serviceatlocation_change", args=[item.listing_id])
    return f"{page}?queue={item.pk}"


def local_time(listing: ServiceAtLocation, now: datetime) -> str:
    """So that nobody is called at night; empty where its time zone is not known."""
    zone = listing.location.timezone
    return time_format(now.astimezone(ZoneInfo(zone))) if zone in known_zones() else ""


def reports(item: QueueItem) -> list[tuple[ListingReport, str]]:
    """What readers wrote, each with the page to answer it on, which leads back here."""
    waiting = ListingReport.objects.waiting().filter(listing=item.listing_id)
    return [(report, f"{page_of(report)}?queue={item.pk}") for report in waiting]


def outcomes(listing: ServiceAtLocation, now: datetime) -> Iterator[Told]:
    today = timezone.localdate(now)
    for outcome in CallOutcome.objects.unresolved().doubting().filter(listing=listing):
        words = outcome.get_outcome_display()
        if outcome.wait_days is not None:
            words = _("%(words)s, wait of %(days)d days") % {"words": words, "days": outcome.wait_days}
        when = ago(timezone.localdate(outcome.reported_at), today)
        yield Told(words, outcome.get_voice_display(), when)


def changes(listing: ServiceAtLocation) -> Iterator[Side]:
    page: Any = desk.get_model_admin(ChangeRequest)
    waiting = ChangeRequest.objects.filter(listing=listing, status=ReviewStatus.PROPOSED)
    for request in waiting.select_related("source"):
        yield Side(request, page.words_of(request))


def pairs(listing: ServiceAtLocation) -> list[tuple[ServiceAtLocation, str, str]]:
    """The other listing, why it may be the same place, and the page to decide it on."""
    waiting = Merge.objects.filter(Q(listing=listing) | Q(duplicate=listing), status=ReviewStatus.PROPOSED)
    parts = ("listing__service", "listing__location", "duplicate__service", "duplicate__location")
    return [
        (merge.duplicate if merge.listing_id == listing.pk else merge.listing, merge.reason, page_of(merge))
        for merge in waiting.select_related(*parts)
    ]


def page_of(row: Model) -> str:
    return reverse(f"admin:finder_{row._meta.model_name}_change", args=[row.pk])
