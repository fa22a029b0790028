from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import identify_hasher
from django.contrib.auth.models import User
from django.core import mail

from finder.actions.claiming import (
    MOST_IN_ALL,
    MOST_TO_ONE_ADDRESS,
    Typed,
    can_be_claimed,
    claim_listing,
    end_old_claims,
    first_link,
    make_code,
    refuse_claim,
    type_code,
)
from finder.actions.refusals import Refused
from finder.enums import CareCategory, ClaimStatus
from finder.letters.posting import NotSent
from finder.models import Ask, AskedListing, Claim, Contact, Phone, ServiceAtLocation
from tests.factories import make_listing
from tests.programs import CODE, E164, PHONE, SECRET, ClaimFactory, ContactFactory, kept_listing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
A_DAY = timedelta(days=1)


@pytest.fixture
def listing() -> ServiceAtLocation:
    return make_listing(name="Riverside Detox", phone=PHONE)


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor")


def ask(
    listing: ServiceAtLocation, email: str = SECRET, *, language: str = "en", now: datetime = NOW
) -> None:
    claim_listing(listing=listing, email=email, language=language, now=now)


def written_to() -> list[str]:
    return [address for letter in mail.outbox for address in letter.to]


# Asking


def test_whoever_asks_is_sent_a_link_and_waits_for_a_call(listing: ServiceAtLocation) -> None:
    ask(listing)
    claim = Claim.objects.get()
    assert (claim.listing, claim.contact.email, claim.status) == (listing, SECRET, ClaimStatus.ASKED)
    (letter,) = mail.outbox
    assert letter.to == [SECRET]
    assert "/program/code/" in letter.body
    assert "Riverside Detox" in letter.body


def test_the_letter_is_in_the_language_that_was_chosen(listing: ServiceAtLocation) -> None:
    ask(listing, language="es")
    assert "/es/program/code/" in mail.outbox[0].body
    assert mail.outbox[0].extra_headers["Content-Language"] == "es"


def test_the_same_address_in_other_letters_is_the_same_contact(listing: ServiceAtLocation) -> None:
    ask(listing, "Intake@Riverside.example.org")
    ask(make_listing(), "intake@riverside.EXAMPLE.org")
    assert Contact.objects.count() == 1
    assert Claim.objects.count() == 2


def test_nobody_changes_the_language_of_a_contact_by_asking(listing: ServiceAtLocation) -> None:
    ask(listing)
    ask(make_listing(), language="es")
    assert Contact.objects.get().language == "en"


def test_asking_twice_in_a_day_writes_once(listing: ServiceAtLocation) -> None:
    ask(listing)
    ask(listing, now=NOW + timedelta(hours=23))
    assert len(mail.outbox) == 1
    assert Claim.objects.count() == 1


def test_asking_the_next_day_brings_the_link_again_and_keeps_the_turn(listing: ServiceAtLocation) -> None:
    ask(listing)
    ask(listing, "other@riverside.example.org", now=NOW + timedelta(hours=1))
    ask(listing, now=NOW + A_DAY)
    assert written_to() == [SECRET, "other@riverside.example.org", SECRET]
    assert [claim.contact.email for claim in Claim.objects.waiting_for_a_call()] == written_to()[:2]


def test_a_confirmed_program_is_sent_a_new_link_to_its_page(listing: ServiceAtLocation) -> None:
    claim = kept_listing()
    ask(claim.listing)
    (letter,) = mail.outbox
    assert "/program/code/" not in letter.body
    asked = AskedListing.objects.get()
    assert f"/program/{asked.pk}." in letter.body
    assert asked.ask.sent_at == NOW


def test_a_new_link_is_sent_once_a_day() -> None:
    claim = kept_listing()
    ask(claim.listing)
    ask(claim.listing, now=NOW + timedelta(minutes=5))
    assert len(mail.outbox) == 1
    ask(claim.listing, now=NOW + A_DAY)
    assert len(mail.outbox) == 2


def test_a_listing_has_at_most_three_open_claims(listing: ServiceAtLocation) -> None:
    for number in range(4):
        ask(listing, f"person{number}@example.org")
    assert Claim.objects.count() == 3
    assert "person3@example.org" not in written_to()
    assert not Contact.objects.filter(email="person3@example.org").exists()


