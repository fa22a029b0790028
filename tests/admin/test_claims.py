import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from finder.actions.claiming import Typed, type_code
from finder.admin.shared_numbers import changed_numbers, shared_by
from finder.enums import ClaimStatus, ReviewStatus
from finder.models import ChangeRequest, Claim, Phone, ServiceAtLocation
from tests.admin.conftest import desk_of
from tests.admin.test_listings import form_of
from tests.factories import PhoneFactory, SourceFactory, make_listing
from tests.programs import E164, PHONE, SECRET, ClaimFactory

pytestmark = pytest.mark.django_db
OLD_NUMBER = [["828-555-0142", "", "+18285550142", "MAIN"]]
NEW_NUMBER = [["828-555-0199", "", "+18285550199", "MAIN"]]


@pytest.fixture
def claim() -> Claim:
    listing = make_listing(name="Riverside Detox", phone=PHONE)
    return ClaimFactory(listing=listing, contact__email=SECRET)


def page(claim: Claim, name: str = "change") -> str:
    return reverse(f"admin:finder_claim_{name}", args=[claim.pk])


def look(person: User, address: str) -> str:
    response = desk_of(person).get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_the_first_page_says_how_many_claims_wait(claim: Claim, editor: User, case_worker: User) -> None:
    waiting = "<strong>1</strong> claims waiting for a call"
    assert waiting in look(editor, reverse("admin:index"))
    assert waiting not in look(case_worker, reverse("admin:index"))


def test_a_claim_shows_the_listed_number_large_and_what_to_say(claim: Claim, editor: User) -> None:
    shown = look(editor, page(claim))
    assert re.search(rf'class="number">\s*<a href="tel:{re.escape(E164)}">{PHONE}</a>', shown)
    assert "Make the code and read it out" in shown
    assert "Do I speak with Riverside Detox?" in shown
    assert "stands in" not in shown
    assert "changed on" not in shown


def test_the_code_is_shown_once_and_is_the_one_that_the_program_types(claim: Claim, editor: User) -> None:
    desk = desk_of(editor)
    response = desk.post(page(claim, "code"), {"number": E164})
    digits = re.search(r'class="number">(\d{3}) (\d{3})<', response.content.decode())
    assert digits is not None
    code = "".join(digits.groups())
    assert "no-store" in response.headers["Cache-Control"]
    claim.refresh_from_db()
    assert (claim.status, claim.called_by) == (ClaimStatus.CODE_READ, editor)
    assert code not in look(editor, page(claim)).replace(" ", "")
    assert code not in look(editor, page(claim, "history"))
    assert type_code(claim=claim, code=code, now=timezone.now()) == Typed.RIGHT


def test_no_code_is_made_by_opening_a_page(claim: Claim, editor: User) -> None:
    assert desk_of(editor).get(page(claim, "code")).status_code == 403
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.ASKED


@pytest.mark.parametrize("name", ["code", "refuse"])
def test_a_case_worker_decides_no_claim(name: str, claim: Claim, case_worker: User) -> None:
    sent = {"number": E164, "reason": "Why"}
    assert desk_of(case_worker).post(page(claim, name), sent).status_code == 403
    assert desk_of(None).post(page(claim, name), sent).status_code == 302
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.ASKED


def test_a_number_that_the_listing_no_longer_shows_gets_no_code(claim: Claim, editor: User) -> None:
    Phone.objects.update(number="828-555-0199", number_e164="+18285550199")
    response = desk_of(editor).post(page(claim, "code"), {"number": E164}, follow=True)
    assert "The listing shows another number now" in response.content.decode()
    assert Claim.objects.get().status == ClaimStatus.ASKED


def test_a_refusal_needs_its_reason(claim: Claim, editor: User) -> None:
    desk = desk_of(editor)
    desk.post(page(claim, "refuse"), {"reason": ""})
    assert Claim.objects.get().status == ClaimStatus.ASKED
    desk.post(page(claim, "refuse"), {"reason": "They knew nothing of it."})
    claim.refresh_from_db()
    assert (claim.status, claim.ended_reason) == (ClaimStatus.REFUSED, "They knew nothing of it.")
    shown = look(editor, page(claim))
    assert "<li>eddie</li>" in shown
    assert "Make the code" not in shown


# A number that is no program's own, or has changed lately


def test_a_number_of_many_organizations_is_flagged(claim: Claim, editor: User) -> None:
    for _ in range(3):
        PhoneFactory(listing=make_listing(phone=""), number=PHONE)
    assert shared_by(E164) == (4, 4)
    warning = "This number stands in 4 listings of 4 organizations."
    assert warning in look(editor, page(claim))
    PhoneFactory(
        listing=make_listing(phone="", service__organization__name="CAROLINA Recovery Group"), number=PHONE
    )
    PhoneFactory(
        listing=make_listing(phone="", service__organization__name="Carolina Recovery Group"), number=PHONE
    )
    assert shared_by(E164) == (6, 5)


def test_sites_of_one_organization_may_share_their_number(claim: Claim, editor: User) -> None:
    for _ in range(5):
        other = make_listing(phone="", service__organization=claim.listing.service.organization)
        PhoneFactory(listing=other, number=PHONE)
    assert shared_by(E164) == (6, 1)
    assert "This number stands in" not in look(editor, page(claim))


