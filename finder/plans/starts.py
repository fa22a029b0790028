"""When each leg of a plan starts: rules as data, and the one small function that reads them.

The rules of a leg stand in order, the most cautious for those whom it concerns first; the first that holds
decides. So whoever names several substances gets the rule of the most dangerous one. Why the order is as it
is: docs/decisions/0015-what-starts-first.md.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from finder.enums import CareCategory
from finder.plans.situations import (
    DANGEROUS_TO_STOP,
    JUST_OUT,
    NOT_KNOWN_WHICH,
    ON_OPIOID_MEDICINE,
    Situation,
    Substance,
)

DETOX, CARE, GROUP = CareCategory
ALCOHOL_WITHDRAWAL = (
    "ASAM Clinical Practice Guideline on Alcohol Withdrawal Management (2020); "
    "Joint Clinical Practice Guideline on Benzodiazepine Tapering (2025); "
    "SAMHSA TIP 45, Detoxification and Substance Abuse Treatment"
)
OPIOID_TREATMENT = (
    "ASAM National Practice Guideline for the Treatment of Opioid Use Disorder, 2020 Focused Update; "
    "SAMHSA TIP 63, Medications for Opioid Use Disorder"
)
PREGNANCY = "ACOG Committee Opinion 711, Opioid Use and Opioid Use Disorder in Pregnancy"
STIMULANTS = "ASAM/AAAP Clinical Practice Guideline on the Management of Stimulant Use Disorder (2023)"
LOWER_TOLERANCE = "SAMHSA TIP 63, Medications for Opioid Use Disorder: after release tolerance is lower"
KRATOM = "FDA and Kratom: no approved use; seizures and substance use disorder are named"
WITHDRAWAL_ALONE = "SAMHSA TIP 45, Detoxification and Substance Abuse Treatment"
PEER_SUPPORT = "SAMHSA TIP 63: groups beside medicine, never instead of it"

YEARLY = date(2027, 11, 22)
MOVING = date(2027, 2, 22)
"""For rules whose law or evidence is changing now."""


class Start(TextChoices):
    NOW = "now", _("Start now")
    NEXT = "next", _("Next")
    ALONGSIDE = "alongside", _("Alongside")
    MAY_NOT_NEED = "may_not_need", _("You may not need this")


@dataclass(frozen=True, slots=True)
class Rule:
    """Holds when any of `substances` is used, every group of `situations` has one that is said, and none of
    `unless` is. An empty field asks nothing. `key` names the text in finder/plans/whys.py."""

    leg: CareCategory
    start: Start
    key: str
    source: str
    substances: frozenset[Substance] = frozenset()
    situations: tuple[frozenset[Situation], ...] = ()
    unless: frozenset[Situation] = frozenset()
    review_due_on: date = YEARLY
    reviewed_on: date | None = None
    """Empty until a clinician in a named role has reviewed it."""

    def holds(self, substances: Collection[str], situations: Collection[str]) -> bool:
        return (
            (not self.substances or not self.substances.isdisjoint(substances))
            and not any(asked.isdisjoint(situations) for asked in self.situations)
            and self.unless.isdisjoint(situations)
        )


OPIOIDS = frozenset({Substance.OPIOIDS})
OPIOID_LIKE = frozenset({Substance.OPIOIDS, Substance.KRATOM})
NO_WITHDRAWAL_CARE = frozenset({Substance.STIMULANTS, Substance.CANNABIS})
PREGNANT = frozenset({Situation.PREGNANT})
ASKED_FOR = frozenset({Situation.WANTS_DETOX})

RULES: tuple[Rule, ...] = (
    Rule(DETOX, Start.MAY_NOT_NEED, "just_out", LOWER_TOLERANCE, situations=(JUST_OUT,), unless=ASKED_FOR),
    Rule(DETOX, Start.NOW, "dangerous_to_stop", ALCOHOL_WITHDRAWAL, DANGEROUS_TO_STOP),
    Rule(DETOX, Start.NOW, "not_known_which", ALCOHOL_WITHDRAWAL, NOT_KNOWN_WHICH),
    Rule(DETOX, Start.NEXT, "pregnant_asked", PREGNANCY, OPIOID_LIKE, (PREGNANT, ASKED_FOR)),
    Rule(DETOX, Start.MAY_NOT_NEED, "pregnant", PREGNANCY, OPIOID_LIKE, (PREGNANT,)),
    Rule(DETOX, Start.NOW, "opioids_asked", OPIOID_TREATMENT, OPIOIDS, (ASKED_FOR,)),
    Rule(DETOX, Start.NOW, "kratom", KRATOM, frozenset({Substance.KRATOM}), review_due_on=MOVING),
    Rule(DETOX, Start.MAY_NOT_NEED, "opioids", OPIOID_TREATMENT, OPIOIDS),
    Rule(DETOX, Start.NEXT, "care_first_asked", STIMULANTS, NO_WITHDRAWAL_CARE, (ASKED_FOR,)),
    Rule(DETOX, Start.MAY_NOT_NEED, "care_first", STIMULANTS, NO_WITHDRAWAL_CARE),
    Rule(
        DETOX,
        Start.MAY_NOT_NEED,
        "keep_your_medicine",
        OPIOID_TREATMENT,
        situations=(ON_OPIOID_MEDICINE,),
        unless=ASKED_FOR,
    ),
    Rule(DETOX, Start.NOW, "nothing_said", ALCOHOL_WITHDRAWAL),
    Rule(CARE, Start.NOW, "pregnant_medicine", PREGNANCY, OPIOIDS, (PREGNANT,)),
    Rule(CARE, Start.NOW, "keep_your_medicine", OPIOID_TREATMENT, situations=(ON_OPIOID_MEDICINE,)),
    Rule(CARE, Start.NOW, "medicine", OPIOID_TREATMENT, OPIOIDS),
    Rule(CARE, Start.NOW, "just_out", LOWER_TOLERANCE, situations=(JUST_OUT,), unless=ASKED_FOR),
    Rule(CARE, Start.NEXT, "after_detox", WITHDRAWAL_ALONE, DANGEROUS_TO_STOP),
    Rule(CARE, Start.NOW, "not_known_which", WITHDRAWAL_ALONE, NOT_KNOWN_WHICH),
    Rule(CARE, Start.NOW, "kratom", KRATOM, frozenset({Substance.KRATOM}), review_due_on=MOVING),
    Rule(CARE, Start.NOW, "care_first", STIMULANTS, NO_WITHDRAWAL_CARE),
    Rule(CARE, Start.NOW, "nothing_said", WITHDRAWAL_ALONE),
    Rule(GROUP, Start.ALONGSIDE, "alongside", PEER_SUPPORT),
)


def rule_of(leg: CareCategory, substances: Collection[str], situations: Collection[str]) -> Rule:
    return next(rule for rule in RULES if rule.leg == leg and rule.holds(substances, situations))


def starts(substances: Collection[str], situations: Collection[str]) -> Mapping[CareCategory, Rule]:
    """The rule of each leg, in the fixed order of the legs."""
    return {leg: rule_of(leg, substances, situations) for leg in CareCategory}


def led_by(rules: Mapping[CareCategory, Rule]) -> tuple[CareCategory, ...]:
    """The legs that start now, first what a page leads with: in pregnancy medicine before any detox."""
    now = [leg for leg, rule in rules.items() if rule.start == Start.NOW]
    medicine_first = rules[CARE].key == "pregnant_medicine"
    return tuple(sorted(now, key=lambda leg: leg != CARE)) if medicine_first else tuple(now)
