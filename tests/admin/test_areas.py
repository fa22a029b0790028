"""Editors who may edit in some states and counties only."""

from collections.abc import Callable
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from finder.actions.indexing import index_listings
from finder.enums import EditorialStatus, ReviewStatus
from finder.models import (
    ChangeRequest,
    Claim,
    Contact,
    Location,
    Merge,
    Phone,
    ServiceAtLocation,
    StaffArea,
)
from finder.models.history import events_of
from finder.permissions import covers, may_edit_this
from tests.admin.conftest import desk_of
from tests.factories import ImportRunFactory, ListingFactory, SourceFactory, make_listing
from tests.waiting import NOW, report, told

pytestmark = pytest.mark.django_db

ASHEVILLE, CHARLOTTE, KNOXVILLE = "28801", "28202", "37902"


@pytest.fixture
def local_editor(editor: User) -> User:
    StaffArea.objects.create(user=editor, states=["TN"], counties=["Buncombe County, NC"])
    return editor


def listing_in(zip_code: str, **traits: object) -> ServiceAtLocation:
    made = make_listing(zip_code=zip_code, name=f"House in {zip_code}", **traits)
    index_listings([made.pk])
    return made


@pytest.mark.parametrize(
    ("zip_code", "is_covered"), [(ASHEVILLE, True), (KNOXVILLE, True), (CHARLOTTE, False)]
)
def test_an_area_is_states_and_counties(zip_code: str, is_covered: bool, local_editor: User) -> None:
    listing = listing_in(zip_code)
    assert (covers(local_editor, listing), may_edit_this(local_editor, listing)) == (is_covered, is_covered)


def test_a_county_of_the_same_name_in_another_state_is_another_county(editor: User) -> None:
    StaffArea.objects.create(user=editor, counties=["Buncombe County, TN"])
    assert not covers(editor, listing_in(ASHEVILLE))


def test_what_has_no_place_is_in_nobody_s_area(local_editor: User) -> None:
    assert not covers(local_editor, listing_in("", online=True))


def test_whoever_has_no_area_edits_everywhere(editor: User) -> None:
    assert may_edit_this(editor, listing_in(CHARLOTTE))


def test_an_area_gives_nobody_a_role(case_worker: User) -> None:
    StaffArea.objects.create(user=case_worker, states=["NC"])
    assert not may_edit_this(case_worker, listing_in(ASHEVILLE))


def page(listing: ServiceAtLocation, name: str = "change") -> str:
    return reverse(f"admin:finder_serviceatlocation_{name}", args=[listing.pk])


def test_a_listing_outside_the_area_is_read_and_not_edited(local_editor: User) -> None:
    near, far = listing_in(ASHEVILLE), listing_in(CHARLOTTE)
    client = desk_of(local_editor)
    assert b'name="_save"' in client.get(page(near)).content
    shown = client.get(page(far))
    assert shown.status_code == 200
    assert b'name="_save"' not in shown.content
    for decision in ("archive", "checked"):
        assert page(near, decision) in client.get(page(near)).content.decode()
        assert page(far, decision) not in shown.content.decode()
    assert client.post(page(far), {}).status_code == 403


@pytest.mark.parametrize("name", ["archive", "checked", "decide"])
def test_nothing_is_decided_on_a_listing_outside_the_area(name: str, local_editor: User) -> None:
    listing = listing_in(CHARLOTTE)
    form = {"reason": "Closed", "verb": "publish"}
    assert desk_of(local_editor).post(page(listing, name), form).status_code == 403
    listing.refresh_from_db()
    assert listing.editorial_status == EditorialStatus.PUBLISHED


def parts(listing: ServiceAtLocation) -> list[str]:
    owned = (listing.service.organization, listing.service, listing.location, listing.phones.get())
    return [reverse(f"admin:finder_{row._meta.model_name}_change", args=[row.pk]) for row in owned]


