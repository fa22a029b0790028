import pytest

from finder.wording import faults


@pytest.mark.parametrize(
    "text",
    [
        "Take 5 mg at night.",
        "4mg nasal spray",
        "two tablets",
        "Take two and wait.",
        "tome 2 cada noche",
        "una pastilla al día",
        "1 gramo",
        "Up to 3 gummies",
    ],
)
def test_a_dose_is_found_in_both_languages(text: str) -> None:
    assert any(fault.startswith("a dose") for fault in faults(text))


@pytest.mark.parametrize(
    "text",
    [
        "the best clinic",
        "We recommend it.",
        "It cures you.",
        "a 90 % success rate",
        "la mejor clínica",
        "compre aquí",
    ],
)
def test_praise_is_found_in_both_languages(text: str) -> None:
    assert any(fault.startswith("praise") for fault in faults(text))


@pytest.mark.parametrize(
    "text",
    [
        "an addict",
        "drug abuse",
        "staying clean",
        "after a relapse",
        "un adicto",
        "una recaída",
        "estar limpio",
    ],
)
def test_a_word_that_blames_is_found_in_both_languages(text: str) -> None:
    assert any(fault.startswith("a word that blames") for fault in faults(text))


@pytest.mark.parametrize(
    "text",
    [
        "Call 911.",
        "In one test, 22 of 25 kinds of gummy did not hold what the label said.",
        "We neither sell nor recommend either one.",
        "No vendemos ni recomendamos ninguno.",
        "Tell someone when you last drank or took a pill.",
        "1-800-222-1222",
    ],
)
def test_plain_words_pass(text: str) -> None:
    assert faults(text) == []