def test_an_ended_claim_makes_room(listing: ServiceAtLocation, editor: User) -> None:
    for number in range(3):
        ask(listing, f"person{number}@example.org")
    refuse_claim(claim=Claim.objects.earliest("pk"), reason="They knew nothing of it.", by=editor, now=NOW)
    ask(listing, "person3@example.org")
    assert "person3@example.org" in written_to()


def test_no_mailbox_is_filled_by_us() -> None:
    for _ in range(MOST_TO_ONE_ADDRESS + 1):
        ask(make_listing())
    assert len(mail.outbox) == MOST_TO_ONE_ADDRESS
    ask(make_listing(), now=NOW + A_DAY)
    assert len(mail.outbox) == MOST_TO_ONE_ADDRESS + 1


def test_in_all_so_many_are_taken_in_a_day(listing: ServiceAtLocation) -> None:
    known = ClaimFactory(asked_at=NOW)
    contact = known.contact
    Claim.objects.bulk_create(
        Claim(listing=made, contact=contact, asked_at=NOW)
        for made in [make_listing(phone="") for _ in range(3)]
    )
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("finder.actions.claiming.MOST_IN_ALL", 4)
        with pytest.raises(Refused):
            ask(listing)
    assert MOST_IN_ALL > 100
    assert not mail.outbox


def test_whoever_stopped_our_letters_gets_none(listing: ServiceAtLocation) -> None:
    ContactFactory(email=SECRET, stopped=True)
    ask(listing)
    assert not mail.outbox
    assert not Claim.objects.exists()


def test_where_the_mail_server_takes_nothing_nothing_is_kept(listing: ServiceAtLocation) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        with pytest.raises(NotSent):
            ask(listing)
    assert not Claim.objects.exists()
    assert not Contact.objects.exists()


def refuse(*_: object) -> int:
    raise ConnectionRefusedError(SECRET)


@pytest.mark.parametrize(
    ("phone", "categories", "can"),
    [
        (PHONE, [CareCategory.WITHDRAWAL_MANAGEMENT], True),
        (PHONE, [CareCategory.BEHAVIORAL_HEALTH, CareCategory.SUPPORT_GROUP], True),
        (PHONE, [CareCategory.SUPPORT_GROUP], False),
        ("", [CareCategory.BEHAVIORAL_HEALTH], False),
        ("211", [CareCategory.BEHAVIORAL_HEALTH], False),
    ],
)
def test_a_claim_needs_a_program_with_a_number_of_its_own(
    phone: str, categories: list[CareCategory], can: bool
) -> None:
    assert can_be_claimed(make_listing(phone=phone, categories=categories)) is can


# The code


def test_the_code_is_known_to_whoever_made_it_and_kept_as_a_hash(
    listing: ServiceAtLocation, editor: User
) -> None:
    claim = ClaimFactory(listing=listing)
    code = make_code(claim=claim, number=E164, by=editor, now=NOW)
    assert len(code) == 6
    assert code.isdecimal()
    assert (claim.status, claim.called_number, claim.called_by) == (ClaimStatus.CODE_READ, E164, editor)
    assert claim.code_made_at == NOW
    assert code not in str(Claim.objects.filter(pk=claim.pk).values().get())
    assert identify_hasher(claim.code_hash).algorithm == "pbkdf2_sha256"
    assert type_code(claim=claim, code=code, now=NOW) == Typed.RIGHT


def test_it_is_read_to_a_number_that_the_listing_shows(listing: ServiceAtLocation, editor: User) -> None:
    claim = ClaimFactory(listing=listing)
    Phone.objects.update(number="828-555-0199", number_e164="+18285550199")
    with pytest.raises(Refused):
        make_code(claim=claim, number=E164, by=editor, now=NOW)
    claim.refresh_from_db()
    assert (claim.status, claim.code_hash) == (ClaimStatus.ASKED, "")


def test_a_new_code_replaces_the_one_before(listing: ServiceAtLocation, editor: User) -> None:
    claim = ClaimFactory(listing=listing, code_read=True, asked_at=NOW, attempts=4)
    code = make_code(claim=claim, number=E164, by=editor, now=NOW)
    assert type_code(claim=claim, code=CODE, now=NOW) == Typed.WRONG or code == CODE
    assert type_code(claim=claim, code=code, now=NOW) == Typed.RIGHT


