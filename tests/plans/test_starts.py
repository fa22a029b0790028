"""What starts first. Each row of the table is a person; the property holds for all of them."""

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.enums import CareCategory
from finder.plans.situations import DANGEROUS_TO_STOP, JUST_OUT, Situation, Substance
from finder.plans.starts import RULES, Rule, Start, led_by, rule_of, starts
from finder.plans.whys import HAND_OVER, WHYS, hand_over, why

DETOX, CARE, GROUP = CareCategory
SOONEST_FIRST = (Start.NOW, Start.NEXT, Start.MAY_NOT_NEED)

TABLE = [
    # substances, situations, detox, care, the rules of both
    ("alcohol", "", "now", "next", "dangerous_to_stop", "after_detox"),
    ("benzodiazepines", "", "now", "next", "dangerous_to_stop", "after_detox"),
    ("sleeping_pills", "", "now", "next", "dangerous_to_stop", "after_detox"),
    ("barbiturates", "", "now", "next", "dangerous_to_stop", "after_detox"),
    ("ghb", "", "now", "next", "dangerous_to_stop", "after_detox"),
    ("phenibut", "", "now", "next", "dangerous_to_stop", "after_detox"),
    ("opioids", "", "may_not_need", "now", "opioids", "medicine"),
    ("opioids", "wants_detox", "now", "now", "opioids_asked", "medicine"),
    ("opioids", "pregnant", "may_not_need", "now", "pregnant", "pregnant_medicine"),
    ("opioids", "pregnant wants_detox", "next", "now", "pregnant_asked", "pregnant_medicine"),
    ("opioids alcohol", "pregnant", "now", "now", "dangerous_to_stop", "pregnant_medicine"),
    ("opioids alcohol", "", "now", "now", "dangerous_to_stop", "medicine"),
    ("opioids", "out_of_jail", "may_not_need", "now", "just_out", "medicine"),
    ("kratom", "", "now", "now", "kratom", "kratom"),
    ("kratom", "pregnant", "may_not_need", "now", "pregnant", "kratom"),
    ("stimulants", "", "may_not_need", "now", "care_first", "care_first"),
    ("cannabis", "", "may_not_need", "now", "care_first", "care_first"),
    ("cannabis", "wants_detox", "next", "now", "care_first_asked", "care_first"),
    ("stimulants", "out_of_detox", "may_not_need", "now", "just_out", "just_out"),
    ("alcohol", "out_of_detox", "may_not_need", "now", "just_out", "just_out"),
    ("alcohol", "out_of_hospital", "may_not_need", "now", "just_out", "just_out"),
    ("alcohol", "out_of_jail wants_detox", "now", "next", "dangerous_to_stop", "after_detox"),
    ("alcohol", "on_methadone", "now", "now", "dangerous_to_stop", "keep_your_medicine"),
    ("", "on_buprenorphine", "may_not_need", "now", "keep_your_medicine", "keep_your_medicine"),
    ("other", "", "now", "now", "not_known_which", "not_known_which"),
    ("several", "", "now", "now", "not_known_which", "not_known_which"),
    ("", "", "now", "now", "nothing_said", "nothing_said"),
]

people = st.tuples(st.sets(st.sampled_from(Substance)), st.sets(st.sampled_from(Situation)))


@pytest.mark.parametrize(("substances", "situations", "detox", "care", "detox_rule", "care_rule"), TABLE)
def test_each_leg_starts_by_its_rule(
    substances: str, situations: str, detox: str, care: str, detox_rule: str, care_rule: str
) -> None:
    found = starts(substances.split(), situations.split())
    assert list(found) == [DETOX, CARE, GROUP]
    assert [rule.start for rule in found.values()] == [detox, care, "alongside"]
    assert [rule.key for rule in found.values()] == [detox_rule, care_rule, "alongside"]


def test_the_table_tries_every_rule() -> None:
    tried = {
        (leg, key)
        for *_person, _detox, _care, detox_rule, care_rule in TABLE
        for leg, key in ((DETOX, detox_rule), (CARE, care_rule), (GROUP, "alongside"))
    }
    assert tried == {(rule.leg, rule.key) for rule in RULES}


@given(people, st.sampled_from(Substance))
def test_one_more_substance_never_puts_detox_off(
    person: tuple[set[Substance], set[Situation]], added: Substance
) -> None:
    substances, situations = person
    if substances:
        before = rule_of(DETOX, substances, situations).start
        after = rule_of(DETOX, substances | {added}, situations).start
        assert SOONEST_FIRST.index(after) <= SOONEST_FIRST.index(before)


@given(people, st.sampled_from(Substance))
def test_one_more_substance_never_takes_medicine_away(
    person: tuple[set[Substance], set[Situation]], added: Substance
) -> None:
    substances, situations = person
    rule = rule_of(CARE, substances | {Substance.OPIOIDS, added}, situations)
    assert rule.start == Start.NOW
    assert rule.key in {"medicine", "pregnant_medicine", "keep_your_medicine"}


@given(people)
def test_something_medical_always_starts_now(person: tuple[set[Substance], set[Situation]]) -> None:
    found = starts(*person)
    assert Start.NOW in {found[DETOX].start, found[CARE].start}


@given(people)
def test_what_is_dangerous_to_stop_needs_detox_now_unless_just_out(
    person: tuple[set[Substance], set[Situation]],
) -> None:
    substances, situations = person
    if substances & DANGEROUS_TO_STOP:
        is_over = bool(situations & JUST_OUT) and Situation.WANTS_DETOX not in situations
        assert (rule_of(DETOX, substances, situations).start == Start.NOW) != is_over


@given(people)
def test_in_pregnancy_opioids_never_lead_to_detox_first(
    person: tuple[set[Substance], set[Situation]],
) -> None:
    substances, situations = person
    found = starts(substances | {Substance.OPIOIDS}, situations | {Situation.PREGNANT})
    assert led_by(found)[0] == CARE


@given(people)
def test_a_group_is_alongside_and_never_leads(person: tuple[set[Substance], set[Situation]]) -> None:
    found = starts(*person)
    assert found[GROUP].start == Start.ALONGSIDE
    assert GROUP not in led_by(found)


def test_every_rule_has_its_source_and_the_day_of_its_next_review() -> None:
    for rule in RULES:
        assert rule.source
        assert rule.reviewed_on is None or rule.reviewed_on < rule.review_due_on


def test_every_rule_has_its_text_and_no_text_is_left_over() -> None:
    assert set(WHYS) == {(rule.leg, rule.key) for rule in RULES}
    assert all(why(rule) for rule in RULES)


def test_detox_from_opioids_hands_over_to_medicine() -> None:
    assert "naloxone?" in hand_over(DETOX, {Substance.OPIOIDS})
    assert hand_over(DETOX, {Substance.CANNABIS}) == str(HAND_OVER[DETOX])


def test_every_pair_of_substances_has_a_rule_for_each_leg() -> None:
    pairs = chain(combinations(Substance, 1), combinations(Substance, 2))
    for substances in pairs:
        assert all(isinstance(rule, Rule) for rule in starts(substances, ()).values())
