"""Yes, no and not stated, fact by fact: what differs first, and what is alike in one line."""

from collections.abc import Sequence
from dataclasses import dataclass

from finder.enums import CareCategory, FactGroup
from finder.models import ListingIndex, TaxonomyTerm
from finder.search.vocabulary import current_vocabulary
from finder.views.cards import SUPERVISED

YES, NO, UNSAID, APART = "yes", "no", "unsaid", "apart"
"""`APART`: nobody asks this of such a place, as how a support group takes Medicaid."""

DIFFER, NOT_ALL_SAY = "differ", "not_all_say"


@dataclass(frozen=True, slots=True)
class FactRow:
    name: str
    cells: tuple[str, ...]

    @property
    def mark(self) -> str:
        """Unknown is not no: where one says yes and another says nothing, they may still be alike."""
        if {YES, NO} <= set(self.cells):
            return DIFFER
        return NOT_ALL_SAY if UNSAID in self.cells else ""

    @property
    def is_alike(self) -> bool:
        return len(set(self.cells)) == 1


@dataclass(frozen=True, slots=True)
class Part:
    """One question that people ask."""

    code: str
    question: str
    rows: tuple[FactRow, ...]
    all_yes: tuple[str, ...]
    all_no: tuple[str, ...]

    @property
    def says_something(self) -> bool:
        return bool(self.rows or self.all_yes or self.all_no)


def parts_of(rows: Sequence[ListingIndex]) -> tuple[Part, ...]:
    """All of them, those too that say nothing: hours may stand there."""
    grouped: dict[str, list[FactRow]] = {}
    for term in current_vocabulary().terms.values():
        if term.slug == SUPERVISED:
            continue  # it stands above them all
        row = fact_row(term, rows)
        if {YES, NO} & set(row.cells):
            grouped.setdefault(term.taxonomy.group, []).append(row)
    return tuple(part_of(group, grouped.get(group.value, [])) for group in FactGroup)


def part_of(group: FactGroup, facts: Sequence[FactRow]) -> Part:
    apart = [fact for fact in facts if not fact.is_alike]
    return Part(
        code=group.value,
        question=str(group.label),
        rows=tuple(sorted(apart, key=lambda fact: fact.mark != DIFFER)),
        all_yes=tuple(fact.name for fact in facts if fact.is_alike and fact.cells[0] == YES),
        all_no=tuple(fact.name for fact in facts if fact.is_alike and fact.cells[0] == NO),
    )


def fact_row(term: TaxonomyTerm, rows: Sequence[ListingIndex]) -> FactRow:
    return FactRow(str(term), tuple(answer(term, row) for row in rows))


def answer(term: TaxonomyTerm, row: ListingIndex) -> str:
    if term.pk in row.yes:
        return YES
    if term.pk in row.no:
        return NO
    return UNSAID if current_vocabulary().concerns(term, row.categories) else APART


def supervised_row(rows: Sequence[ListingIndex]) -> FactRow | None:
    """Of a detox always, stated or not: nobody should have to look for it."""
    term = current_vocabulary().by_slug.get(SUPERVISED)
    is_detox = [CareCategory.WITHDRAWAL_MANAGEMENT in row.categories for row in rows]
    if term is None or not any(is_detox):
        return None
    cells = [answer(term, row) if detox else APART for row, detox in zip(rows, is_detox, strict=True)]
    return FactRow(str(term), tuple(cells))
