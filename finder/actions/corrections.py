"""Corrections that come back as a table: said beforehand, and proposed row by row."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from finder.actions.correction_lines import Called, Correction, Line, understood
from finder.actions.locking import lock_listings
from finder.actions.owned import SCHEDULES_WITH_JOINING
from finder.actions.proposing import propose_changes_of
from finder.actions.queueing import refresh_queue_items
from finder.actions.refusals import Refused
from finder.actions.verifying import verify_parts
from finder.actions.working import call_again, note_call, refuse_if_lost
from finder.enums import ChangeOrigin, Outcome, StatementMethod, Voice
from finder.models import QueueItem, ServiceAtLocation
from finder.permissions import area_of

SOURCE = "staff"
HEARD = {
    Called.NO_ANSWER: Outcome.NO_ANSWER,
    Called.WRONG_NUMBER: Outcome.WRONG_NUMBER,
    Called.CLOSED: Outcome.CLOSED,
}
"""Nothing is archived by a table: what is closed is disputed at once, and someone decides."""


class Fault(NamedTuple):
    number: int
    words: str


class Read(NamedTuple):
    """What of a table was understood, and each row that was not, with its reason."""

    corrections: Sequence[Correction]
    faults: Sequence[Fault]


def read_lines(*, lines: Sequence[Line], by: User) -> Read:
    listings = listings_of({line.listing_id for line in lines if line.listing_id})
    within = ids_within_area(listings, by)
    corrections: list[Correction] = []
    faults: list[Fault] = []
    rows: dict[UUID | None, int] = {}
    for line in lines:
        pk = line.listing_id
        try:
            if pk and rows.setdefault(pk, line.number) != line.number:
                raise Refused(_("The same listing as in row %(number)d.") % {"number": rows[pk]})
            listing = listings.get(pk) if pk else None
            corrections.append(understood(line, listing, is_within_area=pk in within))
        except Refused as why:
            faults.append(Fault(line.number, str(why)))
    return Read(corrections, faults)


def listings_of(ids: Iterable[UUID]) -> Mapping[UUID, ServiceAtLocation]:
    listings = ServiceAtLocation.objects.with_parts().prefetch_related("phones", SCHEDULES_WITH_JOINING)
    return {listing.pk: listing for listing in listings.filter(pk__in=set(ids)).order_by("pk")}


def ids_within_area(ids: Iterable[UUID], by: User) -> set[UUID]:
    area = area_of(by)
    listings = ServiceAtLocation.objects.filter(pk__in=list(ids))
    return set(
        (listings.filter(area.condition("location")) if area else listings).values_list("pk", flat=True)
    )


def receive_lines(*, lines: Sequence[Line], by: User, now: datetime) -> Read:
    """Each row by itself: one that is refused hinders no other."""
    corrections: list[Correction] = []
    faults: list[Fault] = []
    for line in lines:
        try:
            corrections.append(receive_line(line=line, by=by, now=now))
        except Refused as why:
            faults.append(Fault(line.number, str(why)))
    return Read(corrections, faults)


@transaction.atomic
def receive_line(*, line: Line, by: User, now: datetime) -> Correction:
    """Understood once more, now that nobody else can change the listing."""
    lock_listings([line.listing_id] if line.listing_id else [])
    read = read_lines(lines=[line], by=by)
    for fault in read.faults:
        raise Refused(fault.words)
    (correction,) = read.corrections
    if correction.values:
        propose_changes_of(
            listing=correction.listing,
            values=correction.values,
            origin=ChangeOrigin.CORRECTIONS,
            source=SOURCE,
            now=now,
        )
    follow_outcome(correction, by, now)
    return correction


def follow_outcome(correction: Correction, by: User, now: datetime) -> None:
    listing, outcome = correction.listing, correction.outcome
    if outcome == Called.ALL_RIGHT and correction.right:
        verify_parts(
            listing=listing,
            parts=correction.right,
            voice=Voice.EDITOR,
            method=StatementMethod.PHONE,
            by=by,
            now=now,
        )
    elif outcome in HEARD:
        note_call(listing, HEARD[outcome], by, now)
        refresh_queue_items(listing_ids=[listing.pk], now=now)
    if outcome in (Called.NO_ANSWER, Called.WRONG_NUMBER):
        put_off(listing, by, now)


def put_off(listing: ServiceAtLocation, by: User, now: datetime) -> None:
    """As after a call from the queue; what another works on this minute is theirs."""
    item = QueueItem.objects.open().select_for_update().filter(listing=listing).first()
    if item is None:
        return
    refuse_if_lost(item, by, now)
    call_again(item, now)
    item.save()
