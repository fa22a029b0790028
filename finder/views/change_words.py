"""What changed of a listing that a search finds, in words."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from finder.upkeep.changes import Change, ChangeKind

WORDS: Mapping[ChangeKind, Promise] = {
    ChangeKind.GONE: _("No longer listed"),
    ChangeKind.BACK: _("Listed again"),
    ChangeKind.CLOSED: _("Closed for now, or for good"),
    ChangeKind.REOPENED: _("Open again"),
    ChangeKind.NAME: _("Another name"),
    ChangeKind.PHONE: _("Another phone number"),
    ChangeKind.ADDRESS: _("Another address"),
    ChangeKind.HOURS: _("Other times"),
    ChangeKind.FACTS: _("Says something else of what you asked for"),
}


def change_words(change: Change) -> str:
    day = date_format(timezone.localtime(change.at), "DATE_FORMAT")
    return gettext("%(change)s, %(date)s") % {"change": WORDS[change.kind], "date": day}
