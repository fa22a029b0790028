"""What hangs on a listing and follows it when it is merged: every relation is named here, or a test fails."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Model

from finder.models import (
    AskedListing,
    CallOutcome,
    Capacity,
    Claim,
    ListingReport,
    SourceRecord,
    Statement,
    Verification,
)

FOLLOWS: Mapping[type[Model], tuple[str, ...]] = {
    SourceRecord: (),
    Statement: (),
    Verification: (),
    CallOutcome: (),
    ListingReport: (),
    Capacity: ("unit",),
    Claim: ("contact",),
    AskedListing: ("ask",),
}
"""By which columns one that the kept listing has already stays behind: it holds the same place there."""

STAYS = {
    "phone": "its values are chosen, not moved",
    "schedule": "its values are chosen, not moved",
    "index": "derived",
    "queue_items": "derived",
    "change_requests": "about fields of the duplicate",
    "merges": "says what was joined",
    "merges_as_duplicate": "says what was joined",
    "redirect": "leads on, through the redirect of the duplicate",
    "redirects": "leads on, through the redirect of the duplicate",
    "accuracy_checks": "drawn and compared as this listing",
    "referral_items": "a list is read through the redirect, and says by which name it stood there",
}


def move_children(listing: UUID, *, to: UUID) -> dict[str, list[Any]]:
    """Returns the keys of what was moved, by model."""
    moved: dict[str, list[Any]] = {}
    for model, unique in FOLLOWS.items():
        rows = model._default_manager.filter(listing=listing)
        held = model._default_manager.filter(listing=to)
        for column in unique:
            rows = rows.exclude(**{f"{column}__in": held.values(column)})
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        model._default_manager.filter(pk__in=keys).update(listing=to)
        moved[model.__name__] = keys
    return moved


def move_back(moved: Mapping[str, list[Any]], listing: UUID, *, to: UUID) -> None:
    """What still stands where it was moved to."""
    for model in FOLLOWS:
        model._default_manager.filter(pk__in=moved.get(model.__name__, ()), listing=listing).update(
            listing=to
        )
