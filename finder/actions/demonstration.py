"""Made-up listings are for the first look; they never stay beside real ones."""

from datetime import datetime

from django.db import transaction

from finder.actions.indexing import refresh_words
from finder.models import Location, Organization, Service, ServiceAtLocation
from finder.models.history import one_change


def remove_demonstration(*, now: datetime) -> int:
    """Delete demonstration listings and what hangs only on them; returns how many listings there were.

    What a real listing shares with them stays. Demonstration accounts are not its business.
    """
    with transaction.atomic(), one_change(removed_demonstration_at=now.isoformat()):
        listings = ServiceAtLocation.objects.demonstration()
        parts = list(listings.values_list("pk", "service", "service__organization", "location"))
        if not parts:
            return 0
        _, services, organizations, locations = map(set, zip(*parts, strict=True))
        listings.delete()
        Service.objects.filter(pk__in=services, listings__isnull=True).delete()
        Organization.objects.filter(pk__in=organizations, services__isnull=True).delete()
        Location.objects.filter(pk__in=locations, listings__isnull=True).delete()
        refresh_words()
    return len(parts)
