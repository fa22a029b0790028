from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from finder.enums import CareCategory, LocationType
from finder.exporters.json_ld import json_ld_script
from finder.models import ListingIndex, ServiceAtLocation, Source
from finder.models.vocabulary import in_reader_language
from finder.search.facts import Fact, facts_of
from finder.views.ages import how_checked, how_missing
from finder.views.cards import SUPERVISED, category_words, county_of, restrictions, status_words
from finder.views.facts import questions_to_ask, sections
from finder.views.phones import in_order_to_call

ASKED_FIRST = (SUPERVISED, "same_day_start", "walk_in", "medicaid", "sliding_scale", "open_meeting")
MOST_ASKED = 4


@require_safe
def listing(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    published = ServiceAtLocation.objects.published().with_parts()
    found = get_object_or_404(
        published.prefetch_related(
            "phones",
            "schedules",
            "service__phones",
            "service__schedules",
            "location__phones",
            "location__schedules",
            "source_records__source",
        ),
        pk=pk,
    )
    if request.path != found.get_absolute_url():
        return redirect(found)
    facts = facts_of(found)
    context = listing_context(found, facts, today=timezone.localdate())
    page_url = request.build_absolute_uri(found.get_absolute_url())
    response = render(
        request, "listing.html", context | {"json_ld": json_ld_script(found, page_url=page_url)}
    )
    if found.is_demo:
        response["X-Robots-Tag"] = "noindex"
    return response


def listing_context(found: ServiceAtLocation, facts: list[Fact], *, today: date) -> dict[str, object]:
    index = ListingIndex.objects.filter(pk=found.pk).first()
    categories = index.categories if index else found.service.categories
    phones = in_order_to_call(found.speaking_phones)
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
        "map_url": map_url(found),
        "status": status_words(found),
        "sections": sections(found, facts, found.speaking_schedules),
        "questions": questions_to_ask(facts, slugs=ASKED_FIRST)[:MOST_ASKED],
        "checked": how_checked(index.checked_on, index.checked_method, today) if index else "",
        "warning": how_missing(index.missing_since) if index else "",
        "credits": list(map(credit, sources(found, facts))),
    }


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


def credit(source: Source) -> Credit:
    return Credit(
        source=source,
        name=in_reader_language(source.name, source.name_es),
        attribution=in_reader_language(source.attribution, source.attribution_es),
    )


def sources(found: ServiceAtLocation, facts: Sequence[Fact]) -> list[Source]:
    stated = [fact.statement.source for fact in facts if fact.statement]
    of_facts = {source.pk: source for source in stated}
    of_records = {record.source_id: record.source for record in found.source_records.all()}
    return sorted((of_facts | of_records).values(), key=lambda source: source.pk)
