"""What paper says of a detox or treatment place: what decides whether to call, whether it is true still."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.enums import LocationType, ScheduleKind, StatementMethod
from finder.exporters.pack import Place
from finder.geography.position import miles
from finder.models import ListingIndex, Location, Schedule, ServiceAtLocation, TaxonomyTerm
from finder.search.vocabulary import current_vocabulary
from finder.upkeep.kept_freshness import parts_in
from finder.views.ages import how_checked, how_missing
from finder.views.cards import category_words, county_of, offered, restrictions, status_words, supervision
from finder.views.doubts import doubt_words
from finder.views.freshness import old
from finder.views.phones import number_to_call
from finder.views.times import schedule_words

PAYS = (
    *("medicaid", "medicare", "free", "sliding_scale", "payment_assistance", "private_insurance", "cash"),
    *("state_insurance", "military_insurance", "va_funds", "tribal_health_funds", "government_funding"),
)
"""Public and cheap ways first: who needs paper seldom has a plan from work."""
MOST_PAYS = 4
MEDICINES = ("methadone", "buprenorphine", "naltrexone")
WHO_IT_TAKES = ("age", "gender")
MOST_HOURS = 3
LONGEST_WORDS = 120


def place_of(index: ListingIndex, *, today: date, with_miles: bool = False) -> Place:
    listing = index.listing
    states = current_vocabulary().named(index.yes)
    return Place(
        name=listing.service.name,
        number=number_of(listing),
        address=address_of(listing),
        miles=miles_words(index) if with_miles else "",
        supervision=supervision(index.categories, index.yes, index.no),
        limits=(*restrictions(states), *not_taken(index)),
        offers=", ".join(map(str, offers(states))),
        pays=", ".join(map(str, first_of(PAYS, states)[:MOST_PAYS])),
        hours=hours_of(listing.speaking_schedules),
        doubts=doubts_of(index),
        checked=checked_words(index, today=today),
    )


def seen_above(place: Place, index: ListingIndex, *, above: str) -> Place:
    """Under a second heading: name and number, and where the rest stands."""
    words = " · ".join(label for code, label in category_words(index.categories) if code == above)
    also = _("See %(heading)s above.") % {"heading": words}
    return Place(place.name, place.number, also=also)


def number_of(listing: ServiceAtLocation) -> str:
    phone = number_to_call(listing.speaking_phones)
    if phone is None:
        return ""
    if not phone.extension:
        return phone.number
    return _("%(number)s ext. %(extension)s") % {"number": phone.number, "extension": phone.extension}


def address_of(listing: ServiceAtLocation) -> str:
    """A private address is its county, and nothing nearer."""
    location = listing.location
    if location.location_type == LocationType.VIRTUAL:
        return _("Online or by phone")
    if not location.address_is_public:
        return f"{county_of(listing)}. {_('The address is kept private. Call to learn where to go.')}"
    return street_and_town(location)


def street_and_town(location: Location) -> str:
    state_and_zip = " ".join(filter(None, (location.state_province, location.postal_code)))
    parts = (location.address_1, location.address_2, location.city, state_and_zip)
    return ", ".join(part for part in parts if part)


def miles_words(index: ListingIndex) -> str:
    """From the middle of the county; `index` comes with its chord."""
    count = max(1, round(miles(index.chord)))  # type: ignore[attr-defined]
    return ngettext("about %(count)d mile", "about %(count)d miles", count) % {"count": count}


def offers(states: Sequence[TaxonomyTerm]) -> list[TaxonomyTerm]:
    medicines = first_of(MEDICINES, states)
    return [*offered(tuple(states), set()), *medicines]


def first_of(slugs: Sequence[str], states: Iterable[TaxonomyTerm]) -> list[TaxonomyTerm]:
    by_slug = {term.slug: term for term in states}
    return [by_slug[slug] for slug in slugs if slug in by_slug]


def not_taken(index: ListingIndex) -> list[str]:
    """Ages and people that it says it does not take."""
    denied = current_vocabulary().named(index.no)
    names = [str(term) for term in denied if term.taxonomy_id in WHO_IT_TAKES]
    return [_("Does not take: %(people)s") % {"people": ", ".join(names)}] if names else []


def hours_of(schedules: Iterable[Schedule]) -> tuple[str, ...]:
    """When it is open and when it admits people."""
    shown = [each for each in schedules if each.kind != ScheduleKind.MEETING]
    said = [time for time in map(schedule_words, shown) if time.when]
    lines = [f"{time.kind}: {time.when}{f' ({time.note})' if time.note else ''}" for time in said]
    return tuple(Truncator(line).chars(LONGEST_WORDS) for line in dict.fromkeys(lines))[:MOST_HOURS]


def doubts_of(index: ListingIndex) -> tuple[str, ...]:
    found = (status_words(index.listing), how_missing(index.missing_since), *doubt_words(index))
    return tuple(filter(None, found))


def checked_words(index: ListingIndex, *, today: date) -> str:
    """With its day: who reads a sheet does not know how long it has lain there."""
    if index.checked_on is None:
        return how_checked(None, "", today)
    said = said_on(index.checked_method, index.checked_on)
    is_old = old(parts_in(index.freshness), today)
    return _("%(sentence)s That is old: ask first.") % {"sentence": said} if is_old else said


def short_checked_words(index: ListingIndex, *, today: date) -> str:
    """For one line of many."""
    day = index.checked_on
    if day is None:
        return _("Not checked yet.")
    is_printed = index.checked_method == StatementMethod.IMPORT
    said = _("Directory of %(year)s.") % {"year": day.year} if is_printed else checked_day(day)
    warning = _("Old: ask first.")
    return f"{said} {warning}" if old(parts_in(index.freshness), today) else said


def checked_day(day: date) -> str:
    return _("Checked %(day)s.") % {"day": date_format(day)}


def said_on(method: str, day: date) -> str:
    match method:
        case StatementMethod.PHONE:
            return _("Checked by phone, %(day)s.") % {"day": date_format(day)}
        case StatementMethod.SITE_VISIT:
            return _("Checked by a visit, %(day)s.") % {"day": date_format(day)}
        case StatementMethod.PROVIDER:
            return _("Checked by the program itself, %(day)s.") % {"day": date_format(day)}
        case _other:
            return how_checked(day, method, day)
