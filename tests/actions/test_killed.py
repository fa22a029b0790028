"""Killed at any moment, what was begun is wholly there or not at all."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User

from finder.enums import EditorialStatus, ReviewStatus
from finder.models import ChangeRequest, ImportRun, Location, Merge, ServiceAtLocation
from finder.models.history import events_of
from tests import killed_acts
from tests.actions.test_importing import CLINIC, HOUSE
from tests.factories import ListingFactory, PhoneFactory
from tests.killing import does_all_of_it, leaves_no_half_state
from tests.samples import facility, import_rows, listing_named, write_csv
from tests.taken_back import GONE, NEAR, NEWER

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabulary")]


@pytest.fixture(autouse=True)
def somebody() -> User:
    return User.objects.create_user("editor")


@pytest.fixture
def edited(vocabulary: None) -> None:
    """A directory in which people have worked, with an open question and a made-up listing."""
    import_rows(HOUSE, CLINIC, GONE, edition=2020)
    Location.objects.filter(address_1="1 Example Street").update(city="West Asheville")
    PhoneFactory(listing=listing_named("Example Clinic"), number="828-555-0190", position=1)
    import_rows(HOUSE | {"city": "Candler"}, CLINIC, GONE, edition=2022)


@pytest.mark.usefixtures("edited")
def test_an_import(tmp_path: Path) -> None:
    ListingFactory(demo=True)
    path = write_csv(tmp_path / "Directory_2024.csv", *NEWER)

    assert leaves_no_half_state(killed_acts.import_directory, path) == 50

    does_all_of_it(killed_acts.import_directory, path)
    assert ServiceAtLocation.objects.real().count() == 5


@pytest.mark.usefixtures("edited")
def test_taking_an_import_back() -> None:
    run = import_rows(*NEWER, edition=2024)

    assert leaves_no_half_state(killed_acts.take_back, run.pk) == 50

    does_all_of_it(killed_acts.take_back, run.pk)
    assert ImportRun.objects.filter(reverted_at=None).count() == 2
    assert ServiceAtLocation.objects.count() == 3


def test_merging_and_parting() -> None:
    import_rows(GONE, HOUSE, edition=2022)
    import_rows(NEAR, HOUSE, edition=2024)
    merge = Merge.objects.get()

    assert leaves_no_half_state(killed_acts.merge, merge.pk) == 50
    does_all_of_it(killed_acts.merge, merge.pk)
    assert ServiceAtLocation.objects.filter(editorial_status=EditorialStatus.ARCHIVED).count() == 1

    assert leaves_no_half_state(killed_acts.part, merge.pk) >= 40
    does_all_of_it(killed_acts.part, merge.pk)
    assert ServiceAtLocation.objects.published().count() == 3


def test_taking_a_source_s_value() -> None:
    import_rows(facility(), edition=2022)
    Location.objects.update(city="West Asheville")
    import_rows(facility(city="Arden"), edition=2024)
    question = ChangeRequest.objects.get()

    assert leaves_no_half_state(killed_acts.accept, question.pk) >= 20

    does_all_of_it(killed_acts.accept, question.pk)
    question.refresh_from_db()
    assert (Location.objects.get().city, question.status) == ("Arden", ReviewStatus.ACCEPTED)


def test_putting_a_field_back() -> None:
    import_rows(facility(), edition=2022)
    Location.objects.update(city="Arden")
    event = events_of(Location).get().pk

    assert leaves_no_half_state(killed_acts.put_city_back, event) >= 20

    does_all_of_it(killed_acts.put_city_back, event)
    assert Location.objects.get().city == "Asheville"
