"""What people found who dispute a listing, in one sentence for each part."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.enums import Outcome, VerifiedPart
from finder.models import ListingIndex
from finder.upkeep.freshness import Doubt
from finder.upkeep.kept_freshness import doubts_in

OF_MEETINGS = {Outcome.NOBODY_THERE, Outcome.WRONG_PLACE_OR_TIME, Outcome.LINK_DEAD}


def doubt_words(index: ListingIndex) -> tuple[str, ...]:
    return tuple(sentence(doubt) for doubt in doubts_in(index.freshness) if doubt.part in index.disputed)


def sentence(doubt: Doubt) -> str:
    """What was found, and what to do about it."""
    only = doubt.outcomes[0] if len(doubt.outcomes) == 1 else None
    found = found_words(only, doubt.people) if only else found_of_part(doubt)
    people = capfirst(found % {"count": number_words(doubt.people)})
    what_to_do = (
        _("Ask before you go, or try the next one.")
        if OF_MEETINGS.issuperset(doubt.outcomes)
        else _("Call first, or try the next one.")
    )
    return f"{people} {what_to_do}"


def number_words(number: int) -> str:
    """As people write it in a sentence."""
    return {2: _("two"), 3: _("three"), 4: _("four"), 5: _("five")}.get(number, str(number))


def found_words(outcome: Outcome, people: int) -> str:
    match outcome:
        case Outcome.WRONG_NUMBER:
            return ngettext(
                "Someone who called found a different number.",
                "%(count)s people who called found a different number.",
                people,
            )
        case Outcome.CLOSED:
            return ngettext(
                "Someone found that it has closed.", "%(count)s people found that it has closed.", people
            )
        case Outcome.LINK_DEAD:
            return ngettext(
                "The link did not work for someone.", "The link did not work for %(count)s people.", people
            )
        case Outcome.NOBODY_THERE:
            return ngettext(
                "Someone went, and nobody was there.",
                "%(count)s people went, and nobody was there.",
                people,
            )
        case Outcome.WRONG_PLACE_OR_TIME:
            return ngettext(
                "Someone found another place or time.",
                "%(count)s people found another place or time.",
                people,
            )
        case Outcome.NEEDS_REFERRAL:
            return ngettext(
                "Someone who called was told that you need a referral.",
                "%(count)s people who called were told that you need a referral.",
                people,
            )
        case Outcome.NOT_TAKING:
            return ngettext(
                "Someone who called was told that they take no new people now.",
                "%(count)s people who called were told that they take no new people now.",
                people,
            )
        case _no_bed:
            return ngettext(
                "Someone who called was told that no bed or place is free.",
                "%(count)s people who called were told that no bed or place is free.",
                people,
            )


def found_of_part(doubt: Doubt) -> str:
    """Where they found different things."""
    match doubt.part:
        case VerifiedPart.CONTACT:
            return ngettext(
                "Someone could not reach them as it says here.",
                "%(count)s people could not reach them as it says here.",
                doubt.people,
            )
        case VerifiedPart.HOURS:
            return ngettext(
                "Someone found that the time or place is wrong.",
                "%(count)s people found that the time or place is wrong.",
                doubt.people,
            )
        case _room:
            return ngettext(
                "Someone who called was told that there is no room now.",
                "%(count)s people who called were told that there is no room now.",
                doubt.people,
            )
