"""History is kept by triggers, so that bulk updates and hand-written SQL leave a trail too."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db.models import Model

ModelType = TypeVar("ModelType", bound=type[Model])


def tracked() -> Callable[[ModelType], ModelType]:
    """Record what a row was before each update or delete; inserts are known from `ImportRun`."""
    return pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())  # type: ignore[no-any-return]
