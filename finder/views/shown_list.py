"""A list in plain words: the one place where it is decided what of a list its readers may see."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from finder.enums import CareCategory
from finder.models import CrisisLine, ServiceAtLocation
from finder.plans.starts import Start
from finder.referral.contents import Contents, Entry, sections_of
from finder.referral.shown import ShownItem, ShownLine, ShownList, ShownSection
from finder.search.changes import changes_since
from finder.upkeep.changes import Change
from finder.views.list_listings import Found, found_listings
from finder.views.plan_page import NAMES
from finder.views.shown_item import gone_item, shown_item

LINES_SAID = ("emergency", "988", "samhsa_national_helpline")
MOST_WAYS = 4

Changes = Mapping[UUID, Sequence[Change]]


def shown_list(
    contents: Contents,
    *,
    found: Found | None = None,
    title: str = "",
    since: datetime | None,
    now: datetime,
    absolute: Callable[[str], str],
    link: str = "",
    code: str = "",
    expires: str = "",
) -> ShownList:
    """In the language of the moment. `since`: what changed after it is marked; `absolute` makes of a path a
    whole address; `found`: where the caller has looked the listings up already."""
    found = found or listings_of(contents)
    changes = changes_of(found, since)
    items = {
        entry.listing: item_of(entry, contents, found, changes, now=now, absolute=absolute)
        for entry in contents.entries
    }
    return ShownList(
        title=title or contents.title or _("List"),
        language=get_language() or "en",
        as_of=now.astimezone(zone_of(found.listings)),
        sections=sections(contents, items),
        crisis=crisis_lines(),
        link=link,
        code=code,
        expires=expires,
    )


def listings_of(contents: Contents) -> Found:
    return found_listings([entry.listing for entry in contents.entries])


def changes_of(found: Found, since: datetime | None) -> Changes:
    return changes_since([listing.pk for listing in found.listings], since) if since else {}


def item_of(
    entry: Entry,
    contents: Contents,
    found: Found,
    changes: Changes,
    *,
    now: datetime,
    absolute: Callable[[str], str],
) -> ShownItem:
    name = found.names.get(entry.listing, "")
    listing = found.visible.get(entry.listing)
    if listing is None:
        return gone_item(entry, name)
    is_merged = listing.pk != entry.listing
    if is_merged and listing.pk in contents:
        return gone_item(entry, name, now_listed_as=listing.service.name)
    was = name if is_merged else ""
    return shown_item(entry, listing, changes.get(listing.pk, ()), was=was, now=now, absolute=absolute)


def sections(contents: Contents, items: Mapping[UUID, ShownItem]) -> tuple[ShownSection, ...]:
    parts = sections_of(contents, CareCategory.values)
    others = _("Also on this list") if len(parts) > 1 else _("Places")
    return tuple(
        ShownSection(
            category=category,
            title=str(NAMES[CareCategory(category)]) if category else others,
            start=str(Start(start).label) if start in Start.values else "",
            items=tuple(items[entry.listing] for entry in entries),
        )
        for category, start, entries in parts
    )


def zone_of(listings: Sequence[ServiceAtLocation]) -> tzinfo:
    """The clock of most of its places."""
    zones = Counter(listing.location.timezone for listing in listings if listing.location.timezone)
    return ZoneInfo(zones.most_common(1)[0][0]) if zones else UTC


def crisis_lines() -> tuple[ShownLine, ...]:
    """As paper says them: without what only opens on a screen."""
    lines = CrisisLine.objects.filter(slug__in=LINES_SAID).order_by("position", "pk")
    return tuple(ShownLine(name=str(line), how=ways(line)) for line in lines)


def ways(line: CrisisLine) -> str:
    said = [link["label"] for link in line.links if link["href"].startswith(("tel:", "sms:"))]
    return " · ".join(said[:MOST_WAYS])


def with_paths(shown: ShownList) -> ShownList:
    """A page leads to pages of its own site, by whatever name that was asked."""
    return replace(
        shown,
        sections=[
            replace(
                section, items=tuple(replace(item, url=urlsplit(item.url).path) for item in section.items)
            )
            for section in shown.sections
        ],
    )
