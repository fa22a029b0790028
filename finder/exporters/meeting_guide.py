"""Meetings as the Meeting Guide format 1.1.9 has them: github.com/code4recovery/spec.

Built from what the directory holds to be true, people's corrections included, and from what only the source's
row said. One entry for each row of a source, under the source's own slug.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from finder.enums import Attending, LocationType, ScheduleKind, ServiceStatus
from finder.exporters.meeting_codes import codes, own_types
from finder.exporters.meeting_rows import (
    CLOSED_FOR_NOW,
    Row,
    Said,
    first_said,
    kept,
    said_of,
    says_approximate,
    says_closed,
)
from finder.exporters.meeting_times import days_given, days_of, is_over, notes_say_when, remarks
from finder.meetings.addresses import country_name
from finder.meetings.cells import lines_of, text_of
from finder.meetings.providers import read_join_url
from finder.meetings.stated import BY_APPOINTMENT
from finder.models import Location, Schedule, ServiceAtLocation, Source
from finder.models.answers import answers
from finder.search.vocabulary import current_vocabulary

Entry = dict[str, object]

MOST_OF_A_NAME = 255
MOST_OF_A_SLUG = 64
DIGITS_OF_A_HASH = 8
DAY_BUT_A_MINUTE = timedelta(hours=23, minutes=59)


@dataclass(frozen=True, slots=True)
class Edition:
    """One reading of the feed. `own` is the source that gets all of its meetings back, how to join included;
    nobody else does. `repeated` are slugs that more than one listing has."""

    today: date
    page_url: Callable[[ServiceAtLocation], str]
    own: Source | None = None
    repeated: frozenset[str] = frozenset()


def entries(listing: ServiceAtLocation, edition: Edition) -> Iterator[Entry]:
    """Expects the rows that `ServiceAtLocation.objects.in_feeds()` brings along."""
    records = [record for record in listing.source_records.all() if record.missing_since is None]
    taken: set[str] = set()
    for number, schedule in enumerate(meetings(listing), start=1):
        if is_over(schedule, edition.today):
            continue
        said = said_of(schedule.source_slug, records)
        if edition.own and (said.record is None or said.record.source_id != edition.own.pk):
            continue
        days = (
            days_of(schedule, edition.today) if edition.own is None else days_given(schedule, edition.today)
        )
        for day in days:
            slug = slug_of(listing, schedule, number, day if len(days) > 1 else None, edition)
            while slug in taken:
                slug = shortened(f"{slug}-{number}")
            taken.add(slug)
            yield entry(listing, schedule, said, slug, day, edition)


def meetings(listing: ServiceAtLocation) -> list[Schedule]:
    return [each for each in listing.speaking_schedules if each.kind == ScheduleKind.MEETING]


def slug_of(
    listing: ServiceAtLocation, schedule: Schedule, number: int, day: int | None, edition: Edition
) -> str:
    slug = schedule.source_slug or f"{listing.pk}-{number}"
    if slug in edition.repeated:
        slug = f"{slug}-{listing.pk.hex[:DIGITS_OF_A_HASH]}"
    return shortened(slug if day is None else f"{slug}-{day}")


def shortened(slug: str) -> str:
    """Of a slug that is too long for the format, the beginning and a hash of all of it."""
    if len(slug) <= MOST_OF_A_SLUG:
        return slug
    digest = hashlib.sha256(slug.encode()).hexdigest()[:DIGITS_OF_A_HASH]
    return f"{slug[: MOST_OF_A_SLUG - DIGITS_OF_A_HASH - 1]}-{digest}"


def entry(
    listing: ServiceAtLocation, schedule: Schedule, said: Said, slug: str, day: int | None, edition: Edition
) -> Entry:
    is_own = edition.own is not None
    found: Entry = {
        "slug": slug,
        "name": (text_of(schedule.name) or text_of(listing.service.name))[:MOST_OF_A_NAME],
        **when(schedule, listing.location, day),
        "attendance_option": attendance(listing, schedule),
        "types": types(listing, schedule, said, is_own=is_own),
        **where(listing.location, said.row, is_own=is_own),
        **kept(said.row, today=edition.today),
        "group": text_of(listing.service.name) if first_said(said.row, ["group"]) else "",
        "group_notes": lines_of(listing.service.description),
        "notes": notes(schedule, edition.today, is_complete=is_own and notes_say_when(schedule)),
        "website": listing.service.url,
        **credit(said, edition),
        "url": edition.page_url(listing),
    }
    if is_own:
        found |= how_to_join(schedule) | {"url": first_said(said.row, ["url"]) or found["url"]}
    return {key: value for key, value in found.items() if value not in (None, "", [])} | {
        "types": found["types"]
    }


def when(schedule: Schedule, location: Location, day: int | None) -> Entry:
    """Nothing but the clock for a meeting by appointment, or on days that the format cannot name."""
    zone: Entry = {"timezone": schedule.timezone or location.timezone}
    if day is None or schedule.opens_at is None:
        return zone
    return {"day": day, "time": f"{schedule.opens_at:%H:%M}", "end_time": ends(schedule), **zone}


def ends(schedule: Schedule) -> str:
    """An end at the start is read as no end: a meeting around the clock stops a minute short of that."""
    if schedule.closes_at is None or schedule.closes_at != schedule.opens_at:
        return f"{schedule.closes_at:%H:%M}" if schedule.closes_at else ""
    return f"{datetime.combine(date.min, schedule.closes_at) + DAY_BUT_A_MINUTE:%H:%M}"


def attendance(listing: ServiceAtLocation, schedule: Schedule) -> str:
    """While its place is closed a meeting goes on from home, if it has a way to join from there."""
    if not is_closed(listing, schedule):
        return schedule.attending_type
    return "inactive" if schedule.attending_type in ("", Attending.IN_PERSON) else Attending.ONLINE.value


def types(listing: ServiceAtLocation, schedule: Schedule, said: Said, *, is_own: bool) -> list[str]:
    """What people found out of the listing counts for each of its meetings, above the source's row."""
    checked = answers(listing.statements.all())
    affirmed = {term for term, answer in checked.items() if answer.is_yes}
    stated = affirmed | ({*schedule.terms} - {*checked})
    fellowship = fellowship_of(listing, said)
    slugs = [term.slug for term in current_vocabulary().named(stated)]
    written = codes(fellowship, slugs, own_types(fellowship, said.row))
    is_closed_place = has_nobody_in_the_room(listing, schedule, said.row, is_own=is_own)
    return [*written, CLOSED_FOR_NOW] if is_closed_place else written


