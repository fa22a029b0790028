"""What is compared in words: where, how far, what to know before going, when, and how sure it is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.enums import CareCategory, LocationType
from finder.geography.position import miles
from finder.models import ListingIndex
from finder.search.next_time import next_time
from finder.search.vocabulary import current_vocabulary
from finder.search.windows import any_time_from
from finder.views.ages import how_missing
from finder.views.cards import about_miles, restrictions, status_words, where
from finder.views.doubts import doubt_words
from finder.views.freshness import freshness_line
from finder.views.moments import next_on_clock, zone_words
from finder.views.rooms import room_words
from finder.views.times import schedule_words

MOST_TIMES = 3


@dataclass(frozen=True, slots=True)
class WordsRow:
    name: str
    cells: tuple[tuple[str, ...], ...]
    """Of each listing some sentences, or none."""
    nothing: str
    """What stands in a cell without any."""


def first_rows(rows: Sequence[ListingIndex], *, is_measured: bool, now: datetime) -> tuple[WordsRow, ...]:
    today, not_stated = timezone.localdate(now), _("Not stated")
    return said(
        row_of(_("Where"), rows, lambda row: [where(row.listing)], nothing=not_stated, is_wanted=True),
        row_of(_("How far"), rows, how_far, nothing=_("not known"), is_wanted=is_measured),
        row_of(_("Know before you go"), rows, warnings, nothing=_("None known")),
        row_of(_("Room now"), rows, lambda row: room_words(row, now=now), nothing=_("Not known. Call.")),
        row_of(_("Checked"), rows, lambda row: [freshness_line(row, today=today)], nothing=not_stated),
    )


def times_rows(rows: Sequence[ListingIndex], *, now: datetime) -> tuple[WordsRow, ...]:
    not_stated = _("Not stated")
    return said(
        row_of(_("Opens or meets next"), rows, lambda row: [next_words(row, now)], nothing=not_stated),
        row_of(_("Hours and meetings"), rows, times, nothing=not_stated),
    )


def said(*rows: WordsRow | None) -> tuple[WordsRow, ...]:
    return tuple(row for row in rows if row)


def row_of(
    name: str,
    rows: Sequence[ListingIndex],
    say: Callable[[ListingIndex], Iterable[str]],
    *,
    nothing: str,
    is_wanted: bool | None = None,
) -> WordsRow | None:
    """Unless it is said whether it is wanted: only where one of them says something."""
    if is_wanted is False:
        return None
    cells = tuple(tuple(words for words in say(row) if words) for row in rows)
    return WordsRow(name, cells, nothing) if is_wanted or any(cells) else None


def how_far(row: ListingIndex) -> list[str]:
    """None of a private address, not even to the middle of its county."""
    location, chord = row.listing.location, getattr(row, "chord", None)
    if location.location_type == LocationType.VIRTUAL:
        return [_("No way to go: online or by phone")]
    if not location.address_is_public:
        return [_("Not shown: the address is kept private")]
    return [] if chord is None else [capfirst(about_miles(miles(chord)))]


def warnings(row: ListingIndex) -> list[str]:
    status = status_words(row.listing)
    closed = _("Status: %(status)s. Call before you go.") % {"status": status} if status else ""
    limits = restrictions(current_vocabulary().named(row.yes))
    return [closed, how_missing(row.missing_since), *doubt_words(row), *limits]


def next_words(row: ListingIndex, now: datetime) -> str:
    """On the listing's clock."""
    following = None if row.is_closed else next_time(row, any_time_from(now), now=now)
    if following is None:
        return ""
    if following.starts_at is None:
        return _("day and night")
    is_group = row.categories == [CareCategory.SUPPORT_GROUP]
    if is_group or following.starts_at > now:
        soonest = next_on_clock(following.starts_at, following.ends_at, zone=row.timezone, now=now)
        return capfirst(soonest)
    if following.ends_at is None:
        return _("Open now")
    until = _("Open now, until %(time)s") % {"time": time_format(following.ends_at.time())}
    return ", ".join(part for part in (until, zone_words(row.timezone)) if part)


def times(row: ListingIndex) -> list[str]:
    told = list(map(schedule_words, row.listing.speaking_schedules))
    lines = [f"{time.kind}: {time.when}" for time in told[:MOST_TIMES]]
    more = len(told) - MOST_TIMES
    if more > 0:
        lines.append(ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more})
    return lines
