"""A plan as its page shows it: the legs in the order in which they start, each with a plain promise."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.enums import CareCategory
from finder.geography.places import PlaceKind
from finder.plans.situations import Situation, Substance
from finder.plans.starts import Start
from finder.plans.whys import hand_over, why
from finder.search.plans.answer import Gap, Leg, Plan
from finder.search.plans.choices import Choice, Reason, ReasonKey
from finder.search.plans.question import PlanQuestion
from finder.search.question import SearchQuestion
from finder.views.addresses import pairs_of, search_address
from finder.views.cards import Card, card_of
from finder.views.headings import Chip
from finder.views.list_titles import title_of_search
from finder.views.plan_words import ask_words, gap_reason, instead_words, reason_text
from finder.views.repair_words import repair_address
from finder.views.suggestions import counted_label

STARTING = (Start.NOW, Start.NEXT, Start.ALONGSIDE, Start.MAY_NOT_NEED)
PROMISES = {
    CareCategory.WITHDRAWAL_MANAGEMENT: gettext_lazy("Get through withdrawal"),
    CareCategory.BEHAVIORAL_HEALTH: gettext_lazy("Care and counseling"),
    CareCategory.SUPPORT_GROUP: gettext_lazy("People who get it"),
}
NAMES = {
    CareCategory.WITHDRAWAL_MANAGEMENT: gettext_lazy("Detox"),
    CareCategory.BEHAVIORAL_HEALTH: gettext_lazy("Treatment"),
    CareCategory.SUPPORT_GROUP: gettext_lazy("Support groups"),
}
MEDICINE = gettext_lazy("Medicine and counseling")
WITH_MEDICINE = {"medicine", "pregnant_medicine", "keep_your_medicine"}
"""The rules of the care leg that lead to medicine for opioid use disorder."""

AS_TICKS = (ReasonKey.AROUND_THE_CLOCK, ReasonKey.STATES, ReasonKey.COVERS)
"""The other reasons stand elsewhere on a card: miles beside the name, supervision and checking on lines of
their own."""

NUMBER = re.compile(r"(1-800-\d{3}-\d{4}|\d{3}-\d{3}-\d{4}|\b911\b|\b988\b)")


class Words(NamedTuple):
    text: str
    href: str
    """Where the words are a number to call, else empty."""


@dataclass(frozen=True, slots=True)
class ShownChoice:
    card: Card
    ticks: Sequence[str]
    is_inferred: bool
    asks: Sequence[str]
    """What is asked here and not of the other choices."""


@dataclass(frozen=True, slots=True)
class ShownGap:
    reason: str
    instead: Sequence[Sequence[Words]]
    nearest: ShownChoice | None
    remote: Sequence[ShownChoice]
    opens: Sequence[Chip]


@dataclass(frozen=True, slots=True)
class ShownLeg:
    category: CareCategory
    start: Start
    promise: str
    name: str
    why: str
    choices: Sequence[ShownChoice]
    asks: Sequence[str]
    """What to ask of every choice."""
    gap: ShownGap | None
    hand_over: str
    """Where choices are, what to ask about it stands with them."""
    search_url: str


@dataclass(frozen=True, slots=True)
class ShownPlan:
    summary: Sequence[str]
    legs: Sequence[ShownLeg]
    has_place: bool
    has_demo: bool
    list_title: str
    list_legs: Sequence[str]
    """As `finder.views.list_changes.legs_of` reads them."""


def shown_plan(found: Plan, *, today: date, listed: Container[UUID] = ()) -> ShownPlan:
    legs = [shown_leg(leg, found.question, today=today, listed=listed) for leg in legs_in_order(found)]
    return ShownPlan(
        summary=summary(found.question),
        legs=legs,
        has_place=found.question.search.reading is not None,
        has_demo=any(choice.card.is_demo for leg in legs for choice in choices_of(leg)),
        list_title=title_of_search(found.question.search, today=today),
        list_legs=[leg_of_list(leg) for leg in legs if leg.choices],
    )


def leg_of_list(leg: ShownLeg) -> str:
    return " ".join([leg.category, leg.start, *(choice.card.listing for choice in leg.choices)])


def legs_in_order(found: Plan) -> list[Leg]:
    others = [leg for leg in found.legs if leg not in found.leading]
    return [*found.leading, *sorted(others, key=lambda leg: STARTING.index(leg.start))]


def choices_of(leg: ShownLeg) -> list[ShownChoice]:
    nearest = [leg.gap.nearest] if leg.gap and leg.gap.nearest else []
    return [*leg.choices, *nearest, *(leg.gap.remote if leg.gap else ())]


def shown_leg(leg: Leg, question: PlanQuestion, *, today: date, listed: Container[UUID]) -> ShownLeg:
    asked = [ask_words(choice) for choice in leg.choices]
    of_all = [text for text in (asked[0] if asked else []) if all(text in each for each in asked)]
    return ShownLeg(
        category=leg.category,
        start=leg.start,
        promise=promise(leg),
        name=str(NAMES[leg.category]),
        why=why(leg.rule),
        choices=[
            shown_choice(choice, leg.search, of_all, today=today, listed=listed) for choice in leg.choices
        ],
        asks=of_all,
        gap=shown_gap(leg, leg.gap, question.search, today=today, listed=listed) if leg.gap else None,
        hand_over=hand_over(leg.category, () if leg.choices else question.substances),
        search_url=search_address(pairs_of(leg.search)),
    )


def promise(leg: Leg) -> str:
    is_medicine = leg.category == CareCategory.BEHAVIORAL_HEALTH and leg.rule.key in WITH_MEDICINE
    return str(MEDICINE if is_medicine else PROMISES[leg.category])


def shown_choice(
    choice: Choice,
    question: SearchQuestion,
    of_all: Sequence[str],
    *,
    today: date,
    listed: Container[UUID],
) -> ShownChoice:
    stated = tuple(
        term for reason in choice.reasons if reason.key == ReasonKey.STATES for term in reason.terms
    )
    by_key = {reason.key: reason for reason in choice.reasons} | (
        {ReasonKey.STATES: Reason(ReasonKey.STATES, stated)} if stated else {}
    )
    return ShownChoice(
        card=card_of(choice.result, question, today=today, listed=listed),
        ticks=[reason_text(by_key[key], choice, question, today=today) for key in AS_TICKS if key in by_key],
        is_inferred=choice.is_inferred,
        asks=[text for text in ask_words(choice) if text not in of_all],
    )


def shown_gap(
    leg: Leg, gap: Gap, question: SearchQuestion, *, today: date, listed: Container[UUID]
) -> ShownGap:
    near = [gap.nearest] if gap.nearest else []
    cards = [
        ShownChoice(
            card_of(result, leg.search, today=today, listed=listed), ticks=(), is_inferred=False, asks=()
        )
        for result in (*near, *gap.remote)
    ]
    return ShownGap(
        reason=gap_reason(leg, gap, question),
        instead=[with_numbers(text) for text in instead_words(gap, question)],
        nearest=cards[0] if near else None,
        remote=cards[len(near) :],
        opens=[Chip(counted_label(repair), repair_address(repair)) for repair in gap.opens],
    )


def with_numbers(text: str) -> list[Words]:
    """A number that can be called is a link wherever it stands in a sentence."""
    parts = NUMBER.split(text)
    return [Words(part, number_href(part) if place % 2 else "") for place, part in enumerate(parts) if part]


def number_href(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return f"tel:{digits}" if len(digits) == len("911") else f"tel:+1{digits.removeprefix('1')}"


def plan_heading(question: SearchQuestion) -> str:
    if question.reading is None:
        return _("Your plan")
    place = question.reading.place
    match place.kind:
        case PlaceKind.ONLINE:
            return _("Your plan, online or by phone")
        case PlaceKind.STATE | PlaceKind.COUNTY:
            return _("Your plan in %(place)s") % {"place": place.label}
        case PlaceKind.POINT if place.city:
            return _("Your plan near %(place)s") % {"place": f"{place.city}, {place.state}"}
        case _other:
            return _("Your plan near %(place)s") % {"place": place.label}


def summary(question: PlanQuestion) -> list[str]:
    """What was said, shortly."""
    search = question.search
    labels = [
        *(Substance(each).label for each in question.substances),
        *(Situation(each).label for each in question.situations),
    ]
    return [
        *(str(label).partition(": ")[0] for label in labels),
        *map(str, search.needs),
        *(_("Not: %(text)s") % {"text": term} for term in search.excluded),
        *([f"“{search.words}”"] if search.words else []),
    ]
