"""Who changed what and when, in words, from the events that the database's triggers keep."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Field, ForeignKey, Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from finder.models import Location, Organization, Phone, Schedule, Service, ServiceAtLocation

ENTRIES_SHOWN = 200
SAID_ELSEWHERE = {
    "id",
    "imported",
    "verification_due_date",
    "shipped_digest",
    "archived_at",
    "archived_by",
    "taken_down_at",
    "taken_down_by",
}
"""Keys, what only the importer reads, and what the entry itself says."""

DECISIONS = {
    "archive": _l("Archived"),
    "restore": _l("Restored"),
    "publish": _l("Published"),
    "accept": _l("A source's value was taken"),
    "merge": _l("Merged with a duplicate"),
    "take_down": _l("Taken down"),
    "put_back": _l("Put back"),
    "review": _l("Reviewed"),
    "ship": _l("Brought up to date with the site"),
}


class Difference(NamedTuple):
    field: str
    old: str
    new: str


class Entry(NamedTuple):
    at: datetime
    who: str
    what: str
    differences: tuple[Difference, ...]


def history_of(row: Model) -> list[Entry]:
    """The row's own history with that of the parts shown on its page, the newest first."""
    people = People()
    entries = [entry for model, owner in parts_of(row) for entry in changes(model, owner, people)]
    entries += additions(row, people)
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:ENTRIES_SHOWN]


def parts_of(row: Model) -> Iterator[tuple[type[Model], dict[str, Any]]]:
    yield type(row), {"pk": row.pk}
    match row:
        case ServiceAtLocation():
            yield Service, {"pk": row.service_id}
            yield Organization, {"pk": row.service.organization_id}
            yield Location, {"pk": row.location_id}
            yield from owned_by("listing", row)
        case Service():
            yield from owned_by("service", row)
        case Location():
            yield from owned_by("location", row)


def owned_by(owner: str, row: Model) -> Iterator[tuple[type[Model], dict[str, Any]]]:
    for model in (Phone, Schedule):
        yield model, {owner: row.pk}


class People:
    """Names by id, read once each."""

    def __init__(self) -> None:
        self.names: dict[object, str] = {}

    def name(self, pk: Any) -> str:
        if pk is None:
            return _("An import or a command")
        if pk not in self.names:
            found = User.objects.filter(pk=pk).first()
            self.names[pk] = (
                (found.get_full_name() or found.get_username()) if found else _("Someone who left")
            )
        return self.names[pk]


def changes(model: type[Model], owner: dict[str, Any], people: People) -> Iterator[Entry]:
    """An event holds a row as it was before: what came after it is in the next event, or in the row."""
    kept = getattr(model, "pgh_event_models", None)
    if not kept:
        return
    events = next(iter(kept.values()))
    condition = {"pgh_obj" if name == "pk" else name: value for name, value in owner.items()}
    after: dict[object, Any] = {row.pk: row for row in model._default_manager.filter(**owner)}
    found = events.objects.filter(**condition).select_related("pgh_context").order_by("-pk")
    for event in found[:ENTRIES_SHOWN]:
        is_removal = event.pgh_label.startswith("delete")
        newer = None if is_removal else after.get(event.pgh_obj_id)
        differences = tuple(between(model, event, newer))
        after[event.pgh_obj_id] = event
        if differences:
            known = event.pgh_context.metadata if event.pgh_context else {}
            yield Entry(
                event.pgh_created_at,
                people.name(known.get("user")),
                title(model, is_removal, known.get("decision", "")),
                differences,
            )


def title(model: type[Model], is_removal: bool, decision: str) -> str:
    name = capfirst(str(model._meta.verbose_name))
    if is_removal:
        return _("%(name)s removed") % {"name": name}
    if decision in DECISIONS:
        return f"{name}: {DECISIONS[decision]}"
    return _("%(name)s changed") % {"name": name}


def between(model: type[Model], old: Any, new: Any) -> Iterator[Difference]:
    for field in model._meta.concrete_fields:
        if field.name in SAID_ELSEWHERE or field.primary_key:
            continue
        was = getattr(old, field.attname)
        now = getattr(new, field.attname) if new is not None else None
        if was != now and (new is not None or was not in (None, "", [])):
            said_now = in_words(field, now) if new is not None else ""
            yield Difference(capfirst(str(field.verbose_name)), in_words(field, was), said_now)


def in_words(field: "Field[Any, Any]", value: Any) -> str:
    if isinstance(field, ForeignKey) and value is not None:
        found = field.related_model._default_manager.filter(pk=value).first()
        return str(found or value)
    return value_in_words(value, getattr(field, "base_field", field).choices)


def value_in_words(value: Any, choices: Any = None) -> str:
    labels = dict(choices or ())
    match value:
        case None | "" | []:
            return _("nothing")
        case bool():
            return _("yes") if value else _("no")
        case list():
            between = "; " if any(isinstance(item, dict) for item in value) else ", "
            return between.join(value_in_words(item, choices) for item in value if item not in (None, ""))
        case dict():
            return json.dumps(value, ensure_ascii=False)
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
    return str(labels.get(value, value))


def additions(row: Model, people: People) -> Iterator[Entry]:
    """Triggers keep no inserts: what was added by hand is in the admin's own log."""
    log = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk)
    ).order_by("-action_time", "-pk")
    for entry in log[:ENTRIES_SHOWN]:
        if '"added"' in entry.change_message:
            yield Entry(entry.action_time, people.name(entry.user_id), entry.get_change_message(), ())