def fellowship_of(listing: ServiceAtLocation, said: Said) -> str:
    records = [said.record] if said.record else listing.source_records.all()
    return next((record.source.fellowship for record in records if record.source.fellowship), "")


def has_nobody_in_the_room(listing: ServiceAtLocation, schedule: Schedule, row: Row, *, is_own: bool) -> bool:
    """A reader of the format takes an exact address for a meeting in person, unless it is closed for now."""
    is_online = schedule.attending_type == Attending.ONLINE
    return is_closed(listing, schedule) or (is_online and is_exact(listing.location, row, is_own=is_own))


def is_closed(listing: ServiceAtLocation, schedule: Schedule) -> bool:
    return schedule.is_suspended or listing.service.status == ServiceStatus.TEMPORARILY_CLOSED


def is_exact(location: Location, row: Row, *, is_own: bool) -> bool:
    """People can be sent there. An online meeting keeps its address only if that is closed for now, and for
    its source, which gave it."""
    if location.position_is_approximate and (not location.address_1 or says_approximate(row)):
        return False
    if not is_place_to_go(location):
        return bool(location.address_1) and (is_own or says_closed(row))
    return bool(location.address_1) or location.latitude is not None


def where(location: Location, row: Row, *, is_own: bool) -> Entry:
    """The middle of a ZIP Code is not the place of a street, and an online group meets at no door."""
    exact = is_exact(location, row, is_own=is_own)
    street = location.address_1 if exact else ""
    is_placed = not location.position_is_approximate if street else is_own or is_place_to_go(location)
    return {
        "location": text_of(location.address_2),
        "location_notes": lines_of(location.transportation),
        "formatted_address": formatted_address(location, street),
        "address": street,
        "city": location.city,
        "state": location.state_province,
        "postal_code": location.postal_code,
        "country": location.country,
        "latitude": location.latitude if is_placed else None,
        "longitude": location.longitude if is_placed else None,
        "approximate": "no" if exact else "yes",
    }


def is_place_to_go(location: Location) -> bool:
    return location.location_type == LocationType.PHYSICAL


def formatted_address(location: Location, street: str) -> str:
    """Commas tell its parts apart, so there is none without a town, nor for a town with a comma."""
    if not location.city or "," in location.city:
        return ""
    area = " ".join(part for part in (location.state_province, location.postal_code) if part)
    parts = (street, location.city, area, country_name(location.country))
    return ", ".join(part for part in parts if part)


def notes(schedule: Schedule, today: date, *, is_complete: bool) -> str:
    """`is_complete` where its own notes say already what its day and time leave out."""
    described = "" if schedule.description == BY_APPOINTMENT else lines_of(schedule.description)
    said = (lines_of(schedule.notes), described, "" if is_complete else remarks(schedule, today))
    return "\n".join(part for part in said if part)


def credit(said: Said, edition: Edition) -> Mapping[str, object]:
    """The body that the row names, else the source that gave it to us."""
    source = said.record.source if said.record else None
    if source is None:
        return {}
    named: Entry = {} if first_said(said.row, ["entity"]) else {"entity": source.publisher or source.name}
    if named and source.url:
        named["entity_website_url"] = source.url
    emails = [source.feedback_email] if source.feedback_email else []
    return named | {"feedback_url": source.feedback_url, "feedback_emails": emails}


def how_to_join(schedule: Schedule) -> Entry:
    """The format takes links of known services; another one stands in the notes."""
    joining = getattr(schedule, "how_to_join", None)
    if joining is None:
        return {}
    url = read_join_url(joining.url)
    kind = "phone" if joining.phone and not url else "url"
    other = [joining.url] if joining.url and not url else []
    return {
        "conference_url": url,
        "conference_phone": joining.phone,
        f"conference_{kind}_notes": "\n".join([*other, *filter(None, [lines_of(joining.notes)])]),
    }
