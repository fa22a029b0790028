from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from finder.actions.archiving import archive_listings
from finder.actions.asking import ask_providers, due_letters, open_ask, send_ask
from finder.enums import AskKind, ProviderAnswer
from finder.models import Ask, AskedListing, Claim, ServiceAtLocation
from tests.programs import SECRET, AskedListingFactory, AskFactory, ClaimFactory, kept_listing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DUE = date(2026, 11, 20)
A_DAY, THREE_WEEKS = timedelta(days=1), timedelta(days=21)


def bodies() -> list[str]:
    return [str(letter.body) for letter in mail.outbox]


def test_each_contact_is_written_to_once_about_all_that_is_due() -> None:
    kept_listing(name="Riverside Detox", due=DUE)
    kept_listing(name="Hillside House", due=DUE)
    kept_listing(name="Not Due", due=date(2026, 11, 24))
    kept_listing(name="Another's", due=DUE, email="other@example.org")
    written = ask_providers(now=NOW)
    assert (written.letters, written.listings, written.not_sent) == (2, 3, [])
    mine, others = bodies()
    assert mail.outbox[0].to == [SECRET]
    assert "Riverside Detox" in mine
    assert "Hillside House" in mine
    assert "Not Due" not in mine
    assert "Another's" not in mine
    assert "Another's" in others
    assert mail.outbox[0].subject == "Are your 2 listings still right?"


def test_each_listing_has_a_link_of_its_own() -> None:
    claims = [kept_listing(due=DUE), kept_listing(due=DUE)]
    ask_providers(now=NOW)
    asked = {each.listing_id: each.pk for each in AskedListing.objects.all()}
    assert set(asked) == {claim.listing_id for claim in claims}
    assert all(f"/program/{pk}." in bodies()[0] for pk in asked.values())


def test_run_twice_it_writes_nothing_twice() -> None:
    kept_listing(due=DUE)
    ask_providers(now=NOW)
    again = ask_providers(now=NOW + timedelta(hours=3))
    assert (again.letters, again.listings) == (0, 0)
    assert len(mail.outbox) == Ask.objects.count() == 1


def test_unanswered_it_is_asked_once_more_and_then_no_more() -> None:
    kept_listing(due=DUE)
    letters = [ask_providers(now=NOW + A_DAY * day).letters for day in range(120)]
    assert [day for day, count in enumerate(letters) if count] == [0, 21]
    assert [ask.kind for ask in Ask.objects.order_by("pk")] == [AskKind.FIRST, AskKind.REMINDER]
    assert mail.outbox[1].subject == "Reminder: Is your listing still right?"


def test_an_answer_of_any_contact_spares_all_of_them_the_reminder() -> None:
    claim = kept_listing(due=DUE)
    ClaimFactory(listing=claim.listing, confirmed=True)
    ask_providers(now=NOW)
    AskedListing.objects.filter(ask__contact=claim.contact).update(
        answer=ProviderAnswer.CHANGED, answered_at=NOW + A_DAY
    )
    assert ask_providers(now=NOW + THREE_WEEKS).letters == 0


def test_an_answer_of_last_year_does_not() -> None:
    claim = kept_listing(due=DUE)
    AskedListingFactory(
        ask__contact=claim.contact,
        ask__sent_on=date(2025, 11, 1),
        listing=claim.listing,
        answer=ProviderAnswer.ALL_RIGHT,
        answered_at=datetime(2025, 11, 2, tzinfo=UTC),
    )
    assert ask_providers(now=NOW).letters == 1
    assert ask_providers(now=NOW + THREE_WEEKS).letters == 1


@pytest.mark.parametrize("why", ["stopped", "ended", "waiting", "archived"])
def test_only_a_contact_that_keeps_a_published_listing_is_written_to(why: str) -> None:
    claim = kept_listing(due=DUE)
    match why:
        case "stopped":
            claim.contact.unsubscribed_at = NOW
            claim.contact.save()
        case "ended":
            Claim.objects.filter(pk=claim.pk).update(status="ENDED", ended_at=NOW)
        case "waiting":
            Claim.objects.filter(pk=claim.pk).update(status="CODE_READ")
        case "archived":
            archive_listings(listings=[claim.listing], reason="Closed", by=None, now=NOW)
    assert ask_providers(now=NOW).letters == 0
    assert not Ask.objects.exists()


