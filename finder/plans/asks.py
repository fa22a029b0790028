"""What to ask on the phone, beyond what a listing does not state: rows of who should ask what, and when."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from finder.enums import CareCategory
from finder.plans.aims import AROUND_THE_CLOCK, EVERYONE, MEDICAL
from finder.plans.situations import NOT_KNOWN_WHICH, Situation, Substance

DETOX, CARE, GROUP = CareCategory


@dataclass(frozen=True, slots=True)
class Ask:
    """To be asked on these legs by whoever said `said`, of places that state none of `unless`."""

    key: str
    legs: frozenset[CareCategory]
    said: str
    text: Promise
    unless: tuple[str, ...] = ()


ASKS: tuple[Ask, ...] = (
    Ask(
        "seizures",
        frozenset({DETOX}),
        EVERYONE,
        _("Is this safe if I have had seizures or DTs?"),
        unless=AROUND_THE_CLOCK,
    ),
    Ask("medicine_starts", frozenset({DETOX}), Substance.OPIOIDS, _("Will I start medicine before I leave?")),
    Ask(
        "medicine_continues",
        frozenset({DETOX}),
        Substance.OPIOIDS,
        _("Who continues the medicine the next day?"),
    ),
    Ask("naloxone", frozenset({DETOX}), Substance.OPIOIDS, _("Will I leave with naloxone?")),
    *(
        Ask("safe_to_stop", MEDICAL, substance, _("This is what I use: is it safe to stop?"))
        for substance in sorted(NOT_KNOWN_WHICH)
    ),
    Ask(
        "parent",
        MEDICAL,
        Situation.UNDER_18,
        _("Must a parent sign, and what may you tell me?"),
    ),
    Ask(
        "pregnant", MEDICAL, Situation.PREGNANT, _("Do you care for people who are pregnant?"), ("pregnant",)
    ),
    Ask(
        "children",
        MEDICAL,
        Situation.CHILDREN_TO_BRING,
        _("Where can my children be while I am there?"),
        ("children_can_stay", "child_care"),
    ),
    Ask(
        "ride",
        MEDICAL,
        Situation.CANNOT_TRAVEL,
        _("Can you help me get there, or see me by video or phone?"),
        ("transportation", "telehealth"),
    ),
    Ask("sleep", MEDICAL, Situation.SLEEP_TROUBLE, _("How do you help with sleep?")),
    Ask(
        "probation",
        MEDICAL,
        Situation.ON_PROBATION,
        _("Do you send reports to my probation officer, and may I see them?"),
    ),
    Ask(
        "open_to_me",
        frozenset({GROUP}),
        EVERYONE,
        _("Can anyone come?"),
        ("open_meeting", "closed_meeting"),
    ),
)


def asks(leg: CareCategory, said: Collection[str], stated: Collection[str]) -> tuple[Ask, ...]:
    """Each question once."""
    found = [
        ask
        for ask in ASKS
        if leg in ask.legs and (ask.said == EVERYONE or ask.said in said) and not {*ask.unless} & {*stated}
    ]
    return tuple({ask.key: ask for ask in found}.values())
