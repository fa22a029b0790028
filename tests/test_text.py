import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.text import PhoneText, collapse, folded, read_phone


@given(st.text())
def test_collapsing_twice_changes_nothing_more(text: str) -> None:
    assert collapse(collapse(text)) == collapse(text)


@given(st.lists(st.text("abcÁß&-1", min_size=1), min_size=1), st.sampled_from([" ", "\t", "\n", "  \xa0"]))
def test_texts_that_differ_in_case_and_blanks_fold_to_the_same(words: list[str], blank: str) -> None:
    assert folded(f"{blank}{blank.join(words)}{blank}") == folded(" ".join(words).upper())


@pytest.mark.parametrize(
    ("raw", "number", "extension", "e164"),
    [
        ("828-555-0142", "828-555-0142", "", "+18285550142"),
        (" 828-555-0142 ", "828-555-0142", "", "+18285550142"),
        ("(301) 555-0170", "301-555-0170", "", "+13015550170"),
        ("1-828-555-0142", "828-555-0142", "", "+18285550142"),
        ("8285550142", "828-555-0142", "", "+18285550142"),
        ("828-555-0142 x12", "828-555-0142", "12", "+18285550142"),
        ("828-555-0142 X12345", "828-555-0142", "12345", "+18285550142"),
        ("828-555-0142 ext 7", "828-555-0142", "7", "+18285550142"),
        ("828-555-0142 ext. 7", "828-555-0142", "7", "+18285550142"),
        ("828-555-0142x3", "828-555-0142", "3", "+18285550142"),
        ("888-555HOPE", "888-555HOPE", "", "+18885554673"),
        ("888-PARNEXT", "888-PARNEXT", "", "+18887276398"),
        ("800-USA2525", "800-USA2525", "", "+18008722525"),
        ("888-555HOPE x2", "888-555HOPE", "2", "+18885554673"),
        ("988", "988", "", ""),
        ("211", "211", "", ""),
    ],
)
def test_phones_are_read_as_directories_print_them(raw: str, number: str, extension: str, e164: str) -> None:
    assert read_phone(raw) == PhoneText(number, extension, e164)


@pytest.mark.parametrize("raw", ["", "   ", "N/A", "none", "000-000-0000", "0"])
def test_what_nobody_could_call_is_no_phone(raw: str) -> None:
    assert read_phone(raw) is None


@pytest.mark.parametrize(
    "raw", ["128-555-0142", "828-155-0142", "28-555-014", "828-555-0142 or 828-555-0143", "+44 20 7946 0958"]
)
def test_a_number_that_is_not_a_us_number_is_kept_as_printed(raw: str) -> None:
    assert read_phone(raw) == PhoneText(raw, "", "")


@given(st.text("0123456789-() xXextEH.#", max_size=25))
def test_a_stored_number_is_always_whole(raw: str) -> None:
    phone = read_phone(raw)
    assert phone is None or phone.number_e164 == "" or len(phone.number_e164) == 12
