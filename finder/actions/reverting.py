"""One change is undone by itself: a field gets its earlier value, or a removed row comes back."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import Model, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from finder.actions.due_dates import refresh_due_dates
from finder.actions.indexing import index_listings
from finder.actions.queueing import refresh_queue_items
from finder.actions.refusals import Refused
from finder.models import (
    HowToJoin,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
)
from finder.models.history import events_of, one_change

POINT = ("latitude", "longitude", "position_is_approximate")
NUMBER = ("number", "number_e164", "extension")
TOGETHER: Mapping[type[Model], Sequence[Sequence[str]]] = MappingProxyType(
    {Location: (POINT,), Phone: (NUMBER,)}
)
"""Half of an old point with half of a new one is no point."""

OWNERS = {"listing", "service", "location", "schedule", "id"}
REVERTIBLE: Mapping[type[Model], frozenset[str]] = MappingProxyType(
    {
        model: frozenset(field.name for field in model._meta.concrete_fields) - OWNERS
        for model in (Organization, Service, Location, Phone, Schedule, HowToJoin)
    }
    | {ServiceAtLocation: frozenset({"cadence_days"})}
)
"""By model. A listing's own status has verbs of its own: publish, archive, restore."""


def fields_with(model: type[Model], field: str) -> tuple[str, ...]:
    """Those that go back with it."""
    return next((tuple(group) for group in TOGETHER.get(model, ()) if field in group), (field,))


def attnames(model: type[Model], fields: Iterable[str]) -> list[str]:
    return [model._meta.get_field(name).attname for name in fields]  # type: ignore[union-attr]


def state_of(row: Model | None, fields: Iterable[str]) -> str:
    """Another text once any of these fields says something else."""
    said = None if row is None else [getattr(row, name) for name in attnames(type(row), fields)]
    return hashlib.sha256(json.dumps(said, cls=DjangoJSONEncoder).encode()).hexdigest()


@transaction.atomic
def revert_field(*, model: type[Model], event: int, field: str, seen: str, by: User, now: datetime) -> Model:
    """Back to what it was before that event. `seen`: the state that the person saw, see `state_of`."""
    if field not in REVERTIBLE.get(model, ()):
        raise Refused(_("This cannot be put back here."))
    before = event_of(model, event)
    row = model._default_manager.select_for_update(of=("self",)).filter(pk=before.pgh_obj_id).first()
    if row is None:
        raise Refused(_("It was removed. Put it back first."))
    fields = fields_with(model, field)
    refuse_unless_seen(row, fields, seen)
    values = {name: getattr(before, name) for name in attnames(model, fields)}
    if all(getattr(row, name) == value for name, value in values.items()):
        raise Refused(_("It says that already."))
    for name, value in values.items():
        setattr(row, name, value)
    keep(row, fields, by=by, now=now)
    return row


@transaction.atomic
def revert_removal(*, model: type[Model], event: int, by: User, now: datetime) -> Model:
    """The row comes back as it was, with its key."""
    before = event_of(model, event)
    if model not in (Phone, Schedule, HowToJoin) or not before.pgh_label.startswith("delete"):
        raise Refused(_("This cannot be put back here."))
    if model._default_manager.filter(pk=before.pgh_obj_id).exists():
        raise Refused(_("It is there again already."))
    names = [field.attname for field in model._meta.concrete_fields]
    row = model(**{name: getattr(before, name) for name in names})
    for owner in OWNERS & {field.name for field in model._meta.concrete_fields if field.is_relation}:
        refuse_without(row, owner)
    keep(row, (), by=by, now=now)
    return row


def event_of(model: type[Model], event: int) -> Any:
    found = events_of(model).filter(pk=event).first()
    if found is None:
        raise Refused(_("This change is not known."))
    return found


def refuse_unless_seen(row: Model, fields: Sequence[str], seen: str) -> None:
    if state_of(row, fields) != seen:
        raise Refused(_("Someone changed it since you opened this page. Look at it again."))


def refuse_without(row: Model, owner: str) -> None:
    field = row._meta.get_field(owner)
    value = getattr(row, field.attname)  # type: ignore[union-attr]
    owners = field.related_model._default_manager  # type: ignore[union-attr]
    if value is not None and not owners.filter(pk=value).exists():
        raise Refused(_("What it belonged to is gone."))


def keep(row: Model, fields: Sequence[str], *, by: User, now: datetime) -> None:
    """Nothing is put back that the form or the database would refuse. Without fields the row is new."""
    others = {field.name for field in row._meta.fields} - set(fields) if fields else set()
    try:
        row.full_clean(exclude=others, validate_constraints=False)
        row.validate_constraints()
        with transaction.atomic(), one_change(user=by.pk, decision="revert_field"):
            row.save(update_fields=fields or None, force_insert=not fields)
    except (ValidationError, IntegrityError) as fault:
        raise Refused(_("That cannot be put back: %(why)s") % {"why": sentence(row, fault)}) from None
    listings = set(listings_showing(row).values_list("pk", flat=True))
    refresh_due_dates(listing_ids=listings, now=now)
    index_listings(listings)
    refresh_queue_items(listing_ids=listings, now=now)


def sentence(row: Model, fault: ValidationError | IntegrityError) -> str:
    if isinstance(fault, IntegrityError):
        return _("other rows do not agree with it.")
    said = fault.message_dict if hasattr(fault, "error_dict") else {"": fault.messages}
    return " ".join(
        f"{capfirst(row._meta.get_field(name).verbose_name)}: {text}"  # type: ignore[union-attr]
        if name in {field.name for field in row._meta.fields}
        else text
        for name, texts in said.items()
        for text in texts
    )


def listings_showing(row: Any) -> "QuerySet[ServiceAtLocation]":
    match row:
        case Organization():
            shown = Q(service__organization=row)
        case Service():
            shown = Q(service=row)
        case Location():
            shown = Q(location=row)
        case ServiceAtLocation():
            shown = Q(pk=row.pk)
        case HowToJoin():
            return listings_showing(row.schedule)
        case _:
            shown = Q(pk=row.listing_id) | Q(service=row.service_id) | Q(location=row.location_id)
    return ServiceAtLocation.objects.filter(shown)
