"""Made-up listings are for the first look; they never stay beside real ones."""

from datetime import datetime

from django.db import transaction

from finder.actions.indexing import refresh_words
from finder.actions.removing import remove_listings
from finder.models import ServiceAtLocation
from finder.models.history import one_change


def remove_demonstration(*, now: datetime) -> int:
    """Delete demonstration listings and what hangs only on them; returns how many listings there were.

    What a real listing shares with them stays. Demonstration accounts are not its business.
    """
    with transaction.atomic(), one_change(removed_demonstration_at=now.isoformat()):
        listings = set(ServiceAtLocation.objects.demonstration().values_list("pk", flat=True))
        if listings:
            remove_listings(listings)
            refresh_words()
    return len(listings)
