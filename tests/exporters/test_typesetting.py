from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from finder.exporters.typesetting import PRINTED, NotSetError, printable, sheet, typeset
from tests.read_paper import faults, pages, words
from tests.shown_lists import CRISIS

LIST: Mapping[str, object] = {
    "as_of": "",
    "places": "",
    "none": "",
    "before": "",
    "sections": [],
    "opens": None,
    "legend": [],
    "legend_title": "",
}


def paper(title: str, **said: object) -> bytes:
    return typeset("list", data=sheet(title, language="en", crisis=CRISIS["en"]) | LIST | said)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (
            "¿Llame a «desintoxicación»? Sí, “hoy” – Ñandú’s",
            "¿Llame a «desintoxicación»? Sí, “hoy” – Ñandú’s",
        ),
        ("  much \r\n\n\t white \x85 space ", "much white space"),
        ("null\x00 bell\x07 escape\x1b[31m", "null bell escape[31m"),
        ("lone\ud800 surrogate", "lone surrogate"),
        ("turned \u202eround\u200f", "turned round"),
        ("e\u0301 in two signs", "é in two signs"),
        ("a smile \U0001f600 and a flag \U0001f1fa\U0001f1f8", "a smile and a flag"),
        ("𝐇𝐨𝐩𝐞 in ﬁne letters", "Hope in fine letters"),
        ("Việt, Αθήνα, Привет", "Việt, Αθήνα, Привет"),
        ("希望之家 (Hope)", "□ (Hope)"),
        ("5\u00a0pm, 6\u202fpm", "5\u00a0pm, 6\u00a0pm"),
        ("", ""),
    ],
)
def test_prints_what_the_fonts_can_draw(written: str, printed: str) -> None:
    assert printable(written) == printed


def test_a_word_too_long_for_a_line_is_broken_without_a_sign_more() -> None:
    assert "x" * 500 in words(paper("A", before="x" * 500)).replace(" ", "")


def test_our_fonts_draw_every_sign_that_we_print() -> None:
    signs = "".join(sign for sign in map(chr, range(0x21, 0x3000)) if PRINTED.fullmatch(sign))
    drawn = words(paper("x", before=signs)).replace(" ", "")
    assert len(signs) > 600
    assert not {*signs} - {*drawn} - {"\u00a0"}


@pytest.mark.parametrize(
    "hostile",
    [
        '#read("/etc/passwd")',
        '#import "@preview/tiger:0.1.0": *',
        "$x^2$ *bold* _slanted_ `raw` <label> @reference",
        "[link](https://evil.example/) ]#panic()[",
        "<script>alert(1)</script>",
        "= No heading \\ // no comment /* */",
        '"}, "title": "another"',
        "%s %(name)s {number} {0}",
    ],
)
def test_what_looks_like_an_order_is_printed_as_it_stands(hostile: str) -> None:
    assert hostile in words(paper("x", before=hostile))
    assert hostile in words(paper(hostile))


@given(text=st.text(st.characters(), max_size=200))
@example(text="\ud800")
@example(text="\n" * 5000)
@example(text="ا" * 50 + "שלום" + "ก็")
@example(text="x\u0300" * 100)
@settings(max_examples=60, deadline=None)
def test_no_text_stops_the_press(text: str) -> None:
    assert paper(text, before=text).startswith(b"%PDF-1.7")


def test_an_endless_text_goes_on_over_the_pages() -> None:
    long = paper("x", before="so many words " * 5000)
    assert words(long).count(" many ") == 5000
    assert faults(long, repeated=tuple(line.name for line in CRISIS["en"])) == []


def test_links_stay_whole_and_plain() -> None:
    code = "K" * 40
    opens = {
        "title": "t",
        "scan": "s",
        "type": "t",
        "address": "a",
        "href": f"https://finder.example.org/{code}\n\ud800",
        "code": "",
        "expires": "",
        "picture": "p",
    }
    picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'
    said = sheet("x", language="en", crisis=()) | LIST | {"opens": opens}
    written = typeset("list", data=said, pictures={"qr": picture})
    assert f"https://finder.example.org/{code})".encode() in written


def test_a_fault_names_the_template_and_quotes_nothing() -> None:
    with pytest.raises(NotSetError) as fault:
        typeset("list", data=sheet("A private title", language="en", crisis=()))
    assert fault.value.args == ("list",)


def test_every_machine_sets_the_same_file() -> None:
    first = paper("the same")
    paper("another between them")
    assert paper("the same") == first


def test_many_at_once_do_not_meet() -> None:
    titles = [f"list number {number}" for number in range(40)]
    with ThreadPoolExecutor(8) as hands:
        written = list(hands.map(paper, titles))
    assert [title in pages(one)[0] for title, one in zip(titles, written, strict=True)] == [True] * 40
