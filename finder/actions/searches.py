"""Searches that case workers keep."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from finder.actions.refusals import Refused
from finder.enums import AlertRhythm
from finder.models import SavedSearch
from finder.models.saved_searches import LONGEST_NAME, LONGEST_QUERY

MOST_SEARCHES = 50
"""Of one person."""


@transaction.atomic
def save_search(*, query: str, name: str, language: str, by: User, now: datetime) -> SavedSearch:
    """The same question twice is one search: it is found as it was left."""
    if len(query) > LONGEST_QUERY:
        raise Refused(_("This search is too long to be saved. Take something off."))
    User.objects.select_for_update().get(pk=by.pk)
    kept = SavedSearch.objects.kept_by(by)
    if same := kept.filter(query=query).first():
        return same
    if kept.count() >= MOST_SEARCHES:
        raise Refused(_("You keep %(count)d searches already. Delete one first.") % {"count": MOST_SEARCHES})
    return SavedSearch.objects.create(
        owner=by,
        name=free_name(name, taken=set(kept.values_list("name", flat=True))),
        query=query,
        language=language,
        created_at=now,
        looked_at=now,
    )


def free_name(name: str, *, taken: set[str]) -> str:
    number, found = 1, name[:LONGEST_NAME]
    while found in taken:
        number += 1
        end = f" ({number})"
        found = name[: LONGEST_NAME - len(end)] + end
    return found


@transaction.atomic
def rename_search(*, search: SavedSearch, name: str, by: User) -> None:
    wanted = " ".join(name.split())
    if not wanted:
        raise Refused(_("Give it a name."))
    if len(wanted) > LONGEST_NAME:
        raise Refused(_("Use a shorter name: %(count)d letters at most.") % {"count": LONGEST_NAME})
    User.objects.select_for_update().get(pk=by.pk)
    if SavedSearch.objects.kept_by(by).filter(name=wanted).exclude(pk=search.pk).exists():
        raise Refused(_("Another search of yours has this name."))
    SavedSearch.objects.kept_by(by).filter(pk=search.pk).update(name=wanted)


def forget_search(*, search: SavedSearch, by: User) -> None:
    SavedSearch.objects.kept_by(by).filter(pk=search.pk).delete()


def mark_looked(*, search: SavedSearch, seen_at: datetime, by: User, now: datetime) -> None:
    """`seen_at`: when the page was made that was looked at; what came after it is news still."""
    mine = SavedSearch.objects.kept_by(by).filter(pk=search.pk)
    mine.filter(looked_at__lt=seen_at).update(looked_at=min(seen_at, now))


def choose_rhythm(*, search: SavedSearch, rhythm: AlertRhythm, by: User) -> None:
    if rhythm != AlertRhythm.NONE and not by.email:
        raise Refused(_("Your account has no e-mail address. An administrator can add it."))
    SavedSearch.objects.kept_by(by).filter(pk=search.pk).update(rhythm=rhythm)


def stop_alerts(*, search: SavedSearch) -> None:
    """By the link in a letter: whoever holds it may."""
    SavedSearch.objects.filter(pk=search.pk).update(rhythm=AlertRhythm.NONE)
