"""The form beside the results: what was asked, and every choice that would still find something."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from finder.enums import Attending, CareCategory
from finder.filters import HAS_ROOM, SearchFilterSet
from finder.geography.places import PlaceKind
from finder.search.answer import Facet, FacetTerm, SearchAnswer
from finder.search.question import DEFAULT_MILES, SearchQuestion, Sort, When
from finder.search.vocabulary import current_vocabulary
from finder.views.addresses import times_of
from finder.views.headings import place_words

MILES_OFFERED = (5, 10, 25, 50, 100)
FACETS_OPEN = 2
TEXT_FIELDS = ("near", "within", "q", "sort", "when", "from", "until", "zone")
UNSEEN_FIELDS = {"zone"}


class ShownFacet(NamedTuple):
    slug: str
    name: str
    choices: tuple[FacetTerm, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class FilterForm:
    typed: Mapping[str, str]
    chosen_categories: Sequence[str]
    has_room: bool
    """Only what says that it has room now."""
    kept: Sequence[tuple[str, str]]
    """What was asked and has no field here: it stays asked when the form is sent."""
    facets: Sequence[ShownFacet]
    faults: Mapping[str, Sequence[str]]
    """By field, the fields without a fault included."""
    chosen_count: int

    @property
    def categories(self) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in CareCategory.choices]

    @property
    def sorts(self) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in Sort.choices]

    @property
    def whens(self) -> list[tuple[str, str]]:
        return [("", _("Any time")), *((value, str(label)) for value, label in When.choices)]

    @property
    def offers_room(self) -> bool:
        """A support group has room for everyone: nobody states it."""
        return self.has_room or set(self.chosen_categories) != {CareCategory.SUPPORT_GROUP}

    @property
    def miles_choices(self) -> list[tuple[str, bool]]:
        return miles_choices(self.typed["within"])

    @property
    def is_faulty(self) -> bool:
        return any(self.faults.values())


def form_of_answer(found: SearchAnswer) -> FilterForm:
    question = found.question
    return FilterForm(
        typed=typed(question),
        chosen_categories=question.categories,
        has_room=question.has_room,
        kept=kept_apart(found),
        facets=facets_shown(found.facets),
        faults=by_field({}),
        chosen_count=sum(map(len, (question.categories, question.needs, question.excluded)))
        + sum(map(bool, (question.when, question.asks_time_of_day, question.is_hybrid, question.has_room))),
    )


def form_of_faults(parameters: QueryDict, errors: Mapping[str, Sequence[str]]) -> FilterForm:
    """What was typed stays, save what has no field to mend it in: needs that nobody knows, and the like."""
    known = current_vocabulary().by_slug
    accepted = {"need": known, "fellowship": known, "attend": Attending.values, "not": known}
    return FilterForm(
        typed={
            name: parameters.get(name, "") for name in TEXT_FIELDS if name not in UNSEEN_FIELDS & set(errors)
        },
        chosen_categories=parameters.getlist("category"),
        has_room=HAS_ROOM in parameters.getlist("available"),
        kept=[
            (name, value)
            for name, values in accepted.items()
            for value in parameters.getlist(name)
            if value in values
        ],
        facets=(),
        faults=by_field(errors),
        chosen_count=0,
    )


def by_field(errors: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    return {name: errors.get(name, ()) for name in SearchFilterSet.base_filters}


def miles_choices(within: str) -> list[tuple[str, bool]]:
    """The usual distances, and the one that was asked when it is none of them."""
    chosen = float(within) if re.fullmatch(r"\d{1,3}(\.\d+)?", within) else float(DEFAULT_MILES)
    return [(f"{miles:g}", miles == chosen) for miles in sorted({*map(float, MILES_OFFERED), chosen})]


def typed(question: SearchQuestion) -> dict[str, str]:
    place = question.reading.place if question.reading else None
    near = "" if place is None else place_words(place) if place.kind == PlaceKind.ONLINE else place.query
    return {
        "near": near,
        "within": f"{question.within or DEFAULT_MILES:g}",
        "q": question.words,
        "sort": question.sort.value,
        "when": "",
        "zone": "",
        "from": "",
        "until": "",
        **dict(times_of(question)),
    }


def facets_shown(facets: Sequence[Facet]) -> list[ShownFacet]:
    """Without the choices that would find nothing; the first few open, and each that was used."""
    shown: list[ShownFacet] = []
    for facet in facets:
        choices = tuple(choice for choice in facet.terms if choice.count or choice.is_chosen)
        used = any(choice.is_chosen for choice in choices)
        if choices:
            is_open = used or len(shown) < FACETS_OPEN
            shown.append(ShownFacet(facet.taxonomy.slug, str(facet.taxonomy), choices, is_open))
    return shown


def kept_apart(found: SearchAnswer) -> list[tuple[str, str]]:
    boxes = {choice.term.slug for facet in found.facets for choice in facet.terms}
    needs = [("need", term.slug) for term in found.question.needs if term.slug not in boxes]
    hybrid = [("attend", Attending.HYBRID.value)] if found.question.is_hybrid else []
    return needs + hybrid + [("not", term.slug) for term in found.question.excluded]
