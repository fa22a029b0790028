import pytest

from finder.geography.neighbors import STATE_BORDERS, neighbors
from finder.geography.readings import read_place
from finder.geography.states import STATE_NAMES


def labels(words: str) -> list[str]:
    return [place.label for place in neighbors(read_place(words).place)]


def test_borders_are_shared() -> None:
    lonely = {
        (state, other)
        for state, others in STATE_BORDERS.items()
        for other in others.split()
        if state not in STATE_BORDERS[other].split()
    }
    assert lonely == set()
    assert set(STATE_BORDERS) <= set(STATE_NAMES)
    assert len(STATE_BORDERS) == 49


def test_of_a_state_those_across_its_lines() -> None:
    assert labels("South Carolina") == ["Georgia", "North Carolina"]


@pytest.mark.parametrize("place", ["Alaska", "Hawaii", "PR", "28801", "Asheville, NC", "online"])
def test_others_have_none(place: str) -> None:
    assert labels(place) == []


def test_of_a_county_the_nearest_in_its_state_and_across_the_line() -> None:
    found = labels("Haywood County, NC")
    assert "Buncombe County, NC" in found[:4]
    assert [label[-2:] for label in found] == ["NC"] * 4 + ["TN"] * 2


def test_each_reads_back_as_itself() -> None:
    for place in neighbors(read_place("Loving County, TX").place):
        assert read_place(place.query).place == place