@pytest.mark.parametrize("trait", ["confirmed", "ended"])
def test_no_code_is_made_for_what_is_decided(trait: str, listing: ServiceAtLocation, editor: User) -> None:
    claim = ClaimFactory(listing=listing, **{trait: True})
    with pytest.raises(Refused):
        make_code(claim=claim, number=E164, by=editor, now=NOW)


def test_the_right_code_confirms_the_claim(listing: ServiceAtLocation) -> None:
    claim = ClaimFactory(listing=listing, code_read=True, asked_at=NOW)
    assert type_code(claim=claim, code=CODE, now=NOW) == Typed.RIGHT
    claim.refresh_from_db()
    assert (claim.status, claim.confirmed_at) == (ClaimStatus.CONFIRMED, NOW)


def test_the_fifth_wrong_code_ends_it(listing: ServiceAtLocation) -> None:
    claim = ClaimFactory(listing=listing, code_read=True, asked_at=NOW)
    assert [type_code(claim=claim, code="000000", now=NOW) for _ in range(5)] == [Typed.WRONG] * 5
    claim.refresh_from_db()
    assert (claim.status, claim.attempts) == (ClaimStatus.ENDED, 5)
    assert type_code(claim=claim, code=CODE, now=NOW) == Typed.NOTHING


def test_the_fifth_try_may_be_the_right_one(listing: ServiceAtLocation) -> None:
    claim = ClaimFactory(listing=listing, code_read=True, asked_at=NOW)
    for _ in range(4):
        type_code(claim=claim, code="000000", now=NOW)
    assert type_code(claim=claim, code=CODE, now=NOW) == Typed.RIGHT


@pytest.mark.parametrize(
    ("after", "typed"),
    [(timedelta(days=7, seconds=-1), Typed.RIGHT), (timedelta(days=7), Typed.NOTHING)],
)
def test_a_code_holds_for_a_week(after: timedelta, typed: Typed, listing: ServiceAtLocation) -> None:
    claim = ClaimFactory(listing=listing, code_read=True, asked_at=NOW)
    assert type_code(claim=claim, code=CODE, now=NOW + after) == typed


def test_before_the_call_no_code_is_right(listing: ServiceAtLocation) -> None:
    claim = ClaimFactory(listing=listing)
    assert type_code(claim=claim, code="", now=NOW) == Typed.NOTHING


def test_a_confirmed_program_gets_its_page_at_once_and_by_mail() -> None:
    claim = kept_listing()
    asked = first_link(claim=claim, now=NOW)
    assert asked.listing == claim.listing
    assert f"/program/{asked.pk}." in mail.outbox[0].body
    assert Ask.objects.get().sent_at == NOW


def test_where_mail_fails_the_page_opens_all_the_same_and_the_letter_waits() -> None:
    claim = kept_listing()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        asked = first_link(claim=claim, now=NOW)
    assert asked.ask.sent_at is None


# The end


def test_a_refusal_keeps_its_reason_and_who_refused(listing: ServiceAtLocation, editor: User) -> None:
    claim = ClaimFactory(listing=listing)
    refuse_claim(claim=claim, reason=" They knew nothing of it. ", by=editor, now=NOW)
    assert (claim.status, claim.ended_at) == (ClaimStatus.REFUSED, NOW)
    assert claim.ended_reason == "They knew nothing of it."
    assert LogEntry.objects.get().user == editor


@pytest.mark.parametrize(("trait", "reason"), [("ended", "Why"), ("code_read", " ")])
def test_what_has_ended_or_has_no_reason_is_not_refused(
    trait: str, reason: str, listing: ServiceAtLocation, editor: User
) -> None:
    claim = ClaimFactory(listing=listing, **{trait: True})
    with pytest.raises(Refused):
        refuse_claim(claim=claim, reason=reason, by=editor, now=NOW)
    assert Claim.objects.get().status == claim.status


def test_old_requests_end_by_themselves() -> None:
    ended = [
        ClaimFactory(asked_at=NOW - timedelta(days=30)),
        ClaimFactory(code_read=True, asked_at=NOW - timedelta(days=7)),
    ]
    open_still = [
        ClaimFactory(asked_at=NOW - timedelta(days=29)),
        ClaimFactory(code_read=True, asked_at=NOW - timedelta(days=6)),
        ClaimFactory(confirmed=True),
    ]
    assert end_old_claims(now=NOW) == len(ended)
    assert list(Claim.objects.open().order_by("pk")) == open_still
    assert end_old_claims(now=NOW) == 0
