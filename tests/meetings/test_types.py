import csv
import json
from pathlib import Path

import pytest

from finder.enums import Fellowship
from finder.meetings import types
from finder.meetings.types import (
    BMLT,
    FELLOWSHIP_TERMS,
    NAWS,
    NEEDS_A_ROOM,
    meeting_type,
    read_types,
    says_closed_place,
    stated_types,
)

ROOT = Path(types.__file__).resolve().parents[2]
SLUGS = {
    each["fields"]["slug"]: each["fields"]["taxonomy"]
    for each in json.loads((ROOT / "fixtures/vocabulary.json").read_text(encoding="utf-8"))
    if each["model"] == "finder.taxonomyterm"
}


def rows() -> list[dict[str, str]]:
    with (ROOT / "finder/meetings/meeting_types.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_term_is_in_the_vocabulary() -> None:
    used = {term for row in rows() for term in row["terms"].split()} | NEEDS_A_ROOM
    assert used <= set(SLUGS)
    assert {SLUGS[term] for term in used} <= {"meeting_type", "accessibility", "fellowship"}


def test_every_fellowship_has_its_term_and_its_codes() -> None:
    assert set(FELLOWSHIP_TERMS) == set(Fellowship.values)
    assert all(SLUGS[terms[0]] == "fellowship" for terms in FELLOWSHIP_TERMS.values())
    assert set(Fellowship.values) <= {row["fellowship"] for row in rows()}


def test_every_code_stands_once_with_both_names() -> None:
    codes = [(row["fellowship"], row["code"]) for row in rows()]
    assert len(set(codes)) == len(codes)
    assert not [row for row in rows() if not (row["code"] and row["name"] and row["name_es"])]


@pytest.mark.parametrize(
    ("fellowship", "word", "terms"),
    [
        ("aa", "Y", ("young_people_meeting",)),
        ("al-anon", "Y", ("alateen",)),
        ("aa", "A", ("secular_meeting",)),
        ("aca", "A", ()),
        ("aa", "T", ("lgbtq_meeting",)),
        ("aca", "T", ("literature_meeting",)),
        ("al-anon", "O", ("open_meeting", "family_friends_meeting")),
        ("na", "WCHR", None),
        (NAWS, "WCHR", ("wheelchair_accessible",)),
        (BMLT, "WC", ("wheelchair_accessible",)),
        (BMLT, "St", ("step_meeting",)),
        ("aa", "Lenguaje por señas", ("sign_language_meeting",)),
        ("aa", "wheelchair access", ("wheelchair_accessible",)),
        ("ga", "women", ("women_meeting",)),
        ("rd", "Sign Language", ("sign_language_meeting",)),
        ("aa", "QQQ", None),
        ("aa", "", None),
    ],
)
def test_a_code_means_something_only_with_its_fellowship(
    fellowship: str, word: str, terms: tuple[str, ...] | None
) -> None:
    found = meeting_type(fellowship, word)
    assert (found.terms if found else None) == terms


def test_closed_outdoes_open() -> None:
    found, _ = read_types("aa", ["O", "C"])
    assert stated_types(found, is_online_only=False).terms == ("closed_meeting",)


def test_a_closed_place_is_no_type_of_meeting() -> None:
    found, unrecognized = read_types("na", ["TC", "onl"])
    assert says_closed_place(found)
    assert (stated_types(found, is_online_only=False), unrecognized) == (((), ()), ())
