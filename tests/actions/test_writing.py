"""Imports never trample a person's edit: the difference waits for a person."""

from datetime import UTC, datetime
from typing import Any

import pytest

from finder.enums import EditorialStatus, ReviewStatus
from finder.models import ChangeRequest, Location, Phone, Service, ServiceAtLocation
from tests.factories import PhoneFactory
from tests.samples import facility, import_rows, numbers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

LATER = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def the_listing() -> ServiceAtLocation:
    return ServiceAtLocation.objects.with_parts().get()


def open_questions() -> list[tuple[str, Any, Any]]:
    waiting = ChangeRequest.objects.filter(status=ReviewStatus.PROPOSED)
    return list(waiting.values_list("field", "current_value", "proposed_value"))


def test_an_edited_field_stays_and_the_difference_is_kept_for_review() -> None:
    import_rows(facility(city="Asheville"), edition=2022)
    Location.objects.update(city="West Asheville")

    run = import_rows(facility(city="Arden"), edition=2024)

    assert the_listing().location.city == "West Asheville"
    assert open_questions() == [("location.city", "West Asheville", "Arden")]
    assert run.differences == 1


def test_fields_beside_an_edited_one_are_updated() -> None:
    import_rows(facility(website="https://old.example.org"), edition=2022)
    Location.objects.update(city="West Asheville")

    import_rows(facility(city="Arden", website="https://new.example.org"), edition=2024)

    assert the_listing().service.url == "https://new.example.org"


def test_there_is_one_open_question_for_a_field_and_it_is_the_newest() -> None:
    import_rows(facility(city="Asheville"), edition=2020)
    Location.objects.update(city="West Asheville")
    import_rows(facility(city="Arden"), edition=2022)

    import_rows(facility(city="Candler"), edition=2024, now=LATER)

    assert open_questions() == [("location.city", "West Asheville", "Candler")]


def test_a_question_stays_open_while_the_source_says_the_same() -> None:
    import_rows(facility(city="Asheville"), edition=2020)
    Location.objects.update(city="West Asheville")
    import_rows(facility(city="Arden"), edition=2022)

    import_rows(facility(city="Arden", website="https://example.org"), edition=2024)

    assert open_questions() == [("location.city", "West Asheville", "Arden")]


def test_a_question_ends_when_the_source_comes_to_agree() -> None:
    import_rows(facility(city="Asheville"), edition=2020)
    Location.objects.update(city="West Asheville")
    import_rows(facility(city="Arden"), edition=2022)

    import_rows(facility(city="West Asheville"), edition=2024)

    assert open_questions() == []


def test_an_edit_stays_the_persons_after_the_source_agreed_and_changed_its_mind() -> None:
    import_rows(facility(city="Asheville"), edition=2020)
    Location.objects.update(city="West Asheville")
    import_rows(facility(city="West Asheville"), edition=2022)

    import_rows(facility(city="Arden"), edition=2024)

    assert the_listing().location.city == "West Asheville"
    assert open_questions() == [("location.city", "West Asheville", "Arden")]


def test_a_rejected_proposal_is_not_asked_again_while_nothing_changes(django_user_model: Any) -> None:
    import_rows(facility(city="Asheville"), edition=2020)
    Location.objects.update(city="West Asheville")
    import_rows(facility(city="Arden"), edition=2022)
    editor = django_user_model.objects.create(username="editor")
    ChangeRequest.objects.update(status=ReviewStatus.REJECTED, decided_at=LATER, decided_by=editor)

    import_rows(facility(city="Arden", website="https://example.org"), edition=2024)

    assert open_questions() == []


@pytest.mark.parametrize("edition", [2023, 2024, 2025])
def test_a_corrected_position_wins_for_ever(edition: int) -> None:
    import_rows(facility(), edition=2022)
    Location.objects.update(latitude=35.5, longitude=-82.6, position_is_approximate=False)

    import_rows(facility(latitude="35.59", longitude="-82.55"), edition=edition)
    import_rows(facility(latitude="35.61", longitude="-82.52"), edition=2026)

    location = the_listing().location
    assert (location.latitude, location.longitude, location.position_is_approximate) == (35.5, -82.6, False)


def test_phones_are_replaced_as_a_whole() -> None:
    import_rows(facility(phone="828-555-0142", intake1="828-555-0143"), edition=2022)

    import_rows(facility(phone="828-555-0144"), edition=2024)

    assert numbers(the_listing()) == ["828-555-0144"]


def test_a_number_that_a_person_added_is_not_lost() -> None:
    import_rows(facility(phone="828-555-0142"), edition=2022)
    PhoneFactory(listing=the_listing(), number="828-555-0190", position=1)

    import_rows(facility(phone="828-555-0144"), edition=2024)

    assert numbers(the_listing()) == ["828-555-0142", "828-555-0190"]


def test_what_a_person_wrote_about_a_number_is_not_lost() -> None:
    import_rows(facility(phone="828-555-0142"), edition=2022)
    Phone.objects.update(description="Ask for Sam")

    import_rows(facility(phone="828-555-0144"), edition=2024)

    assert Phone.objects.get().description == "Ask for Sam"


def spoken(listing: ServiceAtLocation) -> list[str]:
    return [phone.number for phone in ServiceAtLocation.objects.get(pk=listing.pk).speaking_phones]


def test_the_listing_has_its_own_phone_before_that_of_its_service() -> None:
    import_rows(facility(phone="828-555-0142"))
    listing = the_listing()
    PhoneFactory(listing=None, service=listing.service, number="828-555-0191")

    assert spoken(listing) == ["828-555-0142"]


def test_without_its_own_phone_that_of_the_service_speaks_before_that_of_the_place() -> None:
    import_rows(facility(phone=""))
    listing = the_listing()
    PhoneFactory(listing=None, location=listing.location, number="828-555-0192")
    assert spoken(listing) == ["828-555-0192"]

    PhoneFactory(listing=None, service=listing.service, number="828-555-0191")

    assert spoken(listing) == ["828-555-0191"]


@pytest.mark.parametrize("status", [EditorialStatus.DRAFT, EditorialStatus.PUBLISHED])
def test_an_import_leaves_the_editorial_status_alone(status: EditorialStatus) -> None:
    import_rows(facility(), edition=2022)
    ServiceAtLocation.objects.update(editorial_status=status)

    import_rows(facility(phone="828-555-0144"), edition=2024)

    assert the_listing().editorial_status == status


def test_what_no_directory_speaks_of_is_left_alone() -> None:
    import_rows(facility(), edition=2022)
    Service.objects.update(description="Written by an editor.", status="temporarily closed")

    import_rows(facility(phone="828-555-0144", website="https://example.org"), edition=2024)

    service = the_listing().service
    assert (service.description, service.status) == ("Written by an editor.", "temporarily closed")
