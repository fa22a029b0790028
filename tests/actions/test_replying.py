from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.forms import model_to_dict

from finder.actions import replying
from finder.actions.indexing import index_listings
from finder.actions.refusals import Refused
from finder.actions.replying import SeenBefore, serves
from finder.actions.seen import SUBJECTS, mark_of
from finder.enums import (
    CapacityCode,
    CapacityUnit,
    CareCategory,
    ChangeOrigin,
    ClaimStatus,
    ProviderAnswer,
    ReviewStatus,
    StatementMethod,
    VerifiedPart,
    Voice,
)
from finder.models import (
    AskedListing,
    Capacity,
    ChangeRequest,
    Claim,
    ServiceAtLocation,
    Statement,
    TaxonomyTerm,
    Verification,
)
from finder.models.answers import answers
from tests.factories import make_listing
from tests.programs import AskedListingFactory, ClaimFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def asked() -> AskedListing:
    listing = make_listing(
        name="Riverside Detox",
        categories=[CareCategory.WITHDRAWAL_MANAGEMENT],
        yes=["medicaid", "medically_supervised"],
        no=["spanish"],
    )
    index_listings([listing.pk])
    return AskedListingFactory(listing=listing)


def fresh(asked: AskedListing) -> AskedListing:
    return AskedListing.objects.with_parts().get(pk=asked.pk)


def say(verb: Callable[..., Any], asked: AskedListing, form: str, now: datetime = NOW, **said: Any) -> Any:
    """As someone who has just opened the page."""
    seen = fresh(asked)
    return verb(asked=seen, mark=mark_of(seen, form), now=now, **said)


VERBS: dict[str, tuple[Callable[..., Any], str, dict[str, Any]]] = {
    "all is right": (replying.confirm_all, "ALL", {}),
    "a part is right": (replying.confirm_part, "HOURS", {"part": VerifiedPart.HOURS}),
    "another name": (
        replying.propose,
        "CONTACT",
        {"subject": "CONTACT", "values": {"service.name": "Riverside House"}},
    ),
    "other words": (
        replying.propose,
        "WORDS",
        {"subject": "WORDS", "values": {"service.description": "Twelve beds by the river."}},
    ),
    "a fact": (replying.state_services, "SERVICES", {"affirmed": [], "denied": [], "payment": {}}),
    "payment": (
        replying.state_services,
        "SERVICES",
        {"affirmed": [], "denied": [], "payment": {"medicaid": "no"}},
    ),
    "room": (
        replying.state_room,
        "AVAILABILITY",
        {"unit": CapacityUnit.DETOX_BEDS, "code": CapacityCode.YES, "available": 3},
    ),
    "how often": (replying.choose_cadence, "CADENCE", {"days": 30}),
    "a colleague": (
        replying.send_to_colleague,
        "COLLEAGUE",
        {"token": "4711.x.y", "email": "kim@riverside.example.org"},
    ),
    "not us": (replying.say_not_us, "NOT_US", {}),
}


def rows() -> list[Any]:
    models = (AskedListing, Capacity, ChangeRequest, Claim, ServiceAtLocation, Statement, Verification)
    return [list(model._default_manager.order_by("pk").values()) for model in models]


@pytest.fixture(params=VERBS)
def verb(request: pytest.FixtureRequest) -> tuple[Callable[..., Any], str, dict[str, Any]]:
    action, subject, said = VERBS[request.param]
    if request.param == "a fact":
        said = said | {"affirmed": [TaxonomyTerm.objects.get(slug="walk_in").pk]}
    return action, subject, said


# Nothing twice, and nothing without its link


def test_the_same_form_sent_again_does_nothing(
    asked: AskedListing, verb: tuple[Callable[..., Any], str, dict[str, Any]]
) -> None:
    action, subject, said = verb
    opened = fresh(asked)
    mark = mark_of(opened, subject)
    before = rows()
    action(asked=opened, mark=mark, now=NOW, **said)
    after = rows()
    assert before != after
    with pytest.raises(SeenBefore):
        action(asked=opened, mark=mark, now=LATER, **said)
    assert rows() == after
    assert len(mail.outbox) <= 1


