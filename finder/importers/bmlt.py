"""BMLT servers (Narcotics Anonymous): answers of GetSearchResults in JSON or CSV, with or without their
formats, and the NAWS export as CSV or workbook, whose columns are read as the keys they were made from."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.utils import timezone

from finder.facilities.facility import UnreadableFile
from finder.importers.bmlt_formats import Formats, read_formats, types_of_row
from finder.importers.gathering import Progress, read_website
from finder.importers.meeting_gathering import MeetingGathering, slug_of, time_faults
from finder.importers.meeting_sheets import NumberedRow, json_rows, list_within, read_json, sheet_rows
from finder.importers.tables import is_json
from finder.meetings.addresses import Address, address_of, country_code, point_of
from finder.meetings.cells import first_filled, lines_of, text_of
from finder.meetings.clock import end_after, read_date, read_time, read_timezone
from finder.meetings.days import FIRST_IN_BMLT, read_days
from finder.meetings.meeting import Feed, Joining, MeetingFile
from finder.meetings.privacy import Keeper, public_row, safe_identifier, safe_text
from finder.meetings.providers import MOST_LETTERS, read_dial_in
from finder.meetings.stated import StatedMeeting, faults_of

NAWS_COLUMNS: Mapping[str, str] = {
    "address": "location_street",
    "bmlt_id": "id_bigint",
    "city": "location_municipality",
    "committee": "worldid_mixed",
    "committeename": "meeting_name",
    "country": "location_nation",
    "day": "weekday_tinyint",
    "directions": "location_info",
    "lastchanged": "updated",
    "locborough": "location_neighborhood",
    "parentname": "service_body_name",
    "phonemeetingnumber": "phone_meeting_number",
    "place": "location_text",
    "state": "location_province",
    "time": "start_time",
    "timezone": "time_zone",
    "virtualmeetinginfo": "virtual_meeting_additional_info",
    "virtualmeetinglink": "virtual_meeting_link",
    "zip": "location_postal_code_1",
}
SHEET_MARKS = frozenset({"meeting_name", "weekday_tinyint", "start_time"})
PUBLIC_KEYS = frozenset(
    {
        *("id_bigint", "worldid_mixed", "root_server_id", "root_server_uri", "service_body_bigint"),
        *("service_body_name", "weekday_tinyint", "venue_type", "start_time", "duration_time", "time_zone"),
        *("formats", "format_shared_id_list", "lang_enum", "longitude", "latitude", "published"),
        *("meeting_name", "location_text", "location_info", "location_street", "location_city_subsection"),
        *("location_neighborhood", "location_municipality", "location_sub_province", "location_province"),
        *("location_postal_code_1", "location_nation", "comments", "train_lines", "bus_lines"),
        *("public_transport", "format_comments", "room", "closed", "wheelchr", "updated"),
        *("format1", "format2", "format3", "format4", "format5", "language1", "language2", "language3"),
    }
)
PROMPT_END = "#@-@#"
"""Some servers put a question before what was answered."""

IN_PERSON, VIRTUAL, HYBRID = "1", "2", "3"
VIRTUAL_CODES, HYBRID_CODES = frozenset({"VM", "WEB"}), frozenset({"HYBR", "HY"})
UNPUBLISHED, DELETED = "Meetings that are not published", "Meetings marked as deleted"
ONLY_NEARBY = "This is a search around one place: what it lacks may still meet."
NOT_A_LINK = "Link that no browser can open, left out"


def read(path: Path, feed: Feed, progress: Progress | None = None) -> MeetingFile:
    """The groups of a server's answer or export; `progress` gets rows done and in all."""
    gathering = MeetingGathering(feed, progress=progress)
    today = timezone.now().date()
    rows, formats = _rows(path, gathering)
    is_nearby = False
    for number, row in rows:
        gathering.count_row()
        if row is None:
            gathering.reject(number, ["it is not an object with keys"], {})
        elif why := _left_out(row):
            gathering.skipped[why] += 1
        else:
            is_nearby = is_nearby or bool(row.get("distance_in_km"))
            _add(gathering, number, {key: _answer(value) for key, value in row.items()}, formats, today)
    return gathering.file(*([ONLY_NEARBY] if is_nearby else []), is_complete=not is_nearby)


def _rows(path: Path, gathering: MeetingGathering) -> tuple[Iterable[NumberedRow], Formats]:
    if not is_json(path):
        return sheet_rows(path, SHEET_MARKS, NAWS_COLUMNS), read_formats([])
    answer = read_json(path)
    items = list_within(answer, "meetings")
    if items is None:
        raise UnreadableFile(f"“{path.name}” is not an answer of a BMLT server: it has no list of meetings.")
    gathering.total = len(items)
    formats = list_within(answer, "formats") if isinstance(answer, dict) else None
    return json_rows(items, {}), read_formats(formats or [])


def _left_out(row: Mapping[str, object]) -> str:
    if text_of(row.get("delete")).upper() == "D":
        return DELETED
    is_hidden = text_of(row.get("published")) in {"0", "no"} or text_of(row.get("unpublished")) == "1"
    return UNPUBLISHED if is_hidden else ""


def _answer(value: object) -> object:
    return value.split(PROMPT_END)[-1] if isinstance(value, str) else value


