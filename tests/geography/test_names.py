import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.geography.names import county_key, fold, key, names_county


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saint Louis", "ST. LOUIS"),
        ("Fort Worth", "Ft Worth"),
        ("Mount Airy", "Mt. Airy"),
        ("Cañon City", "canon  city"),
        ("San Germán", "San German"),
        ("O'Fallon", "O Fallon"),
        ("McLean", "Mc Lean"),
        ("Coeur d’Alene", "Coeur D Alene"),
        ("Winston-Salem", "Winston Salem"),
        ("North Myrtle Beach", "N. Myrtle Beach"),
        ("DeKalb", "De Kalb"),
        ("D.C.", "D C"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    "text",
    [
        "Orleans Parish",
        "Orleans County",
        "Orleans Borough",
        "Orleans Census Area",
        "condado de Orleans",
        "Orleans",
    ],
)
def test_the_kind_of_county_is_left_out(text: str) -> None:
    assert county_key(text) == "orleans"


@pytest.mark.parametrize(
    ("text", "county"), [("Orange County", True), ("County of Orange", True), ("Orange", False)]
)
def test_words_for_a_county_are_known(text: str, county: bool) -> None:
    assert names_county(text) is county


@given(st.text())
def test_folded_text_is_plain_and_stays_so(text: str) -> None:
    folded = fold(text)
    assert set(folded) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert folded == " ".join(folded.split())
