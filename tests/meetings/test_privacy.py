import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.meetings import privacy
from finder.meetings.cells import lines_of
from finder.meetings.privacy import joining_text, public_row, safe_text, scrub
from tests.meeting_feeds import SECRETS, TELLING


@pytest.mark.parametrize(
    ("notes", "kept"),
    [
        ("Ring the bell. Call Example P. at 828-555-0142.", "Ring the bell."),
        ("Enter by the back door, text 828.555.0142 if locked", "Enter by the back door"),
        ("For zoom call 432-555-0100", ""),
        ("Questions? person@example.org", "Questions?"),
        ("Example Person, 828-555-0142", ""),
        ("Contact Example P for the key", ""),
        ("person [at] example.org", ""),
        ("Venmo @example-group for the basket", ""),
        ("Parking at 12 Example Street, 28801", "Parking at 12 Example Street, 28801"),
        ("Starts 7:30, ends 8:30. Room 2020-21.", "Starts 7:30, ends 8:30. Room 2020-21."),
        ("Doors open @Noon", "Doors open @Noon"),
        ("Birthday night: last Friday @ 8", "Birthday night: last Friday @ 8"),
    ],
)
def test_persons_leave_the_notes(notes: str, kept: str) -> None:
    assert scrub(notes).text == kept


@pytest.mark.parametrize(
    ("notes", "kept", "joining"),
    [
        ("Bring a friend.\nMeeting ID: 123 456 789\nPassword:\nserenity", "Bring a friend.",
         "Meeting ID: 123 456 789\nPassword:\nserenity"),
        ("Join at https://zoom.us/j/123?pwd=abc. Ring the bell.", "Ring the bell.",
         "Join at https://zoom.us/j/123?pwd=abc."),
        ("Dial-in 712-432-1212, access code 123456#", "", "Dial-in 712-432-1212, access code 123456#"),
        ("Contraseña: serenidad", "", "Contraseña: serenidad"),
        ("Zoom 812 3456 7890", "", "Zoom 812 3456 7890"),
        ("ID: 123456789. 123456", "", "ID: 123456789. 123456"),
    ],
)  # fmt: skip
def test_ways_in_move_from_the_notes(notes: str, kept: str, joining: str) -> None:
    assert scrub(notes) == (kept, joining)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Dial 646-558-8656, code 123#", "Dial 646-558-8656, code 123#"),
        ("Password: serenity. E-mail person@example.org for help.", "Password: serenity."),
        ("Contact Example P at 828-555-0142", ""),
    ],
)
def test_joining_says_how_but_not_whom_to_ask(text: str, kept: str) -> None:
    assert joining_text(text) == kept


def test_only_known_keys_of_a_row_are_kept() -> None:
    row = {
        "name": "Example",
        "contact_1_name": "Person",
        "square": "$a",
        "Submitter": "Person",
        "notes": SECRETS[1],
    }
    assert public_row(row) == {"name": "Example"}


def test_coordinates_and_ids_are_no_telephone_numbers() -> None:
    row = {"longitude": "-122.4194155", "coordinates": "37.7749295,-122.4194155", "slug": "8285550142"}
    assert public_row(row) == row


def test_numbers_and_lists_of_a_row_are_kept() -> None:
    row = {"day": [0, 3], "types": ["O", SECRETS[1]], "latitude": 35.5, "longitude": float("nan")}
    assert public_row(row) == {"day": [0, 3], "types": ["O", ""], "latitude": 35.5}


TEXTS = st.lists(st.sampled_from(SECRETS) | st.text(max_size=15), max_size=5).map


@given(text=TEXTS(" ".join) | TEXTS(". ".join) | TEXTS("\n".join))
def test_no_text_keeps_a_person_or_a_way_in(text: str) -> None:
    kept = safe_text(text)
    assert not TELLING.search(kept), kept
    assert safe_text(kept) == kept


TELLING_PATTERNS = (privacy.EMAIL, privacy.PHONE, privacy.SECRET, privacy._NAMED_PERSON, privacy._MONEY)


@pytest.mark.parametrize("pattern", TELLING_PATTERNS)
def test_whatever_a_pattern_finds_is_looked_at(pattern: re.Pattern[str]) -> None:
    @given(found=st.from_regex(pattern), cased=st.sampled_from([str, str.upper, str.title, str.swapcase]))
    def looked_at(found: str, cased: type[str]) -> None:
        text = str(cased(found))
        assert privacy._may_tell(text) or not pattern.search(text)

    looked_at()


@given(text=TEXTS(" ".join).map(lines_of) | TEXTS("\n".join).map(lines_of))
def test_the_short_way_says_what_the_long_way_says(text: str) -> None:
    assert scrub(text) == privacy._scrubbed(text)
