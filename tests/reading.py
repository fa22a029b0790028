"""How hard a text is to read: Flesch-Kincaid's school grade, and Fernández-Huerta's ease for Spanish.

Syllables of English are counted by a rule of thumb (groups of vowels, a silent e), about one in twenty
off; those of Spanish follow its spelling. A line of a list is a sentence. Names that stand for
themselves on these pages, such as "buprenorphine", are explained there and counted like any other word.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
SENTENCE = re.compile(r"[.!?…]+[”)]*(?=\s|$)|\n")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class Counted(NamedTuple):
    sentences: int
    words: int
    syllables: int


def flesch_kincaid_grade(text: str) -> float:
    """Kincaid et al. 1975: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    counted = count(text, english_syllables)
    return 0.39 * counted.words / counted.sentences + 11.8 * counted.syllables / counted.words - 15.59


def fernandez_huerta_ease(text: str) -> float:
    """Fernández Huerta 1959: 206.84 - 60 syllables a word - 1.02 words a sentence; 70 is about grade 6."""
    counted = count(text, spanish_syllables)
    return 206.84 - 60 * counted.syllables / counted.words - 1.02 * counted.words / counted.sentences


def count(text: str, syllables: Callable[[str], int]) -> Counted:
    plain = LINK.sub(r"\1", text).replace("**", "")
    parts = [WORD.findall(part) for part in SENTENCE.split(plain)]
    sentences = [words for words in parts if words]
    words = [word for sentence in sentences for word in sentence]
    return Counted(len(sentences), len(words), sum(syllables(word) for word in words))


def english_syllables(word: str) -> int:
    plain = re.sub(r"['’].*", "", word.lower())
    silent = re.sub(r"(?<![aeiouyl])e$|(?<=[^td])ed$|(?<=[^sxz])es$", "", plain)
    return max(1, len(re.findall(r"[aeiouy]+", silent)))


def spanish_syllables(word: str) -> int:
    """A strong vowel, or an accented weak one, is its own syllable; weak ones join their neighbor."""
    plain = re.sub(r"(?<=q)u|(?<=g)u(?=[eiéí])", "", word.lower())
    plain = re.sub(r"y$", "i", plain)
    found = 0
    for group in re.findall(r"[aeiouáéíóúü]+", plain):
        strong = len(re.findall(r"[aeoáéóíú]", group))
        found += max(1, strong)
    return max(1, found)