def _add(
    gathering: MeetingGathering, number: int, row: Mapping[str, object], formats: Formats, today: date
) -> None:
    types, unrecognized = types_of_row(row, formats)
    stated = replace(_stated(number, row, gathering.feed, today), types=types)
    stated = _with_venue(stated, text_of(row.get("venue_type")))
    start, days = text_of(row.get("start_time")), _days(row)
    faults = (*time_faults(row.get("weekday_tinyint"), days, start, stated.starts_at), *faults_of(stated))
    if faults:
        gathering.reject(number, faults, stated.row)
        return
    day = days[0] if days and stated.starts_at else ""
    has_bad_link = bool(row.get("virtual_meeting_link")) and not stated.joining.url
    named = {"format_names": [each.name for each in types]} if types else {}
    stated = replace(stated, days=((day, _slug(row, stated)),), row={**stated.row, **named})
    gathering.add(stated, unrecognized, [NOT_A_LINK] if has_bad_link else [])
    if body := safe_text(text_of(row.get("service_body_name"))):
        gathering.entities.add((body, ""))


def _stated(number: int, row: Mapping[str, object], feed: Feed, today: date) -> StatedMeeting:
    keeper = Keeper(row)
    starts_at = read_time(text_of(row.get("start_time")))
    address = _address(keeper)
    point = point_of({key: text_of(row.get(key)) for key in ("latitude", "longitude")}, address)
    ways = ("location_info", "train_lines", "bus_lines", "public_transport")
    name, location = keeper.keep_line("meeting_name"), keeper.keep_line("location_text")
    location_notes, notes = _lines(keeper, ways), _lines(keeper, ("comments", "format_comments"))
    return StatedMeeting(
        number=number,
        days=(),
        name=name or location,
        row=public_row(row, PUBLIC_KEYS),
        address=address,
        point=point,
        location=location,
        location_notes=location_notes,
        notes=notes,
        updated_on=read_date(text_of(row.get("updated")), today=today),
        timezone=read_timezone(text_of(row.get("time_zone"))) or feed.timezone,
        starts_at=starts_at,
        closes_at=end_after(starts_at, text_of(row.get("duration_time"))),
        joining=_joining(row, keeper),
        is_approximate=address.is_approximate,
    )


def _lines(keeper: Keeper, keys: Iterable[str]) -> str:
    return "\n".join(filter(None, map(keeper.keep, keys)))


def _address(keeper: Keeper) -> Address:
    """The borough stands in the city's place on letters in the United States, elsewhere the town."""
    nation = keeper.keep_line("location_nation")
    town, borough = keeper.keep_line("location_municipality"), keeper.keep_line("location_city_subsection")
    cities = (borough, town) if country_code(nation) == "US" else (town, borough)
    return address_of(
        {
            "address": keeper.keep_line("location_street"),
            "city": first_filled((*cities, keeper.keep_line("location_neighborhood"))),
            "state": keeper.keep_line("location_province"),
            "postal_code": keeper.keep_line("location_postal_code_1"),
            "country": nation,
        }
    )


def _joining(row: Mapping[str, object], keeper: Keeper) -> Joining:
    """Any link a browser can open: unlike a feed's, the field holds nothing else."""
    link = read_website(text_of(row.get("virtual_meeting_link")))
    number = lines_of(row.get("phone_meeting_number"))
    if any(sign.isalpha() for sign in number):
        keeper.tell_who_asks("phone_meeting_number")
    keeper.tell_who_asks("virtual_meeting_additional_info")
    return Joining(link if len(link) <= MOST_LETTERS["url"] else "", read_dial_in(number), keeper.joining)


def _with_venue(stated: StatedMeeting, venue: str) -> StatedMeeting:
    """A virtual meeting's address is no place to go to. Servers before 3.0 say so by their formats alone."""
    codes = {each.code for each in stated.types}
    is_virtual = venue == VIRTUAL or (venue not in {IN_PERSON, HYBRID} and bool(codes & VIRTUAL_CODES))
    is_hybrid = venue == HYBRID or (venue != IN_PERSON and bool(codes & HYBRID_CODES))
    has_way = bool(stated.joining.url or stated.joining.phone)
    return replace(
        stated,
        is_online=is_virtual or is_hybrid or (venue != IN_PERSON and has_way),
        is_approximate=stated.is_approximate or (is_virtual and not is_hybrid),
    )


def _days(row: Mapping[str, object]) -> tuple[str, ...] | None:
    day = row.get("weekday_tinyint")
    return read_days(text_of(day) if isinstance(day, str) else day, first=FIRST_IN_BMLT)


def _slug(row: Mapping[str, object], stated: StatedMeeting) -> str:
    """The server's id; of several servers with theirs. An older NAWS export has only the group's."""
    server, own = (safe_identifier(text_of(row.get(key))) for key in ("root_server_id", "id_bigint"))
    if own:
        return f"{server}-{own}" if server else own
    when = stated.starts_at.strftime("%H%M") if stated.starts_at else ""
    group = safe_identifier(text_of(row.get("worldid_mixed"))) or stated.name
    return slug_of("-".join(filter(None, (group, *(_days(row) or ()), when)))) or "meeting"
