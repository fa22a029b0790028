"""A repair as a link: what would be asked otherwise, and where that search is."""

from django.utils.translation import gettext as _

from finder.enums import CareCategory
from finder.search.repairs import Change, Repair
from finder.views.addresses import pairs_of, search_address


def repair_label(repair: Repair) -> str:
    place = repair.question.reading.place.label if repair.question.reading else ""
    match repair.change:
        case Change.NEED:
            return _("Without: %(terms)s") % {"terms": ", ".join(map(str, repair.dropped))}
        case Change.TIME:
            return _("At any time")
        case Change.ROOM:
            return _("Also where room is not known")
        case Change.WIDER:
            return _("Within %(miles)s miles") % {"miles": f"{repair.question.within:g}"}
        case Change.NEIGHBOR:
            return _("In %(place)s") % {"place": place}
        case Change.CATEGORY:
            (category,) = repair.question.categories
            return _("Instead: %(category)s") % {"category": CareCategory(category).label}
        case Change.WORDS:
            return _("Without the words you typed")
        case Change.REMOTE:
            return _("Online or by phone")


def repair_address(repair: Repair) -> str:
    return search_address(pairs_of(repair.question))
