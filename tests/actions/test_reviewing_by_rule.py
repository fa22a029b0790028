from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from finder.actions.indexing import untrue_rows
from finder.actions.proposing import propose_changes_of
from finder.actions.reviewing_by_rule import Outcome, Rule, decide_by_rule, rules
from finder.enums import ChangeOrigin, ReviewStatus
from finder.models import ChangeRequest, Location, QueueItem, ServiceAtLocation
from tests.samples import facility, import_rows, listing_named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
CITIES = Rule("samhsa-su", "location.city")


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor")


@pytest.fixture
def three(vocabulary: None) -> None:
    """Three places whose city a person wrote and a newer edition says otherwise; of one, the phone, too."""
    rows = [facility(f"Example {name}", street1=f"{name} Street") for name in ("A", "B", "C")]
    import_rows(*rows, edition=2022)
    Location.objects.update(city="West Asheville")
    listing_named("Example A").phones.update(description="Ask for Sam")
    import_rows(
        *[row | {"city": "Arden"} for row in rows[1:]],
        rows[0] | {"city": "Arden", "phone": "828-555-0199"},
        edition=2024,
    )


def answer(verdict: ReviewStatus, by: User, **said: Any) -> Outcome:
    up_to = ChangeRequest.objects.order_by("pk").values_list("pk", flat=True).last()
    told = {"rule": CITIES, "up_to": up_to, "most": 100} | said
    return decide_by_rule(verdict=verdict, by=by, now=NOW, **told)


def cities() -> list[str]:
    return list(Location.objects.order_by("address_1").values_list("city", flat=True))


def waiting() -> list[str]:
    open_ones = ChangeRequest.objects.filter(status=ReviewStatus.PROPOSED)
    return sorted(open_ones.values_list("field", flat=True))


@pytest.mark.usefixtures("three")
def test_each_field_of_a_source_is_told_with_its_count() -> None:
    assert rules() == [(CITIES, 3), (Rule("samhsa-su", "phones"), 1)]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("verdict", "city"), [(ReviewStatus.ACCEPTED, "Arden"), (ReviewStatus.REJECTED, "West Asheville")]
)
def test_all_are_answered_alike_and_other_fields_left(verdict: ReviewStatus, city: str, editor: User) -> None:
    assert answer(verdict, editor) == Outcome(3, 0)
    assert cities() == [city] * 3
    assert waiting() == ["phones"]
    assert not untrue_rows()


@pytest.mark.usefixtures("three")
def test_each_answer_is_written_down_as_the_persons(editor: User) -> None:
    answer(ReviewStatus.ACCEPTED, editor)
    decided = ChangeRequest.objects.filter(field="location.city")
    assert set(decided.values_list("status", "decided_by", "decided_at")) == {("ACCEPTED", editor.pk, NOW)}


@pytest.mark.usefixtures("three")
def test_what_a_person_changed_since_it_was_asked_is_left(editor: User) -> None:
    Location.objects.filter(address_1="B Street").update(city="Candler")
    assert answer(ReviewStatus.ACCEPTED, editor) == Outcome(2, 1)
    assert cities() == ["Arden", "Candler", "Arden"]
    assert waiting() == ["location.city", "phones"]


@pytest.mark.usefixtures("three")
def test_questions_that_came_after_the_look_are_left(editor: User) -> None:
    first = ChangeRequest.objects.filter(field="location.city").earliest("pk")
    assert answer(ReviewStatus.REJECTED, editor, up_to=first.pk) == Outcome(1, 0)
    assert waiting().count("location.city") == 2


@pytest.mark.usefixtures("three")
def test_no_more_are_answered_than_was_said(editor: User) -> None:
    assert answer(ReviewStatus.REJECTED, editor, most=2) == Outcome(2, 0)
    assert waiting().count("location.city") == 1


@pytest.mark.usefixtures("three")
def test_what_a_program_proposes_is_never_answered_by_rule(editor: User) -> None:
    ChangeRequest.objects.all().delete()
    listing = ServiceAtLocation.objects.with_parts().earliest("pk")
    propose_changes_of(
        listing=listing,
        values={"location.city": "Arden"},
        origin=ChangeOrigin.PROVIDER,
        source="samhsa-su",
        now=NOW,
    )
    assert rules() == []
    assert answer(ReviewStatus.ACCEPTED, editor) == Outcome(0, 0)


@pytest.mark.usefixtures("three")
def test_a_listing_whose_last_question_was_answered_leaves_the_queue(editor: User) -> None:
    listing = listing_named("Example B")
    assert QueueItem.objects.open().get(listing=listing).reasons == ["CHANGED"]
    not_due_soon = NOW.date() + timedelta(days=300)  # it is spread by the listing's key
    ServiceAtLocation.objects.filter(pk=listing.pk).update(verification_due_date=not_due_soon)
    answer(ReviewStatus.REJECTED, editor)
    assert not QueueItem.objects.open().filter(listing=listing).exists()
