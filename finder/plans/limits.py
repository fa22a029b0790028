"""Who is never offered: what a listing states that closes it to a person. Terms by their slugs.

`said` is everything that a person told us: substances, situations and the terms of their needs.
"""

from collections.abc import Collection
from dataclasses import dataclass

from finder.plans.situations import FOR_ANOTHER, ON_OPIOID_MEDICINE, Situation, Substance

OPIOID_CARE = frozenset({Substance.OPIOIDS, *ON_OPIOID_MEDICINE})


@dataclass(frozen=True, slots=True)
class Limit:
    """Stating all of `terms` closes a listing to whoever said one of `closed_to`, or, where that is empty,
    to everyone who said none of `open_to`."""

    terms: tuple[str, ...]
    open_to: frozenset[str] = frozenset()
    closed_to: frozenset[str] = frozenset()

    def holds(self, said: Collection[str]) -> bool:
        if self.closed_to:
            return not self.closed_to.isdisjoint(said)
        return self.open_to.isdisjoint(said) and not set(self.terms) <= set(said)


def only_for(term: str, *open_to: str) -> Limit:
    return Limit((term,), open_to=frozenset(open_to))


LANGUAGES_OF_MEETINGS = (
    "amharic",
    "arabic",
    "farsi",
    "french",
    "german",
    "hindi",
    "italian",
    "japanese",
    "korean",
    "nepali",
    "polish",
    "portuguese",
    "punjabi",
    "russian",
    "tagalog",
    "ukrainian",
)

LIMITS: tuple[Limit, ...] = (
    only_for("dui_only"),
    only_for("alcohol_only", Substance.ALCOHOL),
    only_for("opioid_only", Substance.OPIOIDS),
    Limit(("no_alcohol_treatment",), closed_to=frozenset({Substance.ALCOHOL})),
    Limit(("no_opioid_treatment",), closed_to=OPIOID_CARE | {Substance.KRATOM}),
    Limit(("no_opioid_medication",), closed_to=OPIOID_CARE),
    only_for("veterans_affairs", Situation.VETERAN),
    only_for("department_of_defense", Situation.IN_THE_MILITARY),
    only_for("indian_health_service", Situation.NATIVE_AMERICAN),
    only_for("tribal_government", Situation.NATIVE_AMERICAN),
    Limit(("alcoholics_anonymous", "closed_meeting"), open_to=frozenset({Substance.ALCOHOL})),
    only_for("cocaine_anonymous", Substance.STIMULANTS),
    only_for("crystal_meth_anonymous", Substance.STIMULANTS),
    only_for("heroin_anonymous", Substance.OPIOIDS),
    only_for("marijuana_anonymous", Substance.CANNABIS),
    only_for("medication_recovery_anonymous", *OPIOID_CARE),
    only_for("dual_recovery_anonymous", Situation.MENTAL_HEALTH),
    only_for("mental_health_group", Situation.MENTAL_HEALTH),
    only_for("dual_diagnosis_meeting", Situation.MENTAL_HEALTH),
    only_for("young_people_meeting", Situation.UNDER_18),
    only_for("native_american_meeting", Situation.NATIVE_AMERICAN),
    *(
        only_for(family, *FOR_ANOTHER)
        for family in ("al_anon", "nar_anon", "families_anonymous", "family_group")
    ),
    only_for("spanish_meeting", Situation.SPANISH),
    *(only_for(f"{language}_meeting", language) for language in LANGUAGES_OF_MEETINGS),
    *map(
        only_for,
        (
            "alateen",
            "adult_children",
            "co_dependents_anonymous",
            "gamblers_anonymous",
            "grief_group",
            "women_for_sobriety",
            "women_meeting",
            "men_meeting",
            "lgbtq_meeting",
            "seniors_meeting",
            "people_of_color_meeting",
            "professionals_meeting",
        ),
    ),
)


def limits(said: Collection[str]) -> tuple[Limit, ...]:
    return tuple(limit for limit in LIMITS if limit.holds(said))
