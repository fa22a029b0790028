"""What a listing's fields should say, given what each source says; a person's edit is never overwritten."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from finder.enums import CareCategory
from finder.facilities.facility import Directory, Facility
from finder.facilities.judgement import categories
from finder.geography.gazetteer import zip_code
from finder.models import Phone, ServiceAtLocation, SourceRecord

Values = dict[str, Any]
"""JSON values by "model.field"; position and phones are one value each."""

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


def stated_fields(facility: Facility) -> Values:
    """A facility's contact side as JSON, with the categories its codes name."""
    fields = asdict(facility.fields)
    fields["phones"] = [list(phone.values()) for phone in fields["phones"]]
    return fields | {"categories": categories(facility.codes)}


def composed(records: Iterable[SourceRecord]) -> Values:
    """The newest edition leads; what it leaves out, another source may add."""
    ranked = sorted(records, key=rank)
    lead = ranked[0].fields
    values: Values = {field: lead[name] for field, name in LED.items()}
    values["service.url"] = first(ranked, "website") or ""
    values["service.categories"] = united_categories(ranked)
    values["phones"] = first(ranked, "phones") or []
    values["position"] = position(ranked, lead["postal_code"])
    return values


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


def position(ranked: Sequence[SourceRecord], postal_code: str) -> list[Any]:
    """[latitude, longitude, approximate, county, time zone]: a source's own point, else the ZIP's middle."""
    place = zip_code(postal_code)
    county, timezone = (place.county, place.timezone) if place else ("", "")
    for record in ranked:
        fields = record.fields
        if fields["latitude"] is not None and fields["postal_code"] == postal_code:
            return [fields["latitude"], fields["longitude"], False, county, timezone]
    if place is None:
        return [None, None, True, county, timezone]
    return [place.latitude, place.longitude, True, county, timezone]


def current_values(listing: ServiceAtLocation, phones: Iterable[Phone]) -> Values:
    """What the listing says now, in the shape of `composed`."""
    owners = {
        "organization": listing.service.organization,
        "service": listing.service,
        "location": listing.location,
    }
    values: Values = {}
    for field in (*LED, "service.url", "service.categories"):
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
    values["phones"] = [
        [phone.number, phone.extension, phone.number_e164, phone.phone_type, *words_of_people(phone)]
        for phone in sorted(phones, key=lambda phone: phone.position)
    ]
    return values


def words_of_people(phone: Phone) -> list[str]:
    """No directory describes a number: with a description the phones are a person's edit."""
    return [phone.description] if phone.description else []


def settled(current: Values, base: Mapping[str, Any], proposed: Values) -> Settlement:
    """A field that no longer holds what the last import wrote (`base`) was edited by a person."""
    result = Settlement({}, [], set(), dict(proposed))
    for field, value in proposed.items():
        written = base.get(field, current[field])
        if current[field] == value:
            result.base[field] = value if written == value else A_PERSONS_FIELD
        elif current[field] == written:
            result.changes[field] = value
        elif value == written:
            result.asked_before.add(field)
        else:
            result.differences.append(Difference(field, current[field], value))
    return result


def write(listing: ServiceAtLocation, changes: Values) -> list[Phone] | None:
    """Set the changed fields on the listing's objects, unsaved; returns new phones when these changed."""
    owners = {
        "organization": listing.service.organization,
        "service": listing.service,
        "location": listing.location,
    }
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
    return new_phones(listing, changes["phones"]) if "phones" in changes else None


def new_phones(listing: ServiceAtLocation, phones: Iterable[Sequence[str]]) -> list[Phone]:
    return [
        Phone(
            listing=listing,
            number=number,
            extension=extension,
            number_e164=number_e164,
            phone_type=phone_type,
            position=position,
        )
        for position, (number, extension, number_e164, phone_type) in enumerate(phones)
    ]