def test_numbers_of_services_and_places_count_and_archived_listings_do_not(claim: Claim) -> None:
    of_service, of_place, gone = (make_listing(phone="") for _ in range(3))
    PhoneFactory(listing=None, service=of_service.service, number=PHONE)
    PhoneFactory(listing=None, location=of_place.location, number=PHONE)
    PhoneFactory(listing=gone, number=PHONE)
    ServiceAtLocation.objects.filter(pk=gone.pk).update(
        editorial_status="ARCHIVED", archived_reason="Closed", archived_at=timezone.now()
    )
    assert shared_by(E164).listings == 3


def test_a_number_that_changed_lately_is_told(claim: Claim, editor: User) -> None:
    claim.listing.phones.update(number="828-555-0199", number_e164="+18285550199")
    shown = look(editor, page(claim))
    assert f"Before it was {PHONE}." in shown
    assert "call the old number too" in shown


def test_a_number_that_was_replaced_or_taken_out_is_told(claim: Claim) -> None:
    claim.listing.phones.all().delete()
    PhoneFactory(listing=claim.listing, number="828-555-0199")
    (change,) = changed_numbers(claim.listing, since=timezone.now() - timedelta(days=30))
    assert change.old == PHONE


def test_a_number_that_was_added_by_hand_is_told(claim: Claim, editor: User) -> None:
    listing = claim.listing
    address = reverse("admin:finder_serviceatlocation_change", args=[listing.pk])
    form = form_of(listing) | {
        "phones-TOTAL_FORMS": 2,
        "phones-INITIAL_FORMS": 1,
        "phones-0-id": listing.phones.get().pk,
        "phones-0-number": PHONE,
        "phones-0-phone_type": "MAIN",
        "phones-0-position": 0,
        "phones-1-number": "828-555-0199",
        "phones-1-phone_type": "MAIN",
        "phones-1-position": 1,
    }
    desk_of(editor).post(address, form)
    assert listing.phones.count() == 2
    assert "A number was added on" in look(editor, page(claim))


def test_a_change_of_long_ago_is_not(claim: Claim) -> None:
    claim.listing.phones.update(number="828-555-0199")
    assert changed_numbers(claim.listing, since=timezone.now() + timedelta(minutes=1)) == []


def test_a_change_of_another_listing_is_not(claim: Claim) -> None:
    make_listing(phone="828-555-0177").phones.update(number="828-555-0178")
    assert changed_numbers(claim.listing, since=timezone.now() - timedelta(days=30)) == []


# A new number, by the program


@pytest.fixture
def new_number() -> ChangeRequest:
    SourceFactory(slug="provider", name="The program itself")
    return ChangeRequest.objects.create(
        listing=make_listing(name="Riverside Detox", phone=PHONE),
        source_id="provider",
        origin="PROVIDER",
        field="phones",
        current_value=OLD_NUMBER,
        proposed_value=NEW_NUMBER,
        proposed_at=timezone.now(),
    )


def question(request: ChangeRequest, name: str = "change") -> str:
    return reverse(f"admin:finder_changerequest_{name}", args=[request.pk])


def test_before_the_call_the_old_number_stands_large_and_the_new_one_cannot_be_taken(
    new_number: ChangeRequest, editor: User
) -> None:
    shown = look(editor, question(new_number))
    assert re.search(rf'class="number">\s*<a href="tel:{re.escape(E164)}">{PHONE}</a>', shown)
    assert "I called it: they say the new one is right" in shown
    assert "Take what the program says" not in shown
    assert "<dd>828-555-0199</dd>" in shown


def test_no_way_around_the_call(new_number: ChangeRequest, editor: User) -> None:
    desk = desk_of(editor)
    desk.post(question(new_number, "decide"), {"verb": "accept"})
    chosen = {"action": "accept_selected", "_selected_action": [str(new_number.pk)]}
    answer = desk.post(reverse("admin:finder_changerequest_changelist"), chosen, follow=True)
    assert "A new number is taken once someone has called the old one." in answer.content.decode()
    new_number.refresh_from_db()
    assert new_number.status == ReviewStatus.PROPOSED
    assert [phone.number for phone in new_number.listing.phones.all()] == [PHONE]


def test_after_the_call_it_is_taken(new_number: ChangeRequest, editor: User) -> None:
    desk = desk_of(editor)
    desk.post(question(new_number, "called_back"))
    new_number.refresh_from_db()
    assert new_number.called_back_by == editor
    assert "Take what the program says" in look(editor, question(new_number))
    desk.post(question(new_number, "decide"), {"verb": "accept"})
    assert [phone.number for phone in new_number.listing.phones.all()] == ["828-555-0199"]


def test_a_case_worker_records_no_call(new_number: ChangeRequest, case_worker: User) -> None:
    assert desk_of(case_worker).post(question(new_number, "called_back")).status_code == 403
    new_number.refresh_from_db()
    assert new_number.called_back_at is None


def test_other_changes_need_no_call(editor: User, new_number: ChangeRequest) -> None:
    ChangeRequest.objects.filter(pk=new_number.pk).update(
        field="service.url", current_value="", proposed_value="https://riverside.example.org/"
    )
    assert "Call the old number first" not in look(editor, question(new_number))
    desk_of(editor).post(question(new_number, "decide"), {"verb": "accept"})
    listing = ServiceAtLocation.objects.with_parts().get(pk=new_number.listing_id)
    assert listing.service.url == "https://riverside.example.org/"
