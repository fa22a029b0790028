"""A plan in words: reasons, questions and gaps, for the page and the API alike."""

from datetime import date

from django.utils.translation import gettext as _

from finder.enums import CareCategory, PhoneType
from finder.geography.places import PlaceKind
from finder.search.answer import Result
from finder.search.plans.answer import Gap, Leg
from finder.search.plans.choices import Choice, Reason, ReasonKey
from finder.search.plans.gaps import Instead
from finder.search.question import SearchQuestion
from finder.views.addresses import uses_distance
from finder.views.cards import distance, restrictions
from finder.views.freshness import freshness_line


def reason_words(choice: Choice, question: SearchQuestion, *, today: date) -> list[str]:
    said = (reason_text(reason, choice, question, today=today) for reason in choice.reasons)
    return [text for text in said if text]


def reason_text(reason: Reason, choice: Choice, question: SearchQuestion, *, today: date) -> str:
    index = choice.result.index
    names = ", ".join(map(str, reason.terms))
    match reason.key:
        case ReasonKey.MILES:
            return distance(choice.result, question)
        case ReasonKey.ONLINE:
            return _("online or by phone")
        case ReasonKey.SUPERVISED:
            return _("medically supervised")
        case ReasonKey.AROUND_THE_CLOCK:
            return _("you stay day and night: %(names)s") % {"names": names}
        case ReasonKey.COVERS:
            labels = ", ".join(str(CareCategory(leg).label) for leg in reason.legs)
            return _("one place for more: also %(names)s") % {"names": labels}
        case ReasonKey.CHECKED:
            return freshness_line(index, today=today)
    return _("says: %(names)s") % {"names": names}


def ask_words(choice: Choice) -> list[str]:
    asked = [term.asked for term in choice.terms_to_ask]
    texts = [*asked, *(str(ask.text) for ask in choice.asks), *missing(choice)]
    return list(dict.fromkeys(text for text in texts if text))


def missing(choice: Choice) -> list[str]:
    return [_("Are you still open?")] if choice.result.index.missing_since else []


def gap_reason(leg: Leg, gap: Gap, question: SearchQuestion) -> str:
    """Why there is no choice, and what is wrong with the nearest."""
    if gap.nearest is None:
        return _("This directory has nothing of this kind yet.")
    said = [_("Nothing of this kind that suits you is listed %(where)s.") % {"where": where(question)}]
    if gap.denied:
        names = ", ".join(map(str, gap.denied))
        said.append(_("The nearest says no to: %(names)s.") % {"names": names})
    if limits := restrictions(gap.nearest.states):
        said.append(_("Of the nearest you should know: %(limits)s.") % {"limits": "; ".join(limits)})
    if leg.category == CareCategory.WITHDRAWAL_MANAGEMENT:
        said.append(_("A meeting is no detox."))
    return " ".join(said)


def where(question: SearchQuestion) -> str:
    if question.reading is None:
        return _("here")
    place = question.reading.place
    if place.kind == PlaceKind.ONLINE:
        return _("online")
    if uses_distance(question):
        miles = f"{question.within:g}"
        return _("within %(miles)s miles of %(place)s") % {"miles": miles, "place": place.label}
    return _("in %(place)s") % {"place": place.label}


def instead_words(gap: Gap, question: SearchQuestion) -> list[str]:
    said = (instead_text(instead, gap, question) for instead in gap.instead)
    return [text for text in said if text]


def instead_text(instead: Instead, gap: Gap, question: SearchQuestion) -> str:
    match instead:
        case Instead.EMERGENCY_ROOM:
            return _(
                "Any emergency room must check you, even if you cannot pay, and can treat withdrawal. "
                "Call 911 for a seizure, confusion, seeing things or fever."
            )
        case Instead.EMERGENCY_ROOM_MEDICINE:
            return _(
                "Any emergency room must check you, even if you cannot pay. It can treat withdrawal and may "
                "start medicine for opioids."
            )
        case Instead.MEDICINE_BY_VIDEO:
            return _("Some clinics may start medicine by phone or video: ask.")
        case Instead.BED:
            return bed_text(gap.bed, question)
        case Instead.ONLINE_MEETING:
            return _("You can join a meeting online or by phone from anywhere.")
        case Instead.HELPLINE:
            return _(
                "The SAMHSA helpline, 1-800-662-4357, is free and open day and night. "
                "It can tell you where to call."
            )


def bed_text(bed: Result | None, question: SearchQuestion) -> str:
    if bed is None:
        return ""
    named = {"name": bed.listing.service.name, "number": number(bed)}
    miles = distance(bed, question) if uses_distance(question) else ""
    if miles:
        return _("The nearest detox open day and night: %(name)s, %(miles)s away. %(number)s") % {
            **named,
            "miles": miles,
        }
    return _("The nearest detox open day and night: %(name)s. %(number)s") % named


def number(result: Result) -> str:
    phones = sorted(result.listing.speaking_phones, key=lambda phone: phone.phone_type != PhoneType.INTAKE)
    return str(phones[0]) if phones else ""
