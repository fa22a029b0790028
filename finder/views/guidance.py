"""The safety texts as pages: what is never dropped first, then what to do, what is known and from whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from finder.models import Guidance
from finder.models.vocabulary import in_reader_language
from finder.views.markdown import html_of, line_of


@dataclass(frozen=True, slots=True)
class Cited:
    """A source with the number that its claims carry."""

    number: int
    key: str
    title: str
    url: str
    publisher: str
    dated: str
    note: str


@dataclass(frozen=True, slots=True)
class ShownClaim:
    text: SafeString
    sources: Sequence[Cited]


@dataclass(frozen=True, slots=True)
class ShownSection:
    key: str
    title: str
    text: SafeString
    claims: Sequence[ShownClaim]


@dataclass(frozen=True, slots=True)
class RelatedSearch:
    label: str
    url: str


@require_safe
def guidance_index(request: HttpRequest) -> HttpResponse:
    return render(request, "guidance_index.html", {"texts": Guidance.objects.shown()})


@require_safe
def guidance(request: HttpRequest, slug: str) -> HttpResponse:
    text = get_object_or_404(Guidance, slug=slug)
    if not text.is_shown:
        return render(request, "guidance_gone.html", {"text": text}, status=410)
    today = timezone.localdate()
    sources = cited(text)
    context = {
        "text": text,
        "core": [line_of(spoken(line)) for line in text.core],
        "sections": list(shown_sections(text, sources, today)),
        "sources": sources,
        "related": related(text),
        "is_overdue": text.is_overdue(today),
    }
    return render(request, "guidance.html", context)


def spoken(row: dict[str, Any], name: str = "text") -> str:
    """One of its fields in the reader's language."""
    return in_reader_language(row.get(name, ""), row.get(f"{name}_es", ""))


def cited(text: Guidance) -> list[Cited]:
    return [
        Cited(
            number=number,
            key=source["key"],
            title=source["title"],
            url=source["url"],
            publisher=spoken(source, "publisher"),
            dated=spoken(source, "dated"),
            note=spoken(source, "note"),
        )
        for number, source in enumerate(text.sources, start=1)
    ]


def shown_sections(text: Guidance, sources: Sequence[Cited], today: date) -> Iterator[ShownSection]:
    """A section whose claims have lapsed and which says nothing else is left out."""
    by_key = {source.key: source for source in sources}
    claims = text.claims_on(today)
    for section in text.sections:
        said = spoken(section)
        facts = [
            ShownClaim(line_of(spoken(claim)), [by_key[key] for key in claim["sources"] if key in by_key])
            for claim in claims
            if claim["section"] == section["key"]
        ]
        if said or facts:
            yield ShownSection(section["key"], spoken(section, "title"), html_of(said), facts)


def related(text: Guidance) -> list[RelatedSearch]:
    return [
        RelatedSearch(spoken(row, "label"), f"{reverse('search')}?{row['query']}") for row in text.related
    ]
