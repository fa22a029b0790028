"""What attackers, broken clients and lost people send; the same each time, since the seed is."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote_from_bytes

MARKUP = (
    b"<script>x7</script>",
    b'"><img src=x7>',
    b"'x7",
    b"'><img src=x7>",
    b'" autofocus onfocus=x7 "',
    b"' onmouseover=x7 '",
    b"</title></textarea></script><x7>",
    b"<!--x7",
    b"]]><x7/>",
    b"&lt;script&gt;x7",
    b"javascript:x7",
    b"{{ x7 }}{% x7 %}{# x7",
    b"${x7}#{x7}%(x7)s%s%n{0.x7}",
)
QUERIES = (
    b"' OR '1'='1",
    b"'; DROP TABLE finder_listingindex; --",
    b"1) UNION SELECT NULL,NULL--",
    b"x' & !(y | 'z':*) <-> \\",
    b"\\'\\\\",
    b"$1 %s $$ x7 $$",
    b"((((((",
    b"*:*",
)
ENCODINGS = (
    b"a\x00b",
    b"\x00",
    b"\xff\xfe\x80",
    b"\xed\xa0\x80x",
    b"\xc0\xaf..\xc0\xaf",
    "\u202egnp.x7\u202c".encode(),
    "😀👩‍👩‍👧‍👦".encode(),
    ("e" + "\u0301" * 300).encode(),
    "ﷺ﷽ ẞ ŉ ǰ ΐ ﬃ".encode(),
    "\u2028\u2029\u0085\ufeff\ufffe".encode(),
    b"x7\r\nSet-Cookie: x7=1\r\n\r\n<x7>",
)
NUMBERS = (
    b"-1",
    b"0",
    b"1e309",
    b"-1e-400",
    b"nan",
    b"-inf",
    b"9" * 400,
    b"0x10",
    b"1_000",
    "½".encode(),
    b"1,5",
)
LENGTHS = (b"x" * 10_000, "é".encode() * 5_000, b"x " * 5_000, b"<x7>" * 2_500, b"1" * 10_000, b"," * 10_000)
PATHS = (
    b"../../../../etc/passwd",
    b"..%2f..%2fx7",
    b"/\\x7.example/",
    b"//x7.example/",
    b".git/config",
    b"%00",
    b"~",
)
WELL_BEHAVED = (
    b"28801", b"Asheville, NC", b"NC", b"online", b"35.6,-82.55", b"10", b"1", b"medicaid", b"spanish",
    b"support_group", b"name", b"checked", b"distance", b"clinic", b"suboxone", b"",
)  # fmt: skip
HOSTILE = MARKUP + QUERIES + ENCODINGS + NUMBERS + LENGTHS + PATHS

PARAMETERS = ("near", "within", "category", "need", "not", "q", "sort", "page")
METHODS = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD", "X7")
HEADERS = (
    "HTTP_HOST",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_COOKIE",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_REFERER",
    "HTTP_USER_AGENT",
    "HTTP_ACCEPT",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_RANGE",
    "HTTP_HX_REQUEST",
    "HTTP_X_HTTP_METHOD_OVERRIDE",
    "CONTENT_TYPE",
)


@dataclass(frozen=True)
class HostileRequest:
    method: str
    path: str
    query: str
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        headers = {name: value[:80] for name, value in self.headers.items()}
        return f"{self.method} {self.path[:200]}?{self.query[:300]} {headers}"


def requests(paths: list[str], *, count: int, seed: int) -> Iterator[HostileRequest]:
    dice = random.Random(seed)
    for _ in range(count):
        yield HostileRequest(
            method=dice.choice(METHODS) if dice.random() < 0.1 else "GET",
            path=dice.choice(paths) + (encoded(dice.choice(HOSTILE)) if dice.random() < 0.1 else ""),
            query="&".join(pair(dice) for _ in range(dice.choice((0, 1, 1, 1, 2, 3, 6)))),
            headers=headers(dice) if dice.random() < 0.15 else {},
        )


def pair(dice: random.Random) -> str:
    name = dice.choice(PARAMETERS) if dice.random() < 0.95 else encoded(dice.choice(HOSTILE))
    value = dice.choice(HOSTILE if dice.random() < 0.7 else WELL_BEHAVED)
    as_it_stands = dice.random() < 0.05
    return f"{name}={value.decode('latin-1') if as_it_stands else encoded(value)}"


def headers(dice: random.Random) -> dict[str, str]:
    names = dice.sample(HEADERS, dice.choice((1, 1, 2, 4)))
    return {name: dice.choice(HOSTILE).decode("latin-1") for name in names}


def encoded(value: bytes) -> str:
    return quote_from_bytes(value, safe="")
