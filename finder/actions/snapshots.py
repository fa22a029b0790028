"""Rows of two listings as PostgreSQL writes them in JSON, to the last digit: to be put back as they were."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Model

from finder.enums import ChangeOrigin, ReviewStatus
from finder.models import (
    ChangeRequest,
    HowToJoin,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
)

Row = dict[str, Any]

OWNED: tuple[tuple[type[Model], str], ...] = (
    (Phone, "listing_id = %s"),
    (Schedule, "listing_id = %s"),
    (HowToJoin, "schedule_id IN (SELECT id FROM finder_schedule WHERE listing_id = %s)"),
)


OPEN_QUESTIONS = "listing_id = %s AND status = 'PROPOSED' AND origin = 'IMPORT'"


class Snapshot(NamedTuple):
    """`parts`: organization, service, location and listing of both, by table and key; `owned`: phones,
    schedules and how to join of the one that is kept, by table."""

    parts: dict[str, Row]
    owned: dict[str, list[Row]]
    questions: list[Row]
    """Of the one that is kept: what its sources say otherwise, and nobody has decided."""


def snapshot(kept: UUID, duplicate: UUID) -> Snapshot:
    listings = ServiceAtLocation.objects.with_parts().filter(pk__in=[kept, duplicate]).order_by("pk")
    parts = {}
    for listing in listings:
        for row in (listing.service.organization, listing.service, listing.location, listing):
            parts[part_key(row)] = rows_of(type(row), "id = %s", row.pk)[0]
    owned = {table(model): rows_of(model, condition, kept) for model, condition in OWNED}
    return Snapshot(parts, owned, rows_of(ChangeRequest, OPEN_QUESTIONS, kept))


def part_key(row: Model) -> str:
    return f"{table(type(row))}/{row.pk}"


def table(model: type[Model]) -> str:
    return model._meta.db_table


def rows_of(model: type[Model], condition: str, key: UUID) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT to_jsonb(kept)::text FROM {table(model)} AS kept WHERE {condition} ORDER BY 1", [key]
        )
        return [json.loads(text) for (text,) in cursor.fetchall()]


def put_back(model: type[Model], pk: str, columns: Mapping[str, Any]) -> None:
    """These columns of one row."""
    names = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table(model)} SET ({names}) = ROW({names_of('was', columns)})"
            f" FROM jsonb_populate_record(NULL::{table(model)}, %s::jsonb) AS was"
            f" WHERE {table(model)}.id = %s",
            [json.dumps(columns), pk],
        )


def names_of(alias: str, columns: Iterable[str]) -> str:
    return ", ".join(f"{alias}.{connection.ops.quote_name(name)}" for name in columns)


def replace_owned_rows(listing: UUID, owned: Mapping[str, Iterable[Row]]) -> None:
    """With the keys that they had."""
    Phone.objects.filter(listing=listing).delete()
    Schedule.objects.filter(listing=listing).delete()
    for model, _condition in OWNED:
        insert(model, owned[table(model)])


def replace_questions(listing: UUID, rows: Iterable[Row]) -> None:
    ChangeRequest.objects.filter(
        listing=listing, status=ReviewStatus.PROPOSED, origin=ChangeOrigin.IMPORT
    ).delete()
    insert(ChangeRequest, rows)


def insert(model: type[Model], rows: Iterable[Row]) -> None:
    name = table(model)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {name} SELECT * FROM jsonb_populate_recordset(NULL::{name}, %s::jsonb)",
            [json.dumps(list(rows))],
        )


PARTS = {table(model): model for model in (Organization, Service, Location, ServiceAtLocation)}
