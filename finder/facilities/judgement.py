"""What the codes of a listing say about the terms of the vocabulary: yes, no, or nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
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


class Survey:
    """One directory's questions in one edition: what was offered, and which terms each code feeds."""

    def __init__(
        self, term_codes: Mapping[int, frozenset[str]], offered: Collection[str], questions: Mapping[str, str]
    ) -> None:
        self.questions = questions
        self.affirming: dict[str, set[int]] = defaultdict(set)
        self.deniable: dict[frozenset[str | None], set[int]] = defaultdict(set)
        """Terms by the questions that must all be answered before leaving their codes out means no."""
        for term, feeding in term_codes.items():
            for code in feeding:
                self.affirming[code].add(term)
            if left_out := feeding.intersection(offered):
                self.deniable[frozenset(questions.get(code) for code in left_out)].add(term)

    def judge(self, codes: Collection[str], *, inferred: Collection[str] = ()) -> Judgement:
        """A code present is yes. A code left out is no only where it could have been given: the directory
        offers it and another code answers its question. `inferred` codes say yes but answer nothing.
        """
        affirmed: set[int] = set()
        for code in codes:
            affirmed |= self.affirming.get(code, frozenset())
        stated = (code for code in codes if code not in inferred and code in self.questions)
        answered = {self.questions[code] for code in stated} - {SPECIAL_PROGRAMS}
        denied: set[int] = set()
        for questions, terms in self.deniable.items():
            if questions <= answered:
                denied |= terms
        return Judgement(frozenset(affirmed), frozenset(denied - affirmed))


def judge(
    codes: Collection[str],
    term_codes: Mapping[int, frozenset[str]],
    offered: Collection[str],
    questions: Mapping[str, str],
    *,
    inferred: Collection[str] = (),
) -> Judgement:
    return Survey(term_codes, offered, questions).judge(codes, inferred=inferred)


def judgements(
    file: FacilityFile, term_codes: Mapping[int, frozenset[str]]
) -> Iterator[tuple[Facility, Judgement]]:
    """Each facility with what this file offered to its directory in mind."""
    surveys = {
        directory: Survey(term_codes, file.offered.get(directory, frozenset()), file.questions)
        for directory in {facility.directory for facility in file.facilities}
    }
    for facility in file.facilities:
        yield facility, surveys[facility.directory].judge(facility.codes, inferred=facility.inferred)


def categories(codes: Collection[str]) -> list[str]:
    """The kinds of help on offer; treatment when the codes name none, so that no row is lost."""
    present = frozenset(codes)
    named = [CareCategory.WITHDRAWAL_MANAGEMENT.value] if present & DETOX_CODES else []
    if present & TREATMENT_CODES or not named:
        named.append(CareCategory.BEHAVIORAL_HEALTH.value)
    return named
