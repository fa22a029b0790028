from collections.abc import Collection
from uuid import UUID

from finder.models import ServiceAtLocation


def lock_listings(ids: Collection[UUID], *, skip_locked: bool = False) -> list[UUID]:
    """Until the transaction ends; in order. Returns those that are locked now.

    Whoever writes something that is derived from a listing locks the listing first, then the rest, so that
    nobody waits in a circle; and of two who derive at once, the second sees what the first wrote. Rows that
    only point to the listing may be added meanwhile.
    """
    listings = ServiceAtLocation.objects.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True)
    return list(listings.select_for_update(no_key=True, skip_locked=skip_locked))