@pytest.mark.parametrize(("zip_code", "may_save"), [(ASHEVILLE, True), (CHARLOTTE, False)])
def test_the_parts_of_a_listing_are_held_to_its_place(
    zip_code: str, may_save: bool, local_editor: User
) -> None:
    listing = listing_in(zip_code)
    client = desk_of(local_editor)
    for url in parts(listing):
        assert (b'name="_save"' in client.get(url).content) == may_save, url


def test_an_organization_that_works_elsewhere_too_is_not_theirs_alone(local_editor: User) -> None:
    near = listing_in(ASHEVILLE)
    far = ListingFactory(location__postal_code=CHARLOTTE, service__organization=near.service.organization)
    url = reverse("admin:finder_organization_change", args=[near.service.organization_id])
    assert b'name="_save"' not in desk_of(local_editor).get(url).content
    assert b'name="_save"' in desk_of(local_editor).get(page(near)).content
    assert not covers(local_editor, far)


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [("archive_selected", "PUBLISHED", "ARCHIVED"), ("publish_selected", "DRAFT", "PUBLISHED")],
)
def test_of_many_listings_those_outside_are_left_alone_and_counted(
    action: str, before: str, after: str, local_editor: User
) -> None:
    near, far = listing_in(ASHEVILLE), listing_in(CHARLOTTE)
    ServiceAtLocation.objects.update(editorial_status=before)
    chosen = {"action": action, "_selected_action": [str(near.pk), str(far.pk)], "reason": "Moved"}
    response = desk_of(local_editor).post(
        reverse("admin:finder_serviceatlocation_changelist"), chosen, follow=True
    )
    near.refresh_from_db()
    far.refresh_from_db()
    assert (near.editorial_status, far.editorial_status) == (after, before)
    assert "1 listing outside your area was left alone." in response.content.decode()


def change_of(listing: ServiceAtLocation) -> ChangeRequest:
    return ChangeRequest.objects.create(
        listing=listing,
        source=SourceFactory(),
        field="location.city",
        current_value="A",
        proposed_value="B",
        proposed_at=NOW,
    )


def merge_of(listing: ServiceAtLocation) -> Merge:
    """Its other listing is within the area."""
    return Merge.objects.create(
        listing=listing_in(ASHEVILLE), duplicate=listing, reason="Same street", proposed_at=NOW
    )


@pytest.mark.parametrize("make", [change_of, merge_of])
def test_questions_outside_the_area_are_decided_neither_one_by_one_nor_together(
    make: Callable[[ServiceAtLocation], ChangeRequest | Merge], local_editor: User
) -> None:
    question = make(listing_in(CHARLOTTE))
    client, name = desk_of(local_editor), question._meta.model_name
    decide = reverse(f"admin:finder_{name}_decide", args=[question.pk])
    assert client.post(decide, {"verb": "accept"}).status_code == 403
    chosen = {"action": "accept_selected", "_selected_action": [str(question.pk)]}
    told = client.post(reverse(f"admin:finder_{name}_changelist"), chosen, follow=True)
    assert "Outside your area" in told.content.decode()
    question.refresh_from_db()
    assert question.status == ReviewStatus.PROPOSED


def test_reports_and_callers_words_outside_the_area_are_read_only(local_editor: User) -> None:
    listing = listing_in(CHARLOTTE)
    waiting, found = report(listing), told(listing)
    client = desk_of(local_editor)
    answer = reverse("admin:finder_listingreport_change", args=[waiting.pk])
    assert client.get(answer).status_code == 200
    assert client.post(answer, {"verb": "right", "answer": "Done."}).status_code == 403
    words = reverse("admin:listing_outcomes", args=[listing.pk])
    assert client.get(words).status_code == 200
    assert client.post(words, {"part": "CONTACT"}).status_code == 403
    chosen = {"action": "resolve_selected", "_selected_action": [str(found.pk)]}
    client.post(reverse("admin:finder_calloutcome_changelist"), chosen)
    waiting.refresh_from_db()
    found.refresh_from_db()
    assert (waiting.status, found.resolved_at) == (ReviewStatus.PROPOSED, None)


