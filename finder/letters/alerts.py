"""What is mailed of a saved search's news. The caller has chosen the reader's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.letters.letter import Entry, Letter
from finder.letters.links import Purpose, link_to
from finder.letters.texts import where
from finder.models import SavedSearch, ServiceAtLocation

MOST_NAMED = 20
"""Of each kind; the page names all."""


@dataclass(frozen=True, slots=True)
class Mailed:
    """What a letter says: of what is gone no more than its name."""

    new: Sequence[ServiceAtLocation]
    changed: Sequence[ServiceAtLocation]
    gone: Sequence[str]
    is_partial: bool


def alert_letter(search: SavedSearch, mailed: Mailed, *, day: date) -> Letter:
    """The subject says nothing of what is searched for: it is read on locked screens."""
    return Letter(
        key=f"alert-{search.pk}-{day:%Y%m%d}",
        subject=_("News of a search that you saved"),
        opening=(
            _("Your search: %(name)s") % {"name": search.name},
            counts(mailed),
            _("See all of it, after you signed in: %(address)s") % {"address": page_of(search)},
        ),
        entries=(
            *entries(_("New: %(name)s"), mailed.new),
            *entries(_("Changed: %(name)s"), mailed.changed),
            *(Entry(_("Gone: %(name)s") % {"name": name}, "", "") for name in mailed.gone[:MOST_NAMED]),
        ),
        closing=tuple(closing(mailed)),
        stop_url=link_to(Purpose.ALERTS, search.pk),
    )


def counts(mailed: Mailed) -> str:
    said = (
        ngettext("%(count)d new", "%(count)d new", len(mailed.new)) % {"count": len(mailed.new)},
        ngettext("%(count)d changed", "%(count)d changed", len(mailed.changed))
        % {"count": len(mailed.changed)},
        ngettext("%(count)d gone", "%(count)d gone", len(mailed.gone)) % {"count": len(mailed.gone)},
    )
    return ", ".join(said) + "."


def entries(words: str, listings: Iterable[ServiceAtLocation]) -> list[Entry]:
    return [
        Entry(
            words % {"name": listing.service.name},
            where(listing),
            settings.SITE_URL + listing.get_absolute_url(),
        )
        for listing in list(listings)[:MOST_NAMED]
    ]


def closing(mailed: Mailed) -> Iterable[str]:
    if max(map(len, (mailed.new, mailed.changed, mailed.gone))) > MOST_NAMED:
        yield _("Not all are named here. The page names all.")
    if mailed.is_partial:
        yield _("More has changed than is compared at once. Search nearer, to see all of it.")


def page_of(search: SavedSearch) -> str:
    return settings.SITE_URL + reverse("saved_search", args=[search.pk])
