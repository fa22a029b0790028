"""The crisis lines as shipped: a wrong number here costs more than any other fault."""

import json
import re
from pathlib import Path

import pytest

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "crisis_lines.json"
ROWS = json.loads(FIXTURE.read_text(encoding="utf-8"))
LINES = {row["fields"]["slug"]: row["fields"] for row in ROWS}


def test_keys_slugs_and_positions_are_unique():
    assert {row["model"] for row in ROWS} == {"finder.crisisline"}
    assert len({row["pk"] for row in ROWS}) == len(LINES) == len(ROWS)
    assert len({line["position"] for line in LINES.values()}) == len(ROWS)


def test_911_and_988_come_first():
    assert sorted(LINES, key=lambda slug: LINES[slug]["position"])[:2] == ["emergency", "988"]


def ways(slug, action):
    return {way["href"] for way in LINES[slug]["ways"] if way["action"] == action}


@pytest.mark.parametrize(
    ("slug", "action", "href"),
    [
        ("emergency", "CALL", "tel:911"),
        ("988", "CALL", "tel:988"),
        ("988", "TEXT", "sms:988"),
        ("988", "CHAT", "https://988lifeline.org/"),
        ("988", "RELAY", "tel:988"),
        ("veterans_crisis_line", "CALL", "tel:988"),
        ("veterans_crisis_line", "TEXT", "sms:838255"),
        ("samhsa_national_helpline", "CALL", "tel:+18006624357"),
        ("samhsa_national_helpline", "RELAY", "tel:+18004874889"),
        ("samhsa_national_helpline", "TEXT", "sms:435748"),
        ("poison_help", "CALL", "tel:+18002221222"),
        ("safespot", "CALL", "tel:+18009720590"),
        ("211", "CALL", "tel:211"),
        ("fda_medwatch", "CALL", "tel:+18003321088"),
    ],
)
def test_each_line_is_reached_as_its_keeper_says(slug, action, href):
    assert ways(slug, action) == {href}


def test_988_says_how_to_reach_it_in_spanish():
    labels = " ".join(way["label_es"] for way in LINES["988"]["ways"])

    assert "oprima 2" in labels
    assert "AYUDA" in labels
    assert LINES["988"]["languages"] == ["en", "es"]


def test_the_ended_988_option_is_not_listed():
    assert not re.search(r"(press|oprima) 3", json.dumps(LINES, ensure_ascii=False), re.I)


def test_only_911_is_the_emergency_line():
    assert [slug for slug, line in LINES.items() if line["is_emergency"]] == ["emergency"]


def test_no_line_claims_a_call_that_nobody_made():
    assert all(line["called_on"] is None for line in LINES.values())


def test_hours_that_nobody_confirmed_are_said_to_be_so():
    unconfirmed = {slug for slug, line in LINES.items() if line["hours"] == "Hours not confirmed"}

    assert unconfirmed == {"samhsa_national_helpline", "211", "fda_medwatch"}


def test_lines_speak_both_languages_and_give_their_source():
    for line in LINES.values():
        assert all(line[key] and line[key + "_es"] for key in ("name", "description", "hours"))
        assert all(way["label"] and way["label_es"] for way in line["ways"])
        assert {way["action"] for way in line["ways"]} <= {"CALL", "TEXT", "CHAT", "RELAY"}
        assert set(line["languages"]) <= {"en", "es"}
        assert line["source_url"].startswith("https://")


def test_a_label_shows_the_number_that_its_link_dials():
    for line in LINES.values():
        for way in line["ways"]:
            if way["href"].startswith(("tel:", "sms:")):
                digits = re.sub(r"\D", "", way["href"]).removeprefix("1")
                assert digits in re.sub(r"\D", "", way["label"]), way
                assert digits in re.sub(r"\D", "", way["label_es"]), way
