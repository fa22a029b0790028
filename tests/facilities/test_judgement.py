from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.facilities.judgement import Judgement, categories, judge

QUESTIONS = {"DT": "TC", "SA": "TC", "BU": "OM", "MU": "OM", "VET": "SG", "PW": "SG", "BUM": "OT", "UB": "OT"}
OFFERED = frozenset(QUESTIONS) - {"UB"}
TERMS = {
    1: frozenset({"DT"}),
    2: frozenset({"BU", "BUM"}),
    3: frozenset({"VET"}),
    4: frozenset({"UB"}),
    5: frozenset({"SA", "PW"}),
    6: frozenset({"MU", "UB"}),
}
some_codes = st.frozensets(st.sampled_from([*sorted(QUESTIONS), "NEW"]))


def judged(codes: Collection[str], **inferred: Collection[str]) -> Judgement:
    return judge(codes, TERMS, OFFERED, QUESTIONS, **inferred)


def test_a_code_present_is_yes() -> None:
    assert 1 in judged({"DT"}).affirmed


def test_a_code_left_out_of_an_answered_question_is_no() -> None:
    assert 1 in judged({"SA"}).denied


def test_a_question_left_blank_is_not_stated() -> None:
    said = judged({"BU"})
    assert 1 not in said.affirmed | said.denied


def test_a_code_never_offered_is_not_stated() -> None:
    said = judged({"BUM"})
    assert 4 not in said.affirmed | said.denied


def test_a_special_program_left_out_is_not_stated() -> None:
    said = judged({"PW"})
    assert 3 not in said.affirmed | said.denied


def test_one_code_of_several_is_yes() -> None:
    assert 2 in judged({"BUM"}).affirmed


def test_several_codes_are_no_only_when_every_question_was_answered() -> None:
    assert 2 not in judged({"MU"}).denied
    assert 2 in judge({"MU", "UB"}, TERMS, OFFERED, QUESTIONS).denied


def test_several_codes_with_a_special_program_among_them_are_never_no() -> None:
    assert 5 not in judged({"DT", "VET"}).denied


def test_codes_not_offered_do_not_stand_in_the_way_of_a_no() -> None:
    assert 6 in judged({"BU"}).denied


def test_an_unknown_code_answers_no_question() -> None:
    assert judged({"NEW"}) == Judgement(frozenset(), frozenset())


def test_an_inferred_code_says_yes_and_answers_no_question() -> None:
    said = judged({"SA", "UB"}, inferred={"SA", "UB"})
    assert said == Judgement(frozenset({4, 5, 6}), frozenset())


@given(some_codes)
def test_yes_and_no_exclude_each_other(codes: frozenset[str]) -> None:
    said = judged(codes)
    assert not said.affirmed & said.denied


@given(some_codes)
def test_a_no_needs_an_answer_to_each_question_offered(codes: frozenset[str]) -> None:
    answered = {QUESTIONS[code] for code in codes if code in QUESTIONS}
    for term in judged(codes).denied:
        assert {QUESTIONS[code] for code in TERMS[term] & OFFERED} <= answered - {"SG"}


@given(some_codes, some_codes)
def test_another_code_never_takes_a_yes_back(codes: frozenset[str], more: frozenset[str]) -> None:
    assert judged(codes).affirmed <= judged(codes | more).affirmed


@given(some_codes, some_codes)
def test_what_is_inferred_never_adds_a_no(codes: frozenset[str], inferred: frozenset[str]) -> None:
    assert judged(codes | inferred, inferred=inferred - codes).denied <= judged(codes).denied


@given(st.lists(some_codes, min_size=1).flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_united_rows_does_not_matter(
    orders: tuple[list[frozenset[str]], list[frozenset[str]]],
) -> None:
    one, another = ([code for row in rows for code in row] for rows in orders)
    assert judged(one) == judged(another)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ("DT", ["withdrawal_management"]),
        ("HID", ["withdrawal_management"]),
        ("RD", ["withdrawal_management"]),
        ("OD", ["withdrawal_management"]),
        ("SA DT", ["withdrawal_management", "behavioral_health"]),
        ("OD HH", ["withdrawal_management", "behavioral_health"]),
        ("SA", ["behavioral_health"]),
        ("MH", ["behavioral_health"]),
        ("SUMH", ["behavioral_health"]),
        ("HH", ["behavioral_health"]),
        ("OP BU", ["behavioral_health"]),
        ("ADTX", ["behavioral_health"]),
        ("", ["behavioral_health"]),
    ],
)
def test_the_codes_name_the_kinds_of_help_and_no_row_is_lost(codes: str, expected: list[str]) -> None:
    assert categories(codes.split()) == expected