@pytest.mark.parametrize("mark", ["", "x", "mark of another"])
def test_a_form_of_another_page_does_nothing(
    mark: str, asked: AskedListing, verb: tuple[Callable[..., Any], str, dict[str, Any]]
) -> None:
    action, subject, said = verb
    if mark == "mark of another":
        mark = mark_of(fresh(AskedListingFactory(listing=asked.listing)), subject)
    before = rows()
    with pytest.raises(SeenBefore):
        action(asked=asked, mark=mark, now=NOW, **said)
    assert rows() == before
    assert not mail.outbox


@pytest.mark.parametrize("why", ["claim ended", "letters stopped", "listing taken out"])
def test_a_link_that_serves_no_longer_does_nothing(
    why: str, asked: AskedListing, verb: tuple[Callable[..., Any], str, dict[str, Any]]
) -> None:
    action, subject, said = verb
    mark = mark_of(fresh(asked), subject)
    match why:
        case "claim ended":
            Claim.objects.update(status=ClaimStatus.ENDED, ended_at=NOW)
        case "letters stopped":
            asked.ask.contact.unsubscribed_at = NOW
            asked.ask.contact.save()
        case "listing taken out":
            ServiceAtLocation.objects.update(
                editorial_status="ARCHIVED", archived_at=NOW, archived_reason="Closed"
            )
    before = rows()
    assert not serves(fresh(asked))
    with pytest.raises(SeenBefore):
        action(asked=asked, mark=mark, now=NOW, **said)
    assert rows() == before


def test_an_answer_of_one_listing_touches_no_other(
    asked: AskedListing, verb: tuple[Callable[..., Any], str, dict[str, Any]]
) -> None:
    other = AskedListingFactory(
        ask=asked.ask, listing=make_listing(name="Hillside House", categories=CareCategory.values)
    )
    action, subject, said = verb
    before = of_listing(other)
    action(asked=fresh(asked), mark=mark_of(fresh(asked), subject), now=NOW, **said)
    assert of_listing(other) == before


def of_listing(asked: AskedListing) -> list[Any]:
    listing = ServiceAtLocation.objects.with_parts().get(pk=asked.listing_id)
    models = (AskedListing, Capacity, ChangeRequest, Claim, Statement, Verification)
    rows = [list(model._default_manager.filter(listing=listing).order_by("pk").values()) for model in models]
    parts = (listing.service, listing.location, listing.service.organization)
    return [*rows, *map(model_to_dict, parts), listing.cadence_days, listing.verification_due_date]


def test_a_mark_changes_with_what_its_form_is_about(asked: AskedListing) -> None:
    before = {subject: mark_of(fresh(asked), subject) for subject in SUBJECTS}
    asked.listing.phones.update(number="828-555-0199")
    changed = {subject for subject in SUBJECTS if mark_of(fresh(asked), subject) != before[subject]}
    assert changed == {"CONTACT", "ALL"}


# What each answer does


def test_all_still_right_is_one_check_of_the_lasting_parts_by_the_program(asked: AskedListing) -> None:
    say(replying.confirm_all, asked, "ALL")
    check = Verification.objects.get()
    assert check.parts == ["CONTACT", "HOURS", "SERVICES"]
    assert (check.voice, check.method, check.verified_by) == (
        Voice.PROVIDER,
        StatementMethod.PROVIDER,
        None,
    )
    asked = fresh(asked)
    assert (asked.answer, asked.answered_at) == (ProviderAnswer.ALL_RIGHT, NOW)
    assert asked.listing.verification_due_date is not None
    assert asked.listing.verification_due_date > NOW.date()


