"""Meeting Guide feeds (code4recovery/spec 1.1.9): JSON in any wrapper, and the sheet with the same keys.

What the specification's own importer tolerates is tolerated here; docs/reference/meeting-feeds.md says
which keys are read, and what is left out and why.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.utils import timezone

from finder.facilities.facility import UnreadableFile
from finder.importers.gathering import Progress, read_website
from finder.importers.meeting_gathering import MeetingGathering, slug_of, time_faults
from finder.importers.meeting_sheets import NumberedRow, json_rows, list_within, read_json, sheet_rows
from finder.importers.tables import is_json
from finder.meetings.addresses import ADDRESS_KEYS, address_of, point_of
from finder.meetings.cells import first_filled, text_of, words_listed
from finder.meetings.clock import end_stated, read_date, read_time, read_timezone
from finder.meetings.days import FIRST_IN_MEETING_GUIDE, day_number, read_days
from finder.meetings.meeting import Feed, Joining, MeetingFile
from finder.meetings.privacy import Keeper, public_row, safe_identifier, safe_text
from finder.meetings.providers import provider_of, read_dial_in, read_join_url
from finder.meetings.stated import StatedMeeting, faults_of
from finder.meetings.types import read_types

ALIASES: Mapping[str, str] = {
    "full_address": "formatted_address",
    "location_name": "location",
    "meeting": "name",
    "meeting_name": "name",
    "start_time": "time",
    "zip": "postal_code",
    "zip_code": "postal_code",
    "entity_url": "entity_website_url",
}
SHEET_MARKS = frozenset({"name", "day", "time"})
LISTS = ("meetings", "records", "data")
POINT_KEYS = ("latitude", "longitude", "coordinates")
YES, NO = frozenset({"yes", "true", "1"}), frozenset({"no", "false", "0"})
MOST_LETTERS_OF_A_WEBSITE = 500
UNKNOWN_PROVIDER = "Link of no known conference service, left out with its notes"
SHORT_NUMBER = "Telephone number too short to join by, left out"
TO_COME = "Changed on a day to come, taken as today"


def read(path: Path, feed: Feed, progress: Progress | None = None) -> MeetingFile:
    """The groups of a feed in JSON or of its sheet; `progress` gets rows done and in all."""
    gathering = MeetingGathering(feed, progress=progress)
    today = timezone.now().date()
    for number, row in _rows(path, gathering):
        gathering.count_row()
        if row is None:
            gathering.reject(number, ["it is not an object with keys"], {})
        else:
            _add(gathering, number, row, today)
    return gathering.file()


def _rows(path: Path, gathering: MeetingGathering) -> Iterable[NumberedRow]:
    if not is_json(path):
        return sheet_rows(path, SHEET_MARKS, ALIASES)
    items = list_within(read_json(path), *LISTS)
    if items is None:
        raise UnreadableFile(f"“{path.name}” is not a feed of meetings: it has no list of them.")
    gathering.total = len(items)
    return json_rows(items, ALIASES)


def _add(gathering: MeetingGathering, number: int, row: Mapping[str, object], today: date) -> None:
    stated = _stated(number, row, gathering.feed, today)
    start = text_of(row.get("time"))
    faults = (*time_faults(row.get("day"), _days_named(row), start, stated.starts_at), *faults_of(stated))
    if faults:
        gathering.reject(number, faults, stated.row)
        return
    words = [*words_listed(row.get("types")), *words_listed(row.get("people"))]
    types, unrecognized = read_types(gathering.feed.fellowship, words)
    stated = replace(stated, types=types, days=_days(row, stated))
    gathering.add(stated, unrecognized, _doubts(row, stated))
    if entity := safe_text(text_of(row.get("entity"))):
        gathering.entities.add((entity, _website(row, "entity_website_url")))


def _stated(number: int, row: Mapping[str, object], feed: Feed, today: date) -> StatedMeeting:
    keeper = Keeper(row)
    starts_at = read_time(text_of(row.get("time")))
    address = address_of({key: keeper.keep_line(key) for key in ADDRESS_KEYS})
    point = point_of({key: text_of(row.get(key)) for key in POINT_KEYS}, address)
    names = [keeper.keep_line(key) for key in ("name", "group", "location")]
    notes, location_notes, group_notes = (keeper.keep(f"{of}notes") for of in ("", "location_", "group_"))
    joining = _joining(row, keeper)
    return StatedMeeting(
        number=number,
        days=(),
        name=first_filled(names),
        group=names[1],
        row=public_row(row),
        address=address,
        point=point,
        location=names[2],
        location_notes=location_notes,
        notes=notes,
        description=group_notes,
        website=first_filled(_website(row, key) for key in ("website", "website_2")),
        updated_on=_changed_on(row, today),
        timezone=read_timezone(text_of(row.get("timezone"))) or feed.timezone,
        starts_at=starts_at,
        closes_at=end_stated(starts_at, text_of(row.get("end_time"))),
        joining=joining,
        is_online=bool(joining.url or joining.phone),
        is_approximate=_is_approximate(row, address.is_approximate),
    )


def _joining(row: Mapping[str, object], keeper: Keeper) -> Joining:
    """Notes of a link that no known service answers to are left out with it."""
    url = read_join_url(text_of(row.get("conference_url")))
    phone = read_dial_in(text_of(row.get("conference_phone")))
    if url or not row.get("conference_url"):
        keeper.tell_who_asks("conference_url_notes")
    if phone:
        keeper.tell_who_asks("conference_phone_notes")
    return Joining(url, phone, keeper.joining)


def _is_approximate(row: Mapping[str, object], by_address: bool) -> bool:
    """As the feed says, except that nobody finds a place of which it gives neither street nor position."""
    said = text_of(row.get("approximate")).casefold()
    if said in YES:
        return True
    return by_address and not (said in NO and row.get("latitude"))


def _days(row: Mapping[str, object], stated: StatedMeeting) -> tuple[tuple[str, str], ...]:
    """A slug for each day. Days in a list are told apart by their number, even where it holds only one."""
    names = [safe_identifier(text_of(row.get(key))) for key in ("slug", "id")]
    slug = first_filled((*names, *map(slug_of, (stated.name, stated.group, stated.location)))) or "meeting"
    days = _days_named(row) or ()
    if not days or stated.starts_at is None:
        return (("", slug),)
    if len(days) == 1 and not isinstance(row.get("day"), list):
        return ((days[0], slug),)
    return tuple((day, f"{slug}-{day_number(day)}") for day in days)


def _days_named(row: Mapping[str, object]) -> tuple[str, ...] | None:
    day = row.get("day")
    return read_days(text_of(day) if isinstance(day, str) else day, first=FIRST_IN_MEETING_GUIDE)


def _doubts(row: Mapping[str, object], stated: StatedMeeting) -> Iterable[str]:
    if row.get("conference_url") and not stated.joining.url:
        yield UNKNOWN_PROVIDER
    if row.get("conference_phone") and not stated.joining.phone:
        yield SHORT_NUMBER
    if _changed_on(row, date.max) != stated.updated_on:
        yield TO_COME


def _changed_on(row: Mapping[str, object], latest: date) -> date | None:
    return read_date(text_of(row.get("updated")), today=latest)


def _website(row: Mapping[str, object], key: str) -> str:
    """A page about the group; a link into a meeting is none."""
    website = read_website(text_of(row.get(key)))
    is_kept = len(website) <= MOST_LETTERS_OF_A_WEBSITE and safe_text(website) == website
    return website if is_kept and not provider_of(website) else ""
