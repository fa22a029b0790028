"""From typed words to what they may mean: text, another name for a term, or a category."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from rapidfuzz.distance import OSA

from finder.models import DirectoryWord
from finder.models.index import SEARCH_CONFIG
from finder.search.vocabulary import CATEGORY_WORDS, Vocabulary
from finder.text import words_of

LONGEST_PHRASE = 5
SHORTEST_PREFIX = 3
CANDIDATES = 12
MOST_SLIPS = 2


@dataclass(frozen=True, slots=True)
class Idea:
    """One word or known phrase: a listing answers it in its text, by a term or by its category."""

    words: tuple[str, ...]
    terms: frozenset[int]
    categories: frozenset[str]

    @property
    def query(self) -> SearchQuery:
        return text_query(self.words)


def text_query(words: tuple[str, ...]) -> SearchQuery:
    """All the words; the beginning of one is enough from three letters on."""
    raw = " & ".join(f"'{word}':*" if len(word) >= SHORTEST_PREFIX else f"'{word}'" for word in words)
    return SearchQuery(raw, config=SEARCH_CONFIG, search_type="raw")


def ideas(text: str, vocabulary: Vocabulary) -> list[Idea]:
    return list(read_ideas(words_of(text), vocabulary))


def read_ideas(words: list[str], vocabulary: Vocabulary) -> Iterator[Idea]:
    """The longest known phrase first: "sober living" is one idea, not two words."""
    start = 0
    while start < len(words):
        length = longest_known(words[start : start + LONGEST_PHRASE], vocabulary)
        phrase = tuple(words[start : start + length])
        name = " ".join(phrase)
        category = CATEGORY_WORDS.get(name)
        yield Idea(
            words=phrase,
            terms=vocabulary.synonyms.get(name, frozenset()),
            categories=frozenset([category] if category else []),
        )
        start += length


def longest_known(words: list[str], vocabulary: Vocabulary) -> int:
    for length in range(len(words), 1, -1):
        phrase = " ".join(words[:length])
        if phrase in vocabulary.synonyms or phrase in CATEGORY_WORDS:
            return length
    return 1


def corrected(text: str, vocabulary: Vocabulary) -> str:
    """The text with each word that the directory does not know replaced by its likest; "" when none is."""
    words = words_of(text)
    unknown = [word for word in words if word not in vocabulary.synonyms and word not in CATEGORY_WORDS]
    likest = likest_words(unknown)
    mended = [likest.get(word, word) for word in words]
    return " ".join(mended) if mended != words else ""


def likest_words(words: Iterable[str]) -> dict[str, str]:
    """Of the directory's own, for each word that has one within a few slips."""
    near: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for asked, word, listings in DirectoryWord.objects.like_any(words, most=CANDIDATES):
        if (slips := OSA.distance(asked, word)) <= MOST_SLIPS:
            near[asked].append((slips, -listings, word))
    return {asked: min(found)[2] for asked, found in near.items()}
