"""Who did what and when to a row, in words: its whole life, one save or decision to an entry."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from finder.admin.history_entries import Entry, entries_of
from finder.admin.history_events import additions, changes, with_their_saves
from finder.admin.history_imports import imports_of, life_of_run
from finder.admin.history_life import life_of
from finder.admin.history_words import People
from finder.models import (
    HowToJoin,
    ImportRun,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
)
from finder.permissions import Person

NOBODY = AnonymousUser()


def history_of(row: Model, *, viewer: Person = NOBODY, kind: str = "") -> list[Entry]:
    """With that of the parts shown on the row's page, the newest first. `kind`: see `Kind`; all if empty."""
    people = People()
    pieces = [piece for model, owner in parts_of(row) for piece in changes(model, owner, people)]
    pieces += [piece for each in with_log(row) for piece in additions(each, people)]
    pieces = list(with_their_saves(pieces))
    if isinstance(row, ServiceAtLocation):
        pieces += [*imports_of(row, people), *life_of(row, people, viewer)]
    if isinstance(row, ImportRun):
        pieces += life_of_run(row, people)
    return [entry for entry in entries_of(pieces) if kind in ("", entry.kind)]


def parts_of(row: Model) -> Iterator[tuple[type[Model], dict[str, Any]]]:
    yield type(row), {"pk": row.pk}
    match row:
        case ServiceAtLocation():
            yield Service, {"pk": row.service_id}
            yield Organization, {"pk": row.service.organization_id}
            yield Location, {"pk": row.location_id}
            yield from owned_by("listing", row)
            yield from owned_by("service", row.service)
            yield from owned_by("location", row.location)
        case Service():
            yield from owned_by("service", row)
        case Location():
            yield from owned_by("location", row)


def owned_by(owner: str, row: Model) -> Iterator[tuple[type[Model], dict[str, Any]]]:
    for model in (Phone, Schedule):
        yield model, {owner: row.pk}
    schedules = Schedule.pgh_event_model.objects.filter(**{owner: row.pk})  # type: ignore[attr-defined]
    yield HowToJoin, {"schedule__in": [*schedules.values_list("pgh_obj", flat=True)]}


def with_log(row: Model) -> Iterator[Model]:
    """Pages on which something of this row may have been added."""
    yield row
    if isinstance(row, ServiceAtLocation):
        yield from (row.service, row.service.organization, row.location)
