"""A listing of a list in plain words."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from finder.enums import Fit, LocationType, ScheduleKind
from finder.models import Location, Phone, ServiceAtLocation
from finder.referral.contents import Entry
from finder.referral.shown import ShownItem, ShownPhone
from finder.search.answer import Result
from finder.search.next_time import next_time, on_clock
from finder.search.question import SearchQuestion
from finder.search.vocabulary import current_vocabulary
from finder.search.windows import any_time_from
from finder.upkeep.changes import Change, ChangeKind
from finder.views.cards import Card, card_of
from finder.views.groups import Meeting, meetings_of, once_each
from finder.views.phones import in_order_to_call
from finder.views.times import schedule_words

MOST_TIMES = 6
MOST_PHONES = 3


def gone_item(entry: Entry, name: str, *, now_listed_as: str = "") -> ShownItem:
    """Nothing but its name is said, and of one that was never listed not even that."""
    return ShownItem(
        listing=entry.listing,
        name=name or _("A place that is not listed any more"),
        url="",
        categories=(),
        where="",
        changes=(_("Now listed as: %(name)s") % {"name": now_listed_as},) if now_listed_as else (),
        note=shown_note(entry),
        is_gone=True,
    )


def shown_item(
    entry: Entry,
    listing: ServiceAtLocation,
    changes: Iterable[Change],
    *,
    was: str = "",
    now: datetime,
    absolute: Callable[[str], str],
) -> ShownItem:
    """`was`: by which name it stood on the list, where it has been merged into `listing`."""
    card = card_of(result_of(listing, now=now), SearchQuestion(), today=timezone.localdate(now))
    phones = in_order_to_call(listing.speaking_phones)[:MOST_PHONES]
    merged = [_("It was listed as %(name)s.") % {"name": was}] if was else []
    return ShownItem(
        listing=entry.listing,
        name=card.name,
        url=absolute(card.url),
        categories=card.categories,
        where=card.where,
        address=address_lines(listing.location),
        phones=tuple(map(shown_phone, phones)),
        limits=tuple(limits(card, listing.location)),
        facts=tuple(facts(card)),
        times=tuple(times(card, listing, now=now)),
        rooms=card.rooms,
        checked=card.checked,
        doubts=tuple(text for text in (*card.doubts, card.warning) if text),
        changes=(*merged, *change_words(changes, listing)),
        note=shown_note(entry),
        is_demo=card.is_demo,
    )


def shown_note(entry: Entry) -> str:
    return entry.note if entry.note_is_shown else ""


def result_of(listing: ServiceAtLocation, *, now: datetime) -> Result:
    """As the answer to a question that asks for nothing."""
    index = listing.index
    return Result(
        listing=listing,
        index=index,
        fit=Fit.YES,
        miles=None,
        states=current_vocabulary().named(index.yes),
        not_stated=(),
        next=next_time(index, any_time_from(now), now=now),
    )


def address_lines(location: Location) -> tuple[str, ...]:
    if not location.address_is_public or location.location_type == LocationType.VIRTUAL:
        return ()
    state = f"{location.state_province} {location.postal_code}".strip()
    town = ", ".join(part for part in (location.city, state) if part)
    return tuple(part for part in (location.address_1, location.address_2, town) if part)


def shown_phone(phone: Phone) -> ShownPhone:
    number = phone.number
    if phone.extension:
        number = f"{number} {_('ext. %(extension)s') % {'extension': phone.extension}}"
    return ShownPhone(number=number, href=phone.href, description=phone.description)


def limits(card: Card, location: Location) -> Iterator[str]:
    if card.status:
        yield _("Status: %(status)s. Call before you go.") % {"status": card.status}
    yield from card.restrictions
    if card.supervision == "no":
        yield _("Not medically supervised")
    elif card.supervision == "ask":
        yield _("Medically supervised: not stated, ask")
    if location.location_type == LocationType.VIRTUAL:
        return
    if not location.address_is_public:
        yield _("The address is kept private. Call to learn where to go.")
    elif location.position_is_approximate and not location.address_1:
        yield _("About here. It gives no street: ask where to go.")


def facts(card: Card) -> Iterator[str]:
    if card.supervision == "yes":
        yield _("Medically supervised")
    yield from card.offers
    yield from card.ticks


def times(card: Card, listing: ServiceAtLocation, *, now: datetime) -> list[str]:
    """When it meets next, then all its times; of many the first."""
    meetings = [meeting_words(each) for each in once_each(meetings_of(listing, now=now))]
    hours = [schedule_words(each) for each in listing.speaking_schedules if each.kind != ScheduleKind.MEETING]
    lines = [
        *meetings,
        *(f"{time.kind}: {'. '.join(filter(None, (time.when, time.note)))}" for time in hours),
    ]
    following = [capfirst(card.next)] if card.next else []
    more = [_("More times are on its page.")] if len(lines) > MOST_TIMES else []
    return [*following, *lines[:MOST_TIMES], *more]


def meeting_words(meeting: Meeting) -> str:
    when = ", ".join(filter(None, (meeting.days, meeting.hours, meeting.limits))) or _("by appointment")
    if not meeting.takes_place:
        when = _("closed for now (else: %(times)s)") % {"times": when}
    return capfirst(" · ".join(filter(None, (when, meeting.attendance))))


def change_words(changes: Iterable[Change], listing: ServiceAtLocation) -> list[str]:
    """What is another, not what it was. A confidential address that moved has not changed for readers."""
    told = [
        change
        for change in changes
        if change.kind != ChangeKind.ADDRESS or listing.location.address_is_public
    ]
    return [change_text(change, listing) for change in told if change.kind != ChangeKind.GONE]


def change_text(change: Change, listing: ServiceAtLocation) -> str:
    at = on_clock(change.at, listing.location.timezone)
    assert at
    said = {"day": date_format(at, "MONTH_DAY_FORMAT")}
    match change.kind:
        case ChangeKind.PHONE:
            phone = next(iter(in_order_to_call(listing.speaking_phones)), None)
            if phone is None:
                return _("The phone number was taken out on %(day)s.") % said
            words = {**said, "number": shown_phone(phone).number}
            return _("The phone number changed on %(day)s. Now: %(number)s") % words
        case ChangeKind.HOURS:
            return _("The times changed on %(day)s.") % said
        case ChangeKind.ADDRESS:
            return _("The address changed on %(day)s.") % said
        case ChangeKind.NAME:
            return _("The name changed on %(day)s.") % said
        case ChangeKind.CLOSED:
            return _("Closed since %(day)s. Call before you go.") % said
        case ChangeKind.REOPENED:
            return _("Open again since %(day)s.") % said
        case _other:
            return _("Listed again since %(day)s.") % said
