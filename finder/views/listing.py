from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from finder.enums import CareCategory, LocationType, ScheduleKind
from finder.exporters.json_ld import json_ld_script
from finder.models import ListingIndex, ServiceAtLocation, Source
from finder.models.vocabulary import in_reader_language
from finder.search.facts import Fact, facts_of
from finder.views.ages import how_missing
from finder.views.cards import SUPERVISED, category_words, county_of, restrictions, status_words
from finder.views.doubts import doubt_words
from finder.views.facts import Section, questions_to_ask, sections
from finder.views.freshness import freshness_line, words_by_part
from finder.views.groups import EXPLAINED, Group, group_of, stale_since
from finder.views.heirs import leads_on
from finder.views.htmx import CONFIGURATION
from finder.views.list_titles import title
from finder.views.own_list import own_list
from finder.views.phones import in_order_to_call
from finder.views.rooms import room_words
from finder.views.voices import voices_of

ASKED_FIRST = (SUPERVISED, "same_day_start", "walk_in", "medicaid", "sliding_scale", "open_meeting")
MOST_ASKED = 4


@require_safe
@cache_control(no_cache=True)
@leads_on
def listing(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    found = published_listing(pk)
    if request.path != found.get_absolute_url():
        return redirect(found)
    page_url = request.build_absolute_uri(found.get_absolute_url())
    context = listing_context(found, now=timezone.now()) | {
        "json_ld": json_ld_script(found, page_url=page_url),
        "is_listed": found.pk in own_list(request).contents,
    }
    response = render(request, "listing.html", context)
    if found.is_demo:
        response["X-Robots-Tag"] = "noindex"
    return response


def published_listing(pk: UUID) -> ServiceAtLocation:
    """Phones and schedules are read where they are asked for: nearly always the listing's own will do."""
    published = ServiceAtLocation.objects.published().with_parts()
    return get_object_or_404(published.prefetch_related("source_records__source"), pk=pk)


def listing_context(found: ServiceAtLocation, *, now: datetime) -> dict[str, object]:
    index = ListingIndex.objects.filter(pk=found.pk).first()
    categories = index.categories if index else found.service.categories
    facts = facts_of(found)
    phones = in_order_to_call(found.speaking_phones)
    today = timezone.localdate(now)
    group = group_of(found, facts, now=now) if CareCategory.SUPPORT_GROUP in categories else None
    credited = credits_of(sources(found, facts), today=today)
    return {
        "listing": found,
        "categories": category_words(categories),
        "is_detox": CareCategory.WITHDRAWAL_MANAGEMENT in categories,
        "is_care": set(categories) != {CareCategory.SUPPORT_GROUP},
        "supervision": supervision(facts) if CareCategory.WITHDRAWAL_MANAGEMENT in categories else "",
        "restrictions": restrictions(tuple(fact.term for fact in facts if fact.is_yes)),
        "phone": phones[0] if phones else None,
        "other_phones": phones[1:],
        "county": county_of(found),
        "is_online": found.location.location_type == LocationType.VIRTUAL,
        "map_url": "" if group and group.is_closed_for_now else map_url(found),
        "status": status_words(found),
        "group": group,
        "ways_in": None,
        "voices": voices_of(found, disputed=index.disputed if index else (), now=now),
        "sections": sections_beside(group, found, facts),
        "questions": questions_to_ask(facts, slugs=ASKED_FIRST)[:MOST_ASKED],
        **freshness_context(index, {credit.source.pk: credit.name for credit in credited}, now=now),
        "stale": [credit for credit in credited if credit.stale_since],
        "credits": credited,
        "json_ld": "",
        "is_listed": False,
        "list_title": title(found.location.city if found.location.address_is_public else "", today=today),
        "htmx_config": CONFIGURATION,
    }


def freshness_context(
    index: ListingIndex | None, source_names: Mapping[str, str], *, now: datetime
) -> dict[str, object]:
    """How sure it is. A listing that the index does not hold yet says nothing of it."""
    if index is None:
        return {"checked": "", "warning": "", "doubts": (), "rooms": (), "parts": ()}
    today, rooms = timezone.localdate(now), room_words(index, now=now)
    return {
        "checked": freshness_line(index, today=today),
        "warning": how_missing(index.missing_since),
        "doubts": doubt_words(index),
        "rooms": rooms,
        "parts": words_by_part(index, source_names, rooms, today=today),
    }


def sections_beside(group: Group | None, found: ServiceAtLocation, facts: Sequence[Fact]) -> list[Section]:
    """Without what the group's own parts say already: its meetings, and terms with their meanings."""
    if group is None:
        return sections(found, facts, found.speaking_schedules)
    others = [fact for fact in facts if fact.term.taxonomy_id not in EXPLAINED]
    return sections(
        found, others, [each for each in found.speaking_schedules if each.kind != ScheduleKind.MEETING]
    )


def supervision(facts: Sequence[Fact]) -> str:
    is_yes = next((fact.is_yes for fact in facts if fact.term.slug == SUPERVISED), None)
    return "ask" if is_yes is None else "yes" if is_yes else "no"


def map_url(found: ServiceAtLocation) -> str:
    """Only for an exact, public place that people go to: a pin on a ZIP Code's middle misleads."""
    location = found.location
    is_exact = location.latitude is not None and not location.position_is_approximate
    if location.location_type != LocationType.PHYSICAL or not location.address_is_public or not is_exact:
        return ""
    point = f"{location.latitude:.5f}/{location.longitude:.5f}"
    return (
        "https://www.openstreetmap.org/"
        f"?mlat={location.latitude:.5f}&mlon={location.longitude:.5f}#map=17/{point}"
    )


class Credit(NamedTuple):
    source: Source
    name: str
    attribution: str
    stale_since: date | None
    """The day of its last reading, where it should have been read again since."""


def credits_of(sources: Sequence[Source], *, today: date) -> list[Credit]:
    stale = stale_since(sources, today=today)
    return [
        Credit(
            source=source,
            name=in_reader_language(source.name, source.name_es),
            attribution=in_reader_language(source.attribution, source.attribution_es),
            stale_since=stale.get(source.pk),
        )
        for source in sources
    ]


def sources(found: ServiceAtLocation, facts: Sequence[Fact]) -> list[Source]:
    stated = [fact.statement.source for fact in facts if fact.statement]
    of_facts = {source.pk: source for source in stated}
    of_records = {record.source_id: record.source for record in found.source_records.all()}
    return sorted((of_facts | of_records).values(), key=lambda source: source.pk)
