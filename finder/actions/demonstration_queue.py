"""So that the queue can be tried on the first day, with listings that do not exist."""

from datetime import datetime, timedelta

from django.db import transaction

from finder.actions.due_dates import refresh_due_dates
from finder.actions.queueing import refresh_queue_items
from finder.models import ServiceAtLocation

HERE_SINCE = timedelta(days=90)


@transaction.atomic
def queue_demonstration(*, now: datetime) -> None:
    """As if they had come in a quarter ago: some are due by now. They leave as soon as a real listing is
    published."""
    ids = list(ServiceAtLocation.objects.demonstration().published().values_list("pk", flat=True))
    refresh_due_dates(listing_ids=ids, now=now - HERE_SINCE)
    refresh_queue_items(listing_ids=ids, now=now)
