"""What the places of each leg should state for a person, and must never deny. Terms by their slugs."""

from collections.abc import Collection
from dataclasses import dataclass

from finder.enums import CareCategory
from finder.plans.situations import ON_OPIOID_MEDICINE, Situation, Substance

DETOX, CARE, GROUP = CareCategory
MEDICAL = frozenset({DETOX, CARE})

SUPERVISED = "medically_supervised"
AROUND_THE_CLOCK = ("hospital_detox", "residential_detox")
BY_VISITS = "outpatient_detox"
TELEHEALTH = "telehealth"
ONLINE = "online"
FOR_THE_YOUNG = "young_people_meeting"

ONGOING_MEDICINE = ("opioid_medication", "buprenorphine", "methadone", "otp")
"""Neither tapering (`buprenorphine_detox`, `methadone_detox`) nor accepting people medicated elsewhere."""


@dataclass(frozen=True, slots=True)
class Aim:
    """For whoever said `said`: a place that states any of `terms` fits, one that denies them all is never
    offered. Only `proof` shows that it is meant for this: by the others it is inferred."""

    legs: frozenset[CareCategory]
    said: str
    terms: tuple[str, ...]
    proof: frozenset[str] | None = None
    must_be_stated: bool = False

    def is_proven_by(self, stated: Collection[str]) -> bool:
        return self.proof is None or not self.proof.isdisjoint(stated)


def detox(said: str, *terms: str) -> Aim:
    return Aim(frozenset({DETOX}), said, terms)


def sedative(said: str) -> Aim:
    """No directory asks for it; whoever can treat benzodiazepine withdrawal is the nearest to it."""
    return Aim(frozenset({DETOX}), said, ("detox_benzodiazepines",), proof=frozenset())


KRATOM = frozenset({"kratom"})
EVERYONE = ""

AIMS: tuple[Aim, ...] = (
    detox(Substance.ALCOHOL, "detox_alcohol"),
    detox(Substance.BENZODIAZEPINES, "detox_benzodiazepines"),
    sedative(Substance.SLEEPING_PILLS),
    sedative(Substance.BARBITURATES),
    sedative(Substance.GHB),
    sedative(Substance.PHENIBUT),
    detox(Substance.OPIOIDS, "detox_opioids"),
    detox(Substance.STIMULANTS, "detox_cocaine", "detox_methamphetamines"),
    Aim(frozenset({DETOX}), Substance.KRATOM, ("detox_opioids", "kratom"), KRATOM, must_be_stated=True),
    Aim(frozenset({CARE}), EVERYONE, ("substance_use_treatment", "co_occurring")),
    Aim(frozenset({CARE}), Substance.ALCOHOL, ("alcohol_treatment",)),
    Aim(frozenset({CARE}), Substance.OPIOIDS, ONGOING_MEDICINE),
    Aim(frozenset({CARE}), Substance.KRATOM, ("opioid_treatment", "kratom"), KRATOM, must_be_stated=True),
    Aim(MEDICAL, Situation.ON_METHADONE, ("methadone", "otp", "accepts_opioid_medication")),
    Aim(
        MEDICAL,
        Situation.ON_BUPRENORPHINE,
        ("buprenorphine", "opioid_medication", "accepts_opioid_medication"),
    ),
    Aim(MEDICAL, Situation.UNDER_18, ("children",)),
    Aim(MEDICAL, Situation.SPANISH, ("spanish",)),
)

MILES_A_WISH_IS_WORTH = 10
MILES_FOR_NO_WAY = 100


@dataclass(frozen=True, slots=True)
class Wish:
    """What makes a place better for someone: stating any of `terms` is worth so many miles."""

    legs: frozenset[CareCategory]
    said: str
    terms: tuple[str, ...]
    miles: int = MILES_A_WISH_IS_WORTH


def wish(leg: CareCategory, said: str, *terms: str, miles: int = MILES_A_WISH_IS_WORTH) -> Wish:
    return Wish(frozenset({leg}), said, terms, miles)


EVERY_PATH = (
    "narcotics_anonymous",
    "smart_recovery",
    "recovery_dharma",
    "refuge_recovery",
    "lifering",
    "secular_organizations_for_sobriety",
    "celebrate_recovery",
    "peer_support_group",
)
"""Groups that welcome people whatever they use."""

WISHES: tuple[Wish, ...] = (
    wish(DETOX, Substance.OPIOIDS, *ONGOING_MEDICINE),
    wish(DETOX, Situation.CANNOT_TRAVEL, "transportation"),
    wish(CARE, EVERYONE, "same_day_start", "walk_in"),
    wish(CARE, Substance.ALCOHOL, "alcohol_medication"),
    wish(CARE, Substance.STIMULANTS, "contingency_management"),
    wish(CARE, Situation.SLEEP_TROUBLE, "cognitive_behavioral_therapy"),
    wish(CARE, Situation.CANNOT_TRAVEL, TELEHEALTH, miles=MILES_FOR_NO_WAY),
    Wish(MEDICAL, Situation.PREGNANT, ("pregnant",)),
    Wish(MEDICAL, Situation.UNDER_18, ("adolescents",)),
    Wish(MEDICAL, Situation.CHILDREN_TO_BRING, ("children_can_stay", "child_care")),
    Wish(MEDICAL, Situation.VETERAN, ("veterans",)),
    Wish(MEDICAL, Situation.IN_THE_MILITARY, ("active_duty_military",)),
    Wish(MEDICAL, Situation.ON_PROBATION, ("criminal_justice",)),
    Wish(MEDICAL, Situation.OUT_OF_JAIL, ("criminal_justice",)),
    Wish(MEDICAL, Situation.MENTAL_HEALTH, ("co_occurring", "co_occurring_program", "integrated_treatment")),
    wish(GROUP, EVERYONE, *EVERY_PATH),
    wish(GROUP, EVERYONE, "open_meeting", "beginners_meeting"),
    wish(GROUP, Substance.ALCOHOL, "alcoholics_anonymous"),
    wish(GROUP, Substance.OPIOIDS, "medication_recovery_anonymous", "heroin_anonymous"),
    wish(GROUP, Substance.STIMULANTS, "cocaine_anonymous", "crystal_meth_anonymous"),
    wish(GROUP, Substance.CANNABIS, "marijuana_anonymous"),
    *(wish(GROUP, medicine, "medication_recovery_anonymous") for medicine in sorted(ON_OPIOID_MEDICINE)),
    wish(GROUP, Situation.MENTAL_HEALTH, "dual_recovery_anonymous", "dual_diagnosis_meeting"),
    wish(GROUP, Situation.UNDER_18, FOR_THE_YOUNG),
    wish(GROUP, Situation.SPANISH, "spanish_meeting"),
    wish(GROUP, Situation.CHILDREN_TO_BRING, "child_friendly_meeting", "child_care_meeting"),
    wish(GROUP, Situation.CANNOT_TRAVEL, ONLINE, miles=MILES_FOR_NO_WAY),
)


def aims(leg: CareCategory, said: Collection[str]) -> tuple[Aim, ...]:
    """Those with the same terms only once: what must be stated, and what proves less, wins."""
    found = [aim for aim in AIMS if leg in aim.legs and (aim.said == EVERYONE or aim.said in said)]
    return tuple({aim.terms: aim for aim in found}.values())


def wishes(leg: CareCategory, said: Collection[str]) -> tuple[Wish, ...]:
    return tuple(wish for wish in WISHES if leg in wish.legs and (wish.said == EVERYONE or wish.said in said))
