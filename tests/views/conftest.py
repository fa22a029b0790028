from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import translation

from finder.actions.indexing import index_listings
from finder.models import ServiceAtLocation
from tests.factories import make_listing


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A request leaves its language to the thread, which in tests is this one."""
    with translation.override("en"):
        yield


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


@pytest.fixture
def guidance_texts(db: None) -> None:
    call_command("loaddata", "guidance", verbosity=0)


@pytest.fixture
def saturday() -> Iterator[None]:
    """Saturday, 28 November 2026, at noon in New York."""
    with time_machine.travel("2026-11-28T17:00:00Z", tick=False):
        yield
