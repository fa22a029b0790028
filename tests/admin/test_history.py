"""One listing's whole life on one page, one save or decision to an entry."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse

from finder.actions.archiving import archive_listing, restore_listing
from finder.actions.reverting import revert_field, state_of
from finder.actions.reviewing import accept_change, confirm_facts, reject_change
from finder.actions.verifying import verify_parts
from finder.admin.history import history_of
from finder.admin.history_entries import Entry, Kind
from finder.enums import (
    CapacityCode,
    CapacityUnit,
    ChangeOrigin,
    ClaimStatus,
    Outcome,
    ReportKind,
    StatementMethod,
    VerifiedPart,
    Voice,
)
from finder.models import (
    CallOutcome,
    Capacity,
    ChangeRequest,
    Claim,
    Contact,
    ListingReport,
    Location,
    Service,
    ServiceAtLocation,
)
from finder.models.history import events_of
from tests.actions.test_importing import CLINIC, HOUSE
from tests.admin.conftest import desk_of
from tests.admin.test_listings import form_of, url_of
from tests.factories import ListingFactory, SourceFactory, make_listing
from tests.samples import import_rows, listing_named
from tests.taken_back import take_back

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 12, tzinfo=UTC)


def a_listing(name: str = "Riverside") -> ServiceAtLocation:
    """That no source speaks of."""
    return ListingFactory(service__name=name)


def page_of(listing: ServiceAtLocation) -> str:
    return reverse("admin:finder_serviceatlocation_history", args=[listing.pk])


def titles(entries: list[Entry]) -> list[str]:
    return [entry.what for entry in entries]


def said(entry: Entry) -> list[str]:
    """What the entry says, without marks."""
    words = [part.name for part in entry.parts]
    return words + [
        f"{each.field}: {each.old} → {each.new}" for part in entry.parts for each in part.differences
    ]


# Saves


def test_one_save_of_several_rows_is_one_entry(editor: User) -> None:
    listing = a_listing()
    sent = form_of(listing, service__name="Hillside", location__city="Arden", organization__name="New Owner")
    desk_of(editor).post(url_of(listing), sent)
    (entry,) = history_of(ServiceAtLocation.objects.get())
    assert (entry.who, entry.kind) == ("eddie", Kind.EDITS)
    assert {"Name: Riverside → Hillside", "City: Asheville → Arden"} <= set(said(entry))


def test_two_saves_are_two_entries_the_newest_first(editor: User) -> None:
    listing = a_listing()
    for name in ("Hillside", "Hilltop"):
        desk_of(editor).post(url_of(listing), form_of(listing, service__name=name))
    newer, older = history_of(ServiceAtLocation.objects.get())
    assert said(newer)[-1] == "Name: Hillside → Hilltop"
    assert said(older)[-1] == "Name: Riverside → Hillside"


def test_a_number_added_in_the_same_save_is_in_the_same_entry(editor: User) -> None:
    listing = a_listing()
    phone = {
        "phones-TOTAL_FORMS": 1,
        "phones-0-number": "828-555-0143",
        "phones-0-phone_type": "MAIN",
        "phones-0-position": 0,
    }
    desk_of(editor).post(url_of(listing), form_of(listing, service__name="Hillside", **phone))
    (entry,) = history_of(ServiceAtLocation.objects.get())
    assert any("828-555-0143" in words for words in said(entry))


def test_what_no_person_and_no_import_changed_is_a_commands() -> None:
    listing = a_listing()
    Service.objects.update(name="Hillside")
    (entry,) = history_of(listing)
    assert entry.who == "A command"


# Decisions


def test_decisions_are_told_by_what_they_were(editor: User) -> None:
    listing = a_listing()
    archive_listing(listing=listing, reason="Closed", by=editor, now=NOW)
    restore_listing(listing=listing, by=editor, now=NOW)
    assert titles(history_of(listing)) == ["Restored", "Archived"]


def question_about(listing: ServiceAtLocation, **more: Any) -> ChangeRequest:
    told: dict[str, Any] = {"field": "location.city", "current_value": "Asheville", "proposed_value": "Arden"}
    return ChangeRequest.objects.create(
        listing=listing, source=SourceFactory(), proposed_at=NOW, **told, **more
    )


def test_an_accepted_change_is_one_entry_with_question_and_change(editor: User) -> None:
    listing = a_listing()
    accept_change(request=question_about(listing), by=editor, now=LATER)
    (entry,) = history_of(listing, kind=Kind.DECISIONS)
    assert entry.what == "A source's value was taken"
    assert said(entry).count("City: Asheville → Arden") == 1
    assert "changerequest" in entry.url


def test_a_kept_value_and_a_proposal_are_entries(editor: User) -> None:
    listing = a_listing()
    question = question_about(listing, origin=ChangeOrigin.PROVIDER)
    reject_change(request=question, by=editor, now=LATER)
    assert titles(history_of(listing)) == ["A person's value was kept", "Proposed"]


# Imports


@pytest.fixture
def imported(vocabulary: None) -> ServiceAtLocation:
    import_rows(HOUSE, CLINIC, edition=2022)
    import_rows(HOUSE | {"city": "Arden", "phone": "828-555-0199"}, edition=2024)
    return listing_named("Example House")


def test_each_import_is_one_entry_that_names_it_and_leads_to_it(imported: ServiceAtLocation) -> None:
    newer, older = sorted(history_of(imported), key=lambda entry: entry.what, reverse=True)
    assert (newer.what, older.what) == (
        "Import: Example_Directory_2024.csv (2024-01-01)",
        "Import: Example_Directory_2022.csv (2022-01-01)",
    )
    run = imported.statements.latest("stated_on").import_run_id
    assert newer.url == reverse("admin:finder_importrun_change", args=[run])
    assert {entry.kind for entry in (newer, older)} == {Kind.IMPORTS}


def test_an_import_says_what_it_changed_and_what_it_said(imported: ServiceAtLocation) -> None:
    (newer,) = [entry for entry in history_of(imported) if "2024" in entry.what]
    words = said(newer)
    assert "City: Asheville → Arden" in words
    assert "Phone numbers, as the sources have it: 828-555-0142 → 828-555-0199" in words
    assert any("says something else than before" in each for each in words)
    assert any("times yes" in each for each in words)


def test_the_first_import_and_going_missing_are_told(imported: ServiceAtLocation) -> None:
    entries = history_of(listing_named("Example Clinic"))
    words = [each for entry in entries for each in said(entry)]
    assert any(each.startswith("First read from") for each in words)
    assert any(each.startswith("No longer in") for each in words)


def test_what_an_import_asked_is_told_even_when_it_was_withdrawn(vocabulary: None) -> None:
    import_rows(HOUSE, edition=2020)
    Location.objects.update(city="West Asheville")
    import_rows(HOUSE | {"city": "Arden"}, edition=2022, now=NOW)
    import_rows(HOUSE | {"city": "Candler"}, edition=2024, now=LATER)
    asked = {
        entry.what[-11:-7]: [words for words in said(entry) if words.startswith("city:")]
        for entry in history_of(listing_named("Example House"), kind=Kind.IMPORTS)
    }
    assert asked["2022"] == ["city: West Asheville → Arden"]
    assert asked["2024"] == ["city: West Asheville → Candler"]


def test_an_import_that_was_taken_back_is_told_with_its_name(
    imported: ServiceAtLocation, editor: User
) -> None:
    statement = imported.statements.latest("stated_on")
    assert statement.import_run
    take_back(statement.import_run, by=editor)
    entries = history_of(listing_named("Example House"))
    back = next(entry for entry in entries if entry.what.startswith("Import taken back"))
    assert back.what.endswith("2024.csv (2024-01-01)")
    assert back.who == "eddie"
    assert "City: Arden → Asheville" in said(back)
    assert any(entry.what == "Import: Example_Directory_2024.csv (2024-01-01)" for entry in entries)


def test_an_import_itself_has_a_history(imported: ServiceAtLocation) -> None:
    statement = imported.statements.latest("stated_on")
    assert statement.import_run
    run = take_back(statement.import_run)
    assert [entry.what.partition(":")[0] for entry in history_of(run)] == ["Import taken back", "Import"]


# What people found


@pytest.fixture
def lived(editor: User) -> ServiceAtLocation:
    """A listing that was checked, called, reported and claimed."""
    for slug in ("staff", "provider"):
        SourceFactory(slug=slug)
    listing = make_listing(yes=["medicaid"])
    confirm_facts(listing=listing, method=StatementMethod.PHONE, by=editor, now=NOW)
    verify_parts(
        listing=listing,
        parts=[VerifiedPart.CONTACT],
        voice=Voice.EDITOR,
        method=StatementMethod.PHONE,
        by=editor,
        now=NOW,
    )
    Capacity.objects.create(
        listing=listing,
        unit=CapacityUnit.DETOX_BEDS,
        code=CapacityCode.YES,
        available=3,
        updated=NOW,
        expires_at=LATER,
        voice=Voice.PROVIDER,
    )
    CallOutcome.objects.create(
        listing=listing, outcome=Outcome.WRONG_NUMBER, reported_at=NOW, reporter_key="secret-key",
        resolved_at=LATER, resolved_by=editor,
    )  # fmt: skip
    ListingReport.objects.create(
        reference="ABC123",
        kind=ReportKind.PROBLEM,
        listing=listing,
        text="A reader's own words",
        proposed_at=NOW,
        reporter_key="secret-key",
    )
    contact = Contact.objects.create(email="someone@program.example", created_at=NOW)
    Claim.objects.create(
        listing=listing,
        contact=contact,
        status=ClaimStatus.CONFIRMED,
        asked_at=NOW,
        code_hash="x",
        code_made_at=NOW,
        called_number="+18285550142",
        called_by=editor,
        confirmed_at=LATER,
    )
    return listing


def test_what_one_person_checked_at_once_is_one_entry(lived: ServiceAtLocation) -> None:
    checked = [entry for entry in history_of(lived, kind=Kind.CHECKS) if entry.what.startswith("Checked")]
    (entry,) = checked
    assert sorted(said(entry)) == [
        "Found right: Phone and address",
        "Found right: Services and payment",
        "Yes: Medicaid. No: –.",
    ]


def test_room_and_calls_are_told_by_role(lived: ServiceAtLocation) -> None:
    told = {entry.what: (entry.who, said(entry)) for entry in history_of(lived)}
    assert told["Room"] == ("The program itself", ["Detox beds: There is room (3)"])
    assert told["Called or went"] == ("Someone who called or went", ["Wrong number"])
    assert told["Looked into a call"][0] == "eddie"


def test_reports_and_claims_are_shown_to_those_who_answer_them(
    lived: ServiceAtLocation, editor: User, case_worker: User
) -> None:
    by_claim = {"Asked to keep this listing", "Typed the right code: it keeps this listing", "Reported"}
    assert by_claim <= set(titles(history_of(lived, viewer=editor)))
    assert not by_claim & set(titles(history_of(lived, viewer=case_worker)))
    assert not by_claim & set(titles(history_of(lived, viewer=AnonymousUser())))


def test_no_reader_and_no_address_is_in_the_history(lived: ServiceAtLocation, administrator: User) -> None:
    html = desk_of(administrator).get(page_of(lived)).content.decode()
    for hidden in ("secret-key", "own words", "program.example", "+18285550142"):
        assert hidden not in html


# The page


def test_it_is_narrowed_by_kind(lived: ServiceAtLocation, editor: User) -> None:
    client = desk_of(editor)
    html = client.get(page_of(lived), {"kind": "reports"}).content.decode()
    assert "Wrong number" in html
    assert "Found right" not in html
    assert 'href="?kind=reports" aria-current="page"' in html
    assert "Found right" in client.get(page_of(lived), {"kind": "nonsense"}).content.decode()


def test_a_long_life_has_pages(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("finder.admin.base.ENTRIES_A_PAGE", 1)
    listing = a_listing()
    client = desk_of(editor)
    for name in ("Hillside", "Hilltop"):
        client.post(url_of(listing), form_of(listing, service__name=name))
    assert (
        "Riverside"
        not in client.get(page_of(listing), {"kind": "edits"}).content.decode().split("module history")[1]
    )
    assert "<del>Riverside</del>" in client.get(page_of(listing), {"page": 2}).content.decode()


def test_putting_back_is_an_entry_of_its_own(editor: User) -> None:
    listing = a_listing()
    Service.objects.update(name="Hillside")
    event = events_of(Service).get()
    seen = state_of(Service.objects.get(), ["name"])
    revert_field(model=Service, event=event.pk, field="name", seen=seen, by=editor, now=NOW)
    assert titles(history_of(listing)) == ["Put back", "Changed"]
