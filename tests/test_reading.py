"""The measures of reading themselves, held against words and texts whose values are known."""

import pytest

from tests.reading import english_syllables, fernandez_huerta_ease, flesch_kincaid_grade, spanish_syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("call", 1),
        ("used", 1),
        ("needed", 2),
        ("withdrawal", 3),
        ("medicine", 3),
        ("buprenorphine", 4),
        ("don’t", 1),
    ],
)
def test_english_syllables(word: str, syllables: int) -> None:
    assert english_syllables(word) == syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("llame", 2),
        ("aunque", 2),
        ("guía", 2),
        ("quien", 1),
        ("país", 2),
        ("medicina", 4),
        ("hoy", 1),
        ("ciudad", 2),
    ],
)
def test_spanish_syllables(word: str, syllables: int) -> None:
    assert spanish_syllables(word) == syllables


def test_short_words_in_short_sentences_are_easy() -> None:
    assert flesch_kincaid_grade("Call us. We can help you. Stay with him.") < 1
    assert fernandez_huerta_ease("Llame ya. No se vaya. Hay ayuda.") > 95


def test_long_words_in_long_sentences_are_hard() -> None:
    english = (
        "Pharmacological stabilization necessitates comprehensive interdisciplinary evaluation of patients."
    )
    spanish = (
        "La estabilización farmacológica requiere evaluaciones interdisciplinarias exhaustivas periódicas."
    )
    assert flesch_kincaid_grade(english) > 16
    assert fernandez_huerta_ease(spanish) < 20


def test_a_link_counts_as_its_words_and_a_line_of_a_list_as_a_sentence() -> None:
    assert flesch_kincaid_grade("- Call [911](tel:911) now\n- Stay") == flesch_kincaid_grade(
        "Call now. Stay."
    )
