from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from finder.actions.due_dates import refresh_due_dates
from finder.actions.queueing import refresh_whole_queue
from finder.actions.working import expire_leases
from finder.models import QueueItem, ServiceAtLocation


class Command(BaseCommand):
    help = "Bring the editors' queue up to date: what is due, what waits and how pressing it is."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        published = ServiceAtLocation.objects.published().values_list("pk", flat=True)
        dated = refresh_due_dates(listing_ids=list(published), now=now)
        expire_leases(now=now)
        done = refresh_whole_queue(now=now)
        self.stdout.write(
            f"New due dates: {dated:,}. Items opened: {done.opened:,}, changed: {done.changed:,}, "
            f"closed: {done.closed:,}. Waiting: {QueueItem.objects.open().count():,}."
        )
