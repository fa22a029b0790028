from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from finder.actions.refusals import Refused
from finder.actions.sampling import draw_accuracy_sample, record_check
from finder.enums import CareCategory, Outcome, VerifiedPart, Voice
from finder.models import AccuracyCheck, AccuracySample, CallOutcome, Verification
from tests.factories import ListingFactory, make_listing

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
RIGHT = dict.fromkeys(("name_is_right", "phone_is_right", "address_is_right", "service_is_right"), True)


@pytest.fixture
def caller(db: None) -> User:
    return User.objects.create_user("eddie")


def draw(per_category: int = 3, seed: int = 1, now: datetime = NOW) -> AccuracySample:
    return draw_accuracy_sample(per_category=per_category, seed=seed, now=now)


def drawn(sample: AccuracySample) -> set[object]:
    return set(sample.checks.values_list("listing_id", flat=True))


def test_so_many_of_each_kind_are_drawn_and_the_frame_is_kept() -> None:
    ListingFactory.create_batch(5, detox=True)
    ListingFactory.create_batch(2, treatment=True)
    sample = draw(per_category=3)
    kinds = list(sample.checks.values_list("category", flat=True))
    assert kinds.count("withdrawal_management") == 3
    assert kinds.count("behavioral_health") == 2
    assert sample.frame == {"withdrawal_management": 5, "behavioral_health": 2, "support_group": 0}
    assert sample.month == date(2026, 11, 1)


@pytest.mark.parametrize("hidden", ["draft", "archived", "demo"])
def test_only_what_readers_really_see_is_drawn(hidden: str) -> None:
    ListingFactory(detox=True, **{hidden: True})
    seen = ListingFactory(detox=True)
    assert drawn(draw()) == {seen.pk}


def test_the_same_seed_draws_the_same() -> None:
    ListingFactory.create_batch(12, treatment=True)
    first = drawn(draw(seed=7))
    AccuracySample.objects.all().delete()
    assert drawn(draw(seed=7)) == first
    AccuracySample.objects.all().delete()
    assert drawn(draw(seed=8)) != first


def test_a_month_is_drawn_once() -> None:
    ListingFactory()
    draw()
    with pytest.raises(Refused, match="drawn already"):
        draw(seed=2)
    draw(now=NOW + timedelta(days=30))


def test_nothing_is_drawn_from_made_up_listings() -> None:
    ListingFactory(demo=True)
    with pytest.raises(Refused, match="made-up"):
        draw()
    assert not AccuracySample.objects.exists()


def test_what_the_page_said_is_kept_and_a_private_address_is_not() -> None:
    make_listing(name="Quiet House", confidential=True, location__address_1="4711 Hidden Hollow Lane")
    shown = draw().checks.get().shown
    assert (shown["name"], shown["phone"]) == ("Quiet House", "828-555-0142")
    assert "Hidden" not in str(shown)


def test_a_result_is_written_down_once(caller: User) -> None:
    make_listing()
    check = draw().checks.get()
    record_check(check=check, was_reached=True, answers=RIGHT, by=caller, now=NOW)
    with pytest.raises(Refused, match="already"):
        record_check(check=check, was_reached=False, answers={}, by=caller, now=NOW)
    assert AccuracyCheck.objects.get().found.is_exact


def test_whoever_was_not_reached_said_nothing(caller: User) -> None:
    make_listing()
    check = draw().checks.get()
    record_check(check=check, was_reached=False, answers=RIGHT, by=caller, now=NOW)
    check.refresh_from_db()
    assert (check.was_reached, check.name_is_right, check.service_is_right) == (False, None, None)


def test_all_right_confirms_phone_and_address(caller: User) -> None:
    make_listing()
    record_check(check=draw().checks.get(), was_reached=True, answers=RIGHT, by=caller, now=NOW)
    verified = Verification.objects.get()
    assert (verified.parts, verified.voice) == ([VerifiedPart.CONTACT], Voice.EDITOR)


def test_a_meeting_is_not_said_to_be_phoned(caller: User) -> None:
    make_listing(categories=[CareCategory.SUPPORT_GROUP])
    record_check(check=draw().checks.get(), was_reached=True, answers=RIGHT, by=caller, now=NOW)
    assert not Verification.objects.exists()


@pytest.mark.parametrize(
    ("category", "was_reached", "wrong", "told"),
    [
        (CareCategory.BEHAVIORAL_HEALTH, False, "phone_is_right", Outcome.WRONG_NUMBER),
        (CareCategory.BEHAVIORAL_HEALTH, True, "takes_new_people", Outcome.NOT_TAKING),
        (CareCategory.BEHAVIORAL_HEALTH, True, "name_is_right", None),
        (CareCategory.SUPPORT_GROUP, True, "service_is_right", Outcome.WRONG_PLACE_OR_TIME),
        (CareCategory.SUPPORT_GROUP, True, "address_is_right", Outcome.WRONG_PLACE_OR_TIME),
    ],
)
def test_what_was_wrong_is_told_of_the_listing(
    caller: User, category: CareCategory, was_reached: bool, wrong: str, told: Outcome | None
) -> None:
    make_listing(categories=[category])
    answers = {**RIGHT, wrong: False}
    record_check(check=draw().checks.get(), was_reached=was_reached, answers=answers, by=caller, now=NOW)
    assert list(CallOutcome.objects.values_list("outcome", flat=True)) == ([told] if told else [])
