"""How sure a listing is, part by part: one line on a card, a list on its page."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.utils.text import capfirst, get_text_list
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from finder.enums import CareCategory, StatementMethod, VerifiedPart, Voice
from finder.models import ListingIndex
from finder.upkeep.freshness import SAID_ON_PAGES, Freshness
from finder.upkeep.kept_freshness import parts_in
from finder.views.ages import ago, how_checked
from finder.views.facts import edition_words

LINES_KEPT = 1_000


class PartWords(NamedTuple):
    """A part of the listing, and when it was checked, how and by whom."""

    name: str
    words: str
    is_disputed: bool


def freshness_line(index: ListingIndex, *, today: date) -> str:
    """For a card."""
    return line_of(tuple(parts_in(index.freshness)), today, get_language(), is_group=is_group(index))


@lru_cache(maxsize=LINES_KEPT)
def line_of(parts: tuple[Freshness, ...], today: date, language: str, *, is_group: bool) -> str:
    """Where all was checked, or printed, on one day, it is said once. Most listings say the same."""
    groups = alike(parts)
    if not groups:
        return how_checked(None, "", today)
    if len(groups) == 1 and groups[0][0].voice != Voice.PUBLIC:
        first = groups[0][0]
        said = how_checked(first.on, first.method, today)
        return _("%(sentence)s That is old: ask first.") % {"sentence": said} if old(parts, today) else said
    clauses = "; ".join(clause(group, today=today, is_group=is_group) for group in groups)
    return f"{capfirst(clauses)}."


def alike(parts: Sequence[Freshness]) -> list[list[Freshness]]:
    """What is said in the same words, of one day; the newest first, and what is only printed last."""
    groups: dict[tuple[bool, int, str], list[Freshness]] = defaultdict(list)
    for each in parts:
        groups[not each.is_checked, -each.on.toordinal(), clause_of(each)].append(each)
    return [groups[key] for key in sorted(groups)]


def old(parts: Sequence[Freshness], today: date) -> bool:
    return any(each.is_old(today) for each in parts)


def clause(group: Sequence[Freshness], *, today: date, is_group: bool) -> str:
    first = group[0]
    words = [word for each in group for word in short_names(each.part, is_group=is_group)]
    told = {
        "parts": get_text_list(words, _("and")),
        "ago": ago(first.on, today),
        "year": first.on.year,
    }
    said = clause_of(first) % told
    return _("%(clause)s (old)") % {"clause": said} if old(group, today) else said


def clause_of(first: Freshness) -> str:
    match first.method, speaker(first):
        case (StatementMethod.IMPORT, _voice):
            return _("%(parts)s from a directory of %(year)s")
        case (_method, Voice.PROVIDER):
            return _("%(parts)s confirmed %(ago)s by the program")
        case (StatementMethod.SITE_VISIT, Voice.PUBLIC):
            return _("%(parts)s confirmed %(ago)s by someone who went")
        case (_method, Voice.PUBLIC):
            return _("%(parts)s confirmed %(ago)s by someone who called")
        case (StatementMethod.SITE_VISIT, _voice):
            return _("%(parts)s confirmed %(ago)s by a visit")
        case _by_phone:
            return _("%(parts)s confirmed %(ago)s by call")


def speaker(each: Freshness) -> str:
    """One of us may write down what the program itself said."""
    return Voice.PROVIDER if each.method == StatementMethod.PROVIDER else each.voice


def is_group(index: ListingIndex) -> bool:
    return index.categories == [CareCategory.SUPPORT_GROUP]


def short_names(part: VerifiedPart, *, is_group: bool) -> list[str]:
    """To stand in a sentence."""
    if is_group:
        return {
            VerifiedPart.CONTACT: [_("place")],
            VerifiedPart.HOURS: [_("times")],
            VerifiedPart.SERVICES: [_("kind of meeting")],
        }[part]
    return {
        VerifiedPart.CONTACT: [_("phone")],
        VerifiedPart.HOURS: [_("hours")],
        VerifiedPart.SERVICES: [_("services"), _("payment")],
    }[part]


def words_by_part(
    index: ListingIndex, source_names: Mapping[str, str], rooms: Sequence[str], *, today: date
) -> list[PartWords]:
    """For the listing's page. `source_names` by slug; `rooms` as `finder.views.rooms` says them."""
    known = {each.part: each for each in parts_in(index.freshness)}
    said = {
        part: words_of(known[part], source_names, today=today)
        if part in known
        else how_checked(None, "", today)
        for part in SAID_ON_PAGES
        if part in known or part != VerifiedPart.HOURS
    }
    if not is_group(index):
        said[VerifiedPart.AVAILABILITY] = " ".join(rooms) or _("Not known. Call.")
    return [
        PartWords(long_name(part, is_group=is_group(index)), words, part in index.disputed)
        for part, words in said.items()
    ]


def words_of(each: Freshness, source_names: Mapping[str, str], *, today: date) -> str:
    told = {
        "ago": ago(each.on, today),
        "source": source_names.get(each.source) or _("a published directory"),
        "edition": edition_words(each.on),
    }
    said = sentence_of(each) % told
    return _("%(sentence)s That is old: ask first.") % {"sentence": said} if each.is_old(today) else said


def sentence_of(each: Freshness) -> str:
    match each.method, speaker(each):
        case (StatementMethod.IMPORT, _voice):
            return _("From %(source)s, %(edition)s. Nobody has checked since.")
        case (_method, Voice.PROVIDER):
            return _("Confirmed by the program itself %(ago)s.")
        case (StatementMethod.SITE_VISIT, Voice.PUBLIC):
            return _("Confirmed %(ago)s: someone who went there told us.")
        case (_method, Voice.PUBLIC):
            return _("Confirmed %(ago)s: someone who called told us.")
        case (StatementMethod.SITE_VISIT, Voice.CASE_WORKER):
            return _("Confirmed %(ago)s: a case worker went there.")
        case (StatementMethod.PHONE, Voice.CASE_WORKER):
            return _("Confirmed %(ago)s: a case worker called.")
        case (StatementMethod.SITE_VISIT, Voice.EDITOR):
            return _("Confirmed %(ago)s: one of our editors went there.")
        case (StatementMethod.PHONE, Voice.EDITOR):
            return _("Confirmed %(ago)s: one of our editors called.")
        case (StatementMethod.SITE_VISIT, _unsaid):
            return _("Confirmed by a visit %(ago)s.")
        case _by_phone:
            return _("Confirmed by phone %(ago)s.")


def long_name(part: VerifiedPart, *, is_group: bool) -> str:
    of_a_group = {
        VerifiedPart.CONTACT: _("Place, link or phone"),
        VerifiedPart.HOURS: _("Times"),
        VerifiedPart.SERVICES: _("Kind of meeting"),
    }
    return of_a_group[part] if is_group else str(part.label)
