"""What the codes of a listing say about the terms of the vocabulary: yes, no, or nothing."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from finder.enums import CareCategory
from finder.facilities.facility import Facility, FacilityFile

DETOX_CODES = frozenset({"DT", "HID", "RD", "OD"})
TREATMENT_CODES = frozenset({"SA", "MH", "SUMH", "HH"})
SPECIAL_PROGRAMS = "SG"
"""Asks for special programs: a facility without one may still welcome the group."""


class Judgement(NamedTuple):
    """Primary keys of terms; in neither: not stated."""

    affirmed: frozenset[int]
    denied: frozenset[int]


def judge(
    codes: Collection[str],
    term_codes: Mapping[int, frozenset[str]],
    offered: frozenset[str],
    questions: Mapping[str, str],
    *,
    inferred: Collection[str] = (),
) -> Judgement:
    """A code present is yes. A code left out is no only where it could have been given: the directory offers
    it and another code answers its question. `inferred` codes say yes but answer nothing.
    """
    present = frozenset(codes)
    stated = present - frozenset(inferred)
    answered = {questions[code] for code in stated if code in questions} - {SPECIAL_PROGRAMS}
    affirmed = frozenset(term for term, feeding in term_codes.items() if feeding & present)
    denied = frozenset(
        term
        for term, feeding in term_codes.items()
        if term not in affirmed
        and (left_out := feeding & offered)
        and all(questions.get(code) in answered for code in left_out)
    )
    return Judgement(affirmed, denied)


def judge_facility(
    facility: Facility, file: FacilityFile, term_codes: Mapping[int, frozenset[str]]
) -> Judgement:
    """`judge` with what this file offered to this facility's directory."""
    offered = file.offered.get(facility.directory, frozenset())
    return judge(facility.codes, term_codes, offered, file.questions, inferred=facility.inferred)


def categories(codes: Collection[str]) -> list[str]:
    """The kinds of help on offer; treatment when the codes name none, so that no row is lost."""
    present = frozenset(codes)
    named = [CareCategory.WITHDRAWAL_MANAGEMENT.value] if present & DETOX_CODES else []
    if present & TREATMENT_CODES or not named:
        named.append(CareCategory.BEHAVIORAL_HEALTH.value)
    return named
