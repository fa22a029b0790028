import pytest

from finder.geography.spelling import guess_state, guesses


@pytest.mark.parametrize(
    ("written", "slips"), [("Ashevile", 1), ("Asheivlle", 1), ("Ashvile", 2), ("Azhevillle", 2)]
)
def test_slips_are_letters_added_dropped_changed_or_swapped(written: str, slips: int) -> None:
    (first, *_) = guesses(written, "NC")
    assert (first.name, first.slips) == ("asheville", slips)


@pytest.mark.parametrize("written", ["abq", "xqz", ""])
def test_short_words_are_never_corrected(written: str) -> None:
    assert guesses(written) == []


def test_words_of_six_letters_may_have_one_slip() -> None:
    assert guesses("Xeston")[0].slips == 1
    assert guesses("Buffxy", "NY") == []
    assert guesses("Buffxlo", "NY")[0].name == "buffalo"


def test_a_state_confines_the_guesses() -> None:
    assert {area.state for guess in guesses("Springfeild", "MO") for area in guess.areas} == {"MO"}


@pytest.mark.parametrize(
    ("written", "code"), [("North Carolna", "NC"), ("Pensylvania", "PA"), ("Tennesee", "TN"), ("xqzzt", None)]
)
def test_a_misspelt_state_is_guessed(written: str, code: str | None) -> None:
    assert guess_state(written) == code
