"""What was true for a while only: the index forgets it once the while is over."""

from datetime import datetime

from django.db.models import Q

from finder.actions.indexing import batches, index_listings
from finder.actions.queueing import refresh_queue_items
from finder.enums import VerifiedPart
from finder.models import CallOutcome, ListingIndex
from finder.upkeep.disputes import LAPSES_AFTER
from finder.upkeep.kept_freshness import ROOMS


def refresh_lapsed(*, now: datetime) -> int:
    """Room that was said too long ago, and doubts about room that are old: returns of how many listings.

    No page shows expired room meanwhile. An old doubt stays until this has run, so run it every night.
    """
    has_room = Q(freshness__has_key=ROOMS, listing__capacities__expires_at__lte=now)
    old = CallOutcome.objects.unresolved().doubting().filter(reported_at__lt=now - LAPSES_AFTER)
    in_doubt = Q(disputed__contains=[VerifiedPart.AVAILABILITY.value], listing__in=old.values("listing"))
    lapsed = sorted(set(ListingIndex.objects.filter(has_room | in_doubt).values_list("pk", flat=True)))
    for ids in batches(lapsed):
        index_listings(ids)
        refresh_queue_items(listing_ids=ids, now=now)
    return len(lapsed)
