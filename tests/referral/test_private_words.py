import pytest

from finder.referral.private_words import Private, private_in


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Maria Lopez, 3/14/1985", [Private.BIRTH]),
        ("Maria Lopez 14 de marzo de 1985", [Private.BIRTH]),
        ("John Q. Public, March 14, 1985", [Private.BIRTH]),
        ("DOB 3/14/85", [Private.BIRTH]),
        ("fecha de nacimiento: mañana lo digo", [Private.BIRTH]),
        ("Client: Ann, her cell is 828-555-0142", [Private.PHONE]),
        ("Call John Public at (828) 555-0142", [Private.PHONE]),
        ("SSN 123-45-6789", [Private.NUMBER]),
        ("123-45-6789", [Private.NUMBER]),
        ("Medicaid ID 90112233X", [Private.NUMBER]),
        ("número de seguro: 12345678", [Private.NUMBER]),
        ("Ann Example W123456789", [Private.NUMBER]),
        ("Ann Example 1985-03-14, 828-555-0142", [Private.BIRTH, Private.PHONE]),
    ],
)
def test_what_could_tell_who_someone_is_is_seen(text: str, kinds: list[Private]) -> None:
    assert private_in(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bring an ID and two weeks of pay stubs.",
        "Intake is 828-555-0142, press 2.",
        "Ask for Medicaid intake before 4 pm.",
        "Bus 170 stops at Black Mountain.",
        "Bed promised until Friday, 11/28.",
        "Open since 2019.",
        "Llame antes de las 8 y diga que toma metadona.",
        "Room 12, second floor, 28801",
        "Asheville, Medicaid, November 28",
    ],
)
def test_what_is_of_a_place_is_left_alone(text: str) -> None:
    assert private_in(text) == []
