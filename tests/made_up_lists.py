"""Lists that someone keeps and shares, for tests: written as the site writes them."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.utils import timezone

from finder.actions.list_links import make_link, spaced
from finder.actions.lists import keep_list
from finder.enums import EditorialStatus
from finder.models import Redirect, ReferralList, ServiceAtLocation, SharedLink
from finder.referral.contents import Contents, Entry


class Shared(NamedTuple):
    kept: ReferralList
    link: SharedLink
    token: str
    code: str
    """As people read it out."""

    @property
    def page(self) -> str:
        return f"/l/{self.token}/"

    def file(self, kind: str) -> str:
        return f"{self.page}list.{kind}"


def contents(*listings: ServiceAtLocation | Entry, title: str = "For Tuesday", starts: str = "") -> Contents:
    """`starts`: "withdrawal_management:now", with spaces between several."""
    entries = (each if isinstance(each, Entry) else Entry(each.pk) for each in listings)
    legs = tuple((leg, start) for leg, _colon, start in (each.partition(":") for each in starts.split()))
    return Contents(title=title, entries=tuple(entries), starts=legs)


def shared(
    *listings: ServiceAtLocation | Entry,
    title: str = "For Tuesday",
    starts: str = "",
    by: User | None = None,
    is_paper: bool = False,
    at: datetime | None = None,
) -> Shared:
    now = at or timezone.now()
    kept = keep_list(contents=contents(*listings, title=title, starts=starts), by=by, now=now)
    link, secret = make_link(kept=kept, is_paper=is_paper, now=now)
    return Shared(kept, link, secret.token, spaced(secret.code))


def entry(
    listing: ServiceAtLocation | UUID, *, note: str = "", is_shown: bool = False, section: str = ""
) -> Entry:
    pk = listing if isinstance(listing, UUID) else listing.pk
    return replace(Entry(pk), note=note, note_is_shown=is_shown, section=section)


def taken_out(listing: ServiceAtLocation, *, into: ServiceAtLocation | None = None) -> ServiceAtLocation:
    """It was public, and is archived now: by a merge, where it went into another."""
    now = timezone.now()
    ServiceAtLocation.objects.filter(pk=listing.pk).update(
        editorial_status=EditorialStatus.ARCHIVED, archived_reason="Closed", archived_at=now
    )
    if into:
        Redirect.objects.create(old_listing=listing, listing=into, created_at=now)
    return listing
