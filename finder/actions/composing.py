"""What a listing's fields should say, given what each source says; a person's edit is never overwritten."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Model

from finder.actions.owned import in_order, phone_values, schedule_values
from finder.enums import CareCategory, ServiceStatus
from finder.facilities.facility import Directory
from finder.geography.gazetteer import Area, accepted_names, cities, zip_code
from finder.models import Phone, Schedule, ServiceAtLocation, SourceRecord

Values = dict[str, Any]
"""JSON values by "model.field"; position, phones and schedules are one value each."""

LED = {
    "organization.name": "organization_name",
    "service.name": "name",
    "location.location_type": "location_type",
    "location.address_1": "address_1",
    "location.address_2": "address_2",
    "location.city": "city",
    "location.state_province": "state_province",
    "location.postal_code": "postal_code",
}
"""Said by the newest edition as a whole: half an old address with half a new one is no address."""

LED_WHERE_STATED = {
    "service.description": "description",
    "service.status": "status",
    "location.country": "country",
    "location.transportation": "transportation",
}
"""The same, of sources that speak of it at all: directories do not."""

BEFORE_ANY_SOURCE: Values = {
    "service.description": "",
    "service.status": ServiceStatus.ACTIVE.value,
    "location.country": "US",
    "location.transportation": "",
    "schedules": [],
}
"""Where a directory's listing comes to have a feed too: anything else was written by a person."""

A_PERSONS_FIELD = None
"""Kept instead of a value where a source came to say what a person wrote before it: equal to no value, so
that the field stays the person's, whatever the source says next.
"""

PRECEDENCE = [directory.value for directory in Directory]


class Difference(NamedTuple):
    field: str
    current: Any
    proposed: Any


class Settlement(NamedTuple):
    """What an import does to a listing that people may have edited."""

    changes: Values
    differences: list[Difference]
    """A source now says something else than a person wrote, which stays."""
    asked_before: set[str]
    """The source still differs, as it did at the last import."""
    base: Values
    """What the next import compares with."""


def composed(records: Iterable[SourceRecord]) -> Values:
    """The newest edition leads; what it leaves out, another source may add."""
    ranked = sorted(records, key=rank)
    lead = ranked[0].fields
    values: Values = {field: lead[name] for field, name in LED.items()}
    values["service.url"] = first(ranked, "website") or ""
    values["service.categories"] = united_categories(ranked)
    values["phones"] = first(ranked, "phones") or []
    values["position"] = position(ranked, lead["postal_code"])
    values |= {field: lead[name] for field, name in LED_WHERE_STATED.items() if name in lead}
    meeting = [record for record in ranked if "schedules" in record.fields]
    return values | {"schedules": schedules(meeting)} if meeting else values


def rank(record: SourceRecord) -> tuple[bool, int, int, int]:
    source = PRECEDENCE.index(record.source_id) if record.source_id in PRECEDENCE else len(PRECEDENCE)
    return record.missing_since is not None, -record.edition.toordinal(), source, -(record.pk or 0)


def first(ranked: Sequence[SourceRecord], field: str) -> Any:
    return next((record.fields[field] for record in ranked if record.fields[field]), None)


def united_categories(ranked: Sequence[SourceRecord]) -> list[str]:
    """Of the newest record of each source."""
    newest: dict[str, SourceRecord] = {}
    for record in ranked:
        kept = newest.setdefault(record.source_id, record)
        if record.edition > kept.edition:
            newest[record.source_id] = record
    named = {category for record in newest.values() for category in record.fields["categories"]}
    return [category.value for category in CareCategory if category in named]


def schedules(ranked: Sequence[SourceRecord]) -> list[Any]:
    """Of one feed: all that it lists of this group, in whichever records; two feeds would say it twice."""
    lead = ranked[0]
    standing = [
        record for record in ranked if record.source_id == lead.source_id and not record.missing_since
    ]
    return in_order(meeting for record in standing or [lead] for meeting in record.fields["schedules"])


def position(ranked: Sequence[SourceRecord], postal_code: str) -> list[Any]:
    """[latitude, longitude, approximate, county, time zone]: a source's own point, else the middle of the
    ZIP Code or, without one, of the city."""
    lead = ranked[0].fields if ranked else {}
    place = zip_code(postal_code) or city(lead)
    county, timezone = (place.county, place.timezone) if place else ("", lead.get("timezone", ""))
    for record in ranked:
        fields = record.fields
        if fields["latitude"] is not None and fields["postal_code"] == postal_code:
            is_approximate = fields.get("position_is_approximate", False)
            return [fields["latitude"], fields["longitude"], is_approximate, county, timezone]
    if place is None:
        return [None, None, True, county, timezone]
    return [place.latitude, place.longitude, True, county, timezone]


def city(fields: Values) -> Area | None:
    """Where it is told from others of its name by its state."""
    name, state = fields.get("city", ""), fields.get("state_province", "")
    found = (cities(name, state) or accepted_names(name, state)) if name and state else ()
    return found[0] if found else None


def current_values(
    listing: ServiceAtLocation, phones: Iterable[Phone], schedules: Iterable[Schedule] = ()
) -> Values:
    """What the listing says now, in the shape of `composed`."""
    owners = owners_of(listing)
    values: Values = {}
    for field in (*LED, *LED_WHERE_STATED, "service.url", "service.categories"):
        owner, name = field.split(".")
        values[field] = getattr(owners[owner], name)
    location = listing.location
    values["position"] = [
        location.latitude,
        location.longitude,
        location.position_is_approximate,
        location.region,
        location.timezone,
    ]
    values["phones"] = phone_values(phones)
    values["schedules"] = schedule_values(schedules)
    return values


def settled(current: Values, base: Mapping[str, Any], proposed: Values) -> Settlement:
    """A field that no longer holds what the last import wrote (`base`) was edited by a person."""
    result = Settlement({}, [], set(), dict(proposed))
    for field, value in proposed.items():
        written = base.get(field, BEFORE_ANY_SOURCE.get(field, current[field]))
        if current[field] == value:
            result.base[field] = value if written == value else A_PERSONS_FIELD
        elif current[field] == written:
            result.changes[field] = value
        elif value == written:
            result.asked_before.add(field)
        else:
            result.differences.append(Difference(field, current[field], value))
    return result


def write(listing: ServiceAtLocation, changes: Values) -> None:
    """Set the changed fields on the listing's objects, unsaved. Phones and schedules have their own rows."""
    owners = owners_of(listing)
    for field, value in changes.items():
        owner, _, name = field.partition(".")
        if name:
            setattr(owners[owner], name, value)
    if "position" in changes:
        location = listing.location
        (
            location.latitude,
            location.longitude,
            location.position_is_approximate,
            location.region,
            location.timezone,
        ) = changes["position"]


def owners_of(listing: ServiceAtLocation) -> dict[str, Model]:
    return {
        "organization": listing.service.organization,
        "service": listing.service,
        "location": listing.location,
    }
