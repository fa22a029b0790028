"""Letters as a mail server gets them, and their links as the reader follows them."""

from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone
from django.utils.translation import override

from finder.actions.asking import ask_providers
from finder.actions.claiming import claim_listing, make_code
from finder.actions.indexing import index_listings
from finder.enums import ClaimStatus, ProviderAnswer
from finder.letters.letter import Letter, mail_of
from finder.letters.posting import NotSent, post
from finder.models import AskedListing, Claim, Contact, Verification
from tests.factories import make_listing
from tests.letters.links_of import addresses_of, anchors, html_of, path_of, text_of
from tests.own_mail import Mailbox, receiving
from tests.programs import E164, PHONE, SECRET, kept_listing
from tests.views.sending import sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]
LONG_AGO = date(2026, 1, 5)
SITE = "https://help.example.org"


@pytest.fixture(autouse=True)
def site() -> Iterator[None]:
    with override_settings(SITE_URL=SITE, DEFAULT_FROM_EMAIL="Recovery Finder <letters@help.example.org>"):
        yield


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with receiving() as found:
        yield found


def every_letter(mailbox: Mailbox) -> list[str]:
    """Of each kind and in both languages; returns what each is."""
    kinds = []
    for language in ("en", "es"):
        keeper = kept_listing(
            name="Casa “Río” & Söhne <b>" * 3, due=LONG_AGO, email=f"keeper-{language}@example.org"
        )
        Contact.objects.filter(pk=keeper.contact_id).update(language=language)
        kept_listing(name="Hillside House", confidential=True, due=LONG_AGO, contact=keeper.contact)
        new = make_listing(name="Riverside Detox", phone=PHONE)
        claim_listing(listing=new, email=f"new-{language}@example.org", language=language, now=timezone.now())
        kinds.append(f"claim, {language}")
    ask_providers(now=timezone.now())
    kinds += ["asking, en", "asking, es"]
    for asked in AskedListing.objects.filter(listing__location__address_is_public=True):
        language = asked.ask.contact.language
        with override(language):
            page = page_in(letter_to(mailbox, asked), asked)
            sent(Client(), page, "colleague", email=f"colleague-{language}@example.org")
        kinds.append(f"colleague, {language}")
    return kinds


def letter_to(mailbox: Mailbox, asked: AskedListing) -> EmailMessage:
    return next(letter for letter in mailbox.letters if letter["To"] == asked.ask.contact.email)


def page_in(letter: EmailMessage, asked: AskedListing) -> str:
    (address,) = [at for at in addresses_of(letter) if f"/program/{asked.pk}." in at]
    return path_of(address)


def test_every_letter_arrives_whole_and_plain(mailbox: Mailbox) -> None:
    kinds = every_letter(mailbox)
    assert len(mailbox.letters) == len(kinds) == 6
    for kind, letter in zip(kinds, mailbox.letters, strict=True):
        assert letter.get_content_type() == "multipart/alternative", kind
        assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"], kind
        assert not letter.defects, kind
        assert letter["From"] == "Recovery Finder <letters@help.example.org>", kind
        assert letter["Auto-Submitted"] == "auto-generated", kind
        assert letter["Message-ID"].endswith("@help.example.org>"), kind
        assert letter["Date"], kind
        language = kind.rpartition(" ")[2]
        assert letter["Content-Language"] == language, kind
        assert f'<html lang="{language}">' in html_of(letter), kind
        assert all(len(line) < 998 for line in letter.as_bytes().splitlines()), kind


def test_no_letter_loads_or_runs_anything(mailbox: Mailbox) -> None:
    every_letter(mailbox)
    for letter in mailbox.letters:
        found = anchors(html_of(letter))
        assert found.tags <= {"html", "head", "meta", "title", "body", "p", "ul", "li", "a", "br", "hr"}
        assert found.attributes <= {"lang", "charset", "href"}


def test_text_and_html_lead_to_the_same(mailbox: Mailbox) -> None:
    every_letter(mailbox)
    for letter in mailbox.letters:
        html, text = anchors(html_of(letter)).addresses, text_of(letter)
        assert len(html) >= 2
        assert all(address in text for address in html)
        assert all(address.startswith(SITE) for address in addresses_of(letter))


def test_names_come_as_they_are_written(mailbox: Mailbox) -> None:
    every_letter(mailbox)
    asking = mailbox.letters[2]
    assert "Casa “Río” & Söhne <b>" in text_of(asking)
    assert "Casa “Río” & Söhne <b>" in unescape(html_of(asking))
    assert "Söhne <b>" not in html_of(asking)


