"""Safety texts for words typed anywhere: pure over folded words, which are neither kept nor logged."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA

from finder.models import Guidance
from finder.text import words_of

MOST_TEXTS = 3
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
FORGIVING_FROM = 8
"""Letters from which on one slip is forgiven: shorter words lie too near to others (cocaína, cocina)."""


@dataclass(frozen=True, slots=True)
class SafetyText:
    """`markdown` holds the numbers as links; `text` is the same for programs and for paper."""

    slug: str
    title: str
    markdown: str

    @property
    def text(self) -> str:
        return LINK.sub(r"\1", self.markdown)


def safety_texts(*typed: str) -> tuple[SafetyText, ...]:
    """Those that the words call for, the most pressing first; asks the database only for words."""
    if not any(map(str.strip, typed)):
        return ()
    return routed(typed, Guidance.objects.to_route())


def texts_on(slugs: Sequence[str], *typed: str) -> tuple[SafetyText, ...]:
    """Those of the slugs in their order, then those that the words call for."""
    texts = list(Guidance.objects.to_route())
    known = {text.slug: text for text in texts}
    told = [known[slug] for slug in slugs if slug in known]
    called = [text for text in routed(typed, texts) if text.slug not in slugs]
    return (*(SafetyText(text.slug, str(text), text.routed_text) for text in told), *called)


def routed(typed: Iterable[str], texts: Iterable[Guidance]) -> tuple[SafetyText, ...]:
    spoken = [words for words in map(words_of, typed) if words]
    called = [text for text in texts if any(calls(spoken, trigger) for trigger in triggers_of(text))]
    return tuple(SafetyText(text.slug, str(text), text.routed_text) for text in called[:MOST_TEXTS])


def triggers_of(text: Guidance) -> list[str]:
    """Of both languages: people mix them."""
    return [*text.triggers, *text.triggers_es]


def calls(spoken: Sequence[Sequence[str]], trigger: str) -> bool:
    """Parts joined by a plus may stand anywhere: "kratom + melatonin"."""
    return all(any(says(words, part) for words in spoken) for part in trigger.split("+"))


def says(words: Sequence[str], phrase: str) -> bool:
    """Whole words in a row; "7-oh", "7 OH" and "7oh" are one."""
    wanted = words_of(phrase)
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
