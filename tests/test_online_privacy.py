"""A group that meets only online has no door: its source's street stays in the database."""

import pytest
from django.core.management import call_command
from django.test import Client

from finder.actions.indexing import index_listings
from finder.enums import LocationType
from finder.models import ServiceAtLocation
from tests.made_up_groups import make_group
from tests.outputs import addresses, told

pytestmark = pytest.mark.django_db

OWN_STREET = ("Quiet Court", "35.5951234", "82.5515678")


@pytest.fixture
def group_at_home(vocabulary: None) -> ServiceAtLocation:
    """Online only, with the street that its source gave: there is nobody who opens the door."""
    call_command("loaddata", "crisis_lines", "guidance", verbosity=0)
    group = make_group(
        service__name="Safe Circle",
        location__location_type=LocationType.VIRTUAL,
        location__address_1="88 Quiet Court",
        location__city="Asheville",
        location__state_province="NC",
        location__postal_code="28801",
        location__latitude=35.5951234,
        location__longitude=-82.5515678,
        location__position_is_approximate=True,
        meeting={"attending_type": "online", "byday": ""},
        join={"url": "https://meet.example.org/secret-room"},
    )
    index_listings([group.pk])
    return group


def test_the_street_of_a_group_that_is_only_online_is_in_no_output(
    client: Client, group_at_home: ServiceAtLocation
) -> None:
    walked = addresses(group_at_home) | {
        "group by name": "/search/?q=safe+circle",
        "groups online": "/search/?near=online&category=support_group",
        "groups near": "/search/?near=28801&category=support_group",
        "API near": "/api/search?near=28801&category=support_group",
        "API by name": "/api/search?q=safe+circle",
    }
    shown = {name: told(client.get(address)) for name, address in walked.items()}
    shown["joined"] = told(client.post(f"/how-to-join/{group_at_home.pk}/"))
    assert sum("Safe Circle" in page for page in shown.values()) >= 8
    leaks = [f"{name}: {word}" for name, page in shown.items() for word in OWN_STREET if word in page]
    assert not leaks, "\n".join(leaks)
