"""Who runs this copy, where its listings come from, and what it keeps of its readers."""

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Self

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from finder.enums import EditorialStatus
from finder.models import Source, Statement
from finder.models.listing_queries import (
    MILES_IF_CLOSED,
    MILES_IF_DISPUTED,
    MILES_IF_MISSING,
    MILES_IF_NOT_IN_NAME,
    MILES_PER_YEAR_UNCHECKED,
    YEARS_COUNTED,
)
from finder.models.vocabulary import in_reader_language

ORDER = {
    "miles_a_year": MILES_PER_YEAR_UNCHECKED,
    "miles_at_most": MILES_PER_YEAR_UNCHECKED * YEARS_COUNTED,
    "miles_if_missing": MILES_IF_MISSING,
    "miles_if_disputed": MILES_IF_DISPUTED,
    "miles_if_closed": MILES_IF_CLOSED,
    "miles_if_not_in_name": MILES_IF_NOT_IN_NAME,
}
SECONDS_KEPT = 600
MOST_DIGITS_OF_A_NUMBER = 15  # E.164


class Spoken(NamedTuple):
    """How much one source said: its newest edition or call, and of how many published listings."""

    newest: date
    listings: int


@dataclass(frozen=True, slots=True)
class Origin:
    source: Source
    name: str
    attribution: str
    spoken: Spoken


@dataclass(frozen=True, slots=True)
class Contact:
    """`href` is empty for words that are no address."""

    text: str
    href: str

    @classmethod
    def read(cls, text: str) -> Self:
        return cls(text, href_of(text.strip()))


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    context = {
        "operator": settings.OPERATOR_NAME,
        "contact": Contact.read(settings.OPERATOR_CONTACT),
        "funding": settings.OPERATOR_FUNDING,
        "accessibility_contact": Contact.read(settings.ACCESSIBILITY_CONTACT),
        "origins": origins(),
        "rate": settings.API_RATE,
        "order": ORDER,
        "counts_unmet_needs": settings.COUNT_UNMET_NEEDS,
    }
    return render(request, "about.html", context)


def href_of(text: str) -> str:
    if re.fullmatch(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+", text):
        return f"mailto:{text}"
    if re.fullmatch(r"https?://\S+", text):
        return text
    digits = re.sub(r"[\s().-]", "", text)
    return f"tel:{digits}" if re.fullmatch(rf"\+?\d{{3,{MOST_DIGITS_OF_A_NUMBER}}}", digits) else ""


def origins() -> list[Origin]:
    """The sources that say something of a published listing, those that say most first."""
    spoken = cache.get_or_set("about:spoken", spoken_by_source, SECONDS_KEPT) or {}
    found = [
        Origin(
            source=source,
            name=in_reader_language(source.name, source.name_es),
            attribution=in_reader_language(source.attribution, source.attribution_es),
            spoken=Spoken(*spoken[source.pk]),
        )
        for source in Source.objects.all()
        if source.pk in spoken
    ]
    return sorted(found, key=lambda origin: (-origin.spoken.listings, origin.source.pk))


def spoken_by_source() -> dict[str, tuple[date, int]]:
    rows = (
        Statement.objects.filter(listing__editorial_status=EditorialStatus.PUBLISHED)
        .values("source_id")
        .annotate(newest=Max("stated_on"), listings=Count("listing", distinct=True))
    )
    return {row["source_id"]: (row["newest"], row["listings"]) for row in rows}
