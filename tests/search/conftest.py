from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from finder.actions.indexing import rebuild_index
from finder.enums import CapacityUnit, CareCategory
from finder.models import ServiceAtLocation
from tests.factories import make_listing
from tests.made_up_checks import told_of_room
from tests.rolled_back import rolled_back
from tests.search.asking import NOW

DETOX = [CareCategory.WITHDRAWAL_MANAGEMENT]
GROUP = [CareCategory.SUPPORT_GROUP]

LISTINGS: tuple[dict[str, Any], ...] = (
    {
        "name": "Riverside Detox",
        "categories": DETOX,
        "yes": ["medicaid", "medically_supervised"],
        "no": ["buprenorphine"],
    },
    {
        "name": "Mountain Clinic",
        "zip_code": "28711",
        "yes": ["medicaid", "buprenorphine", "spanish", "mental_health"],
    },
    {"name": "Open Door", "zip_code": "28792", "yes": ["spanish"], "no": ["medicaid"]},
    {"name": "Quiet Harbor", "service__description": "A calm place for veterans of the Korean war."},
    {
        "name": "New Leaf House",
        "zip_code": "28806",
        "yes": ["sober_living", "residential"],
        "no": ["medicaid", "buprenorphine", "methadone"],
    },
    {"name": "Café Esperanza", "zip_code": "28804", "yes": ["spanish"]},
    {"name": "Tuesday Group", "categories": GROUP, "yes": ["alcoholics_anonymous", "open_meeting"]},
    {
        "name": "Online Circle",
        "categories": GROUP,
        "online": True,
        "zip_code": "",
        "yes": ["narcotics_anonymous", "online"],
    },
    {"name": "Queen City Clinic", "zip_code": "28202", "yes": ["methadone", "medicaid"]},
    {"name": "Upstate Recovery", "zip_code": "29601", "yes": ["medicaid"], "no": ["spanish"]},
    {"name": "Hudson Counseling", "zip_code": "10001"},
)

HAVING_ROOM = {
    "Riverside Detox": CapacityUnit.DETOX_BEDS,
    "Open Door": CapacityUnit.OUTPATIENT,
    "Upstate Recovery": CapacityUnit.RESIDENTIAL_BEDS,
}


@pytest.fixture(scope="module")
def directory(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Around Asheville, NC: 28801, 28804 and 28806 in town, 28711 and 28792 within 25 miles."""
    with rolled_back(django_db_blocker):
        call_command("loaddata", "sources", "vocabulary", verbosity=0)
        for listing in LISTINGS:
            make_listing(**listing)
        rebuild_index()
        with time_machine.travel(NOW, tick=False):
            for name, unit in HAVING_ROOM.items():
                told_of_room(ServiceAtLocation.objects.get(service__name=name), unit=unit, at=NOW)
        yield
