"""What becomes of a fellowship's feed: read again, gone stale, or no longer wanted by those who made it."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from finder.actions.archiving import archive_listings
from finder.actions.feeds import Credit, known_feed
from finder.actions.importing import import_meetings, wait_for_other_imports
from finder.actions.planning import Origin
from finder.actions.refusals import Refused
from finder.meetings.meeting import MeetingFile
from finder.models import ImportRun, ServiceAtLocation, Source

LEAST_SHARE = 2
"""A feed with less than one in so many of its groups is rather broken than right."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """`groups_before` were there; where far fewer came, the feed counted as a part."""

    run: ImportRun
    groups: int
    groups_before: int

    @property
    def has_shrunk(self) -> bool:
        return has_shrunk(self.groups, self.groups_before)


def has_shrunk(groups: int, groups_before: int) -> bool:
    return groups * LEAST_SHARE < groups_before


def refresh_source(
    *, source: Source, file: MeetingFile, origin: Origin, by: User | None, now: datetime
) -> Refreshed:
    """Nothing goes missing by a feed that suddenly has lost most of its groups: a person decides that."""
    groups_before = source.records.filter(missing_since=None).count()
    shrunk = has_shrunk(len(file.groups), groups_before)
    run = import_meetings(
        file=file,
        feed=known_feed(slug=source.pk),
        origin=replace(origin, is_whole=origin.is_whole and not shrunk),
        credit=Credit(),
        by=by,
        now=now,
    )
    return Refreshed(run, len(file.groups), groups_before)


def is_stale(*, source: Source, now: datetime) -> bool:
    """For one; for many, ask `Source.objects.stale(now)`."""
    return Source.objects.stale(now).filter(pk=source.pk).exists()


@transaction.atomic
def opt_out(*, source: Source, by: User | None, now: datetime, reason: str) -> int:
    """Returns how many listings were archived: those that nobody else gives us, too."""
    if not reason.strip():
        raise Refused(_("Say why: the reason is kept with each of its listings."))
    wait_for_other_imports()
    if not Source.objects.filter(pk=source.pk, opted_out_at=None).update(opted_out_at=now):
        raise Refused(_("This source has opted out already."))
    source.refresh_from_db()
    alone = list(ServiceAtLocation.objects.given_by_nobody_but(source.pk))
    return archive_listings(listings=alone, reason=reason, by=by, now=now)
