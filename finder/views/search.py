from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from finder.actions.times import refresh_if_short
from finder.actions.unmet import count_gaps, gaps_of_search
from finder.enums import CareCategory, Fit
from finder.filters import SearchFilterSet
from finder.geography.readings import PlaceNotFound, read_place
from finder.models import TaxonomyTerm
from finder.search.answer import SearchAnswer, answer
from finder.search.question import SearchQuestion, Sort
from finder.views.addresses import changed, pairs_of, search_address
from finder.views.cards import Card, card_of
from finder.views.filter_form import form_of_answer, form_of_faults
from finder.views.headings import Chip, OtherPlace, chips, heading, other_places
from finder.views.htmx import CONFIGURATION, wants_parts
from finder.views.list_titles import title_of_search
from finder.views.map_tiles import tiles
from finder.views.own_list import own_list
from finder.views.packs_links import paper_of
from finder.views.safety import shown_safety
from finder.views.saved_searches import saving
from finder.views.suggestions import next_steps


@dataclass(frozen=True, slots=True)
class ShownResults:
    """One page of cards and what stands around them."""

    fitting: Sequence[Card]
    maybe: Sequence[Card]
    missing: Sequence[TaxonomyTerm]
    are_times_missing: bool
    has_detox: bool
    has_groups: bool
    has_demo: bool
    next_steps: Sequence[Chip]
    chosen_order: str
    page: int
    pages: int
    previous_url: str
    next_url: str
    list_title: str
    """What a list is called that is begun here."""
    address: str
    """Of this very page, to come back to."""


@require_safe
@cache_control(no_store=True)
@vary_on_headers("HX-Request")
def search(request: HttpRequest) -> HttpResponse:
    """One address: the page, or the parts of it that differ from one search to the next."""
    asked = SearchFilterSet(data=said(request.GET))
    if not asked.is_valid():
        return misunderstood(request, asked.errors_for_people)
    now, today = timezone.now(), timezone.localdate()
    found = answer(asked.question, now=now)
    if found.question.asks_when:
        refresh_if_short(now=now)
    if found.is_past_the_end:
        last_page = _("There is no such page. The last page is %(count)d.") % {"count": found.pages}
        return misunderstood(request, {"page": [last_page]})
    if is_first_load(request):
        count_gaps(gaps=gaps_of_search(found), day=today)
    context = answer_context(found, today=today, listed=own_list(request).contents)
    context |= {"saving": saving(request, found.question)}
    return page_or_parts(request, context, is_place=is_place(found.question))


def is_place(question: SearchQuestion) -> bool:
    """What stands in the field for the place is one as it stands, and no word that was typed there."""
    return question.reading is None or not question.reading.corrected


def is_first_load(request: HttpRequest) -> bool:
    """Not someone trying filters, who would be counted with each of them, nor a program's HEAD."""
    return request.method == "GET" and not wants_parts(request)


def said(parameters: QueryDict) -> QueryDict:
    """Without the empty fields that a browser sends along."""
    kept = QueryDict(mutable=True)
    for name, values in parameters.lists():
        kept.setlist(name, [value for value in values if value.strip()])
    return kept


def page_or_parts(
    request: HttpRequest, context: dict[str, object], *, is_place: bool = False, status: int = 200
) -> HttpResponse:
    template = "_search_parts.html" if wants_parts(request) else "search.html"
    typed = [*request.GET.getlist("q"), *([] if is_place else request.GET.getlist("near"))]
    around = {
        "htmx_config": CONFIGURATION,
        "safety": shown_safety(*typed),
        "tiles": tiles(),
    }
    return render(request, template, around | context, status=status)


def misunderstood(request: HttpRequest, errors: Mapping[str, Sequence[str]]) -> HttpResponse:
    """What was typed stays in the form, and nothing is shown that was not asked for."""
    context = {
        "heading": _("Please check your search"),
        "errors": [sentence for sentences in errors.values() for sentence in sentences],
        "places": places_like(request.GET.get("near", "")) if "near" in errors else [],
        "form": form_of_faults(request.GET, errors),
        "answer": None,
        "saving": None,
        "results": None,
        "chips": [],
        "other_places": [],
        "paper": None,
    }
    return page_or_parts(request, context, status=400)


def places_like(words: str) -> list[OtherPlace]:
    try:
        read_place(words)
    except PlaceNotFound as unknown:
        return [
            OtherPlace(place.label, search_address((("near", place.query),))) for place in unknown.suggestions
        ]
    return []


def answer_context(found: SearchAnswer, *, today: date, listed: Container[UUID]) -> dict[str, object]:
    return {
        "heading": heading(found.question),
        "errors": [],
        "places": [],
        "form": form_of_answer(found),
        "answer": found,
        "results": shown_results(found, today=today, listed=listed),
        "chips": chips(found.question),
        "other_places": other_places(found.question),
        "paper": paper_of(found.question.reading),
    }


def shown_results(found: SearchAnswer, *, today: date, listed: Container[UUID]) -> ShownResults:
    question = found.question
    cards = [(result.fit, card_of(result, question, today=today, listed=listed)) for result in found.results]
    unsure = [result for result in found.results if result.fit == Fit.MAYBE]
    return ShownResults(
        fitting=[card for fit, card in cards if fit == Fit.YES],
        maybe=[card for fit, card in cards if fit == Fit.MAYBE],
        missing=list(dict.fromkeys(term for result in unsure for term in result.not_stated)),
        are_times_missing=any(result.is_time_unsaid for result in unsure),
        has_detox=mentions(CareCategory.WITHDRAWAL_MANAGEMENT, found),
        has_groups=mentions(CareCategory.SUPPORT_GROUP, found),
        has_demo=any(card.is_demo for _fit, card in cards),
        next_steps=next_steps(found),
        chosen_order="" if question.sort == Sort.BEST else str(question.sort.label),
        page=question.page,
        pages=found.pages,
        previous_url=address_of_page(found, question.page - 1) if question.page > 1 else "",
        next_url=address_of_page(found, question.page + 1) if found.has_next else "",
        list_title=title_of_search(question, today=today),
        address=address_of_page(found, question.page),
    )


def mentions(category: CareCategory, found: SearchAnswer) -> bool:
    return category in found.question.categories or any(
        category in result.index.categories for result in found.results
    )


def address_of_page(found: SearchAnswer, page: int) -> str:
    return search_address(changed(pairs_of(found.question), "page", str(page)))
