"""The factors of a priority as people say them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from finder.enums import CareCategory
from finder.upkeep.priority import MILES_AROUND, MONTHS_A_YEAR, Why

Facts = Mapping[str, Any]

NAMES = {
    "conflicts": gettext_lazy("What speaks against it"),
    "options": gettext_lazy("What else is near"),
    "staleness": gettext_lazy("Age"),
    "demand": gettext_lazy("Demand"),
}
"""What people should hear first comes first."""

ONLY_ONE = {
    CareCategory.WITHDRAWAL_MANAGEMENT: gettext_lazy("Only detox within %(miles)d miles"),
    CareCategory.BEHAVIORAL_HEALTH: gettext_lazy("Only treatment within %(miles)d miles"),
    CareCategory.SUPPORT_GROUP: gettext_lazy("Only support group within %(miles)d miles"),
}
ONE_OF_FEW = {
    CareCategory.WITHDRAWAL_MANAGEMENT: gettext_lazy(
        "One of %(count)d detox listings within %(miles)d miles"
    ),
    CareCategory.BEHAVIORAL_HEALTH: gettext_lazy(
        "One of %(count)d treatment listings within %(miles)d miles"
    ),
    CareCategory.SUPPORT_GROUP: gettext_lazy("One of %(count)d support groups within %(miles)d miles"),
}
ASKED_FOR = {
    CareCategory.WITHDRAWAL_MANAGEMENT: gettext_lazy("Often asked for here: detox"),
    CareCategory.BEHAVIORAL_HEALTH: gettext_lazy("Often asked for here: treatment"),
    CareCategory.SUPPORT_GROUP: gettext_lazy("Often asked for here: a support group"),
}


class Sentence(NamedTuple):
    name: Any
    words: str
    times: float


def sentences(why: Why) -> list[Sentence]:
    """One for each factor that lifts the listing, the strongest first."""
    said = [
        Sentence(name, "; ".join(WORDS[factor](why[factor])), why[factor]["times"])
        for factor, name in NAMES.items()
        if factor in why and why[factor]["times"] > 1
    ]
    return sorted(said, key=lambda sentence: -sentence.times)


def of_demand(facts: Facts) -> Iterator[str]:
    if facts["asked"]:
        since = date.fromisoformat(f"{facts['since']}-01")
        yield _("%(asked_for)s (%(county)s: %(count)d or more searches found none since %(month)s)") % {
            "asked_for": ASKED_FOR[CareCategory(facts["category"])],
            "county": facts["county"],
            "count": facts["asked"],
            "month": date_format(since, "F Y"),
        }
    if facts["calls"]:
        yield ngettext(
            "%(count)d person told us of a call in 90 days",
            "%(count)d people told us of a call in 90 days",
            facts["calls"],
        ) % {"count": facts["calls"]}


def of_staleness(facts: Facts) -> Iterator[str]:
    months = facts["months"]
    years = (months or 0) // MONTHS_A_YEAR
    if months is None:
        yield _("Nobody ever checked it")
    elif years:
        yield ngettext("Nobody checked for %(count)d year", "Nobody checked for %(count)d years", years) % {
            "count": years
        }
    else:
        yield ngettext("Checked %(count)d month ago", "Checked %(count)d months ago", months) % {
            "count": months
        }


def of_options(facts: Facts) -> Iterator[str]:
    category = CareCategory(facts["category"])
    words = ONE_OF_FEW if facts["others"] else ONLY_ONE
    yield str(words[category]) % {"miles": MILES_AROUND, "count": facts["others"] + 1}


def of_conflicts(facts: Facts) -> Iterator[str]:
    for name, words in counted_conflicts(facts):
        if facts[name]:
            yield words % {"count": facts[name]}
    if facts["is_disputed"]:
        yield _("Readers see it as disputed")
    if facts["is_missing"]:
        yield _("Its directory dropped it")
    if facts["duplicates"]:
        yield _("Another listing may be the same place")
    if facts["is_unplaced"]:
        yield _("It is not on the map")


def counted_conflicts(facts: Facts) -> Iterator[tuple[str, str]]:
    yield (
        "unsafe",
        ngettext(
            "%(count)d report that something unsafe is shown",
            "%(count)d reports that something unsafe is shown",
            facts["unsafe"],
        ),
    )
    yield (
        "doubters",
        ngettext("%(count)d person found it wrong", "%(count)d people found it wrong", facts["doubters"]),
    )
    yield (
        "problems",
        ngettext(
            "%(count)d report waits for an answer", "%(count)d reports wait for an answer", facts["problems"]
        ),
    )
    yield (
        "changes",
        ngettext("%(count)d change is proposed", "%(count)d changes are proposed", facts["changes"]),
    )


WORDS = {
    "demand": of_demand,
    "staleness": of_staleness,
    "options": of_options,
    "conflicts": of_conflicts,
}
