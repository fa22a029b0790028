"""The only writers of referral lists that are kept here."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from finder.models import ReferralItem, ReferralList, ServiceAtLocation, SharedLink, Team
from finder.referral.contents import Change, Contents, Entry

KEPT = ("section", "position", "note", "note_is_shown")


def contents_of(kept: ReferralList) -> Contents:
    entries = (
        Entry(item.listing_id, item.section, item.note, item.note_is_shown)
        for item in kept.items.order_by("position", "pk")
    )
    return Contents(
        title=kept.title,
        entries=tuple(entries),
        starts=tuple((category, start) for category, start in kept.starts),
    )


@transaction.atomic
def keep_list(*, contents: Contents, by: User | None, now: datetime) -> ReferralList:
    """A new one."""
    kept = ReferralList.objects.create(title=contents.title, owner=by, created_at=now, changed_at=now)
    write(kept, contents)
    return kept


@transaction.atomic
def change_list(*, kept: ReferralList, change: Change, now: datetime) -> Contents:
    """Two who change it at once wait for each other; nothing of either is lost."""
    locked = ReferralList.objects.select_for_update().get(pk=kept.pk)
    before = contents_of(locked)
    after = change(before)
    if after != before:
        locked.title, locked.changed_at = after.title, now
        write(locked, after)
    return after


def write(kept: ReferralList, contents: Contents) -> None:
    """What stays keeps its status."""
    kept.starts = [list(start) for start in contents.starts]
    kept.save()
    entries = known(contents.entries)
    kept.items.exclude(listing__in=[entry.listing for entry in entries]).delete()
    ReferralItem.objects.bulk_create(
        [item_of(kept, entry, position) for position, entry in enumerate(entries)],
        update_conflicts=True,
        unique_fields=["referral_list", "listing"],
        update_fields=KEPT,
    )


def known(entries: Sequence[Entry]) -> list[Entry]:
    """Without a listing that is not there any more, as a made-up one once it was removed."""
    there = set(
        ServiceAtLocation.objects.filter(pk__in=[entry.listing for entry in entries]).values_list(
            "pk", flat=True
        )
    )
    return [entry for entry in entries if entry.listing in there]


def item_of(kept: ReferralList, entry: Entry, position: int) -> ReferralItem:
    return ReferralItem(
        referral_list=kept,
        listing_id=entry.listing,
        section=entry.section,
        position=position,
        note=entry.note,
        note_is_shown=entry.note_is_shown,
    )


def forget_list(*, kept: ReferralList) -> None:
    """With its notes and links, for good."""
    kept.delete()


def share_with_team(*, kept: ReferralList, team: Team | None, now: datetime) -> None:
    """Or, without a team, with nobody any more."""
    ReferralList.objects.filter(pk=kept.pk).update(team=team, changed_at=now)


def purge_lists(*, now: datetime) -> int:
    """Those that nobody changed for as long as lists are kept, and those of readers that no link opens;
    how many. There is no history to purge.
    """
    old = ReferralList.objects.untouched_since(now - timedelta(days=settings.LISTS_KEPT_DAYS))
    with_good_links = SharedLink.objects.good(now).values("referral_list")
    nobodys = ReferralList.objects.filter(owner=None).exclude(pk__in=with_good_links)
    doomed = [*old.values_list("pk", flat=True), *nobodys.values_list("pk", flat=True)]
    ReferralList.objects.filter(pk__in=doomed).delete()
    return len(set(doomed))


def listings_that_can_be_added(listings: Sequence[UUID]) -> list[UUID]:
    """Those that anyone may see, as they were named."""
    published = set(
        ServiceAtLocation.objects.published().filter(pk__in=listings).values_list("pk", flat=True)
    )
    return [listing for listing in listings if listing in published]
