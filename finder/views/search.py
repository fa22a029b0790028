import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from finder.enums import CareCategory, Fit
from finder.filters import SearchFilterSet
from finder.geography.places import PlaceKind
from finder.geography.readings import PlaceNotFound, read_place
from finder.search.answer import Facet, FacetTerm, SearchAnswer, answer
from finder.search.question import DEFAULT_MILES, SearchQuestion, Sort
from finder.views.addresses import changed, pairs_of, search_address
from finder.views.cards import card_of
from finder.views.headings import OtherPlace, chips, heading, other_places, place_words
from finder.views.suggestions import next_steps

MILES_OFFERED = (5, 10, 25, 50, 100)
FACETS_OPEN = 2


class ShownFacet(NamedTuple):
    name: str
    choices: tuple[FacetTerm, ...]
    is_open: bool


@require_safe
@cache_control(no_store=True)
def search(request: HttpRequest) -> HttpResponse:
    asked = SearchFilterSet(data=said(request.GET))
    if not asked.is_valid():
        return misunderstood(request, asked.errors)
    found = answer(asked.question, today=timezone.localdate())
    if found.is_past_the_end:
        last_page = _("There is no such page. The last page is %(count)d.") % {"count": found.pages}
        return misunderstood(request, {"page": [last_page]})
    return render(request, "search.html", results_context(found, today=timezone.localdate()))


def said(parameters: QueryDict) -> QueryDict:
    """Without the empty fields that a browser sends along."""
    kept = QueryDict(mutable=True)
    for name, values in parameters.lists():
        kept.setlist(name, [value for value in values if value.strip()])
    return kept


def misunderstood(request: HttpRequest, errors: Mapping[str, list[str]]) -> HttpResponse:
    """What was typed stays in the form, and nothing is shown that was not asked for."""
    context = {
        "errors": errors,
        "facets": [],
        "filter_count": 0,
        "typed": {name: request.GET.get(name, "") for name in ("near", "within", "q", "sort")},
        "chosen_categories": request.GET.getlist("category"),
        "kept": [("need", slug) for slug in request.GET.getlist("need") if "need" not in errors]
        + [("not", slug) for slug in request.GET.getlist("not") if "not" not in errors],
        "places": places_like(request.GET.get("near", "")) if "near" in errors else [],
        **choices(request.GET.get("within", "")),
    }
    return render(request, "search.html", context, status=400)


def places_like(words: str) -> list[OtherPlace]:
    try:
        read_place(words)
    except PlaceNotFound as unknown:
        return [
            OtherPlace(place.label, search_address((("near", place.query),))) for place in unknown.suggestions
        ]
    return []


def choices(within: str) -> dict[str, object]:
    return {
        "categories": CareCategory.choices,
        "sorts": Sort.choices,
        "miles_choices": miles_choices(within),
    }


def miles_choices(within: str) -> list[tuple[str, bool]]:
    """The usual distances, and the one that was asked when it is none of them."""
    chosen = float(within) if re.fullmatch(r"\d{1,3}(\.\d+)?", within) else float(DEFAULT_MILES)
    return [(f"{miles:g}", miles == chosen) for miles in sorted({*map(float, MILES_OFFERED), chosen})]


def results_context(found: SearchAnswer, *, today: date) -> dict[str, object]:
    question = found.question
    cards = [card_of(result, question, today=today) for result in found.results]
    unsure = [result for result in found.results if result.fit == Fit.MAYBE]
    return {
        "errors": {},
        "answer": found,
        "question": question,
        "heading": heading(question),
        "chips": chips(question),
        "other_places": other_places(question),
        "fitting": [card for card, result in zip(cards, found.results, strict=True) if result.fit == Fit.YES],
        "maybe": [card for card, result in zip(cards, found.results, strict=True) if result.fit == Fit.MAYBE],
        "missing": list(dict.fromkeys(term for result in unsure for term in result.not_stated)),
        "has_detox": mentions_detox(found),
        "has_demo": any(card.listing.is_demo for card in cards),
        "next_steps": next_steps(question) if not cards else [],
        "typed": typed(question),
        "chosen_categories": question.categories,
        "kept": kept_apart(found),
        "filter_count": sum(map(len, (question.categories, question.needs, question.excluded))),
        "facets": facets_shown(found.facets),
        **pages(found),
        **choices(f"{question.within:g}"),
    }


def mentions_detox(found: SearchAnswer) -> bool:
    detox = CareCategory.WITHDRAWAL_MANAGEMENT
    return detox in found.question.categories or any(
        detox in result.index.categories for result in found.results
    )


def typed(question: SearchQuestion) -> dict[str, str]:
    place = question.reading.place if question.reading else None
    near = "" if place is None else place_words(place) if place.kind == PlaceKind.ONLINE else place.query
    return {
        "near": near,
        "within": f"{question.within or DEFAULT_MILES:g}",
        "q": question.words,
        "sort": question.sort.value,
    }


def facets_shown(facets: Sequence[Facet]) -> list[ShownFacet]:
    """Without the choices that would find nothing; the first few open, and each that was used."""
    shown: list[ShownFacet] = []
    for facet in facets:
        choices = tuple(choice for choice in facet.terms if choice.count or choice.is_chosen)
        used = any(choice.is_chosen for choice in choices)
        if choices:
            shown.append(ShownFacet(str(facet.taxonomy), choices, used or len(shown) < FACETS_OPEN))
    return shown


def kept_apart(found: SearchAnswer) -> list[tuple[str, str]]:
    """What was asked and has no checkbox beside the results: it stays asked when the form is sent."""
    boxes = {choice.term.slug for facet in found.facets for choice in facet.terms}
    needs = [("need", term.slug) for term in found.question.needs if term.slug not in boxes]
    return needs + [("not", term.slug) for term in found.question.excluded]


def pages(found: SearchAnswer) -> dict[str, str]:
    pairs, page = pairs_of(found.question), found.question.page
    return {
        "previous_url": search_address(changed(pairs, "page", str(page - 1))) if page > 1 else "",
        "next_url": search_address(changed(pairs, "page", str(page + 1))) if found.has_next else "",
    }
