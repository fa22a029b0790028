import pytest

from finder.geography.gazetteer import cities, counties
from finder.geography.nicknames import MEANT_FIRST, MEANT_TOO
from finder.geography.readings import read_place


@pytest.mark.parametrize(("name", "state"), sorted({*MEANT_FIRST.values(), *MEANT_TOO.values()}))
def test_a_nickname_stands_for_a_place_that_exists(name: str, state: str) -> None:
    assert cities(name, state) or counties(name, state)


@pytest.mark.parametrize("nickname", sorted(MEANT_FIRST))
def test_a_nickname_is_read_as_the_place_meant_first(nickname: str) -> None:
    name, state = MEANT_FIRST[nickname]
    reading = read_place(nickname)
    assert (reading.place.label, reading.corrected) == (f"{name}, {state}", False)
