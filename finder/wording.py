"""What no safety text may say: a dose, praise of a product or place, a word that blames."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COUNTED = "one|two|three|four|half a|una|dos|tres|cuatro|media"
UNITS = (
    r"mg|mcg|µg|ug|ml|cc|milligrams?|micrograms?|milliliters?|grams?|"
    r"miligramos?|microgramos?|mililitros?|gramos?"
)
FORMS = (
    r"tablets?|pills?|capsules?|gummies|gummy|drops?|puffs?|teaspoons?|doses?|"
    r"tabletas?|pastillas?|cápsulas?|gomitas?|gotas?|cucharaditas?|dosis"
)
TAKE = (
    r"(?:take|takes|swallow)\s(?:\d|(?:one|two|three|four|half)\b)",
    r"(?:tome|toma|tomar|trague)\s(?:\d|(?:dos|tres|cuatro|media)\b)",
)

RULES: tuple[tuple[Promise, re.Pattern[str]], ...] = tuple(
    (said, re.compile(pattern, re.IGNORECASE))
    for said, pattern in (
        (_("a dose"), rf"\d\s?(?:{UNITS})\b"),
        (_("a dose"), rf"(?:\d|\b(?:{COUNTED}))\s(?:{FORMS})\b"),
        (_("a dose"), rf"\b(?:{'|'.join(TAKE)})"),
        (
            _("praise"),
            r"\bwe recommend|\bthe best\b|\btop[- ]rated|\bguarantee|\bsuccess rate|\bcures?\b|\bproven\b|"
            r"\bmiracle|\bbuy (?:it|now|from|at)\b|\border (?:it|now)\b",
        ),
        (
            _("praise"),
            r"\ble recomendamos|\b(?:el|la|los|las) mejor(?:es)?\b|\bgarantiza|\btasa de éxito|\bcura\b|"
            r"\bmilagro|\bcompre\b|\bcómprel",
        ),
        (
            _("a word that blames"),
            r"\baddicts?\b|\babus(?:e[drs]?|ing)\b|\bjunkies?\b|\bclean\b|\bdirty\b|\brelaps(?:e[ds]?|ing)\b|"
            r"\breplacement\b",
        ),
        (
            _("a word that blames"),
            r"\badict[oa]s?\b|\bdrogadict|\babus(?:o|a|ar)\b|\blimpi[oa]s?\b|\bsuci[oa]s?\b|\breca[ií]da|"
            r"\bsustitución\b",
        ),
    )
)


def faults(text: str) -> list[str]:
    """Each fault as an editor is told of it: what, and the words that show it."""
    return [f"{said}: “{found[0]}”" for said, pattern in RULES for found in pattern.finditer(text)]