def test_what_it_offers_is_from_then_on_the_program_s_own_word(asked: AskedListing) -> None:
    before = {term: answer.is_yes for term, answer in answers(asked.listing.statements.all()).items()}
    say(replying.confirm_all, asked, "ALL")
    after = answers(asked.listing.statements.all())
    assert {term: answer.is_yes for term, answer in after.items()} == before
    assert {answer.statement.source_id for answer in after.values()} == {"provider"}


def test_parts_are_confirmed_one_by_one(asked: AskedListing) -> None:
    for part in (VerifiedPart.CONTACT, VerifiedPart.HOURS):
        say(replying.confirm_part, asked, part.value, part=part)
    assert fresh(asked).answer == ProviderAnswer.PART_RIGHT
    say(replying.confirm_part, asked, "SERVICES", part=VerifiedPart.SERVICES)
    assert (fresh(asked).answer, fresh(asked).parts) == (
        ProviderAnswer.ALL_RIGHT,
        ["CONTACT", "HOURS", "SERVICES"],
    )
    assert [check.parts for check in Verification.objects.order_by("pk")] == [
        ["CONTACT"],
        ["HOURS"],
        ["SERVICES"],
    ]


def test_all_after_a_part_checks_only_what_is_left(asked: AskedListing) -> None:
    say(replying.confirm_part, asked, "HOURS", part=VerifiedPart.HOURS)
    say(replying.confirm_all, asked, "ALL", now=LATER)
    assert Verification.objects.newest_first()[0].parts == ["CONTACT", "SERVICES"]


def test_a_part_with_a_change_that_waits_is_not_right_as_it_stands(asked: AskedListing) -> None:
    say(replying.propose, asked, "CONTACT", subject="CONTACT", values={"service.name": "Riverside House"})
    with pytest.raises(SeenBefore):
        say(replying.confirm_part, asked, "CONTACT", part=VerifiedPart.CONTACT)
    say(replying.confirm_all, asked, "ALL")
    assert Verification.objects.get().parts == ["HOURS", "SERVICES"]
    assert fresh(asked).answer == ProviderAnswer.CHANGED


def test_what_is_typed_waits_for_a_person(asked: AskedListing) -> None:
    values = {
        "service.name": "Riverside House",
        "phones": [["828-555-0199", "", "+18285550199", "MAIN"]],
        "service.url": "https://riverside.example.org/",
        "service.categories": ["behavioral_health"],
    }
    words = {"service.description": "Call 828-555-0199 instead."}
    say(replying.propose, asked, "CONTACT", subject="CONTACT", values=values)
    say(replying.propose, asked, "WORDS", subject="WORDS", values=words)
    proposals = ChangeRequest.objects.all()
    assert {each.field: each.proposed_value for each in proposals} == values | words
    assert {(each.origin, each.status) for each in proposals} == {
        (ChangeOrigin.PROVIDER, ReviewStatus.PROPOSED)
    }
    listing = ServiceAtLocation.objects.with_parts().get(pk=asked.listing_id)
    assert (listing.service.name, listing.service.description) == ("Riverside Detox", "")
    assert [phone.number for phone in listing.phones.all()] == ["828-555-0142"]
    assert fresh(asked).answer == ProviderAnswer.CHANGED


def test_a_form_of_one_part_changes_no_other(asked: AskedListing) -> None:
    with pytest.raises(Refused):
        say(replying.propose, asked, "WORDS", subject="WORDS", values={"phones": []})
    assert not ChangeRequest.objects.exists()


def test_what_it_says_already_is_no_change(asked: AskedListing) -> None:
    said = {"subject": "CONTACT", "values": {"service.name": "Riverside Detox"}}
    assert say(replying.propose, asked, "CONTACT", **said) == []
    assert fresh(asked).answer == ""


