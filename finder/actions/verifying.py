"""Someone checked a listing and found parts of it right."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from finder.actions.due_dates import refresh_due_dates
from finder.actions.indexing import index_listings
from finder.actions.queueing import refresh_queue_items
from finder.actions.refusals import Refused
from finder.actions.resolving import resolve_outcomes
from finder.enums import StatementMethod, VerifiedPart, Voice
from finder.models import ServiceAtLocation, Verification
from finder.permissions import Person, may_edit_listings


def voice_of(person: Person) -> Voice:
    """In what role one of us speaks."""
    return Voice.EDITOR if may_edit_listings(person) else Voice.CASE_WORKER


@transaction.atomic
def verify_parts(
    *,
    listing: ServiceAtLocation,
    parts: Collection[VerifiedPart],
    voice: Voice,
    method: StatementMethod,
    by: User | None,
    now: datetime,
) -> Verification:
    """`by` is empty for a program that answers by its link."""
    if not parts:
        raise Refused(_("Say what you found right."))
    verification = Verification.objects.create(
        listing=listing,
        parts=[part.value for part in VerifiedPart if part in parts],
        voice=voice,
        method=method,
        verified_at=now,
        verified_by=by,
    )
    resolve_outcomes(listing=listing, parts=parts, by=by, now=now)
    refresh_due_dates(listing_ids=[listing.pk], now=now)
    index_listings([listing.pk])
    refresh_queue_items(listing_ids=[listing.pk], now=now)
    return verification
