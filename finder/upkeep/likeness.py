"""Whether two listings may be one place: see docs/guides/merging-duplicates.md."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from rapidfuzz.distance import Levenshtein

NEAR_MILES = 0.2
ALIKE, RATHER_ALIKE = 0.8, 0.45
"""Shares of trigrams that two names have in common."""
ENOUGH = 4
MOST_SLIPS = 2
LONG_WORD = 6


@dataclass(frozen=True, slots=True)
class Likeness:
    """`miles` is None where one of them has no place, or keeps it private."""

    names: float
    is_same_name: bool
    same_phone: bool
    same_street: bool
    same_time: bool
    miles: float | None
    in_one_edition: bool

    @property
    def is_near(self) -> bool:
        return self.same_street or (self.miles is not None and self.miles <= NEAR_MILES)

    @property
    def points(self) -> int:
        names = 2 if self.names >= ALIKE else 1 if self.names >= RATHER_ALIKE else 0
        place = 2 if self.same_street else 1 if self.is_near else 0
        return names + place + 2 * self.same_phone + 2 * self.same_time

    @property
    def is_enough(self) -> bool:
        """Never by names alone, nor without any.

        A directory that names two places in one edition has had a look: "Phase I" and "Phase II" at one
        address are two programs. There only one name spelled in two ways is worth a question.
        """
        if self.in_one_edition:
            return self.is_same_name and self.same_street and self.same_phone
        return self.names >= RATHER_ALIKE and self.points >= ENOUGH

    def in_words(self) -> str:
        said = [
            (self.same_phone, _("the same phone")),
            (self.same_street, _("the same street and ZIP code")),
            (self.is_near and not self.same_street, _("places close to each other")),
            (self.same_time, _("the same time of meeting")),
            (self.names >= ALIKE, _("names nearly the same")),
            (RATHER_ALIKE <= self.names < ALIKE, _("names rather alike")),
        ]
        return "; ".join(words for is_so, words in said if is_so)


def is_same_name(one: str, other: str) -> bool:
    """The same words, but for slips in long ones: "addicition" is no other place than "addiction"."""
    first, second = set(words_of(one)), set(words_of(other))
    left, right = sorted(first - second), sorted(second - first)
    return len(left) == len(right) and all(
        len(a) >= LONG_WORD and len(b) >= LONG_WORD and Levenshtein.distance(a, b) <= MOST_SLIPS
        for a, b in zip(left, right, strict=True)
    )


def words_of(name: str) -> list[str]:
    return re.findall(r"\w+", name.casefold())
