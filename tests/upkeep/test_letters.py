from datetime import date, timedelta

import pytest

from finder.enums import AskKind
from finder.upkeep.letters import Sent, letter_wanted

TODAY = date(2026, 11, 23)
DUE = date(2026, 11, 1)


def ago(days: int, *, answered: bool = False) -> Sent:
    return Sent(TODAY - timedelta(days=days), answered)


def wanted(*sent: Sent, due: date | None = DUE, cadence_days: int | None = None) -> AskKind | None:
    return letter_wanted(due=due, cadence_days=cadence_days, sent=sent, today=TODAY)


@pytest.mark.parametrize("due", [None, TODAY + timedelta(days=1)])
def test_nobody_is_written_to_about_what_is_not_due(due: date | None) -> None:
    assert wanted(due=due) is None


@pytest.mark.parametrize("due", [TODAY, DUE])
def test_what_is_due_is_asked_about(due: date) -> None:
    assert wanted(due=due) == AskKind.FIRST


@pytest.mark.parametrize(("days", "kind"), [(1, None), (20, None), (21, AskKind.REMINDER)])
def test_a_reminder_comes_after_three_weeks(days: int, kind: AskKind | None) -> None:
    assert wanted(ago(days)) == kind


def test_whoever_answered_is_not_reminded() -> None:
    assert wanted(ago(21, answered=True)) is None


def test_after_the_reminder_nothing_more_is_written() -> None:
    due = TODAY - timedelta(days=400)
    assert wanted(ago(390), ago(369), due=due) is None


def test_when_it_is_due_again_it_is_asked_again() -> None:
    assert wanted(ago(200, answered=True), ago(221)) == AskKind.FIRST


@pytest.mark.parametrize(("days", "kind"), [(27, None), (28, AskKind.FIRST)])
def test_a_due_date_that_moves_brings_no_second_letter_within_a_month(
    days: int, kind: AskKind | None
) -> None:
    assert wanted(ago(days, answered=True), due=TODAY) == kind


@pytest.mark.parametrize(("days", "kind"), [(364, None), (365, AskKind.FIRST)])
def test_a_program_is_asked_no_more_often_than_it_chose(days: int, kind: AskKind | None) -> None:
    assert wanted(ago(days, answered=True), due=TODAY, cadence_days=365) == kind


def test_a_program_that_chose_every_month_is_asked_every_month() -> None:
    assert wanted(ago(30, answered=True), due=TODAY, cadence_days=30) == AskKind.FIRST
