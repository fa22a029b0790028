"""The page of the list that a reader is making: its places, and all that can be done with them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from finder.enums import CareCategory, ItemStatus
from finder.models import ReferralItem, ReferralList, SharedLink, Team
from finder.referral.contents import Entry
from finder.referral.shown import ShownItem, ShownList, ShownSection
from finder.views.list_forms import NoteForm, StatusForm, TitleForm
from finder.views.list_texts import texts_of
from finder.views.own_list import OwnList, keeper, own_list
from finder.views.shown_list import shown_list, with_paths


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent and is not kept: the page shows it again, with what is wrong."""

    refused: str = ""
    title: TitleForm | None = None
    note: tuple[UUID, NoteForm] | None = None
    status: tuple[UUID, StatusForm] | None = None


@dataclass(frozen=True, slots=True)
class OwnItem:
    """A place as the maker of the list sees it: with the private note, and how far they have come."""

    shown: ShownItem
    note: NoteForm
    status: StatusForm | None
    said: str
    """The status in words."""
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class OwnSection:
    shown: ShownSection
    items: Sequence[OwnItem]


@require_safe
@cache_control(no_store=True)
def list_page(request: HttpRequest) -> HttpResponse:
    return page_of_own_list(request)


def page_of_own_list(request: HttpRequest, typed: Typed | None = None, *, status: int = 200) -> HttpResponse:
    typed, own, now = typed or Typed(), own_list(request), timezone.now()
    shown = shown_own(own, absolute=request.build_absolute_uri)
    context = {
        "own": own,
        "refused": typed.refused,
        "title": typed.title or TitleForm(initial={"title": own.contents.title}),
        "is_renaming": typed.title is not None,
        "sections": own_sections(own, with_paths(shown), typed),
        "has_detox": any(CareCategory.WITHDRAWAL_MANAGEMENT in dict(item.categories) for item in shown.items),
        "has_groups": any(CareCategory.SUPPORT_GROUP in dict(item.categories) for item in shown.items),
        "texts": texts_of(shown),
        "links": links_of(own, now=now),
        "is_keeper": keeper(request) is not None,
        "kept_until": kept_until(own.kept),
        "teams": teams_of(request, own.kept),
    }
    return render(request, "list.html", context, status=status)


def shown_own(
    own: OwnList,
    *,
    link: str = "",
    code: str = "",
    expires_at: datetime | None = None,
    absolute: Callable[[str], str],
) -> ShownList:
    """`link` and `code` are only known while they are made; `absolute` is for what leaves the site."""
    return shown_list(
        own.contents,
        since=None,
        now=timezone.now(),
        absolute=absolute,
        link=link,
        code=code,
        expires=_("The link ends on %(date)s.") % {"date": date_format(timezone.localdate(expires_at))}
        if expires_at
        else "",
    )


def own_sections(own: OwnList, shown: ShownList, typed: Typed) -> list[OwnSection]:
    entries = {entry.listing: entry for entry in own.contents.entries}
    items = items_of(own.kept)
    return [
        OwnSection(
            section,
            [
                own_item(
                    item,
                    entries[item.listing],
                    items.get(item.listing),
                    typed,
                    is_first=place == 0,
                    is_last=place == len(section.items) - 1,
                )
                for place, item in enumerate(section.items)
            ],
        )
        for section in shown.sections
    ]


def items_of(kept: ReferralList | None) -> Mapping[UUID, ReferralItem]:
    if kept is None:
        return {}
    items = kept.items.select_related("listing__location", "status_by").order_by("position", "pk")
    return {item.listing_id: item for item in items}


def own_item(
    shown: ShownItem,
    entry: Entry,
    item: ReferralItem | None,
    typed: Typed,
    *,
    is_first: bool,
    is_last: bool,
) -> OwnItem:
    return OwnItem(
        shown=shown,
        note=note_form(entry, typed),
        status=status_form(item, typed) if item and not shown.is_gone else None,
        said=status_words(item) if item else "",
        is_first=is_first,
        is_last=is_last,
    )


def note_form(entry: Entry, typed: Typed) -> NoteForm:
    if typed.note and typed.note[0] == entry.listing:
        return typed.note[1]
    return NoteForm(
        initial={"note": entry.note, "note_is_shown": entry.note_is_shown},
        auto_id=f"note-{entry.listing}-%s",
    )


def status_form(item: ReferralItem, typed: Typed) -> StatusForm:
    if typed.status and typed.status[0] == item.listing_id:
        return typed.status[1]
    zone = item.listing.location.timezone
    return StatusForm(
        initial={
            "status": item.status,
            "refusal": item.refusal,
            "held_until": there(item.held_until, zone) if item.held_until else None,
        },
        auto_id=f"status-{item.listing_id}-%s",
        zone=zone,
    )


def there(moment: datetime, zone: str) -> datetime:
    """As the clocks of the place show it, without saying whose they are."""
    return moment.astimezone(ZoneInfo(zone or "UTC")).replace(tzinfo=None)


def status_words(item: ReferralItem) -> str:
    if not item.status or item.status_at is None:
        return ""
    said = str(ItemStatus(item.status).label)
    if item.refusal:
        said = _("%(status)s: %(why)s") % {"status": said, "why": item.get_refusal_display()}
    if item.held_until:
        until = date_format(there(item.held_until, item.listing.location.timezone), "SHORT_DATETIME_FORMAT")
        said = _("%(status)s until %(until)s, their time") % {"status": said, "until": until}
    day = date_format(timezone.localdate(item.status_at), "MONTH_DAY_FORMAT")
    if item.status_by is None:
        return _("%(status)s (%(day)s)") % {"status": said, "day": day}
    return _("%(status)s (%(who)s, %(day)s)") % {"status": said, "who": item.status_by, "day": day}


def links_of(own: OwnList, *, now: datetime) -> list[SharedLink]:
    """That still open it."""
    good = SharedLink.objects.good(now).newest_first()
    if own.kept:
        return list(good.filter(referral_list=own.kept))
    return list(good.filter(pk__in=own.links)) if own.links else []


def kept_until(kept: ReferralList | None) -> date | None:
    return timezone.localdate(kept.changed_at + timedelta(days=settings.LISTS_KEPT_DAYS)) if kept else None


def teams_of(request: HttpRequest, kept: ReferralList | None) -> list[Team]:
    """With which its owner may share it."""
    person = keeper(request)
    if person is None or kept is None or kept.owner_id != person.pk:
        return []
    return list(Team.objects.filter(members__user=person).order_by("name", "pk"))
