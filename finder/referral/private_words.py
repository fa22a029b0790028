"""What in a note could tell who a person is: looked for as it is typed, never kept or counted.

It errs towards asking: a note may be kept as it is after the question. What it looks for is named in 42 CFR
Part 2 and among HIPAA's identifiers (45 CFR 164.514(b)(2)).
"""

import re
from enum import StrEnum

MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|"
    "ene|abr|ago|dic|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
DATE = re.compile(
    r"\b(\d{1,2}[/.-]\d{1,2}[/.-](19|20)?\d{2}|(19|20)\d{2}-\d{1,2}-\d{1,2}"
    rf"|({MONTHS})[a-z]*\.? \d{{1,2}},? (19|20)\d{{2}}"
    rf"|\d{{1,2}} (de )?({MONTHS})[a-z]*\.?,? (de |del )?(19|20)\d{{2}})\b",
    re.IGNORECASE,
)
BORN = re.compile(
    r"\b(born|dob|d\.o\.b|birth ?(date|day)|date of birth|nacid[oa]|nacimiento|f\.? ?nac|cumplea)",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"\b(?i:mr|mrs|ms|miss|sr|sra|srta|señora?|client|patient|cliente|paciente|name|nombre)\b"
    r"[.:]? +[A-ZÁÉÍÓÚÑ]"
    r"|\b[A-ZÁÉÍÓÚÑ][a-záéíóúñ'’-]+ ([A-ZÁÉÍÓÚÑ]\.? )?(de |la |del )*[A-ZÁÉÍÓÚÑ][a-záéíóúñ'’-]+",
)
PHONE = re.compile(r"(?<!\d)(\+?1[ .-]?)?\(?[2-9]\d{2}\)?[ .-]?\d{3}[ .-]?\d{4}(?!\d)")
SOCIAL_SECURITY = re.compile(r"(?<!\d)\d{3}[ -]\d{2}[ -]\d{4}(?!\d)")
PLAN_NUMBER = re.compile(r"\b(?=[A-Z0-9-]{8,16}\b)(?=(?:[A-Z-]*\d){6})[A-Z0-9]+(?:-[A-Z0-9]+)*\b")
PLAN_WORD = re.compile(
    r"\b(ssn|social security|seguro social|member|miembro|policy|póliza|medicaid|medicare|insurance|seguro"
    r"|mrn|id)\b[^.;\n]{0,25}?\d{4,}",
    re.IGNORECASE,
)


class Private(StrEnum):
    BIRTH = "birth"
    PHONE = "phone"
    NUMBER = "number"
    """Of an insurance, a health plan or social security."""


def private_in(text: str) -> list[Private]:
    """Empty where nothing looks like it. A phone counts beside a name only: programs have phones, too."""
    is_named = bool(NAMED.search(text))
    found = {
        Private.BIRTH: bool(BORN.search(text)) or (is_named and bool(DATE.search(text))),
        Private.PHONE: is_named and bool(PHONE.search(text)),
        Private.NUMBER: bool(SOCIAL_SECURITY.search(text) or PLAN_WORD.search(text))
        or (is_named and bool(PLAN_NUMBER.search(PHONE.sub("", DATE.sub("", text))))),
    }
    return [kind for kind, is_there in found.items() if is_there]
