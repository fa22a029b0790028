"""What is never kept of a feed, and what moves to where only a person who asks sees it.

No person's name, e-mail or telephone number stays in any text. Links, numbers and passwords of online
meetings leave the notes for `Joining`. In doubt a sentence goes: a lost note is mended by asking the group.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from finder.meetings.cells import lines_of
from finder.meetings.providers import PROVIDERS
from finder.text import collapse

PUBLIC_KEYS = frozenset(
    {
        *(
            "slug",
            "id",
            "name",
            "day",
            "time",
            "end_time",
            "timezone",
            "formatted_address",
            "address",
            "city",
        ),
        *("state", "postal_code", "country", "latitude", "longitude", "approximate", "coordinates", "region"),
        *("sub_region", "sub_sub_region", "regions", "location", "location_notes", "group", "group_notes"),
        *("notes", "types", "people", "website", "website_2", "url", "district"),
        *("sub_district", "updated", "attendance_option", "entity", "entity_location", "entity_logo"),
        *("entity_website_url", "entity_url", "data_source_name"),
    }
)
"""Of a Meeting Guide row, kept for the record. Every other key may hold a person, money or a way to join."""

IDENTIFIERS = frozenset({"slug", "id", "id_bigint", "worldid_mixed"})
EMAIL = re.compile(
    r"(?<=[^\s@])@(?=[^\s@])|[\[({]\s?at\s?[\])}]\s?[\w-]+(?:\.|\s?[\[({]\s?dot)|\bmailto:", re.IGNORECASE
)
"""Looks for the sign in the middle, which costs little on any text."""

PHONE = re.compile(
    r"(?<![\d/])(?:\+?\d{1,2}[\s.-]{0,2})?(?:\(\d{3}\)|\d{3})[\s./-]{0,2}\d{3}[\s./-]{0,2}\d{4}(?!\d)"
    r"|(?<![\d-])\d{3}[-.]\d{4}(?![\d-])|\+\d[\d\s().-]{7,}\d"
)
_HOSTS = "|".join(re.escape(host) for host in PROVIDERS)
SECRET = re.compile(
    rf"(?:{_HOSTS})\b|\bpwd\s*=|[?&](?:pwd?|passcode|password|token|tk)=|pass\s*-?\s*(?:word|code|wort)"
    r"|\b(?:pwd?|pw|psw|pin|passcodes?|contraseñas?|contrasenas?|claves?)\b"
    r"|\b(?:access|entry|door|gate|meeting|conference|host|zoom)\s*(?:-\s*)?(?:code|key|id|number|no\.|#)"
    r"|\bc[oó]digo\b|\bid\s*(?:[:#=]|is\b|number\b)|\bid\s*\d|\b(?:one[- ]tap|dial[- ]?in)\b"
    r"|(?<!\d)\d{3}[ -]\d{4}[ -]\d{4}(?!\d)|(?<!\d)\d{4,11}\s?#",
    re.IGNORECASE,
)
_NAMED_PERSON = re.compile(
    r"\b(?i:contact|call|text|ask for|see|host(?:ed by)?|chair(?:person|ed by)?|secretary|gsr|leader)\b"
    r"\W{1,3}(?:\w+\W{1,2}){0,2}?[A-Z][a-zà-ÿ]+ [A-Z]\b(?![a-z])"
)
_MONEY = re.compile(r"\b(?:venmo|pay\s?pal|cash\s?app|zelle)\b|(?<!\w)\$[A-Za-z][\w-]{2,}", re.IGNORECASE)
_ASKS_TO_CALL = re.compile(
    r"\b(?:contact|call|text|e-?mail|mail|phone|ask|reach|write|questions?|info(?:rmation)?|llam[ae]|escrib[ae])\b",
    re.IGNORECASE,
)
_ASKS_A_PERSON = re.compile(r"\b(?:contact|text|e-?mail|ask|questions?|information)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;(|]\s*|\s[-–—/]\s")
_PLAIN_WORD = re.compile(r"\b[a-zà-ÿ]{2,}")
_SENTENCE = re.compile(r"(?<=[.!?;])(?<!\b[A-Z]\.)\s+")
_ENDS_OPEN = re.compile(
    r"(?:[:=#]|\b(?:pass\s?words?|pass\s?codes?|pwd?|pw|id|pin|code|is))[\s.:]*$", re.IGNORECASE
)
_DEGREES = r"-?(?:1[0-8]\d|\d{1,2})\.\d+"
_COORDINATES = re.compile(rf"{_DEGREES}(?:,\s*{_DEGREES})*")
_BLANK_LINES = re.compile(r"\n{3,}")
_ONLY_NUMBER = re.compile(r"[\d\s#*+,.-]{4,}")


_HINTS = (
    *PROVIDERS,
    *("pw", "pass", "psw", "pin", "clave", "contrase", "code", "key", "number", "no.", "#", "digo"),
    *("one-tap", "one tap", "dial", "token", "tk=", "venmo", "pay", "cash", "zelle", "mailto"),
    *(f"{of}id" for of in ("access", "entry", "door", "gate", "meeting", "conference", "host", "zoom")),
)
_HINT = re.compile(
    r"[@ıİſ\u212a]|\d{3}\)?[\s./-]{0,2}\d{3}|\+\d|\$[A-Za-z]|[aA][tT]\s?[\])}]|\b[iI][dD]|[a-zà-ÿ] [A-Z]\b"
)
"""What each of the patterns above needs to match, the letters included that ignoring case takes for i, s and
k: most texts have none of it, and looking for it costs a hundredth of looking for them."""


class Scrubbed(NamedTuple):
    """`joining` is what the text said of taking part from home."""

    text: str
    joining: str


class Keeper:
    """Keeps of one row's texts what may be kept, and gathers what they say of joining from home."""

    def __init__(self, row: Mapping[str, object]) -> None:
        self._row = row
        self._joining: list[str] = []

    def keep(self, key: str) -> str:
        """With its line breaks."""
        found = scrub(lines_of(self._row.get(key)))
        self._joining.append(found.joining)
        return found.text

    def keep_line(self, key: str) -> str:
        return collapse(self.keep(key))

    def tell_who_asks(self, key: str) -> None:
        """A cell that is about joining as a whole."""
        self._joining.append(joining_text(lines_of(self._row.get(key))))

    @property
    def joining(self) -> str:
        return "\n".join(dict.fromkeys(filter(None, self._joining)))


