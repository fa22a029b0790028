from datetime import time

import pytest

from finder.enums import CareCategory
from finder.geography.readings import Reading, read_place
from finder.search.question import SearchQuestion, When
from finder.views.headings import chips, heading

GROUPS = (CareCategory.SUPPORT_GROUP.value,)


@pytest.mark.parametrize(
    ("near", "when", "said"),
    [
        ("Asheville, NC", When.NEXT_24_HOURS, "Support groups near Asheville, NC, in the next 24 hours"),
        ("Buncombe County, NC", When.TODAY, "Support groups in Buncombe County, NC, later today"),
        ("28801", When.NOW, "Support groups near 28801 (Asheville, NC) now or within the hour"),
        ("North Carolina", When.TUESDAY, "Support groups in North Carolina on Tuesday"),
        ("online", When.NOW, "Support groups online or by phone now or within the hour"),
        ("", When.SUNDAY, "Support groups anywhere in the United States on Sunday"),
        ("", None, "Support groups anywhere in the United States"),
    ],
)
def test_a_heading_says_what_where_and_when(near: str, when: When | None, said: str) -> None:
    reading = Reading(read_place(near).place) if near else None
    assert heading(SearchQuestion(reading=reading, categories=GROUPS, when=when)) == said


def test_each_part_of_a_time_has_a_chip_that_takes_it_off() -> None:
    question = SearchQuestion(
        when=When.TODAY, zone="UTC", start_from=time(18), start_until=time(21, 30), is_hybrid=True
    )
    assert [(chip.text, chip.url) for chip in chips(question)] == [
        ("Later today", "/search/?from=18%3A00&until=21%3A30&attend=hybrid"),
        ("From 6 p.m.", "/search/?when=today&zone=UTC&until=21%3A30&attend=hybrid"),
        ("Until 9:30 p.m.", "/search/?when=today&zone=UTC&from=18%3A00&attend=hybrid"),
        ("In person and online", "/search/?when=today&zone=UTC&from=18%3A00&until=21%3A30"),
    ]


def test_room_has_a_chip_that_takes_it_off() -> None:
    (chip,) = chips(SearchQuestion(has_room=True))
    assert (chip.text, chip.url) == ("Says it has room now", "/search/")
