"""The effective answer to each fact of a listing: said here, and nowhere else.

People who checked and providers who confirmed share one rank above imports, and the newest of them wins.
Among imports the newest edition of each directory speaks, and across directories yes beats no.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from finder.enums import StatementMethod
from finder.models.statements import Statement


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


def last_checked(statements: Iterable[Statement]) -> Checked:
    """The last confirmation by a person or the provider, else the date of the newest edition."""
    by_age = sorted(statements, key=age)
    confirmed = [statement for statement in by_age if statement.method != StatementMethod.IMPORT]
    for statement in (confirmed or by_age)[-1:]:
        return Checked(statement.stated_on, statement.method, statement.source_id)
    return Checked(None, StatementMethod.IMPORT)
