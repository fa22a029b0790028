from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from finder.exporters.list_text import MOST_SIGNS, list_as_short_text, list_as_text, text_messages
from finder.referral.shown import ShownItem, ShownLine, ShownList, ShownPhone, ShownSection

AS_OF = datetime(2026, 11, 28, 14, 30, tzinfo=ZoneInfo("America/New_York"))


def place(number: int = 1, **values: Any) -> ShownItem:
    usual: dict[str, Any] = {
        "listing": UUID(int=number),
        "name": f"Clinic {number}",
        "url": f"https://finder.example/listings/{number}/",
        "categories": (("behavioral_health", "Treatment"),),
        "where": "Asheville, NC",
        "address": ("4 Oak Street", "Asheville, NC 28801"),
        "phones": (ShownPhone("828-555-0142", "tel:+18285550142", "Intake"),),
        "limits": ("Women only",),
        "facts": ("Medicaid", "Walk in"),
        "times": ("Open: every day, day and night",),
        "checked": "Confirmed by phone today.",
    }
    return ShownItem(**usual | values)


def listed(*items: ShownItem, title: str = "", start: str = "", **values: Any) -> ShownList:
    found = ShownList(
        title="For Tuesday",
        language="en",
        as_of=AS_OF,
        sections=(ShownSection("", title, start, items),),
        crisis=(ShownLine("988 Lifeline", "Call or text 988"),),
    )
    return replace(found, **values)


def test_says_all_that_is_known_of_a_place_line_by_line() -> None:
    assert list_as_text(listed(place(), title="Treatment", start="Start now")) == (
        "For Tuesday\n"
        "As of Nov. 28, 2026, 2:30 p.m.\n"
        "\n"
        "TREATMENT: START NOW\n"
        "\n"
        "1. Clinic 1\n"
        "   Treatment · Asheville, NC\n"
        "   Call 828-555-0142 (Intake)\n"
        "   4 Oak Street, Asheville, NC 28801\n"
        "   Women only\n"
        "   Medicaid · Walk in\n"
        "   Open: every day, day and night\n"
        "   Confirmed by phone today.\n"
        "   https://finder.example/listings/1/\n"
        "\n"
        "988 Lifeline: Call or text 988\n"
    )


def test_numbers_run_on_from_part_to_part() -> None:
    found = listed(place(1))
    both = replace(found, sections=(*found.sections, ShownSection("", "Also", "", (place(2),))))
    assert "\n2. Clinic 2\n" in list_as_text(both)


def test_says_the_note_what_changed_and_what_people_found() -> None:
    said = list_as_text(listed(place(note="Ask for intake.", changes=("It moved.",), doubts=("Two asked.",))))
    assert all(line in said for line in ("   Note: Ask for intake.", "   It moved.", "   Two asked."))


def test_of_what_is_gone_it_says_the_name() -> None:
    gone = place(phones=(), address=(), is_gone=True)
    assert "1. Clinic 1\n   Not listed any more.\n\n" in list_as_text(listed(gone))


def test_says_that_an_example_is_one_and_keeps_it_out_of_the_short_form() -> None:
    example = listed(place(is_demo=True))
    assert "   This is a made-up example. Do not call it." in list_as_text(example)
    assert "Clinic" not in list_as_short_text(example)


def test_says_the_link_its_code_and_its_end() -> None:
    said = list_as_text(
        listed(place(), link="https://f.example/l/x/", code="K7CM-4X9P-4DTH", expires="It ends on May 3.")
    )
    assert said.endswith(
        "\nThis list on the web: https://f.example/l/x/\n"
        "Or type this code: K7CM-4X9P-4DTH\n"
        "It ends on May 3.\n"
    )


def test_the_short_form_is_names_numbers_and_towns() -> None:
    of_group = place(2, phones=(), times=("Tuesday at 7 p.m.",))
    assert list_as_short_text(listed(place(), of_group, link="https://f.example/l/x/")) == (
        "For Tuesday\n"
        "1. Clinic 1, 828-555-0142, Asheville, NC\n"
        "2. Clinic 2, Tuesday at 7 p.m., Asheville, NC\n"
        "In danger: 911. In a crisis: call or text 988."
    )


def test_a_long_list_is_cut_short_where_a_text_message_ends() -> None:
    said = list_as_short_text(listed(*map(place, range(1, 41))))
    assert len(said) <= MOST_SIGNS + len("\nAnd 40 more.")
    *rows, more, last = said.splitlines()
    assert more == f"And {40 - (len(rows) - 1)} more."
    assert last == "In danger: 911. In a crisis: call or text 988."


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("ñ" * 160, 1),
        ("á" * 70, 1),
        ("á" * 71, 2),
        ("á" * 135, 3),
    ],
)
def test_counts_the_messages_that_a_phone_makes_of_it(text: str, messages: int) -> None:
    assert text_messages(text) == messages
