from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command

from finder.actions.indexing import rebuild_index
from tests.factories import PhoneFactory, make_listing
from tests.rolled_back import rolled_back


@pytest.fixture(scope="module")
def directory(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Twenty-four listings in Asheville, one of them told apart."""
    with rolled_back(django_db_blocker):
        call_command("loaddata", "sources", "vocabulary", verbosity=0)
        told_apart = make_listing(
            name="Mountain Clinic", yes=["medicaid", "buprenorphine"], no=["methadone"], phone=""
        )
        PhoneFactory(listing=told_apart, number="828-555-0177", phone_type="INTAKE")
        PhoneFactory(listing=told_apart, number="828-555-0142", extension="12")
        for number in range(23):
            make_listing(name=f"Counseling {number:02}")
        rebuild_index()
        yield
