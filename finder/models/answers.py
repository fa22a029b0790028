"""The effective answer to each fact of a listing: said here, and nowhere else.

People who checked and providers who confirmed share one rank above imports, and the newest of them wins.
Among imports the newest edition of each directory speaks, and across directories yes beats no.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from finder.enums import StatementMethod
from finder.models.statements import Statement
from finder.upkeep.freshness import Check

STAFF, PROVIDER = "staff", "provider"
"""The sources under which people and programs speak."""


class Answer(NamedTuple):
    """Yes or no, and who says so; a fact without an answer is not stated."""

    is_yes: bool
    statement: Statement


class Checked(NamedTuple):
    on: date | None
    method: str
    source: str = ""
    """The slug of who said so."""


def age(statement: Statement) -> tuple[date, int]:
    return statement.stated_on, statement.pk


def answers(statements: Iterable[Statement]) -> dict[int, Answer]:
    """By term id."""
    oldest_first = sorted(statements, key=age)
    newest_imports = {
        statement.source_id: statement
        for statement in oldest_first
        if statement.method == StatementMethod.IMPORT
    }
    found: dict[int, Answer] = {}
    for statement in sorted(newest_imports.values(), key=age):
        for term in statement.denied:
            if term not in found or not found[term].is_yes:
                found[term] = Answer(False, statement)
        found |= {term: Answer(True, statement) for term in statement.affirmed}
    for statement in oldest_first:
        if statement.method != StatementMethod.IMPORT:
            found |= {term: Answer(True, statement) for term in statement.affirmed}
            found |= {term: Answer(False, statement) for term in statement.denied}
    return found


def last_checked(statements: Iterable[Statement], checks: Iterable[Check] = ()) -> Checked:
    """The last confirmation by one of us or the program, of facts or of any other part; else the date of the
    newest edition."""
    by_age = sorted(statements, key=age)
    said = [Checked(each.stated_on, each.method, each.source_id) for each in by_age if is_confirmation(each)]
    said += [Checked(check.on, check.method, source_of(check)) for check in checks if check.counts]
    if said:
        return max(reversed(said), key=lambda checked: checked.on or date.min)
    for edition in by_age[-1:]:
        return Checked(edition.stated_on, edition.method, edition.source_id)
    return Checked(None, StatementMethod.IMPORT)


def is_confirmation(statement: Statement) -> bool:
    return statement.method != StatementMethod.IMPORT


def source_of(check: Check) -> str:
    return PROVIDER if check.is_of_the_program else STAFF
