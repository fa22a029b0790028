"""Where to go from a search that found nothing: never a dead end."""

from django.utils.translation import gettext as _

from finder.enums import CareCategory
from finder.geography.places import ONLINE
from finder.search.question import SearchQuestion
from finder.views.addresses import changed, pairs_of, search_address, uses_distance, without
from finder.views.headings import Chip

FAR_MILES = 100


def next_steps(question: SearchQuestion) -> list[Chip]:
    pairs = pairs_of(question)
    steps = []
    if uses_distance(question) and question.within < FAR_MILES:
        farther = changed(pairs, "within", str(FAR_MILES))
        steps.append(Chip(_("Look within %(miles)d miles") % {"miles": FAR_MILES}, search_address(farther)))
    for term in question.needs:
        text = _("Look without: %(term)s") % {"term": term}
        steps.append(Chip(text, search_address(without(pairs, "need", term.slug))))
    if question.words:
        text = _("Look without the words “%(words)s”") % {"words": question.words}
        steps.append(Chip(text, search_address(without(pairs, "q"))))
    if question.categories:
        steps.append(Chip(_("Look for every kind of help"), search_address(without(pairs, "category"))))
    if question.reading and question.reading.place != ONLINE:
        steps.append(Chip(_("Look in the whole country"), search_address(without(pairs, "near"))))
    online = (("near", ONLINE.query), ("category", CareCategory.SUPPORT_GROUP.value))
    steps.append(Chip(_("Support groups online"), search_address(online)))
    return steps
