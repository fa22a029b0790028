"""What is true for a while only: the index forgets it once the while is over."""

from datetime import datetime
from typing import NamedTuple

from finder.actions.indexing import batches, index_listings
from finder.actions.resolving import lapse_outcomes
from finder.models import ListingIndex
from finder.upkeep.kept_freshness import ROOMS


class Lapsed(NamedTuple):
    words: int
    """Of callers, about room."""
    rooms: int
    """Listings whose own word about room expired."""


def refresh_lapsed(*, now: datetime) -> Lapsed:
    """No page shows expired room meanwhile. An old dispute stays until this has run: run it every night."""
    words = lapse_outcomes(now=now)
    saying_so = ListingIndex.objects.filter(
        freshness__has_key=ROOMS, listing__capacities__expires_at__lte=now
    )
    expired = sorted(set(saying_so.values_list("pk", flat=True)))
    for ids in batches(expired):
        index_listings(ids)
    return Lapsed(words, len(expired))