def test_of_a_confidential_address_the_county_is_all_that_is_mailed(mailbox: Mailbox) -> None:
    every_letter(mailbox)
    asking = text_of(mailbox.letters[2])
    hillside = asking.split("Hillside House")[1].split("http")[0]
    assert "Buncombe County, NC" in hillside
    assert "Asheville" not in hillside
    assert "Main Street" not in asking


def test_only_asking_letters_can_be_stopped_by_their_head(mailbox: Mailbox) -> None:
    every_letter(mailbox)
    heads = [bool(letter["List-Unsubscribe"]) for letter in mailbox.letters]
    assert heads == [False, False, True, True, False, False]
    assert mailbox.letters[2]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_no_letter_names_anyone_else_s_address(mailbox: Mailbox) -> None:
    every_letter(mailbox)
    for letter, (sender, receivers) in zip(mailbox.letters, mailbox.envelopes, strict=True):
        assert receivers == [letter["To"]]
        assert sender == "letters@help.example.org"
        whole = f"{letter.as_string()} {text_of(letter)} {html_of(letter)}"
        others = {other["To"] for other in mailbox.letters} - {letter["To"]}
        assert not [address for address in others if address in whole]


def test_from_a_claim_to_a_checked_listing_by_mail_alone(mailbox: Mailbox, client: Client) -> None:
    listing = make_listing(name="Riverside Detox", phone=PHONE)
    index_listings([listing.pk])
    client.post(f"/listings/{listing.pk}/claim/", {"email": SECRET, "language": "en"})
    code_page = path_of(next(at for at in addresses_of(mailbox.letters[0]) if "/program/" in at))

    caller = User.objects.create_user("caller")
    code = make_code(claim=Claim.objects.get(), number=E164, by=caller, now=timezone.now())
    opened = client.post(code_page, {"code": code})
    assert Claim.objects.get().status == ClaimStatus.CONFIRMED

    page = page_in(mailbox.letters[1], AskedListing.objects.get())
    assert opened.headers["Location"] == page
    sent(client, page, "all_right")
    assert AskedListing.objects.get().answer == ProviderAnswer.ALL_RIGHT
    assert Verification.objects.get().listing == listing


def test_each_link_of_a_letter_opens_its_own_listing(mailbox: Mailbox, client: Client) -> None:
    names = ["Riverside Detox", "Hillside House", "Valley Clinic"]
    for name in names:
        kept_listing(name=name, due=LONG_AGO)
    ask_providers(now=timezone.now())
    (letter,) = mailbox.letters
    pages = [path_of(at) for at in addresses_of(letter) if "/program/" in at and "/stop/" not in at]
    assert len(pages) == 3
    for page in pages:
        shown = client.get(page).content.decode()
        assert sum(name in shown for name in names) == 1


def test_a_mail_program_stops_the_letters_by_their_head(mailbox: Mailbox, client: Client) -> None:
    claim = kept_listing(due=LONG_AGO)
    ask_providers(now=timezone.now())
    address = mailbox.letters[0]["List-Unsubscribe"].strip(" <>")
    assert client.post(path_of(address), {"List-Unsubscribe": "One-Click"}).status_code == 200
    claim.contact.refresh_from_db()
    assert claim.contact.unsubscribed_at is not None
    assert not Claim.objects.confirmed().exists()


def test_who_the_server_does_not_know_gets_no_letter_and_the_others_do(mailbox: Mailbox) -> None:
    unknown = kept_listing(due=LONG_AGO, email="gone@example.org").contact
    kept_listing(due=LONG_AGO)
    mailbox.refused.add("gone@example.org")
    written = ask_providers(now=timezone.now())
    assert written.not_sent == [unknown.pk]
    assert [letter["To"] for letter in mailbox.letters] == [SECRET]


def test_a_server_that_is_down_says_of_which_kind_the_fault_is_and_nothing_more() -> None:
    with (
        override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1
        ),
        pytest.raises(NotSent) as refused,
    ):
        post(mail_of(Letter("key", "subject", (), (), ()), to=SECRET))
    assert str(refused.value) == "ConnectionRefusedError"
    assert refused.value.__cause__ is None


def test_where_no_letter_is_due_the_server_is_greeted_all_the_same(mailbox: Mailbox) -> None:
    post(None)
    assert not mailbox.letters
    with override_settings(EMAIL_PORT=1), pytest.raises(NotSent):
        post(None)


def test_the_same_letter_sent_twice_is_the_same_to_mail_programs() -> None:
    letter = Letter("ask-4711", "subject", ("Hello",), (), ())
    assert {mail_of(letter, to=SECRET).extra_headers["Message-ID"] for _ in range(2)} == {
        "<ask-4711@help.example.org>"
    }
    assert not mail.outbox
