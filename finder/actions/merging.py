"""Two listings that are one place: what one of them says otherwise is chosen by a person, never guessed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from finder.actions.archiving import archive_listings
from finder.actions.composing import current_values, write
from finder.actions.due_dates import refresh_due_dates
from finder.actions.indexing import index_listings
from finder.actions.locking import lock_listings
from finder.actions.moving import move_children
from finder.actions.owned import SCHEDULES_WITH_JOINING, replace_owned
from finder.actions.queueing import refresh_queue_items
from finder.actions.refusals import Refused
from finder.actions.reviewing import decide
from finder.actions.snapshots import snapshot
from finder.actions.writing import update_listings
from finder.enums import EditorialStatus, ReviewStatus
from finder.models import Merge, Redirect, ServiceAtLocation, SourceRecord
from finder.models.history import one_change

PARTS: Mapping[str, Sequence[str]] = {
    "name": ("service.name",),
    "organization": ("organization.name",),
    "categories": ("service.categories",),
    "phones": ("phones",),
    "address": (
        *(f"location.{name}" for name in ("location_type", "address_1", "address_2", "city")),
        *(f"location.{name}" for name in ("state_province", "postal_code", "country")),
        "position",
    ),
    "url": ("service.url",),
    "description": ("service.description",),
    "status": ("service.status",),
    "schedules": ("schedules",),
    "transportation": ("location.transportation",),
}
TEXTS = ("eligibility_description", "fees_description", "application_process", "interpretation_services")
"""Of the service, written by people alone: no source says them."""

KEPT, DUPLICATE = "kept", "duplicate"


class Difference(NamedTuple):
    """What the two say of one part. `is_conflict`: a person wrote one of them, so a person must choose."""

    part: str
    kept: dict[str, Any]
    duplicate: dict[str, Any]
    is_conflict: bool


def with_all(pk: UUID) -> ServiceAtLocation:
    listings = ServiceAtLocation.objects.with_parts().prefetch_related("phones", SCHEDULES_WITH_JOINING)
    return listings.get(pk=pk)


def values_of(listing: ServiceAtLocation) -> dict[str, Any]:
    values = current_values(listing, listing.phones.all(), listing.schedules.all())
    return values | {f"service.{name}": getattr(listing.service, name) for name in TEXTS}


def differences(merge: Merge) -> list[Difference]:
    """Of parts that both say something of."""
    kept, duplicate = with_all(merge.listing_id), with_all(merge.duplicate_id)
    ours, theirs = values_of(kept), values_of(duplicate)
    found = []
    for part, fields in {**PARTS, **{name: (f"service.{name}",) for name in TEXTS}}.items():
        our, their = ({name: values[name] for name in fields} for values in (ours, theirs))
        if our != their and says_something(our) and says_something(their):
            is_sourced = is_from_sources(kept, our) and is_from_sources(duplicate, their)
            found.append(Difference(part, our, their, is_conflict=not is_sourced))
    return found


def says_something(values: Mapping[str, Any]) -> bool:
    return any(value not in (None, "", []) for name, value in values.items() if name != "position")


def is_from_sources(listing: ServiceAtLocation, values: Mapping[str, Any]) -> bool:
    """As the last import wrote it: between two sources the newest edition leads, which is no guess."""
    return all(name in listing.imported and listing.imported[name] == value for name, value in values.items())


@transaction.atomic
def accept_merge(*, merge: Merge, by: User, now: datetime, choices: Mapping[str, str] | None = None) -> None:
    """One place: all that was said of the duplicate is from now on said of the listing that is kept.

    `choices`: `KEPT` or `DUPLICATE` for each part in conflict, and for any other part that differs.
    """
    lock(merge)
    decide(merge, ReviewStatus.ACCEPTED, by=by, now=now)
    merge = Merge.objects.select_related("listing", "duplicate__service").get(pk=merge.pk)
    refuse_archived(merge)
    chosen = chosen_values(differences(merge), choices or {})
    taken = only_said_by_duplicate(merge)
    before = snapshot(merge.listing_id, merge.duplicate_id)
    with one_change(user=by.pk, decision="merge", merge=merge.pk):
        moved = move_children(merge.duplicate_id, to=merge.listing_id)
        archive_listings(
            listings=[merge.duplicate],
            reason=_("The same place as %(name)s.") % {"name": merge.listing.service.name[:200]},
            by=by,
            now=now,
        )
        if merge.listing.source_records.exists():
            update_listings([merge.listing_id], now=now)
        set_values(merge.listing_id, taken | chosen)
        Redirect.objects.create(old_listing=merge.duplicate, listing=merge.listing, created_at=now)
    after = snapshot(merge.listing_id, merge.duplicate_id)
    Merge.objects.filter(pk=merge.pk).update(
        before={
            "was": before._asdict(),
            "became": after._asdict(),
            "moved": moved,
            "records": records_of(merge.listing_id),
        }
    )
    refresh_due_dates(listing_ids=[merge.listing_id], now=now)
    index_listings([merge.listing_id, merge.duplicate_id])
    refresh_queue_items(listing_ids=[merge.listing_id, merge.duplicate_id], now=now)


def records_of(listing_id: UUID) -> list[list[Any]]:
    """By which it is seen later whether an import spoke since."""
    records = SourceRecord.objects.filter(listing=listing_id).order_by("pk")
    return [list(row) for row in records.values_list("pk", "content_hash")]


def lock(merge: Merge) -> None:
    """Both, in one order, so that two people who merge crosswise do not wait for each other."""
    lock_listings([merge.listing_id, merge.duplicate_id])


def refuse_archived(merge: Merge) -> None:
    if merge.listing.editorial_status == EditorialStatus.ARCHIVED:
        raise Refused(_("The listing that would be kept is archived. Restore it first."))
    if merge.duplicate.editorial_status == EditorialStatus.ARCHIVED:
        raise Refused(_("The duplicate is archived already."))


def chosen_values(found: Sequence[Difference], choices: Mapping[str, str]) -> dict[str, Any]:
    """What is chosen for the listing that is kept; parts left open are left to its sources."""
    left = [
        each.part for each in found if each.is_conflict and choices.get(each.part) not in (KEPT, DUPLICATE)
    ]
    if left:
        raise Refused(_("Choose for each of these which is right: %(parts)s.") % {"parts": ", ".join(left)})
    chosen: dict[str, Any] = {}
    for each in found:
        side = {KEPT: each.kept, DUPLICATE: each.duplicate}.get(choices.get(each.part, ""))
        chosen |= side or {}
    return chosen


def only_said_by_duplicate(merge: Merge) -> dict[str, Any]:
    """Nothing is lost for want of a place that says it."""
    ours, theirs = values_of(with_all(merge.listing_id)), values_of(with_all(merge.duplicate_id))
    taken: dict[str, Any] = {}
    for fields in (*PARTS.values(), *([f"service.{name}"] for name in TEXTS)):
        our, their = ({name: values[name] for name in fields} for values in (ours, theirs))
        if says_something(their) and not says_something(our):
            taken |= their
    return taken


def set_values(listing_id: UUID, values: Mapping[str, Any]) -> None:
    """What differs from what its sources say is a person's edit from now on, and stays."""
    listing = with_all(listing_id)
    current = values_of(listing)
    changes = {name: value for name, value in values.items() if current[name] != value}
    write(listing, changes)
    for owner, row in (
        ("organization", listing.service.organization),
        ("service", listing.service),
        ("location", listing.location),
    ):
        names = {"location", "position"} if owner == "location" else {owner}
        if names & {name.partition(".")[0] for name in changes}:
            row.save()
    replace_owned({listing.pk: changes})


@transaction.atomic
def reject_merge(*, merge: Merge, by: User, now: datetime) -> None:
    """They are two places, and the pair is not proposed again."""
    decide(merge, ReviewStatus.REJECTED, by=by, now=now)
    refresh_queue_items(listing_ids=[merge.listing_id, merge.duplicate_id], now=now)
