"""Words typed anywhere lead to the safety texts, before any result."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertNumQueries

from finder.models import Guidance
from finder.search.safety import MOST_TEXTS, SafetyText, routed, safety_texts, says
from finder.text import words_of
from tests.factories import GuidanceFactory

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "guidance.json"
SHIPPED = [Guidance(**row["fields"]) for row in json.loads(FIXTURE.read_text(encoding="utf-8"))]
SHIPPED.sort(key=lambda text: text.position)
ENGLISH = [(trigger, text.slug) for text in SHIPPED for trigger in text.triggers]
SPANISH = [(trigger, text.slug) for text in SHIPPED for trigger in text.triggers_es]


def slugs(*typed: str, texts: Any = SHIPPED) -> list[str]:
    return [text.slug for text in routed(typed, [text for text in texts if text.routed])]


def in_a_sentence(trigger: str, sentence: str) -> str:
    return sentence.format(trigger.replace("+", "and"))


@pytest.mark.parametrize(("trigger", "slug"), ENGLISH)
def test_every_english_word_brings_its_text(trigger: str, slug: str) -> None:
    assert slug in slugs(in_a_sentence(trigger, "help near me {} please"))
    assert slug in slugs(trigger.upper())


@pytest.mark.parametrize(("trigger", "slug"), SPANISH)
def test_every_spanish_word_brings_its_text(trigger: str, slug: str) -> None:
    assert slug in slugs(in_a_sentence(trigger, "busco ayuda, {} por favor"))


@pytest.mark.parametrize(("trigger", "slug"), SPANISH)
def test_accents_may_be_left_out(trigger: str, slug: str) -> None:
    assert slug in slugs(" ".join(words_of(trigger)))


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("7-OH", "kratom-and-7-oh"),
        ("7 oh", "kratom-and-7-oh"),
        ("krathom", "kratom-and-7-oh"),
        ("zanax", "alcohol-and-benzodiazepine-withdrawal"),
        ("benzodiazapines", "alcohol-and-benzodiazepine-withdrawal"),
        ("delerium", "alcohol-and-benzodiazepine-withdrawal"),
        ("siezure", "alcohol-and-benzodiazepine-withdrawal"),
        ("sucide", "crisis-and-suicide"),
        ("suicidio", "crisis-and-suicide"),
        ("metadone", "medicine-for-opioid-use"),
        ("buprenorphin", "medicine-for-opioid-use"),
        ("melatonnin", "melatonin-and-sleep"),
        ("sobredosi", "overdose-and-naloxone"),
    ],
)
def test_a_slip_is_forgiven(typed: str, slug: str) -> None:
    assert slug in slugs(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "?!",
        "Asheville, NC",
        "medicaid",
        "counseling for teens",
        "alcoholics anonymous",
        "centro de consejería",
        "modern art",
        "method",
        "good",
        "7",
        "jailor",
        "benzene",
        "presión alta",
        "cocina",
    ],
)
def test_other_words_bring_nothing(typed: str) -> None:
    assert slugs(typed) == []


def test_a_word_inside_another_is_no_match() -> None:
    assert not says(words_of("theghbx xanaxbar"), "ghb")


def test_parts_joined_by_a_plus_may_stand_anywhere() -> None:
    assert "kratom-and-melatonin-together" in slugs("melatonin or maybe kratom")
    assert "kratom-and-melatonin-together" in slugs("kratom", "melatonin")
    assert "kratom-and-melatonin-together" not in slugs("kratom")


def test_the_most_pressing_comes_first_and_three_are_enough() -> None:
    found = slugs("kratom melatonin xanax fentanyl suicide methadone")
    assert found == ["crisis-and-suicide", "overdose-and-naloxone", "alcohol-and-benzodiazepine-withdrawal"]
    assert len(found) == MOST_TEXTS


@given(st.text(max_size=200))
def test_any_text_at_all_is_read(typed: str) -> None:
    assert len(slugs(typed)) <= MOST_TEXTS


@pytest.mark.django_db
def test_a_text_is_given_with_its_title_and_words() -> None:
    GuidanceFactory(slug="kratom", title="Kratom", routed="Call [911](tel:911) now.")
    assert safety_texts("KRATOM") == (SafetyText("kratom", "Kratom", "Call [911](tel:911) now."),)
    assert safety_texts("KRATOM")[0].text == "Call 911 now."


@pytest.mark.django_db
def test_a_text_that_was_taken_down_is_not_given() -> None:
    GuidanceFactory(taken_down=True)
    assert safety_texts("kratom") == ()


@pytest.mark.django_db
def test_an_overdue_text_still_warns() -> None:
    GuidanceFactory(overdue=True)
    assert safety_texts("kratom")


@pytest.mark.django_db
def test_nothing_is_asked_where_nothing_was_typed() -> None:
    with assertNumQueries(0):
        assert safety_texts("", "  ") == ()
