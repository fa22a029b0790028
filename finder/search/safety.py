"""Safety texts for words typed anywhere: pure over folded words, which are neither kept nor logged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA

from finder.models import Guidance
from finder.text import words_of

MOST_TEXTS = 3
FORGIVING_FROM = 7
"""Letters from which on one slip is forgiven: shorter words lie too near to others."""


@dataclass(frozen=True, slots=True)
class SafetyText:
    slug: str
    title: str
    text: str


def safety_texts(*typed: str) -> tuple[SafetyText, ...]:
    """Those that the words call for, the most pressing first; asks the database only for words."""
    if not any(map(str.strip, typed)):
        return ()
    return routed(typed, Guidance.objects.shown().exclude(routed="").order_by("position", "pk"))


def routed(typed: Iterable[str], texts: Iterable[Guidance]) -> tuple[SafetyText, ...]:
    spoken = [words for words in map(words_of, typed) if words]
    called = [
        text
        for text in texts
        if any(says(words, trigger) for words in spoken for trigger in (*text.triggers, *text.triggers_es))
    ]
    return tuple(SafetyText(text.slug, str(text), text.routed_text) for text in called[:MOST_TEXTS])


def says(words: Sequence[str], trigger: str) -> bool:
    """Whole words in a row; "7-oh", "7 OH" and "7oh" are one."""
    wanted = words_of(trigger)
    length = len(wanted)
    rows = [words[start : start + length] for start in range(len(words) - length + 1)]
    if any(all(map(is_meant, row, wanted)) for row in rows):
        return True
    joined = {"".join(pair) for pair in pairwise(words)}
    return "".join(wanted) in {*words, *joined}


def is_meant(word: str, wanted: str) -> bool:
    if word == wanted:
        return True
    return len(wanted) >= FORGIVING_FROM and word[0] == wanted[0] and OSA.distance(word, wanted) <= 1
