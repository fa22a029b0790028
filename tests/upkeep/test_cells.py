import pytest

from finder.upkeep.cells import plain_cell, text_of

FORMULAS = ["=1+1", "+1 828-555-0142", "-2", "@SUM(A1)", "\t=1", "\r=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    assert plain_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "828-555-0142", "O'Hara House", "'Twas", "a=b"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert plain_cell(text) == text
    assert text_of(plain_cell(text)) == text


@pytest.mark.parametrize("text", FORMULAS[:4])
def test_what_was_marked_is_read_as_it_was(text: str) -> None:
    assert text_of(plain_cell(text)) == text


def test_what_someone_types_needs_no_mark() -> None:
    assert text_of(" +1 828-555-0142 ") == "+1 828-555-0142"
