"""A county pack on paper: everything that the page says, read by programs that did not write the file."""

from dataclasses import replace

import pytest

from finder.exporters.pack import Box, Day, Line, Meeting, Pack, Place, Section, Sign
from finder.exporters.pack_pdf import pack_as_pdf
from tests.read_paper import faults, pages, told_in_order, words

HOSTILE = '#read("/etc/passwd") $x^2$ *bold* <script> \U0001f600 \u202e \x00 ا希 ' + "x" * 300
FOOT = (Line("In danger?", ("Call 911",)), Line("In crisis?", ("Call 988 or text 988",)))
LABELS = (
    *("supervised_yes", "supervised_no", "supervised_ask", "no_number", "offers", "pays", "pays_ask"),
    *("hours_ask", "signs", "lines", "left_out", "call_first", "made_up", "about"),
)


def place(name: str = "Riverside Detox", **said: object) -> Place:
    usual = Place(
        name=name,
        number="828-555-0142",
        address="12 Main Street, Asheville, NC 28801",
        supervision="ask",
        limits=("Does not treat alcohol use",),
        pays="Medicaid",
        hours=("Open: every day",),
        checked="Checked by phone, Nov. 1, 2026.",
    )
    return replace(usual, **said)


def meeting(name: str = "Tuesday Night Group", **said: object) -> Meeting:
    usual = Meeting("7 p.m.", name, "AA", "12 Main Street", "828-555-0143", "Open", True, "Checked today.")
    return replace(usual, **said)


def pack(*places: Place, meetings: tuple[Meeting, ...] = (), **said: object) -> Pack:
    usual = Pack(
        language="en",
        title="Help in Buncombe County, NC",
        area="Part 1 of 2",
        as_of="As of Nov. 28, 2026",
        is_demo=False,
        left_out=("3 places that are closed.",),
        lines=(Line("911 (emergency)", ("Call 911",), "For danger.", "Always"),),
        boxes=(
            Box(
                "Just released?",
                ("Keep naloxone close.",),
                ("Call a clinic.", "Ask for Medicaid."),
                "Not reviewed.",
            ),
        ),
        sections=(
            Section("withdrawal_management", "Detox", ("Look at the sign.",), places),
            Section("support_group", "Support groups", (), (), (Day("Tuesday", meetings),)),
        ),
        legend=(Sign("yes", "✓", "It says so."), Sign("no", "✗", "It says no."), Sign("ask", "?", "Ask.")),
        notes=("Nobody pays to be here.",),
        foot=FOOT,
        words={label: label.replace("_", " ") for label in LABELS},
    )
    return replace(usual, **said)


def test_everything_is_on_it() -> None:
    said = words(pack_as_pdf(pack(place(), meetings=(meeting(),))))
    for expected in (
        "Help in Buncombe County, NC As of Nov. 28, 2026 · Part 1 of 2",
        "Keep naloxone close.",
        "Ask for Medicaid. Not reviewed.",
        "Riverside Detox 828-555-0142 12 Main Street, Asheville, NC 28801",
        "supervised ask",
        "Does not treat alcohol use",
        "pays Medicaid",
        "Open: every day",
        "Checked by phone, Nov. 1, 2026.",
        "Tuesday 7 p.m. Tuesday Night Group (AA). 12 Main Street 828-555-0143 Open. ! call first.",
        "It says no.",
        "3 places that are closed.",
    ):
        assert expected in said, expected


def test_made_up_examples_say_so() -> None:
    assert "made up" in words(pack_as_pdf(pack(place(), is_demo=True)))
    assert "made up" not in words(pack_as_pdf(pack(place())))


def test_a_place_seen_above_is_only_named() -> None:
    said = words(pack_as_pdf(pack(Place("Riverside Both", "828-555-0142", also="See Detox above."))))
    assert "Riverside Both 828-555-0142 See Detox above." in said
    assert "hours ask" not in said


def test_911_and_988_are_on_every_page() -> None:
    written = pages(pack_as_pdf(pack(*(place(f"Riverside {number}") for number in range(60)))))
    assert len(written) > 3
    assert all("Call 911" in page and "Call 988 or text 988" in page for page in written)


def test_a_screen_reader_finds_no_fault() -> None:
    written = pack_as_pdf(
        pack(*(place(f"Riverside {number}") for number in range(30)), meetings=(meeting(),) * 30)
    )
    assert faults(written, repeated=tuple(line.name for line in FOOT)) == []
    assert told_in_order(written)


@pytest.mark.parametrize("supervision", ["yes", "no", "ask"])
def test_each_sign_is_drawn_beside_its_words(supervision: str) -> None:
    written = pack_as_pdf(pack(place(supervision=supervision)))
    assert f"supervised {supervision}" in words(written)
    assert faults(written, repeated=tuple(line.name for line in FOOT)) == []


def test_hostile_words_are_printed_and_do_no_harm() -> None:
    hostile = place(HOSTILE, number=HOSTILE, address=HOSTILE, limits=(HOSTILE,), hours=(HOSTILE,))
    said = words(pack_as_pdf(pack(hostile, meetings=(meeting(HOSTILE, notes=HOSTILE),), title=HOSTILE)))
    assert said.count('#read("/etc/passwd") $x^2$ *bold*') >= 7


def test_the_same_list_is_the_same_file() -> None:
    assert pack_as_pdf(pack(place())) == pack_as_pdf(pack(place()))
