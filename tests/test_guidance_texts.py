"""The safety texts as shipped. Grade 6 at most: Flesch-Kincaid 6.9 in English, in Spanish an ease of 70.

On such a page a wrong sentence can cost a life, so that every text is held to each rule here.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict

from finder.enums import ReviewerRole
from finder.filters import SearchFilterSet
from finder.wording import faults
from tests.reading import fernandez_huerta_ease, flesch_kincaid_grade

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
ROWS = json.loads((FIXTURES / "guidance.json").read_text(encoding="utf-8"))
TEXTS: dict[str, dict[str, Any]] = {row["fields"]["slug"]: row["fields"] for row in ROWS}

HARDEST_GRADE = 6.9
HARDEST_EASE = 70
WANTED = {
    "kratom-and-7-oh",
    "melatonin-and-sleep",
    "kratom-and-melatonin-together",
    "alcohol-and-benzodiazepine-withdrawal",
    "do-i-need-detox",
    "after-detox",
    "medicine-for-opioid-use",
    "overdose-and-naloxone",
    "how-to-call",
    "paying-for-it",
    "your-rights-and-privacy",
    "for-families",
    "just-out-of-jail",
    "not-ready-to-stop",
    "reporting-a-bad-reaction",
    "crisis-and-suicide",
}
KNOWN_NAMES = {"Narcan", "Suboxone", "Xanax", "Valium", "Klonopin", "Rivotril", "Ativan", "Ambien"}
"""Names of products that explain a word; no other is named."""
OTHER_NAMES = (
    r"(Kloxxado|RiVive|Zimhi|Subutex|Sublocade|Brixadi|Zubsolv|Vivitrol|Lucemyra)|"
    r"(Natrol|Olly|Tylenol|Advil|Feel Free)"
)
LINES = re.compile(r"\((tel|sms):(\+?\d+)\)")

every_text = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
both_languages = pytest.mark.parametrize("suffix", ["", "_es"], ids=["English", "Spanish"])


def rows(text: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for part in ("core", "sections", "claims", "related"):
        yield from text[part]


def said(text: dict[str, Any], suffix: str) -> str:
    """All that a reader sees of it, without sources."""
    parts = [text[f"{name}{suffix}"] for name in ("title", "summary", "routed")]
    for row in rows(text):
        parts += [row.get(f"{name}{suffix}", "") for name in ("title", "text", "label")]
    return "\n".join(parts)


def prose(text: dict[str, Any], suffix: str) -> str:
    """Without the labels of searches, which are names."""
    return said({**text, "related": []}, suffix)


def numbers_to_call() -> set[str]:
    lines = json.loads((FIXTURES / "crisis_lines.json").read_text(encoding="utf-8"))
    ways = [way["href"] for line in lines for way in line["fields"]["ways"]]
    return {way for way in ways if way.startswith(("tel:", "sms:"))}


def test_every_subject_has_its_text() -> None:
    assert set(TEXTS) == WANTED


@every_text
def test_each_part_is_said_in_both_languages(text: dict[str, Any]) -> None:
    assert all(text[name] and text[f"{name}_es"] for name in ("title", "summary"))
    for row in rows(text):
        for name in ("title", "text", "label"):
            assert bool(row.get(name)) == bool(row.get(f"{name}_es")), row
    assert bool(text["routed"]) == bool(text["routed_es"])
    assert bool(text["triggers"]) == bool(text["triggers_es"]) == bool(text["routed"])


@every_text
@both_languages
def test_a_list_has_as_many_lines_in_both_languages(text: dict[str, Any], suffix: str) -> None:
    for section in text["sections"]:
        assert section["text"].count("\n") == section["text_es"].count("\n"), section["key"]
        assert section["text"].count("](") == section["text_es"].count("]("), section["key"]


@every_text
@both_languages
def test_no_dose_no_praise_and_no_blame(text: dict[str, Any], suffix: str) -> None:
    assert faults(said(text, suffix)) == []


@every_text
@both_languages
def test_a_product_is_named_only_to_explain_a_word(text: dict[str, Any], suffix: str) -> None:
    assert not re.search(OTHER_NAMES, said(text, suffix))
    for name in KNOWN_NAMES:
        for sentence in re.split(r"(?<=[.!?])\s|\n", said(text, suffix)):
            if name in sentence:
                assert re.search(r"such as|also sold as|\(in |como|también se vende como|\(en ", sentence), (
                    sentence
                )


@every_text
@both_languages
def test_nobody_is_told_to_stop_suddenly(text: dict[str, Any], suffix: str) -> None:
    """Each sentence that says "suddenly" also says no."""
    for sentence in re.split(r"(?<=[.!?])\s|\n", said(text, suffix)):
        if re.search(r"suddenly|at once and|de golpe|cold turkey", sentence):
            warns = r"\bnot\b|\bnever\b|can kill|\bno\b|No |causar la muerte"
            assert re.search(warns, sentence), sentence


@every_text
def test_the_core_says_when_to_call_911(text: dict[str, Any]) -> None:
    assert any("tel:911" in line["text"] and "tel:911" in line["text_es"] for line in text["core"])


@every_text
@both_languages
def test_every_number_to_call_is_that_of_a_line_we_list(text: dict[str, Any], suffix: str) -> None:
    dialed = {f"{scheme}:{number}" for scheme, number in LINES.findall(said(text, suffix))}
    assert dialed
    assert dialed <= numbers_to_call() | {"tel:+18003321088"}


@every_text
@both_languages
def test_every_number_above_a_search_can_be_tapped(text: dict[str, Any], suffix: str) -> None:
    without_links = re.sub(r"\[[^\]]*\]\([^)]*\)", "", text[f"routed{suffix}"])
    assert not re.search(r"\d{3}", without_links)


@every_text
@both_languages
def test_a_link_to_a_number_shows_it(text: dict[str, Any], suffix: str) -> None:
    for label, number in re.findall(r"\[([^\]]*)\]\((?:tel|sms):\+?1?(\d+)\)", said(text, suffix)):
        digits = re.sub(r"\D", "", label).removeprefix("1")
        assert digits in {number, ""}, label


@every_text
def test_every_claim_cites_a_source_of_the_text_and_stands_in_a_section(text: dict[str, Any]) -> None:
    sources = [source["key"] for source in text["sources"]]
    sections = [section["key"] for section in text["sections"]]
    assert len(set(sources)) == len(sources)
    assert len(set(sections)) == len(sections)
    for claim in text["claims"]:
        assert claim["sources"], claim
        assert set(claim["sources"]) <= set(sources), claim
        assert claim["section"] in sections, claim
    assert {key for claim in text["claims"] for key in claim["sources"]} == set(sources)


@every_text
def test_every_source_says_who_when_and_what_could_not_be_checked(text: dict[str, Any]) -> None:
    for source in text["sources"]:
        for name in ("publisher", "dated", "note"):
            assert source[name], source
            assert source[f"{name}_es"], source
        assert source["title"]
        assert source["url"].startswith("https://") or source["key"] == "article", source


@every_text
def test_nothing_claims_a_check_or_a_review_that_nobody_made(text: dict[str, Any]) -> None:
    assert text["sources_checked_on"] is None
    assert (text["reviewed_on"], text["reviewed_by_role"]) == (None, "")
    assert ReviewerRole.values


@every_text
def test_english_reads_at_grade_six_or_easier(text: dict[str, Any]) -> None:
    assert flesch_kincaid_grade(prose(text, "")) <= HARDEST_GRADE


@every_text
def test_spanish_reads_at_grade_six_or_easier(text: dict[str, Any]) -> None:
    assert fernandez_huerta_ease(prose(text, "_es")) >= HARDEST_EASE


@pytest.mark.django_db
@pytest.mark.usefixtures("vocabulary")
@every_text
def test_every_related_search_is_understood(text: dict[str, Any]) -> None:
    assert text["related"]
    for search in text["related"]:
        asked = SearchFilterSet(data=QueryDict(search["query"]))
        assert asked.is_valid(), (search["query"], asked.errors)


def test_the_two_together_says_all_four_things() -> None:
    headings = [section["title"] for section in TEXTS["kratom-and-melatonin-together"]["sections"]]
    assert headings == [
        "What the article claims",
        "What is known",
        "What is not known",
        "Where the article is right",
        "Whom to ask",
    ]


@both_languages
def test_opioid_withdrawal_is_nowhere_called_harmless(suffix: str) -> None:
    for text in TEXTS.values():
        assert not re.search(
            r"withdrawal is not (dangerous|deadly)|not life.threatening|no es peligros[oa]",
            said(text, suffix),
        )


def test_the_ended_988_option_is_nowhere() -> None:
    assert not re.search(r"(press|oprima) 3", json.dumps(ROWS, ensure_ascii=False), re.IGNORECASE)
