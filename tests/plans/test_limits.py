import json
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from finder.enums import CareCategory
from finder.plans.aims import AIMS, AROUND_THE_CLOCK, BY_VISITS, ONLINE, SUPERVISED, TELEHEALTH, WISHES, aims
from finder.plans.asks import ASKS
from finder.plans.limits import LIMITS, limits
from finder.plans.situations import Situation, Substance
from finder.plans.topics import TOPICS, topics

SAID = st.sets(st.sampled_from([*Substance.values, *Situation.values]))


def slugs() -> set[str]:
    rows = json.loads((Path(settings.BASE_DIR) / "fixtures" / "vocabulary.json").read_text())
    return {row["fields"]["slug"] for row in rows if "slug" in row["fields"]}


def closed(said: set[str]) -> set[str]:
    return {term for limit in limits(said) for term in limit.terms}


def test_every_term_of_the_rules_is_in_the_vocabulary() -> None:
    named = [term for limit in LIMITS for term in limit.terms]
    named += [term for aim in AIMS for term in aim.terms]
    named += [term for wish in WISHES for term in wish.terms]
    named += [term for ask in ASKS for term in ask.unless]
    named += [SUPERVISED, *AROUND_THE_CLOCK, BY_VISITS, TELEHEALTH, ONLINE]
    assert set(named) - slugs() == set()


def test_every_word_that_a_rule_listens_for_can_be_said() -> None:
    heard = {word for limit in LIMITS for word in (*limit.open_to, *limit.closed_to)}
    heard |= {row.said for row in (*AIMS, *WISHES, *ASKS)} | {word for _slug, said in TOPICS for word in said}
    can_be_said = {*Substance.values, *Situation.values, ""}
    assert {word for word in heard - can_be_said if f"{word}_meeting" not in slugs()} == set()


@given(SAID)
def test_a_dui_program_is_never_offered(said: set[str]) -> None:
    assert "dui_only" in closed(said)


@given(SAID, st.sampled_from(Substance.values))
def test_naming_a_substance_opens_only_what_is_meant_for_it(said: set[str], substance: str) -> None:
    opened = closed(said) - closed(said | {substance})
    meant = {term for limit in LIMITS if substance in limit.open_to for term in limit.terms}
    assert opened <= meant


def test_a_need_opens_what_it_names() -> None:
    assert "women_meeting" in closed(set())
    assert "women_meeting" not in closed({"women_meeting"})


def test_what_does_not_treat_a_person_stays_closed_whatever_they_ask() -> None:
    assert "no_alcohol_treatment" in closed({"alcohol", "no_alcohol_treatment"})


@pytest.mark.parametrize("leg", CareCategory)
def test_an_aim_stands_once(leg: CareCategory) -> None:
    found = aims(leg, set(Substance.values))
    assert len({aim.terms for aim in found}) == len(found)


def test_benzodiazepines_and_sleeping_pills_together_are_inferred() -> None:
    found = aims(CareCategory.WITHDRAWAL_MANAGEMENT, {"benzodiazepines", "sleeping_pills"})
    assert [aim.is_proven_by({"detox_benzodiazepines"}) for aim in found] == [False]


@given(st.sets(st.sampled_from(Substance.values)), st.sets(st.sampled_from(Situation.values)))
def test_a_safety_text_stands_once(substances: set[str], situations: set[str]) -> None:
    found = topics(substances, situations)
    assert len(set(found)) == len(found)


def test_the_most_urgent_text_comes_first() -> None:
    assert topics({"alcohol", "opioids"}, {"sleep_trouble"}) == (
        "alcohol-and-benzodiazepine-withdrawal",
        "overdose-and-naloxone",
        "medicine-for-opioid-use",
        "melatonin-and-sleep",
    )


def test_whoever_says_nothing_reads_of_withdrawal_and_overdose() -> None:
    assert topics((), ()) == ("alcohol-and-benzodiazepine-withdrawal", "overdose-and-naloxone")
    assert topics((), {"for_my_child"})[-1] == "for-families"
