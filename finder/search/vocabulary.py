"""The vocabulary in memory: some 300 terms that every search reads and hardly anyone changes."""

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from finder.enums import Attending, CareCategory
from finder.models import TaxonomyTerm
from finder.text import words_of

SECONDS_KEPT = 60
WAYS_TO_ATTEND = (Attending.IN_PERSON.value, Attending.ONLINE.value)
"""Terms of the vocabulary that are called as the schedules' word is."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    terms: dict[int, TaxonomyTerm]
    by_slug: dict[str, TaxonomyTerm]
    synonyms: dict[str, frozenset[int]]
    """A folded word or phrase, and the terms that it is another name for."""

    def named(self, term_ids: Iterable[int]) -> tuple[TaxonomyTerm, ...]:
        wanted = set(term_ids)
        return tuple(term for pk, term in self.terms.items() if pk in wanted)

    def facet_terms(self, categories: Collection[str]) -> tuple[TaxonomyTerm, ...]:
        """The terms counted beside the results; only those that concern what is looked for."""
        return tuple(
            term
            for term in self.terms.values()
            if term.is_facet and (not categories or self.concerns(term, categories))
        )

    @property
    def ways_to_attend(self) -> tuple[TaxonomyTerm, ...]:
        """In person and online: both of them make a hybrid meeting."""
        return tuple(term for slug in WAYS_TO_ATTEND if (term := self.by_slug.get(slug)))

    @staticmethod
    def concerns(term: TaxonomyTerm, categories: Collection[str]) -> bool:
        return not set(term.taxonomy.categories).isdisjoint(categories)


_kept: list[tuple[float, Vocabulary]] = []


def current_vocabulary() -> Vocabulary:
    """At most a minute old; not in Django's cache, which would unpickle every term for every search."""
    if not _kept or _kept[0][0] < time.monotonic():
        _kept[:] = [(time.monotonic() + SECONDS_KEPT, read_vocabulary())]
    return _kept[0][1]


def forget_vocabulary() -> None:
    _kept.clear()


def read_vocabulary() -> Vocabulary:
    terms = {term.pk: term for term in TaxonomyTerm.objects.in_order()}
    synonyms: dict[str, set[int]] = {}
    for term in terms.values():
        for words in (*term.synonyms, term.name, term.name_es):
            if words:
                synonyms.setdefault(" ".join(words_of(words)), set()).add(term.pk)
    return Vocabulary(
        terms=terms,
        by_slug={term.slug: term for term in terms.values()},
        synonyms={words: frozenset(found) for words, found in synonyms.items()},
    )


CATEGORY_WORDS: dict[str, CareCategory] = {
    "detox": CareCategory.WITHDRAWAL_MANAGEMENT,
    "detoxification": CareCategory.WITHDRAWAL_MANAGEMENT,
    "withdrawal": CareCategory.WITHDRAWAL_MANAGEMENT,
    "withdrawal management": CareCategory.WITHDRAWAL_MANAGEMENT,
    "desintoxicacion": CareCategory.WITHDRAWAL_MANAGEMENT,
    "rehab": CareCategory.BEHAVIORAL_HEALTH,
    "rehabilitation": CareCategory.BEHAVIORAL_HEALTH,
    "treatment": CareCategory.BEHAVIORAL_HEALTH,
    "tratamiento": CareCategory.BEHAVIORAL_HEALTH,
    "meeting": CareCategory.SUPPORT_GROUP,
    "meetings": CareCategory.SUPPORT_GROUP,
    "support group": CareCategory.SUPPORT_GROUP,
    "support groups": CareCategory.SUPPORT_GROUP,
    "grupo de apoyo": CareCategory.SUPPORT_GROUP,
    "reunion": CareCategory.SUPPORT_GROUP,
    "rehabilitacion": CareCategory.BEHAVIORAL_HEALTH,
    "reuniones": CareCategory.SUPPORT_GROUP,
}
"""Words for a whole category; every other synonym is the vocabulary's."""
