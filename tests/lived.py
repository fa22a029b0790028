"""Changes at a moment of their own: in a test, all that is written is written at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from finder.models import Location, Organization, Phone, Schedule, Service, ServiceAtLocation
from finder.models.history import events_of

TRACKED = (Organization, Service, Location, ServiceAtLocation, Phone, Schedule)


@contextmanager
def on(moment: datetime) -> Iterator[None]:
    """What is changed inside is in the history as of this moment."""
    before = {model: set(events_of(model).values_list("pk", flat=True)) for model in TRACKED}
    yield
    for model, known in before.items():
        events_of(model).exclude(pk__in=known).order_by().update(pgh_created_at=moment)