def test_so_many_letters_are_written_in_one_run_and_the_rest_in_the_next() -> None:
    for number in range(3):
        kept_listing(due=DUE, email=f"person{number}@example.org")
    assert ask_providers(now=NOW, limit=2).letters == 2
    assert ask_providers(now=NOW, limit=2).letters == 1
    assert len({letter.to[0] for letter in mail.outbox}) == 3


def test_a_letter_that_the_server_refuses_stops_no_other_and_is_tried_again() -> None:
    refused = kept_listing(due=DUE, email="gone@example.org").contact
    kept_listing(due=DUE)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("finder.actions.asking.post", refuse_gone)
        written = ask_providers(now=NOW)
    assert (written.letters, written.not_sent) == (1, [refused.pk])
    assert ask_providers(now=NOW).letters == 1
    assert mail.outbox[-1].to == ["gone@example.org"]


def refuse_gone(letter: mail.EmailMessage) -> None:
    from finder.letters.posting import NotSent, post

    if letter.to == ["gone@example.org"]:
        raise NotSent("SMTPRecipientsRefused")
    post(letter)


def test_a_claimed_letter_that_was_not_sent_is_sent_by_the_next_run_of_the_day() -> None:
    claim = kept_listing(due=DUE)
    open_ask(contact=claim.contact, listing_ids=[claim.listing_id], kind=AskKind.FIRST, now=NOW)
    assert ask_providers(now=NOW).letters == 1
    assert Ask.objects.get().sent_at == NOW


def test_one_that_was_not_sent_on_its_day_is_void_and_another_takes_its_place() -> None:
    claim = kept_listing(due=DUE)
    AskedListingFactory(
        ask__contact=claim.contact, ask__unsent=True, ask__sent_on=NOW.date() - A_DAY, listing=claim.listing
    )
    assert ask_providers(now=NOW).letters == 1
    assert Ask.objects.get(sent_on=NOW.date()).kind == AskKind.FIRST


def test_a_letter_leaves_out_what_is_no_longer_kept_when_it_is_sent() -> None:
    claim, other = kept_listing(name="Kept House", due=DUE), kept_listing(name="Given Up", due=DUE)
    listings = [claim.listing_id, other.listing_id]
    open_ask(contact=claim.contact, listing_ids=listings, kind=AskKind.FIRST, now=NOW)
    Claim.objects.filter(pk=other.pk).update(status="ENDED", ended_at=NOW)
    ask_providers(now=NOW)
    assert "Kept House" in bodies()[0]
    assert "Given Up" not in bodies()[0]


def test_nothing_is_sent_to_whoever_stopped_since_the_letter_was_claimed() -> None:
    ask = AskFactory(unsent=True, contact__stopped=True)
    assert send_ask(ask=ask, now=NOW) == 0
    assert not mail.outbox


def test_what_would_be_written_can_be_looked_at_without_writing() -> None:
    claim = kept_listing(due=DUE)
    (due,) = due_letters(now=NOW)
    assert (due.contact, due.kind, due.listing_ids) == (claim.contact, AskKind.FIRST, [claim.listing_id])
    assert not Ask.objects.exists()


def test_a_new_listing_among_those_to_be_reminded_of_makes_it_no_mere_reminder() -> None:
    kept_listing(due=DUE)
    ask_providers(now=NOW)
    later = kept_listing(due=NOW.date())
    ServiceAtLocation.objects.filter(pk=later.listing_id).update(
        verification_due_date=(NOW + THREE_WEEKS).date()
    )
    ask_providers(now=NOW + THREE_WEEKS)
    assert [ask.kind for ask in Ask.objects.order_by("pk")] == [AskKind.FIRST, AskKind.FIRST]
    assert AskedListing.objects.filter(ask__sent_on=(NOW + THREE_WEEKS).date()).count() == 2


def test_the_letter_is_in_the_language_of_its_contact() -> None:
    claim = kept_listing(due=DUE)
    claim.contact.language = "es"
    claim.contact.save()
    ask_providers(now=NOW)
    assert "/es/program/" in bodies()[0]
    assert "/es/program/stop/" in mail.outbox[0].extra_headers["List-Unsubscribe"]
