import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.meetings.cells import lines_of, text_of, words_listed


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ("One<br>two<BR/>three", "One\ntwo\nthree"),
        ("<p>One</p><p>two</p>", "One\ntwo"),
        ("One\r\ntwo\rthree", "One\ntwo\nthree"),
        ("One\n\n\n\ntwo", "One\n\ntwo"),
        ("Friends &amp; family &#8211; all", "Friends & family – all"),
        ("&lt;b&gt;Bold&lt;/b&gt;", "Bold"),
        ('"quoted"', "quoted"),
        ('"One" and "two"', '"One" and "two"'),
        ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
        ("########", ""),
        ("\ud800odd\u200b", "odd"),
        (79107, "79107"),
        (79107.0, "79107"),
        (True, "yes"),
        (None, ""),
        ({"a": 1}, ""),
    ],
)
def test_a_cell_is_freed_from_marks(value: object, lines: str) -> None:
    assert lines_of(value) == lines


def test_one_line_has_no_breaks() -> None:
    assert text_of(" One<br>two\t") == "One two"


@pytest.mark.parametrize("value", [["O", "X", ""], "O, X", "[O,X]", '["O", "X"]', "O;X", "O|X"])
def test_lists_come_in_many_shapes(value: object) -> None:
    assert words_listed(value) == ["O", "X"]


@given(text=st.text())
def test_any_text_can_be_stored(text: str) -> None:
    lines_of(text).encode("utf-8")
    assert "\0" not in lines_of(text)
    assert text_of(text) == " ".join(text_of(text).split())
