"""What people found who dispute a listing, as a reader is told."""

import pytest

from finder.enums import Outcome, VerifiedPart
from finder.models import ListingIndex
from finder.upkeep.disputes import DOUBTED_BY
from finder.upkeep.freshness import Doubt
from finder.upkeep.kept_freshness import kept
from finder.views.doubts import doubt_words

CALL, ASK = "Call first, or try the next one.", "Ask before you go, or try the next one."


def told(*doubts: Doubt) -> tuple[str, ...]:
    return doubt_words(
        ListingIndex(freshness=kept([], doubts), disputed=[doubt.part.value for doubt in doubts])
    )


def found(*outcomes: Outcome, people: int = 2) -> str:
    (sentence,) = told(Doubt(DOUBTED_BY[outcomes[0]], outcomes, people))
    return sentence


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (Outcome.WRONG_NUMBER, f"Two people who called found a different number. {CALL}"),
        (Outcome.CLOSED, f"Two people found that it has closed. {CALL}"),
        (Outcome.NEEDS_REFERRAL, f"Two people who called were told that you need a referral. {CALL}"),
        (Outcome.NOT_TAKING, f"Two people who called were told that they take no new people now. {CALL}"),
        (Outcome.NO_BED, f"Two people who called were told that no bed or place is free. {CALL}"),
        (Outcome.NOBODY_THERE, f"Two people went, and nobody was there. {ASK}"),
        (Outcome.WRONG_PLACE_OR_TIME, f"Two people found another place or time. {ASK}"),
        (Outcome.LINK_DEAD, f"The link did not work for two people. {ASK}"),
    ],
)
def test_what_two_people_found_is_said(outcome: Outcome, sentence: str) -> None:
    assert found(outcome) == sentence


def test_every_finding_that_disputes_has_its_own_words() -> None:
    said = {found(outcome, people=1) for outcome in DOUBTED_BY}
    assert len(said) == len(DOUBTED_BY)
    assert not any("%" in sentence for sentence in said)


def test_one_of_us_is_someone() -> None:
    assert found(Outcome.WRONG_NUMBER, people=1) == f"Someone who called found a different number. {CALL}"


@pytest.mark.parametrize(
    ("outcomes", "sentence"),
    [
        (
            (Outcome.WRONG_NUMBER, Outcome.CLOSED),
            f"Three people could not reach them as it says here. {CALL}",
        ),
        (
            (Outcome.NOBODY_THERE, Outcome.WRONG_PLACE_OR_TIME),
            f"Three people found that the time or place is wrong. {ASK}",
        ),
        (
            (Outcome.NOT_TAKING, Outcome.NO_BED),
            f"Three people who called were told that there is no room now. {CALL}",
        ),
    ],
)
def test_who_found_different_things_of_one_part_is_counted_together(
    outcomes: tuple[Outcome, ...], sentence: str
) -> None:
    assert found(*outcomes, people=3) == sentence


def test_each_disputed_part_has_its_sentence() -> None:
    said = told(
        Doubt(VerifiedPart.CONTACT, (Outcome.WRONG_NUMBER,), 2),
        Doubt(VerifiedPart.AVAILABILITY, (Outcome.NO_BED,), 14),
    )
    assert [sentence.split()[0] for sentence in said] == ["Two", "14"]


def test_what_is_not_disputed_says_nothing() -> None:
    assert told() == ()
