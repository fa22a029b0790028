"""What a listing's page says: each fact with its answer, who gave it and when."""

from dataclasses import dataclass

from finder.models import ServiceAtLocation, Statement, TaxonomyTerm
from finder.models.answers import answers
from finder.search.vocabulary import current_vocabulary


@dataclass(frozen=True, slots=True)
class Fact:
    """`is_yes` is None when no source states it, which is never the same as no."""

    term: TaxonomyTerm
    is_yes: bool | None
    statement: Statement | None


def facts_of(listing: ServiceAtLocation) -> list[Fact]:
    """For every term that concerns the listing's categories, in the vocabulary's order."""
    vocabulary = current_vocabulary()
    known = answers(listing.statements.select_related("source"))
    facts = []
    for pk, term in vocabulary.terms.items():
        answer = known.get(pk)
        if answer:
            facts.append(Fact(term, answer.is_yes, answer.statement))
        elif vocabulary.concerns(term, listing.service.categories):
            facts.append(Fact(term, None, None))
    return facts
