"""Finds published listings that may be one place, and asks people about each pair once."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from finder.actions.queueing import refresh_queue_items
from finder.enums import LocationType
from finder.geography.position import great_circle_miles
from finder.models import Merge, ServiceAtLocation
from finder.upkeep.likeness import RATHER_ALIKE, Likeness, is_same_name

SHARED_BY_FEW = 12
"""A number or street of more listings than this is a hotline or a campus: it tells nothing of two of them."""

PLACED = """
    placed AS MATERIALIZED (
        SELECT listing.id, listed.name, location.postal_code, location.latitude, location.longitude,
            location.address_is_public,
            CASE WHEN location.location_type = %(physical)s THEN
                nullif(regexp_replace(lower(unaccent(location.address_1)), '[^a-z0-9]', '', 'g'), '')
            END AS street,
            listed.listing_id = ANY(%(asked)s::uuid[]) AS is_asked
        FROM finder_serviceatlocation AS listing
        JOIN finder_listingindex AS listed ON listed.listing_id = listing.id
        JOIN finder_location AS location ON location.id = listing.location_id
        WHERE NOT listing.is_demo)"""

CANDIDATES = f"""
    WITH {PLACED},
    numbered AS MATERIALIZED (
        SELECT DISTINCT listing_id AS id, number_e164 || '/' || extension AS number
        FROM finder_phone WHERE listing_id IS NOT NULL AND number_e164 <> ''),
    rare_numbers AS (SELECT number FROM numbered GROUP BY number HAVING count(*) BETWEEN 2 AND %(few)s),
    rare_streets AS (
        SELECT postal_code, street FROM placed WHERE street IS NOT NULL AND postal_code <> ''
        GROUP BY postal_code, street HAVING count(*) BETWEEN 2 AND %(few)s),
    alike AS (
        SELECT one.id AS one, other.id AS other, true AS by_phone, false AS by_street
        FROM rare_numbers JOIN numbered AS one USING (number) JOIN numbered AS other USING (number)
        WHERE one.id < other.id
        UNION ALL
        SELECT one.id, other.id, false, true
        FROM rare_streets JOIN placed AS one USING (postal_code, street)
        JOIN placed AS other USING (postal_code, street)
        WHERE one.id < other.id),
    pairs AS (
        SELECT one, other, bool_or(by_phone) AS by_phone, bool_or(by_street) AS by_street
        FROM alike GROUP BY one, other)
    SELECT one.id, other.id, one.name, other.name, similarity(one.name, other.name),
        pairs.by_phone, pairs.by_street,
        EXISTS (
            SELECT FROM finder_schedule AS a
            JOIN finder_schedule AS b ON a.byday = b.byday AND a.opens_at = b.opens_at AND a.kind = b.kind
            WHERE a.listing_id = one.id AND b.listing_id = other.id AND a.kind = 'MEETING'),
        one.latitude, one.longitude, other.latitude, other.longitude,
        EXISTS (
            SELECT FROM finder_sourcerecord AS a
            JOIN finder_sourcerecord AS b ON a.source_id = b.source_id AND a.edition = b.edition
            WHERE a.listing_id = one.id AND b.listing_id = other.id
            AND a.missing_since IS NULL AND b.missing_since IS NULL)
    FROM pairs JOIN placed AS one ON one.id = pairs.one JOIN placed AS other ON other.id = pairs.other
    WHERE (one.is_asked OR other.is_asked) AND similarity(one.name, other.name) >= %(alike)s
    AND one.address_is_public AND other.address_is_public
    AND NOT EXISTS (
        SELECT FROM finder_merge
        WHERE listing_id IN (one.id, other.id) AND duplicate_id IN (one.id, other.id))
    ORDER BY one.id, other.id"""


class Pair(NamedTuple):
    one: UUID
    other: UUID
    likeness: Likeness


@transaction.atomic
def propose_duplicates(*, listing_ids: Collection[UUID] | None = None, now: datetime) -> int:
    """Among these listings and all others, or among all; returns how many pairs are new."""
    pairs = [pair for pair in candidates(listing_ids) if pair.likeness.is_enough]
    standing = with_most_work({pk for pair in pairs for pk in (pair.one, pair.other)})
    merges = []
    for pair in pairs:
        kept, duplicate = sorted((pair.one, pair.other), key=lambda pk: standing[pk])
        reason = pair.likeness.in_words()[:250]
        merges.append(Merge(listing_id=kept, duplicate_id=duplicate, reason=reason, proposed_at=now))
    Merge.objects.bulk_create(merges, ignore_conflicts=True)
    refresh_queue_items(listing_ids=standing, now=now)
    return len(merges)


def candidates(listing_ids: Collection[UUID] | None) -> Iterator[Pair]:
    """A confidential address is never compared: the question would tell that it is near another."""
    if listing_ids is None:
        listing_ids = list(ServiceAtLocation.objects.published().real().values_list("pk", flat=True))
    told: dict[str, Any] = {
        "asked": list(listing_ids),
        "few": SHARED_BY_FEW,
        "alike": RATHER_ALIKE,
        "physical": LocationType.PHYSICAL.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, told)
        for one, other, name, other_name, names, phone, street, time, *where, edition in cursor.fetchall():
            yield Pair(
                one,
                other,
                Likeness(
                    names=names,
                    is_same_name=is_same_name(name, other_name),
                    same_phone=phone,
                    same_street=street,
                    same_time=time,
                    miles=miles_between(*where),
                    in_one_edition=edition,
                ),
            )


def miles_between(*degrees: float | None) -> float | None:
    known = [each for each in degrees if each is not None]
    return great_circle_miles(*known) if len(known) == len(degrees) else None


def with_most_work(ids: Collection[UUID]) -> dict[UUID, tuple[int, int, str]]:
    """What is kept comes first: where people checked, then what is in the newest edition, then any."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT pk,
                -(SELECT count(*) FROM finder_verification WHERE listing_id = pk)
                -(SELECT count(*) FROM finder_statement WHERE listing_id = pk AND method <> 'IMPORT'),
                (SELECT count(*) FROM finder_sourcerecord
                    WHERE listing_id = pk AND missing_since IS NOT NULL)
            FROM unnest(%s::uuid[]) AS asked (pk)""",
            [list(ids)],
        )
        return {pk: (work, missing, str(pk)) for pk, work, missing in cursor.fetchall()}
