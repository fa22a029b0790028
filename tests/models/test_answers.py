"""The effective answer: people before imports, the newest of each directory, yes before no across them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.enums import StatementMethod
from finder.models import Statement
from finder.models.answers import Checked, answers, last_checked
from finder.upkeep.freshness import Check

IMPORT, PHONE = StatementMethod.IMPORT, StatementMethod.PHONE
SITE_VISIT, PROVIDER = StatementMethod.SITE_VISIT, StatementMethod.PROVIDER
SPANISH, DETOX = 1, 2
PEOPLE = [PHONE, SITE_VISIT, PROVIDER]


def said(
    year: int,
    *,
    yes: tuple[int, ...] = (),
    no: tuple[int, ...] = (),
    source: str = "samhsa-su",
    method: StatementMethod = IMPORT,
    pk: int = 1,
) -> Statement:
    return Statement(
        pk=pk,
        source_id=source,
        method=method,
        stated_on=date(year, 1, 1),
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
        affirmed=list(yes),
        denied=list(no),
    )


def effective(*statements: Statement) -> dict[int, bool]:
    return {term: answer.is_yes for term, answer in answers(statements).items()}


def test_what_nobody_stated_has_no_answer() -> None:
    assert effective(said(2024, yes=(SPANISH,))) == {SPANISH: True}
    assert effective() == {}


def test_only_the_newest_edition_of_a_directory_speaks() -> None:
    assert effective(said(2022, yes=(SPANISH, DETOX)), said(2024, no=(SPANISH,))) == {SPANISH: False}


@pytest.mark.parametrize("year", [2020, 2024])
def test_yes_beats_no_across_directories(year: int) -> None:
    denying = said(2022, no=(SPANISH,), source="samhsa-mh")

    assert effective(denying, said(year, yes=(SPANISH,))) == {SPANISH: True}


@pytest.mark.parametrize("method", PEOPLE)
def test_a_person_outranks_any_newer_import(method: StatementMethod) -> None:
    checked = said(2020, no=(SPANISH,), source="staff", method=method)

    assert effective(checked, said(2024, yes=(SPANISH,))) == {SPANISH: False}


@pytest.mark.parametrize("older", PEOPLE)
@pytest.mark.parametrize("newer", PEOPLE)
def test_among_people_and_providers_the_newest_wins(older: StatementMethod, newer: StatementMethod) -> None:
    statements = [said(2022, yes=(SPANISH,), method=older), said(2023, no=(SPANISH,), method=newer)]

    assert effective(*statements) == {SPANISH: False}


def test_a_person_who_checked_one_fact_leaves_the_others_to_the_directories() -> None:
    checked = said(2025, no=(SPANISH,), source="staff", method=PHONE)

    assert effective(checked, said(2024, yes=(SPANISH, DETOX))) == {SPANISH: False, DETOX: True}


def test_an_answer_names_who_says_so() -> None:
    edition, call = said(2024, yes=(SPANISH, DETOX)), said(2025, yes=(SPANISH,), method=PHONE, pk=2)

    found = answers([edition, call])

    assert (found[SPANISH].statement, found[DETOX].statement) == (call, edition)


def test_of_two_statements_of_one_day_the_later_recorded_counts() -> None:
    assert effective(said(2024, yes=(SPANISH,), pk=1), said(2024, no=(SPANISH,), pk=2)) == {SPANISH: False}


STATEMENTS = st.lists(
    st.builds(
        lambda year, source, method, yes: said(
            year, yes=(SPANISH,) if yes else (), no=() if yes else (SPANISH,), source=source, method=method
        ),
        st.integers(2020, 2024),
        st.sampled_from(["samhsa-su", "samhsa-mh", "staff"]),
        st.sampled_from([IMPORT, PHONE]),
        st.booleans(),
    ),
    max_size=6,
    unique_by=lambda statement: (statement.stated_on, statement.source_id, statement.method),
).map(lambda found: [numbered(statement, pk) for pk, statement in enumerate(found, start=1)])


def numbered(statement: Statement, pk: int) -> Statement:
    statement.pk = pk
    return statement


@given(STATEMENTS, st.randoms())
def test_the_order_of_reading_makes_no_difference(statements: list[Statement], dice: object) -> None:
    shuffled = list(statements)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]

    assert effective(*shuffled) == effective(*statements)


def test_the_last_check_is_a_persons_even_where_an_edition_is_newer() -> None:
    checked = last_checked([said(2024), said(2022, method=PHONE)])

    assert checked == Checked(date(2022, 1, 1), PHONE, "samhsa-su")


def test_a_check_of_any_part_by_one_of_us_or_the_program_is_a_check() -> None:
    statements = [said(2024), said(2022, method=PHONE)]
    newer = Check(["CONTACT"], date(2023, 1, 1), PHONE, "EDITOR")
    assert last_checked(statements, [newer]) == Checked(date(2023, 1, 1), PHONE, "staff")
    by_program = newer._replace(method=PROVIDER, voice="PROVIDER")
    assert last_checked(statements, [by_program]).source == "provider"


def test_an_older_check_changes_nothing() -> None:
    older = Check(["HOURS"], date(2021, 1, 1), SITE_VISIT, "EDITOR")
    assert last_checked([said(2022, method=PHONE)], [older]).on == date(2022, 1, 1)


@pytest.mark.parametrize(("part", "voice"), [("CONTACT", "PUBLIC"), ("AVAILABILITY", "PROVIDER")])
def test_a_readers_word_and_room_for_today_are_no_check(part: str, voice: str) -> None:
    assert last_checked([said(2022)], [Check([part], date(2026, 1, 1), PHONE, voice)]).method == IMPORT


def test_without_a_person_the_newest_edition_is_the_last_check() -> None:
    assert last_checked([said(2024), said(2022)]) == Checked(date(2024, 1, 1), IMPORT, "samhsa-su")
    assert last_checked([]) == Checked(None, IMPORT)
