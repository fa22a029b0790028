"""Why a leg starts when it does, and what comes after it: the text of each rule, by leg and key."""

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from finder.enums import CareCategory
from finder.plans.situations import Substance
from finder.plans.starts import Rule

DETOX, CARE, GROUP = CareCategory

WHYS: dict[tuple[CareCategory, str], Promise] = {
    (DETOX, "just_out"): _(
        "You have just been away from it, so you may not need detox. Your body can take less now than "
        "before: the same amount can kill. If you have used alcohol, benzodiazepines or sleeping pills "
        "each day since, do not stop suddenly: start with detox."
    ),
    (DETOX, "dangerous_to_stop"): _(
        "Stopping suddenly can bring seizures and can kill. Do not stop or cut down alone. Medical staff can "
        "make it safe. If a doctor prescribes it for you, call the doctor first."
    ),
    (DETOX, "not_known_which"): _(
        "Some drugs are not safe to stop suddenly, and more so together. Say on the phone what you use, and "
        "ask if it is safe to stop."
    ),
    (DETOX, "pregnant_asked"): _(
        "Do not stop opioids suddenly while you are pregnant. Medicine is the usual care. Start with a "
        "clinic that gives it, and ask there before any detox."
    ),
    (DETOX, "pregnant"): _(
        "Do not stop opioids or kratom suddenly while you are pregnant. Start with a clinic: you may not "
        "need detox at all."
    ),
    (DETOX, "opioids_asked"): _(
        "You asked for detox. Choose one that starts medicine for opioids before you leave: detox alone "
        "makes an overdose more likely."
    ),
    (DETOX, "kratom"): _(
        "Kratom and 7-OH can bring withdrawal. No medicine is approved for it, so ask first: call a place "
        "with medical staff and ask if they know it."
    ),
    (DETOX, "opioids"): _(
        "Many people start medicine without going to detox first. If you want detox, choose one that starts "
        "medicine before you leave."
    ),
    (DETOX, "care_first_asked"): _(
        "Care can start right now, without detox. If you want a place to stay at first, ask them for it."
    ),
    (DETOX, "care_first"): _("Most people do not need detox for this. Care can start right now."),
    (DETOX, "keep_your_medicine"): _(
        "Your medicine is care. You do not need detox from it. Do not stop it suddenly."
    ),
    (DETOX, "nothing_said"): _(
        "Do you drink each day, or use benzodiazepines or sleeping pills? Then start here: stopping suddenly "
        "can be dangerous. If it is something else, care may come first."
    ),
    (CARE, "pregnant_medicine"): _(
        "Medicine for opioid use disorder is the usual care in pregnancy. Do not stop opioids suddenly. Ask "
        "to start now."
    ),
    (CARE, "keep_your_medicine"): _(
        "Keep taking your medicine. Choose care that gives it or accepts you on it. Do not stop it suddenly."
    ),
    (CARE, "medicine"): _(
        "Medicine for opioid use disorder lowers the risk of death. Many people start it without going to "
        "detox first."
    ),
    (CARE, "just_out"): _(
        "The first weeks out are the most dangerous. Your body can take less now than before. Start care "
        "today or tomorrow, and carry naloxone."
    ),
    (CARE, "after_detox"): _(
        "Detox alone is not treatment. Call now and set a first visit for the day after detox."
    ),
    (CARE, "not_known_which"): _("Care can start now. Say what you use: it decides what is safe."),
    (CARE, "kratom"): _(
        "No medicine is approved for kratom. Places that treat opioid use may know it: ask when you call. "
        "Tell them all that you take."
    ),
    (CARE, "care_first"): _("Care can start right now. You do not have to stop first."),
    (CARE, "nothing_said"): _("Care can start now. They can help you find out what you need."),
    (GROUP, "alongside"): _(
        "Company helps at every step, and it is free. It never replaces medical care, and medical care does "
        "not replace it."
    ),
}

HAND_OVER: dict[CareCategory, Promise] = {
    DETOX: _(
        "Before you leave detox, have a first visit with a treatment program, the next day if you can, and "
        "naloxone in your hand."
    ),
    CARE: _("Ask your program which groups welcome you, and go to one this week."),
    GROUP: _(
        "Some groups see medicine differently. Do not stop it because of a meeting. Keep your next visit "
        "with your program."
    ),
}

OPIOID_HAND_OVER = _(
    "Ask: will I start medicine before I leave, who continues it the next day, "
    "and will I leave with naloxone?"
)


def why(rule: Rule) -> str:
    return str(WHYS[rule.leg, rule.key])


def hand_over(leg: CareCategory, substances: Collection[str]) -> str:
    said = str(HAND_OVER[leg])
    return f"{said} {OPIOID_HAND_OVER}" if leg == DETOX and Substance.OPIOIDS in substances else said