@pytest.mark.parametrize(("zip_code", "status"), [(ASHEVILLE, 200), (CHARLOTTE, 403)])
def test_room_is_told_of_listings_in_the_area(zip_code: str, status: int, local_editor: User) -> None:
    room = reverse("admin:listing_room", args=[listing_in(zip_code).pk])
    assert desk_of(local_editor).get(room).status_code == status


@pytest.mark.usefixtures("vocabulary")
@pytest.mark.parametrize(("zip_code", "is_allowed"), [(ASHEVILLE, True), (CHARLOTTE, False)])
def test_programs_are_called_in_the_area(zip_code: str, is_allowed: bool, local_editor: User) -> None:
    listing = listing_in(zip_code)
    contact = Contact.objects.create(email="front@desk.example", created_at=NOW)
    claim = Claim.objects.create(listing=listing, contact=contact, asked_at=NOW)
    change = change_of(listing)
    client = desk_of(local_editor)
    for name, pk in {"claim_refuse": claim.pk, "changerequest_called_back": change.pk}.items():
        answered = client.post(reverse(f"admin:finder_{name}", args=[pk]), {"reason": "Another program."})
        assert (answered.status_code == 302) == is_allowed, name


@pytest.mark.parametrize(("zip_code", "status"), [(ASHEVILLE, 302), (CHARLOTTE, 403)])
def test_a_change_is_put_back_in_the_area(zip_code: str, status: int, local_editor: User) -> None:
    listing = listing_in(zip_code)
    listing.location.address_1 = "7 New Street"
    listing.location.save()
    listing.phones.all().delete()
    client = desk_of(local_editor)
    for model in (Location, Phone):
        event = events_of(model).last()
        form = {"model": model._meta.model_name, "event": event.pk, "field": "address_1"}
        assert client.post(reverse("admin:put_back"), form).status_code == status


def test_what_reaches_everywhere_is_for_those_who_may_work_everywhere(
    local_editor: User, reviewer: User
) -> None:
    StaffArea.objects.create(user=reviewer, states=["NC"])
    run = ImportRunFactory()
    assert desk_of(local_editor).get(reverse("admin:questions_by_rule")).status_code == 403
    take_back = reverse("admin:finder_importrun_take_back", args=[run.pk])
    assert desk_of(reviewer).get(take_back).status_code == 403


# Giving areas


ADD = "/desk/finder/staffarea/add/"


def test_an_administrator_gives_an_area_as_the_directory_names_its_counties(
    administrator: User, editor: User
) -> None:
    form = {"user": editor.pk, "states": ["TN"], "counties": "buncombe, nc\n\nOrleans Parish, LA\n"}
    assert desk_of(administrator).post(ADD, form).status_code == 302
    area = StaffArea.objects.get()
    assert (area.states, area.counties) == (["TN"], ["Buncombe County, NC", "Orleans Parish, LA"])


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "Name a state or a county."),
        (
            {"counties": "Buncombe County, TN\nNowhere"},
            "We know no such county: Buncombe County, TN; Nowhere.",
        ),
        ({"states": ["ZZ"]}, "ZZ is not one of the available choices."),
    ],
)
def test_an_area_that_nobody_could_find_is_not_kept(
    form: dict[str, object], words: str, administrator: User, editor: User
) -> None:
    response = desk_of(administrator).post(ADD, {"user": editor.pk} | form)
    assert words in unescape(response.content.decode())
    assert not StaffArea.objects.exists()


def test_an_area_is_shown_line_by_line_and_can_be_taken_away(administrator: User, local_editor: User) -> None:
    client, area = desk_of(administrator), StaffArea.objects.get()
    html = client.get(reverse("admin:finder_staffarea_change", args=[area.pk])).content.decode()
    assert "Buncombe County, NC</textarea>" in html
    client.post(reverse("admin:finder_staffarea_delete", args=[area.pk]), {"post": "yes"})
    assert not StaffArea.objects.exists()


@pytest.mark.parametrize("role", ["case_worker", "editor", "reviewer"])
def test_only_administrators_give_areas(role: str, request: pytest.FixtureRequest) -> None:
    assert desk_of(request.getfixturevalue(role)).get(ADD).status_code == 403
