"""Which safety texts stand above a plan: slugs of guidance, the most urgent first."""

from collections.abc import Collection

from finder.plans.situations import (
    DANGEROUS_TO_STOP,
    FOR_ANOTHER,
    JUST_OUT,
    NOT_KNOWN_WHICH,
    ON_OPIOID_MEDICINE,
    Situation,
    Substance,
)

TOPICS: tuple[tuple[str, frozenset[str]], ...] = (
    ("alcohol-and-benzodiazepine-withdrawal", frozenset({*DANGEROUS_TO_STOP, *NOT_KNOWN_WHICH})),
    (
        "overdose-and-naloxone",
        frozenset({Substance.OPIOIDS, Substance.STIMULANTS, Substance.KRATOM, *NOT_KNOWN_WHICH, *JUST_OUT}),
    ),
    ("medicine-for-opioid-use", frozenset({Substance.OPIOIDS, *ON_OPIOID_MEDICINE})),
    ("kratom-and-7-oh", frozenset({Substance.KRATOM})),
    ("after-detox", frozenset({Situation.OUT_OF_DETOX, Situation.OUT_OF_HOSPITAL})),
    ("just-out-of-jail", frozenset({Situation.OUT_OF_JAIL, Situation.ON_PROBATION})),
    ("melatonin-and-sleep", frozenset({Situation.SLEEP_TROUBLE})),
    ("for-families", FOR_ANOTHER),
)

WHEN_NOTHING_IS_SAID = ("alcohol-and-benzodiazepine-withdrawal", "overdose-and-naloxone")


def topics(substances: Collection[str], situations: Collection[str]) -> tuple[str, ...]:
    said = {*substances, *situations}
    found = [slug for slug, concerned in TOPICS if not concerned.isdisjoint(said)]
    unsaid = [] if substances else [slug for slug in WHEN_NOTHING_IS_SAID if slug not in found]
    return (*unsaid, *found)
