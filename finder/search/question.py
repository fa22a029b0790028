from dataclasses import dataclass, replace
from typing import Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from finder.geography.readings import Reading
from finder.models import TaxonomyTerm

DEFAULT_MILES = 25
PAGE_SIZE = 20


class Sort(TextChoices):
    BEST = "best", _("Best match")
    DISTANCE = "distance", _("Nearest")
    NAME = "name", _("Name")
    CHECKED = "checked", _("Last checked")


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """What was asked, after every parameter was understood; HTML and API ask the same."""

    reading: Reading | None = None
    within: float = DEFAULT_MILES
    categories: tuple[str, ...] = ()
    needs: tuple[TaxonomyTerm, ...] = ()
    excluded: tuple[TaxonomyTerm, ...] = ()
    words: str = ""
    sort: Sort = Sort.BEST
    page: int = 1

    def with_words(self, words: str) -> Self:
        return replace(self, words=words)
