from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from finder.actions.indexing import index_listings
from finder.models import ServiceAtLocation
from tests.factories import make_listing


@pytest.fixture
def listed(vocabulary: None) -> Callable[..., ServiceAtLocation]:
    """A listing that searches find."""

    def make(**traits: Any) -> ServiceAtLocation:
        made = make_listing(**traits)
        index_listings([made.pk])
        return made

    return make


@pytest.fixture
def crisis_lines(db: None) -> None:
    call_command("loaddata", "crisis_lines", verbosity=0)
