"""A change that someone proposes: kept beside what the listing says, until a person decides."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from finder.actions.locking import lock_listings
from finder.actions.owned import without_joining
from finder.actions.proposed_fields import beside, values_now
from finder.actions.queueing import refresh_queue_items
from finder.enums import ChangeOrigin, ReviewStatus
from finder.models import ChangeRequest, ServiceAtLocation


@transaction.atomic
def propose_changes_of(
    *,
    listing: ServiceAtLocation,
    values: Mapping[str, Any],
    origin: ChangeOrigin,
    source: str,
    now: datetime,
) -> list[ChangeRequest]:
    """By the field names of `values_now`. What says the same as the listing is left out, and a newer
    proposal of the same origin replaces the older one."""
    lock_listings([listing.pk])
    now_said = values_now(listing, values)
    current = {field: beside(now_said.get(field), value) for field, value in values.items()}
    changed = {field: value for field, value in values.items() if current[field] != value}
    waiting = ChangeRequest.objects.filter(listing=listing, origin=origin, status=ReviewStatus.PROPOSED)
    waiting.filter(field__in=values).delete()
    made = [
        ChangeRequest(
            listing=listing,
            source_id=source,
            origin=origin,
            field=field,
            current_value=without_joining(field, current[field]),
            proposed_value=value,
            proposed_at=now,
        )
        for field, value in changed.items()
    ]
    ChangeRequest.objects.bulk_create(made)
    refresh_queue_items(listing_ids=[listing.pk], now=now)
    return made
