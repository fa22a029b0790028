"""What the Meeting Guide specification 1.1.9 asks of a feed, written from its text and from nothing of ours.

`faults` names each rule that a feed breaks; an empty list is a feed that any client reads.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

Meeting = Mapping[str, Any]

TEXTS = {
    *("name", "location", "location_notes", "group", "group_notes", "notes", "region", "sub_region"),
    *("sub_sub_region", "formatted_address", "address", "city", "state", "postal_code", "country"),
    *("conference_url_notes", "conference_phone_notes", "entity", "entity_location", "district"),
    *("sub_district", "homegroup_online", "timezone"),
}
ADDRESSES = {
    *("url", "website", "website_2", "feedback_url", "edit_url", "entity_website_url", "entity_logo"),
    "conference_url",
}
OTHERS = {
    *("slug", "day", "time", "end_time", "latitude", "longitude", "approximate", "regions", "types"),
    *("conference_phone", "updated", "attendance_option", "feedback_emails"),
}
KNOWN = TEXTS | ADDRESSES | OTHERS
HTML = re.compile(r"<\s*/?[a-zA-Z!]|&(?:amp|lt|gt|quot|nbsp|#\d+);")
CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
PROVIDERS = (
    *("bluejeans.com", "discord.gg", "freeconference.com", "freeconferencecall.com", "goto.com"),
    *("gotomeet.me", "gotomeeting.com", "horizon.meta.com", "maps.secondlife.com", "slurl.com"),
    *("vrchat.com", "meet.google.com", "meet.jit.si", "meetings.dialpad.com", "signal.group", "skype.com"),
    *("teams.live.com", "teams.microsoft.com", "webex.com", "zoho.com", "zoom.us"),
)


def faults(feed: object) -> list[str]:
    if not isinstance(feed, list):
        return ["the feed is not an array"]
    found = [
        f"{meeting.get('slug')}: {fault}" if isinstance(meeting, dict) else "an entry is not an object"
        for meeting in feed
        for fault in (faults_of(meeting) if isinstance(meeting, dict) else [""])
    ]
    slugs = Counter(str(meeting.get("slug")) for meeting in feed if isinstance(meeting, dict))
    return found + [f"{slug}: {times} entries have this slug" for slug, times in slugs.items() if times > 1]


def faults_of(meeting: Meeting) -> Iterator[str]:
    for rule in RULES:
        yield from rule(meeting)


def keys(meeting: Meeting) -> Iterator[str]:
    """Whatever is personal has no place in a feed of ours, though the format knows such keys."""
    yield from (f"the key {key}" for key in meeting if key not in KNOWN)
    yield from (f"nothing under {key}" for key, value in meeting.items() if value in ("", None))


def name_and_slug(meeting: Meeting) -> Iterator[str]:
    slug, name = meeting.get("slug"), meeting.get("name")
    if not isinstance(slug, str | int) or not 1 <= len(str(slug)) <= 64:
        yield "the slug is not 1 to 64 letters"
    if not isinstance(name, str) or not 1 <= len(name) <= 255:
        yield "the name is not 1 to 255 letters"


def texts(meeting: Meeting) -> Iterator[str]:
    for key in TEXTS & meeting.keys():
        if not isinstance(meeting[key], str):
            yield f"{key} is no text"
        elif HTML.search(meeting[key]):
            yield f"HTML in {key}"


def day_and_time(meeting: Meeting) -> Iterator[str]:
    """Both or neither: without them a meeting is by appointment."""
    has = {key: key in meeting for key in ("day", "time", "end_time")}
    if has["day"] != has["time"] or (has["end_time"] and not has["time"]):
        yield "half a time"
    if has["day"] and not (type(meeting["day"]) is int and 0 <= meeting["day"] <= 6):
        yield "a day that is none of 0 to 6"
    for key in ("time", "end_time"):
        if has[key] and not CLOCK.fullmatch(str(meeting[key])):
            yield f"{key} is not HH:MM"
    if has["time"] and meeting["time"] == meeting.get("end_time"):
        yield "it ends when it begins"


def zone(meeting: Meeting) -> Iterator[str]:
    if meeting.get("timezone", "UTC") not in available_timezones():
        yield "a time zone that IANA does not know"


def address(meeting: Meeting) -> Iterator[str]:
    if not any(meeting.get(key) for key in ("formatted_address", "address", "city", "state", "country")):
        yield "no address at all"
    if meeting.get("approximate") not in ("yes", "no"):
        yield "approximate is neither yes nor no"
    if meeting.get("approximate") == "yes" and meeting.get("address"):
        yield "a street, though it is approximate"
    if meeting.get("approximate") == "no" and not (meeting.get("address") or meeting.get("latitude")):
        yield "an exact address with neither street nor position"


def position(meeting: Meeting) -> Iterator[str]:
    given = [meeting.get("latitude"), meeting.get("longitude")]
    if given == [None, None]:
        return
    if not all(isinstance(number, int | float) for number in given):
        yield "half a position"
    elif not (-90 <= meeting["latitude"] <= 90 and -180 <= meeting["longitude"] <= 180):
        yield "a position off the earth"


def types(meeting: Meeting) -> Iterator[str]:
    given = meeting.get("types")
    if not isinstance(given, list) or not all(isinstance(code, str) and code.strip() for code in given):
        yield "types is not a list of codes"
    elif len(set(given)) < len(given):
        yield "a type twice"


def attendance(meeting: Meeting) -> Iterator[str]:
    """As a client works it out: in person unless approximate or `TC`; online with a way to join."""
    in_person = meeting.get("approximate") == "no" and "TC" not in (meeting.get("types") or [])
    online = is_provider(meeting.get("conference_url")) or len(str(meeting.get("conference_phone", ""))) >= 10
    said = meeting.get("attendance_option")
    if said not in (None, "in_person", "hybrid", "online", "inactive"):
        yield "an attendance_option that the format does not have"
    if said in ("online", "inactive") and in_person:
        yield f"{said}, though a client would send people there"
    if said == "inactive" and online:
        yield "inactive, though a client would let people join"
    if said == "in_person" and "TC" in (meeting.get("types") or []):
        yield "in person at a place that is closed"


def joining(meeting: Meeting) -> Iterator[str]:
    if "conference_url" in meeting and not is_provider(meeting["conference_url"]):
        yield "conference_url leads to no conference service"
    if "conference_phone" in meeting and not re.fullmatch(r"[\d+,*#]{10,}", str(meeting["conference_phone"])):
        yield "a conference_phone that nobody can dial"


def links(meeting: Meeting) -> Iterator[str]:
    for key in ADDRESSES & meeting.keys():
        parts = urlsplit(str(meeting[key]))
        if parts.scheme not in ("http", "https") or not parts.hostname:
            yield f"{key} is no web address"


def entity(meeting: Meeting) -> Iterator[str]:
    if any(key.startswith("entity_") for key in meeting) and not meeting.get("entity"):
        yield "entity is missing beside its particulars"


def updated(meeting: Meeting) -> Iterator[str]:
    try:
        datetime.strptime(meeting.get("updated", "2026-01-01 00:00:00") + "+0000", "%Y-%m-%d %H:%M:%S%z")
    except ValueError:
        yield "updated is not YYYY-MM-DD HH:MM:SS"


def lists(meeting: Meeting) -> Iterator[str]:
    for key in {"regions", "feedback_emails"} & meeting.keys():
        if not isinstance(meeting[key], list) or not all(isinstance(each, str) for each in meeting[key]):
            yield f"{key} is not a list of texts"


def is_provider(url: object) -> bool:
    host = (urlsplit(str(url or "")).hostname or "").lower()
    return any(host == known or host.endswith(f".{known}") for known in PROVIDERS)


RULES: tuple[Callable[[Meeting], Iterator[str]], ...] = (
    keys,
    name_and_slug,
    texts,
    day_and_time,
    zone,
    address,
    position,
    types,
    attendance,
    joining,
    links,
    entity,
    updated,
    lists,
)