@lru_cache(maxsize=8192)
def scrub(text: str) -> Scrubbed:
    """Split a text by sentences, and drop what tells of a person. Feeds repeat most of their texts."""
    if not _may_tell(text):
        return Scrubbed(_tidy(text.split("\n")), "")
    return _scrubbed(text)


def _may_tell(text: str) -> bool:
    lowered = text.lower()
    for hint in _HINTS:  # a loop: any() takes twice the time, on every text of every row
        if hint in lowered:
            return True
    return bool(_HINT.search(text))


def _scrubbed(text: str) -> Scrubbed:
    kept: list[str] = []
    joining: list[str] = []
    follows = False
    for line in text.split("\n"):
        open_part: list[str] = []
        secret_part: list[str] = []
        for sentence in _SENTENCE.split(line):
            is_rest = (
                bool(joining or secret_part) and not open_part and bool(_ONLY_NUMBER.fullmatch(sentence))
            )
            if SECRET.search(sentence) or is_rest or (follows and sentence.strip()):
                secret_part.append(sentence)
                follows = bool(_ENDS_OPEN.search(sentence))
            else:
                open_part.append(without_person(sentence))
        kept.append(" ".join(filter(None, open_part)))
        joining += [" ".join(secret_part)] if secret_part else []
    plain = _tidy(kept)
    return Scrubbed("" if _tells_too_much(plain) else plain, joining_text("\n".join(joining)))


def safe_text(text: str) -> str:
    return scrub(text).text


def joining_text(text: str) -> str:
    """How to join, without whom to ask: numbers to dial stay, addresses and numbers of persons go."""
    return _tidy(
        [
            " ".join(filter(None, map(_without_whom_to_ask, _SENTENCE.split(line))))
            for line in text.split("\n")
        ]
    )


def without_person(sentence: str) -> str:
    """The sentence up to the clause that asks to call, write or pay someone."""
    found = [
        match for pattern in (EMAIL, PHONE, _NAMED_PERSON, _MONEY) if (match := pattern.search(sentence))
    ]
    if not found:
        return sentence
    asks = _ASKS_TO_CALL.search(sentence, 0, min(match.start() for match in found))
    return _before_clause(sentence, asks.start()) if asks else ""


def public_row(row: Mapping[str, object], keys: frozenset[str] = PUBLIC_KEYS) -> dict[str, object]:
    """The source's row for the record: only what may be shown, every text freed of persons and secrets."""
    public = {key: _public_value(key, value) for key, value in row.items() if key in keys}
    return {key: value for key, value in public.items() if value not in ("", None, [])}


def safe_identifier(text: str) -> str:
    """An id may be as long as a telephone number, as long as it is but digits."""
    if text.isdigit() or not _may_tell(text):
        return text
    return "" if EMAIL.search(text) or SECRET.search(text) or PHONE.search(text) else text


def _public_value(key: str, value: object) -> object:
    if isinstance(value, list | tuple):
        return [each if isinstance(each, int | float) else safe_text(lines_of(each)) for each in value]
    if not isinstance(value, str):
        is_number = isinstance(value, int | float) and abs(value) < float("inf")
        return value if is_number else None
    text = lines_of(value)
    if key in IDENTIFIERS:
        return safe_identifier(text)
    return text if _COORDINATES.fullmatch(text) else safe_text(text)


def _without_whom_to_ask(sentence: str) -> str:
    asks = _ASKS_A_PERSON.search(sentence)
    whom = (asks and PHONE.search(sentence, asks.start())) or _NAMED_PERSON.search(sentence)
    if not (whom or EMAIL.search(sentence)):
        return sentence
    return _before_clause(sentence, asks.start()) if asks else ""


def _before_clause(sentence: str, at: int) -> str:
    """The clauses before this place, unless they are but names."""
    cuts = [match.start() for match in _CLAUSE.finditer(sentence, 0, at)]
    kept = sentence[: cuts[-1]].rstrip(" ,;:(|/–—-") if cuts else ""
    is_safe = _PLAIN_WORD.search(kept) and not (EMAIL.search(kept) or PHONE.search(kept))
    return kept if is_safe else ""


def _tells_too_much(text: str) -> bool:
    return any(pattern.search(text) for pattern in (EMAIL, PHONE, SECRET))


def _tidy(lines: Iterable[str]) -> str:
    return _BLANK_LINES.sub("\n\n", "\n".join(line.strip() for line in lines)).strip()
