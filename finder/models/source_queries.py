"""Which sources are to be read again, and which have not been read for too long."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Max, Q, Value
from django.db.models.expressions import Combinable

if TYPE_CHECKING:
    from finder.models.exchange import Source  # noqa: F401


class SourceQuerySet(models.QuerySet["Source"]):
    def feeds(self) -> "SourceQuerySet":
        """Fellowships' lists of meetings, fetched or brought in by hand."""
        return self.exclude(fellowship="")

    def with_last_read(self) -> "SourceQuerySet":
        """`last_read_at`: when the newest import of it began; null where there was none."""
        return self.annotate(last_read_at=Max("import_runs__started_at"))

    def due(self, now: datetime) -> "SourceQuerySet":
        """Feeds to fetch, longest unread first."""
        is_due = Q(last_read_at=None) | Q(last_read_at__lte=before(now, timedelta(hours=1), "refresh_hours"))
        fetched = self.feeds().exclude(feed_url="").filter(opted_out_at=None).with_last_read()
        return fetched.filter(is_due).order_by(F("last_read_at").asc(nulls_first=True), "pk")

    def stale(self, now: datetime) -> "SourceQuerySet":
        """Feeds that nobody has read for so long that their meetings may be out of date."""
        is_old = Q(last_read_at=None) | Q(last_read_at__lt=before(now, timedelta(days=1), "stale_after_days"))
        return self.feeds().with_last_read().filter(is_old)


def before(now: datetime, unit: timedelta, count: str) -> Combinable:
    """So many units before now, as each source's field `count` says."""
    span = ExpressionWrapper(F(count) * Value(unit), output_field=DurationField())
    return ExpressionWrapper(Value(now) - span, output_field=DateTimeField())
