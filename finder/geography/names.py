"""How two spellings of a place name are known to be the same."""

import re
import unicodedata

_DROPPED = re.compile(r"['’‘`.]")
_OTHER = re.compile(r"[^a-z0-9]+")

_SAME_WORD = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}
_COMPASS = {"n": "north", "s": "south", "e": "east", "w": "west"}

_COUNTY_KINDS = (
    "city and borough|consolidated municipality|census area|county|parish|borough"
    "|municipality|municipio|city|condado"
)
_COUNTY_SUFFIX = re.compile(rf" (?:{_COUNTY_KINDS})$")
_COUNTY_PREFIX = re.compile(r"^(?:county of|condado de|parish of|borough of|municipio de|municipality of) ")


def fold(text: str) -> str:
    """Plain lower-case words with one blank between: no accents, no punctuation, Saint = St, Fort = Ft."""
    plain = text.casefold() if text.isascii() else _without_accents(text)
    words = _OTHER.sub(" ", _DROPPED.sub("", plain)).split()
    words = [_SAME_WORD.get(word, word) for word in words]
    if len(words) > 1 and len(words[1]) > 1:
        words[0] = _COMPASS.get(words[0], words[0])
    return " ".join(words)


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def key(text: str) -> str:
    """Without blanks: "De Kalb" is "DeKalb", "O Fallon" is "O'Fallon". No two cities of a state collide."""
    return fold(text).replace(" ", "")


def names_county(text: str) -> bool:
    return fold(text) != _without_county_kind(text)


def county_key(text: str) -> str:
    """The key of "Orleans" for Orleans Parish, Orleans County and condado de Orleans."""
    return _without_county_kind(text).replace(" ", "")


def _without_county_kind(text: str) -> str:
    folded = fold(text)
    shorter = _COUNTY_PREFIX.sub("", folded)
    return shorter if shorter != folded else _COUNTY_SUFFIX.sub("", folded)