def test_facts_are_taken_at_once_and_payment_waits(asked: AskedListing) -> None:
    walk_in, supervised = (
        TaxonomyTerm.objects.get(slug=slug).pk for slug in ("walk_in", "medically_supervised")
    )
    say(
        replying.state_services,
        asked,
        "SERVICES",
        affirmed=[walk_in],
        denied=[supervised],
        payment={"medicaid": "no", "medicare": "yes"},
    )
    statement = Statement.objects.get(source="provider")
    assert (statement.affirmed, statement.denied) == ([walk_in], [supervised])
    assert (statement.method, statement.stated_by) == (StatementMethod.PROVIDER, None)
    proposal = ChangeRequest.objects.get()
    assert (proposal.field, proposal.current_value, proposal.proposed_value) == (
        "payment",
        {"medicaid": "yes", "medicare": ""},
        {"medicaid": "no", "medicare": "yes"},
    )
    medicaid = TaxonomyTerm.objects.get(slug="medicaid").pk
    assert answers(asked.listing.statements.all())[medicaid].is_yes


def test_room_is_the_program_s_word_for_a_day(asked: AskedListing) -> None:
    said = {"unit": CapacityUnit.DETOX_BEDS, "code": CapacityCode.YES, "available": 3}
    say(replying.state_room, asked, "AVAILABILITY", **said)
    room = Capacity.objects.get()
    assert (room.code, room.available, room.voice) == (CapacityCode.YES, 3, Voice.PROVIDER)
    assert (room.updated, room.expires_at) == (NOW, NOW + timedelta(hours=24))
    assert Verification.objects.get().parts == ["AVAILABILITY"]


def test_room_can_be_said_again_the_next_day(asked: AskedListing) -> None:
    say(replying.state_room, asked, "AVAILABILITY", **VERBS["room"][2])
    full = {"unit": CapacityUnit.DETOX_BEDS, "code": CapacityCode.NO, "available": 0}
    say(replying.state_room, asked, "AVAILABILITY", now=LATER, **full)
    assert Capacity.objects.get().code == CapacityCode.NO


def test_room_says_nothing_of_the_rest(asked: AskedListing) -> None:
    say(replying.state_room, asked, "AVAILABILITY", **VERBS["room"][2])
    assert fresh(asked).answer == ProviderAnswer.PART_RIGHT
    say(replying.confirm_all, asked, "ALL")
    assert fresh(asked).answer == ProviderAnswer.ALL_RIGHT


def test_a_program_chooses_how_often_it_is_asked(asked: AskedListing) -> None:
    say(replying.confirm_all, asked, "ALL")
    say(replying.choose_cadence, asked, "CADENCE", days=30)
    listing = fresh(asked).listing
    assert listing.cadence_days == 30
    assert listing.verification_due_date == (NOW + timedelta(days=30)).date()
    say(replying.choose_cadence, asked, "CADENCE", days=None)
    assert fresh(asked).listing.cadence_days is None


def test_a_colleague_gets_the_very_link_once_and_is_not_kept(asked: AskedListing) -> None:
    say(replying.send_to_colleague, asked, "COLLEAGUE", **VERBS["a colleague"][2])
    (letter,) = mail.outbox
    assert letter.to == ["kim@riverside.example.org"]
    assert "/program/4711.x.y/" in letter.body
    assert asked.ask.contact.email not in letter.message().as_string()
    assert "stop" not in letter.body
    assert "kim@" not in str(rows())
    with pytest.raises(SeenBefore):
        say(replying.send_to_colleague, asked, "COLLEAGUE", **VERBS["a colleague"][2])
    assert len(mail.outbox) == 1


def test_not_us_ends_this_contact_s_claim_of_this_listing(asked: AskedListing) -> None:
    other_contact = ClaimFactory(listing=asked.listing, confirmed=True)
    other_listing = AskedListingFactory(ask=asked.ask)
    say(replying.say_not_us, asked, "NOT_US")
    assert fresh(asked).answer == ProviderAnswer.NOT_US
    assert not serves(fresh(asked))
    assert serves(fresh(other_listing))
    other_contact.refresh_from_db()
    assert other_contact.status == ClaimStatus.CONFIRMED
