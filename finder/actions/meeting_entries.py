"""What a fellowship's feed says of each of its groups."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from django.db.models import Model

from finder.actions.composing import Values
from finder.actions.entries import Entry, content_hash
from finder.actions.owned import in_order, lean
from finder.enums import CareCategory, ScheduleKind, ServiceStatus
from finder.meetings.meeting import Feed, MeetingFile, MeetingGroup, MeetingTime
from finder.models import HowToJoin, Location, Organization, Schedule, Service, TaxonomyTerm

TermIds = Mapping[str, int]
"""Ids of terms by their slugs."""


def meeting_entries(file: MeetingFile, feed: Feed, edition: date) -> Iterator[Entry]:
    """Two groups of one key are told apart by their slugs: each is a listing of its own."""
    terms = dict(TaxonomyTerm.objects.values_list("slug", "pk"))
    seen: set[str] = set()
    for group in file.groups:
        key = group.key if group.key not in seen else "|".join((group.key, *sorted(group.slugs)))
        seen.add(key)
        yield entry(group, key, feed, terms, edition)


def entry(group: MeetingGroup, key: str, feed: Feed, terms: TermIds, edition: date) -> Entry:
    """As old as the group says that its newest row is, else first heard of today; never of tomorrow."""
    affirmed = term_ids(group.terms, terms)
    unknown = unknown_words(group, terms)
    fields = partial(stated_fields, group, feed, terms)
    return Entry(
        source=feed.source,
        key=key,
        pairing_key="",
        edition=min(group.updated_on or edition, edition),
        affirmed=affirmed,
        denied=(),
        fields=fields,
        unknown=unknown,
        rows=group.rows,
        content_hash=content_hash(fields(), affirmed, (), unknown),
        slugs=group.slugs,
    )


def term_ids(slugs: tuple[str, ...], terms: TermIds) -> tuple[int, ...]:
    return tuple(sorted({terms[slug] for slug in slugs if slug in terms}))


def unknown_words(group: MeetingGroup, terms: TermIds) -> tuple[str, ...]:
    """Codes without a term, and slugs of terms that this installation's vocabulary does not have."""
    slugs = {*group.terms, *(slug for each in group.times for slug in each.terms)}
    words = {*group.unknown, *(word for each in group.times for word in each.unknown)}
    return tuple(sorted(words | (slugs - set(terms))))


def stated_fields(group: MeetingGroup, feed: Feed, terms: TermIds) -> Values:
    """A group's fields as JSON. The group is its own owner: fellowships' groups govern themselves."""
    place = group.place
    return {
        "organization_name": clipped(group.name, Organization, "name"),
        "name": clipped(group.name, Service, "name"),
        "description": group.description,
        "website": fitting(group.website, Service, "url"),
        "status": status(group).value,
        "categories": [CareCategory.SUPPORT_GROUP.value],
        "location_type": place.location_type,
        "address_1": clipped(place.address_1, Location, "address_1"),
        "address_2": clipped(place.name, Location, "address_2"),
        "city": clipped(place.city, Location, "city"),
        "state_province": fitting(place.state_province, Location, "state_province"),
        "postal_code": fitting(place.postal_code, Location, "postal_code"),
        "country": fitting(place.country, Location, "country"),
        "latitude": place.latitude,
        "longitude": place.longitude,
        "position_is_approximate": place.position_is_approximate,
        "timezone": next((each.timezone for each in group.times if each.timezone), feed.timezone),
        "transportation": place.notes,
        "phones": [],
        "slugs": sorted(group.slugs),
        "schedules": in_order([schedule(each, terms) for each in group.times]),
    }


def status(group: MeetingGroup) -> ServiceStatus:
    if group.times and all(each.is_suspended for each in group.times):
        return ServiceStatus.TEMPORARILY_CLOSED
    return ServiceStatus.ACTIVE


def schedule(meeting: MeetingTime, terms: TermIds) -> Values:
    """With how to join: it travels with its meeting, and is shown apart from it."""
    joining = meeting.joining
    said = {
        "kind": ScheduleKind.MEETING.value,
        "freq": meeting.freq,
        "interval": meeting.interval,
        "byday": meeting.byday,
        "opens_at": meeting.opens_at,
        "closes_at": meeting.closes_at,
        "timezone": meeting.timezone,
        "attending_type": meeting.attending_type,
        "is_suspended": meeting.is_suspended,
        "name": clipped(meeting.name, Schedule, "name"),
        "description": clipped(meeting.description, Schedule, "description"),
        "notes": meeting.notes,
        "terms": list(term_ids(meeting.terms, terms)),
        "source_slug": clipped(meeting.slug, Schedule, "source_slug"),
    }
    how_to_join = {
        "url": fitting(joining.url, HowToJoin, "url"),
        "phone": fitting(joining.phone, HowToJoin, "phone"),
        "notes": joining.notes,
    }
    return lean(said, how_to_join)


def clipped(text: str, model: type[Model], field: str) -> str:
    return text[: room(model, field)]


def fitting(text: str, model: type[Model], field: str) -> str:
    """Nothing where half of it would lead nowhere."""
    return text if len(text) <= room(model, field) else ""


def room(model: type[Model], field: str) -> int:
    most = model._meta.get_field(field).max_length  # type: ignore[union-attr]
    return most or 0
