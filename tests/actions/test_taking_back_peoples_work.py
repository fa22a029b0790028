"""Whatever people did since stays when an import is taken back."""

import pytest
from django.contrib.auth.models import User

from finder.actions.merging import KEPT, PARTS, accept_merge
from finder.actions.publishing import publish_listing
from finder.actions.reviewing import accept_change, confirm_facts, reject_change
from finder.enums import CareCategory, EditorialStatus, ReviewStatus, StatementMethod
from finder.models import (
    ChangeRequest,
    Location,
    Merge,
    QueueItem,
    Service,
    ServiceAtLocation,
    SourceRecord,
)
from tests.actions.test_importing import CLINIC, HOUSE
from tests.factories import ListingFactory, PhoneFactory
from tests.samples import import_rows, listing_named, numbers
from tests.taken_back import GONE, NEAR, NOW, take_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor")


# What people did


def keep(editor: User, listing: ServiceAtLocation, what: str) -> None:
    match what:
        case "edited":
            Location.objects.filter(pk=listing.location_id).update(city="West Asheville")
        case "edited where no source speaks":
            Service.objects.filter(pk=listing.service_id).update(fees_description="Nothing")
        case "edited and put back":
            Location.objects.filter(pk=listing.location_id).update(city="West Asheville")
            Location.objects.filter(pk=listing.location_id).update(city="Asheville")
        case "a number added":
            PhoneFactory(listing=listing, number="828-555-0190", position=1)
        case "a number of its place":
            PhoneFactory(listing=None, location=listing.location, number="828-555-0190")
        case "checked":
            confirm_facts(listing=listing, method=StatementMethod.PHONE, by=editor, now=NOW)
        case "a question decided":
            ChangeRequest.objects.create(
                listing=listing,
                source_id="samhsa-su",
                field="location.city",
                current_value="Asheville",
                proposed_value="Arden",
                proposed_at=NOW,
                status=ReviewStatus.REJECTED,
                decided_by=editor,
                decided_at=NOW,
            )
        case "claimed in the queue":
            QueueItem.objects.create(
                listing=listing,
                reasons=["DUE"],
                priority=1,
                opened_at=NOW,
                claimed_by=editor,
                claimed_until=NOW,
            )


@pytest.mark.parametrize(
    "what",
    [
        "edited",
        "edited where no source speaks",
        "edited and put back",
        "a number added",
        "a number of its place",
        "checked",
        "a question decided",
        "claimed in the queue",
    ],
)
def test_a_listing_that_people_worked_on_stays_whole(what: str, editor: User) -> None:
    run = import_rows(HOUSE, CLINIC)
    keep(editor, listing_named("Example House"), what)
    phones, records = numbers(listing_named("Example House")), SourceRecord.objects.get(key__contains="house")

    take_back(run)

    listing = ServiceAtLocation.objects.with_parts().get()
    assert listing.service.name == "Example House"
    assert numbers(listing) == phones
    assert list(listing.source_records.all()) == [records]
    assert run.reverted_words == ["1 listing stays as it is, since people worked on it."]


def test_a_listing_that_stayed_is_not_made_a_second_time(editor: User) -> None:
    run = import_rows(HOUSE)
    keep(editor, listing_named("Example House"), "checked")
    take_back(run)

    import_rows(HOUSE)

    assert ServiceAtLocation.objects.count() == 1


def test_what_programs_did_with_a_listing_does_not_hold_it(editor: User) -> None:
    run = import_rows(HOUSE, edition=2022)
    later = import_rows(HOUSE | {"city": "Arden"}, edition=2024)
    take_back(later)

    take_back(run)

    assert not ServiceAtLocation.objects.exists()


def test_what_a_person_wrote_since_stays(editor: User) -> None:
    import_rows(HOUSE, edition=2022)
    run = import_rows(HOUSE | {"city": "Arden", "phone": "828-555-0199"}, edition=2024)
    Location.objects.update(city="West Asheville")

    take_back(run)

    listing = listing_named("Example House")
    assert listing.location.city == "West Asheville"
    assert numbers(listing) == ["828-555-0142"]
    assert not ChangeRequest.objects.exists()


def test_a_value_that_a_person_took_from_it_stays_and_is_asked_about(editor: User) -> None:
    import_rows(HOUSE, edition=2022)
    Location.objects.update(city="West Asheville")
    run = import_rows(HOUSE | {"city": "Arden"}, edition=2024)
    accept_change(request=ChangeRequest.objects.get(), by=editor, now=NOW)

    take_back(run)

    assert listing_named("Example House").location.city == "Arden"
    question = ChangeRequest.objects.get(status=ReviewStatus.PROPOSED)
    assert (question.current_value, question.proposed_value) == ("Arden", "Asheville")


def test_a_question_that_it_replaced_is_open_again(editor: User) -> None:
    import_rows(HOUSE, edition=2020)
    Location.objects.update(city="West Asheville")
    import_rows(HOUSE | {"city": "Arden"}, edition=2022)
    before = list(ChangeRequest.objects.values())
    run = import_rows(HOUSE | {"city": "Candler"}, edition=2024)
    assert list(ChangeRequest.objects.values()) != before

    take_back(run)

    assert list(ChangeRequest.objects.values()) == before


def test_a_question_that_a_person_decided_is_not_opened_again(editor: User) -> None:
    import_rows(HOUSE, edition=2020)
    Location.objects.update(city="West Asheville")
    import_rows(HOUSE | {"city": "Arden"}, edition=2022)
    reject_change(request=ChangeRequest.objects.get(), by=editor, now=NOW)

    take_back(import_rows(HOUSE | {"city": "Candler"}, edition=2024))

    assert ChangeRequest.objects.get().status == ReviewStatus.REJECTED


def test_merged_listings_stay_merged(editor: User) -> None:
    import_rows(GONE, edition=2022)
    run = import_rows(NEAR, edition=2024)
    accept_merge(merge=Merge.objects.get(), by=editor, now=NOW)

    take_back(run)

    kept = ServiceAtLocation.objects.published().get()
    assert kept.source_records.count() == 2
    assert run.reverted_words == ["1 listing keeps what it got, since it was merged with another."]
    assert import_rows(NEAR, edition=2024).created == 0


def test_a_listing_that_a_person_made_and_merged_stays(editor: User) -> None:
    own = ListingFactory(service__name="Example by Hand", service__categories=CareCategory.values)
    run = import_rows(HOUSE)
    merge = Merge.objects.create(
        listing=own, duplicate=listing_named("Example House"), reason="One place", proposed_at=NOW
    )
    choices = dict.fromkeys(PARTS, KEPT)
    accept_merge(merge=merge, by=editor, now=NOW, choices=choices)

    take_back(run)

    own.refresh_from_db()
    assert own.editorial_status == EditorialStatus.PUBLISHED


def test_a_draft_that_was_published_stays(editor: User) -> None:
    run = import_rows(HOUSE)
    ServiceAtLocation.objects.update(editorial_status=EditorialStatus.DRAFT)
    publish_listing(listing=ServiceAtLocation.objects.get(), by=editor, now=NOW)

    take_back(run)

    assert ServiceAtLocation.objects.published().count() == 1
