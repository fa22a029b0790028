"""The questions of a plan, each of which may be skipped, filled with what was said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from finder.plan_filters import PlanFilterSet
from finder.plans.situations import Situation, Substance
from finder.search.vocabulary import current_vocabulary
from finder.views.addresses import Pairs

WHO = {
    Situation.FOR_ME: _("Me"),
    Situation.FOR_MY_CHILD: _("My child"),
    Situation.FOR_SOMEONE_ELSE: _("Someone else"),
    Situation.FOR_A_CLIENT: _("A client"),
}
RARE = (Substance.BARBITURATES, Substance.GHB, Substance.PHENIBUT)
PAYMENTS = {
    "medicaid": _("Medicaid"),
    "medicare": _("Medicare"),
    "private_insurance": _("Private insurance"),
    "military_insurance": _("Military insurance"),
    "sliding_scale": _("No insurance: pay what I can"),
    "free": _("It has to be free"),
}
"""The vocabulary's terms in a person's own words."""

NO_FIELD = ("within", "when", "from", "until", "zone", "attend", "q")
TERMS_WITHOUT_FIELD = ("need", "not", "fellowship")


class Option(NamedTuple):
    value: str
    label: str
    hint: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PlanForm:
    near: str
    who: Sequence[Option]
    substances: Sequence[Option]
    rare_substances: Sequence[Option]
    payments: Sequence[Option]
    situations: Sequence[Option]
    kept: Pairs
    """What was asked and has no field here: it stays asked when the form is sent."""
    faults: Mapping[str, Sequence[str]]

    @property
    def is_rare_said(self) -> bool:
        return any(option.is_chosen for option in self.rare_substances)

    @property
    def is_situation_said(self) -> bool:
        return any(option.is_chosen for option in self.situations)


def plan_form(said: QueryDict, errors: Mapping[str, Sequence[str]] | None = None) -> PlanForm:
    faults = errors or {}
    substances, situations = said.getlist("substance"), said.getlist("situation")
    known = current_vocabulary().by_slug
    payments = {slug: label for slug, label in PAYMENTS.items() if slug in known}
    usual = [each for each in Substance if each not in RARE]
    matters = [each for each in Situation if each not in WHO]
    return PlanForm(
        near=said.get("near", ""),
        who=options(WHO.items(), situations),
        substances=options(((each, each.label) for each in usual), substances),
        rare_substances=options(((each, each.label) for each in RARE), substances),
        payments=options(payments.items(), said.getlist("need")),
        situations=options(((each, each.label) for each in matters), situations),
        kept=kept(said, faults, known),
        faults={"near": faults.get("near", ())},
    )


def options(labels: Iterable[tuple[str, str | Promise]], chosen: Sequence[str]) -> list[Option]:
    found = []
    for value, text in labels:
        label, _colon, hint = str(text).partition(": ")
        found.append(Option(str(value), label, hint, value in chosen))
    return found


def kept(said: QueryDict, faults: Mapping[str, Sequence[str]], known: Iterable[str]) -> Pairs:
    plain = [(name, value) for name in NO_FIELD if name not in faults for value in said.getlist(name)]
    terms = [
        (name, value)
        for name in TERMS_WITHOUT_FIELD
        for value in said.getlist(name)
        if value in known and not (name == "need" and value in PAYMENTS)
    ]
    return (*plain, *terms)


def answers(said: QueryDict) -> Pairs:
    """All that was said, as a form or an address carries it: never nothing, which would be no question."""
    pairs = tuple(
        (name, value)
        for name in PlanFilterSet.base_filters
        if name != "page"
        for value in dict.fromkeys(said.getlist(name))
    )
    return pairs or (("near", ""),)
