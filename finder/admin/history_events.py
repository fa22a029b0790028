"""What the database's triggers kept of rows: an event holds a row as it was before a change."""

from collections.abc import Hashable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from finder.actions.reverting import REVERTIBLE, fields_with, state_of
from finder.admin.history_entries import Difference, Kind, Part, Piece, PutBack
from finder.admin.history_words import DECISIONS, People, in_words, name_of, url_of
from finder.admin.shown import field_words, said
from finder.models import ServiceAtLocation

SAID_ELSEWHERE = {
    "id",
    "imported",
    "verification_due_date",
    "shipped_digest",
    "archived_at",
    "archived_by",
    "taken_down_at",
    "taken_down_by",
    "number_e164",
}
"""Keys, what only the importer reads, and what the entry itself says."""

OF_A_REMOVED_ROW = {"listing", "service", "location", "schedule", "position"}
"""It was removed from this very page."""

OF_SOURCES = ("phones", "schedules")
"""Rows that an import replaces as a whole: the new ones leave no event of their own."""

A_SAVE = timedelta(seconds=10)
"""An addition so soon after a change by the same person is of the same save."""


def changes(model: type[Model], owner: Mapping[str, Any], people: People) -> Iterator[Piece]:
    """What came after an event is in the next event, or in the row."""
    if not hasattr(model, "pgh_event_model"):
        return
    condition = {"pgh_obj" if name == "pk" else name: value for name, value in owner.items()}
    live: dict[object, Any] = {row.pk: row for row in model._default_manager.filter(**owner)}
    after = dict(live)
    events = model.pgh_event_model._default_manager.filter(**condition).select_related("pgh_context")
    for event in events.order_by("-pk"):
        is_removal = event.pgh_label.startswith("delete")
        newer = None if is_removal else after.get(event.pgh_obj_id)
        part = part_of(model, event, newer, live.get(event.pgh_obj_id))
        after[event.pgh_obj_id] = event
        if part:
            yield piece_of(event, part, people)


def part_of(model: type[Model], event: Any, newer: Any, live: Any) -> Part | None:
    differences = tuple(between(model, event, newer, live))
    if newer is None and event.pgh_label.startswith("delete"):
        back = PutBack(label(model), event.pk) if live is None and is_owned(model) else None
        return Part(_("%(name)s removed") % {"name": name_of(model)}, differences, back)
    return Part(name_of(model), differences) if differences else None


def is_owned(model: type[Model]) -> bool:
    return model._meta.model_name in ("phone", "schedule", "howtojoin")


def label(model: type[Model]) -> str:
    return str(model._meta.model_name)


def piece_of(event: Any, part: Part, people: People) -> Piece:
    told = event.pgh_context.metadata if event.pgh_context else {}
    return Piece(
        key_of(event, told),
        event.pgh_created_at,
        kind_of(told),
        people.teller(told),
        people.title(told),
        part,
        url_of(told),
    )


def key_of(event: Any, told: Mapping[str, Any]) -> Hashable:
    """One import, one decision about one question, one change, else one transaction."""
    if "import_run" in told:
        return "run", told["import_run"]
    for question in ("change_request", "merge"):
        if question in told:
            return question, told[question], told.get("decision") == "undo_merge"
    return "change", event.pgh_context_id, event.pgh_created_at


def kind_of(told: Mapping[str, Any]) -> Kind:
    if "import_run" in told or "reverted_run" in told:
        return Kind.IMPORTS
    if told.get("voice") == "PROVIDER":
        return Kind.PROGRAM
    return Kind.DECISIONS if told.get("decision") in DECISIONS else Kind.EDITS


def between(model: type[Model], old: Any, new: Any, live: Any) -> Iterator[Difference]:
    for field in model._meta.concrete_fields:
        if field.name in SAID_ELSEWHERE or field.primary_key:
            continue
        if new is None and field.name in OF_A_REMOVED_ROW:
            continue
        was = getattr(old, field.attname)
        now = getattr(new, field.attname) if new is not None else None
        if was != now and (new is not None or was not in (None, "", [])):
            said_now = in_words(field, now) if new is not None else ""
            back = put_back_of(model, old, field.name, live) if new is not None else None
            yield Difference(capfirst(str(field.verbose_name)), in_words(field, was), said_now, back)
    if model is ServiceAtLocation and new is not None:
        yield from sourced(old.imported, new.imported)


def sourced(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    for field in OF_SOURCES:
        was, now = old.get(field), new.get(field)
        if was != now and was is not None and now is not None:
            words = _("%(field)s, as the sources have it") % {"field": capfirst(field_words(field))}
            yield Difference(words, said(field, was), said(field, now))


def put_back_of(model: type[Model], event: Any, field: str, live: Any) -> PutBack | None:
    """Where the row still stands, and says something else by now."""
    if live is None or field not in REVERTIBLE.get(model, ()):
        return None
    fields = fields_with(model, field)
    state = state_of(live, fields)
    return PutBack(label(model), event.pk, field, state) if state != state_of(event, fields) else None


def additions(row: Model, people: People) -> Iterator[Piece]:
    """Triggers keep no inserts: what was added by hand is in the admin's own log."""
    log = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk)
    ).order_by("-action_time", "-pk")
    for entry in log:
        if '"added"' in entry.change_message:
            words = entry.get_change_message()
            key = "added", entry.user_id, entry.action_time
            who = people.name(entry.user_id)
            yield Piece(key, entry.action_time, Kind.EDITS, who, _("Added"), Part(words))


def with_their_saves(pieces: list[Piece]) -> Iterator[Piece]:
    """An addition joins the change that the same person saved just before, if there is one."""
    saves = [(piece.at, piece.who, piece.key) for piece in pieces if piece.key[0] == "change"]  # type: ignore[index]
    for piece in pieces:
        if piece.key[0] == "added":  # type: ignore[index]
            yield piece._replace(key=key_of_save(piece.at, piece.who, saves) or piece.key)
        else:
            yield piece


def key_of_save(at: datetime, who: str, saves: list[tuple[datetime, str, Hashable]]) -> Hashable:
    return next((key for saved, by, key in saves if by == who and saved <= at <= saved + A_SAVE), None)
