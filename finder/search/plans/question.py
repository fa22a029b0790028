from dataclasses import dataclass

from finder.search.question import SearchQuestion


@dataclass(frozen=True, slots=True)
class PlanQuestion:
    """A search, and what the person said about themselves. The search's categories, order and page change
    nothing: a plan has three legs in an order of its own."""

    search: SearchQuestion
    substances: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()

    @property
    def said(self) -> frozenset[str]:
        """All of it in one: a need for Spanish says as much as the situation."""
        return frozenset({*self.substances, *self.situations, *(term.slug for term in self.search.needs)})
