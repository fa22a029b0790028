"""What to say and to ask when one of us calls a listing, with what the listing says now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finder.enums import CareCategory, VerifiedPart
from finder.models import ServiceAtLocation
from finder.search.facts import Fact, facts_of
from finder.views.phones import in_order_to_call
from finder.views.times import schedule_words

DETOX, TREATMENT, GROUP = CareCategory
MEDICAL = (DETOX, TREATMENT)
NUMBER, ADDRESS, WEBSITE, TIMES = "number", "address", "website", "times"
CONTACT, HOURS, SERVICES, AVAILABILITY = VerifiedPart


@dataclass(frozen=True, slots=True)
class Ask:
    """Of these categories; `about` are terms by slug, or one of the listing's own parts."""

    part: VerifiedPart
    of: Collection[CareCategory]
    words: Any
    about: tuple[str, ...] = ()


ASKS = (
    Ask(CONTACT, MEDICAL, gettext_lazy("Is this the right number for someone who needs help?"), (NUMBER,)),
    Ask(CONTACT, MEDICAL, gettext_lazy("Are you still at this address?"), (ADDRESS,)),
    Ask(CONTACT, CareCategory, gettext_lazy("Is this your own page?"), (WEBSITE,)),
    Ask(HOURS, MEDICAL, gettext_lazy("When are you open, and when do you admit people?"), (TIMES,)),
    Ask(
        HOURS, (GROUP,), gettext_lazy("Does the group still meet at these times and there?"), (TIMES, ADDRESS)
    ),
    Ask(
        SERVICES,
        (DETOX,),
        gettext_lazy("Does medical staff watch over detox, day and night?"),
        ("medically_supervised",),
    ),
    Ask(
        SERVICES,
        (DETOX,),
        gettext_lazy("Which substances do you detox people from?"),
        ("detox_alcohol", "detox_opioids", "detox_benzodiazepines"),
    ),
    Ask(
        SERVICES,
        MEDICAL,
        gettext_lazy("Do you start medication for opioid use disorder? Which?"),
        ("buprenorphine", "methadone", "naltrexone"),
    ),
    Ask(
        SERVICES,
        (TREATMENT,),
        gettext_lazy("What kind of treatment is there?"),
        ("outpatient", "intensive_outpatient", "residential", "telehealth"),
    ),
    Ask(
        SERVICES,
        (TREATMENT,),
        gettext_lazy("Do you take people who are on methadone or buprenorphine?"),
        ("accepts_opioid_medication",),
    ),
    Ask(
        SERVICES,
        MEDICAL,
        gettext_lazy("Which payment do you take? Is there help for people who cannot pay?"),
        ("medicaid", "private_insurance", "sliding_scale", "free"),
    ),
    Ask(
        SERVICES,
        MEDICAL,
        gettext_lazy("Can people walk in, or do they need a referral?"),
        ("walk_in", "no_referral_needed"),
    ),
    Ask(
        SERVICES,
        (GROUP,),
        gettext_lazy("Is it open to everyone, or only to people who want to stop?"),
        ("open_meeting", "closed_meeting"),
    ),
    Ask(AVAILABILITY, (DETOX,), gettext_lazy("Is a bed free today? How long is the wait?")),
    Ask(AVAILABILITY, (TREATMENT,), gettext_lazy("Do you take new people now? How long is the wait?")),
)


class Line(NamedTuple):
    ask: Any
    says: str
    """What the listing says of it now; empty where it says nothing."""


class Part(NamedTuple):
    name: Any
    lines: list[Line]


class Script(NamedTuple):
    opening: str
    parts: list[Part]
    closing: str


def script_for(listing: ServiceAtLocation) -> Script:
    categories = listing.service.categories
    facts = {fact.term.slug: fact for fact in facts_of(listing)}
    asked = [ask for ask in ASKS if set(ask.of) & set(categories)]
    parts = [
        Part(part.label, [Line(ask.words, says(listing, ask, facts)) for ask in asked if ask.part == part])
        for part in VerifiedPart
    ]
    return Script(opening(listing), [part for part in parts if part.lines], closing())


def opening(listing: ServiceAtLocation) -> str:
    return _(
        "“Hello. I keep %(name)s in a free public directory of help for recovery. I do not call about a "
        "patient. May I check in two minutes what we say about you?”"
    ) % {"name": listing.service.name}


def closing() -> str:
    return _("“Thank you. People will see that this was checked today.”")


def says(listing: ServiceAtLocation, ask: Ask, facts: Mapping[str, Fact]) -> str:
    said = [OWN_PARTS[about](listing) for about in ask.about if about in OWN_PARTS]
    said += answers(facts[about] for about in ask.about if about in facts)
    return "; ".join(part for part in said if part)


def answers(facts: Iterable[Fact]) -> Sequence[str]:
    words = {True: _("yes"), False: _("no"), None: _("not stated")}
    return [f"{fact.term}: {words[fact.is_yes]}" for fact in facts]


def numbers(listing: ServiceAtLocation) -> str:
    return "; ".join(map(str, in_order_to_call(listing.speaking_phones)))


def address(listing: ServiceAtLocation) -> str:
    place = listing.location
    parts = (place.address_1, place.address_2, place.city, place.state_province, place.postal_code)
    said = ", ".join(part for part in parts if part)
    return said if place.address_is_public else _("%(address)s (confidential)") % {"address": said}


def times(listing: ServiceAtLocation) -> str:
    found = map(schedule_words, listing.speaking_schedules)
    return "; ".join(f"{time.kind}: {time.when}" for time in found)


OWN_PARTS = {
    NUMBER: numbers,
    ADDRESS: address,
    WEBSITE: lambda listing: listing.service.url or listing.service.organization.website,
    TIMES: times,
}
