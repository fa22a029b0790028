"""How words and phone numbers are read, compared and printed."""

import re
import unicodedata
from typing import NamedTuple

import phonenumbers

NANP_NUMBER = re.compile(r"[2-9]\d{2}[2-9]\d{6}")
EXTENSION = re.compile(r"[\s,;]*(?:x|ext(?:ension)?|#)[\s.:]*(\d{1,7})\s*$", re.IGNORECASE)


class PhoneText(NamedTuple):
    """`number` as people write it, `number_e164` empty unless it is a whole US number."""

    number: str
    extension: str
    number_e164: str


def collapse(text: str) -> str:
    return " ".join(text.split())


def folded(text: str) -> str:
    """Equal for two texts which differ only in case and in blanks."""
    return collapse(text).casefold()


def read_phone(raw: str) -> PhoneText | None:
    """A number, short code (988) or vanity number with its extension; None where nobody could call."""
    text = collapse(raw)
    if not any(character in "123456789" for character in text):
        return None
    found = EXTENSION.search(text)
    printed, extension = (text[: found.start()], found[1]) if found else (text, "")
    national = _national_number(printed)
    if not national:
        return PhoneText(printed, extension, "")
    if not any(character.isalpha() for character in printed):
        printed = f"{national[:3]}-{national[3:6]}-{national[6:]}"
    return PhoneText(printed, extension, f"+1{national}")


def _national_number(printed: str) -> str:
    """The ten digits, letters read from the keypad. The shape decides: area codes are newer than any list."""
    try:
        parsed = phonenumbers.parse(printed, "US")
    except phonenumbers.NumberParseException:
        return ""
    national = str(parsed.national_number)
    return national if parsed.country_code == 1 and NANP_NUMBER.fullmatch(national) else ""


def words_of(text: str) -> list[str]:
    """The words as search compares them: lower case, without accents or punctuation."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return re.findall(r"[^\W_]+", plain.casefold())
