"""What changed of a listing that a search finds, in words."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from finder.upkeep.changes import Change, ChangeKind

WORDS: Mapping[ChangeKind, Promise] = {
    ChangeKind.GONE: _l("No longer listed"),
    ChangeKind.BACK: _l("Listed again"),
    ChangeKind.CLOSED: _l("Closed for now, or for good"),
    ChangeKind.REOPENED: _l("Open again"),
    ChangeKind.NAME: _l("Another name"),
    ChangeKind.PHONE: _l("Another phone number"),
    ChangeKind.ADDRESS: _l("Another address"),
    ChangeKind.HOURS: _l("Other times"),
    ChangeKind.FACTS: _l("Says something else of what you asked for"),
}


def change_words(change: Change) -> str:
    day = date_format(timezone.localtime(change.at), "DATE_FORMAT")
    return _("%(change)s, %(date)s") % {"change": WORDS[change.kind], "date": day}
