"""Where to go from a search that found little or nothing: never a dead end."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.enums import CareCategory
from finder.geography.places import ONLINE
from finder.search.answer import SearchAnswer
from finder.search.question import SearchQuestion
from finder.search.repairs import Repair
from finder.views.addresses import pairs_of, search_address, without
from finder.views.headings import Chip
from finder.views.repair_words import repair_address, repair_label


def next_steps(found: SearchAnswer) -> list[Chip]:
    """What would find more, with how many; where nothing was found at all, ways that were not counted too."""
    counted = [Chip(counted_label(repair), repair_address(repair)) for repair in found.repairs]
    return [*counted, *further_steps(found.question)] if not found.results else counted


def counted_label(repair: Repair) -> str:
    words = {"change": repair_label(repair), "count": repair.count}
    return ngettext("%(change)s: %(count)d fits", "%(change)s: %(count)d fit", repair.count) % words


def further_steps(question: SearchQuestion) -> Iterator[Chip]:
    pairs = pairs_of(question)
    if question.categories:
        yield Chip(_("Look for every kind of help"), search_address(without(pairs, "category")))
    if question.reading and question.reading.place != ONLINE:
        yield Chip(_("Look in the whole country"), search_address(without(pairs, "near")))
    online = (("near", ONLINE.query), ("category", CareCategory.SUPPORT_GROUP.value))
    yield Chip(_("Support groups online"), search_address(online))
