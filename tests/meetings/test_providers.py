import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.meetings.providers import provider_of, read_dial_in, read_join_url


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://zoom.us/j/1", "Zoom"),
        ("https://us02web.zoom.us/j/1?pwd=a", "Zoom"),
        ("https://meet.google.com/abc", "Google Meet"),
        ("https://join.freeconferencecall.com/example", "FreeConferenceCall"),
        ("https://notzoom.us/j/1", ""),
        ("https://zoom.us.example.org/", ""),
        ("https://google.com/", ""),
        ("javascript:alert('zoom.us')", ""),
        ("https://[zoom.us", ""),
    ],
)
def test_providers_are_known_by_their_host(url: str, name: str) -> None:
    assert provider_of(url) == name


def test_a_link_may_lack_its_scheme() -> None:
    assert read_join_url("zoom.us/j/1") == "https://zoom.us/j/1"


@pytest.mark.parametrize(
    ("text", "dialed"),
    [
        ("+1-646-558-8656,,123456789#", "+16465588656,,123456789#"),
        ("(646) 558 8656", "6465588656"),
        ("646-558-8656 Meeting ID: 123 456 7890", "6465588656"),
        ("Dial 1 646 558 8656 or 1 301 715 8592", "16465588656"),
        ("+11", ""),
        ("call us", ""),
        ("", ""),
    ],
)
def test_the_first_number_is_dialed(text: str, dialed: str) -> None:
    assert read_dial_in(text) == dialed


@given(text=st.text())
def test_any_text_is_a_way_in_or_none(text: str) -> None:
    assert set(read_dial_in(text)) <= set("0123456789+,*#")
    assert not read_join_url(text) or provider_of(read_join_url(text))
