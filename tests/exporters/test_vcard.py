import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from finder.exporters.vcard import LINE_BYTES, escaped, folded, listing_as_vcard
from finder.models import ServiceAtLocation
from tests.factories import ListingFactory, PhoneFactory


def lines(listing: ServiceAtLocation, note: str = "") -> list[str]:
    """Unfolded."""
    return listing_as_vcard(listing, note=note).replace("\r\n ", "").split("\r\n")


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)


@pytest.mark.django_db
def test_is_a_contact_with_name_number_and_address() -> None:
    listing = ListingFactory(
        service__name="Riverside Detox",
        service__organization__name="Carolina Recovery",
        service__url="https://riverside.example/",
        location__address_1="12 Main Street",
        location__address_2="Suite 3",
    )
    PhoneFactory(listing=listing, number="828-555-0142")
    assert lines(listing, note="Call first") == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:urn:uuid:{listing.pk}",
        "FN:Riverside Detox",
        "N:Riverside Detox;;;;",
        "ORG:Carolina Recovery",
        "TEL;TYPE=WORK,VOICE:+18285550142",
        "ADR;TYPE=WORK:;Suite 3;12 Main Street;Asheville;NC;28801;US",
        "URL:https://riverside.example/",
        "NOTE:Call first",
        "END:VCARD",
        "",
    ]


@pytest.mark.django_db
def test_an_extension_is_dialed_after_a_pause() -> None:
    listing = ListingFactory()
    PhoneFactory(listing=listing, number="828-555-0142", extension="4")
    assert "TEL;TYPE=WORK,VOICE:+18285550142\\,4" in lines(listing)


@pytest.mark.django_db
def test_the_line_that_lets_people_in_comes_first() -> None:
    listing = ListingFactory()
    PhoneFactory(listing=listing, number="828-555-0101", phone_type="HOTLINE")
    PhoneFactory(listing=listing, number="828-555-0102", phone_type="MAIN")
    PhoneFactory(listing=listing, number="828-555-0103", phone_type="INTAKE")
    numbers = [line[-2:] for line in lines(listing) if line.startswith("TEL")]
    assert numbers == ["03", "02", "01"]


@pytest.mark.django_db
def test_without_a_number_of_its_own_its_service_speaks() -> None:
    listing = ListingFactory()
    PhoneFactory(of_service=True, service=listing.service, number="828-555-0107")
    assert "TEL;TYPE=WORK,VOICE:+18285550107" in lines(listing)


@pytest.mark.django_db
def test_a_confidential_address_is_not_in_it() -> None:
    listing = ListingFactory(confidential=True, location__address_1="12 Hidden Street")
    card = listing_as_vcard(listing, note="")
    assert "ADR" not in card
    for particular in ("Hidden", "Asheville", "28801", "35."):
        assert particular not in card


@pytest.mark.django_db
def test_what_is_only_online_has_no_address() -> None:
    assert "ADR" not in listing_as_vcard(ListingFactory(online=True, location__city="Asheville"), note="")


@pytest.mark.django_db
def test_no_line_can_be_smuggled_in() -> None:
    listing = ListingFactory(service__name="Riverside\r\nTEL:900-555-0199\u2028NOTE:x")
    assert not [line for line in lines(listing) if line.startswith(("TEL", "NOTE"))]


@given(st.text())
@example("a,b;c\\d\ne")
def test_escaping_loses_nothing_that_can_be_seen(text: str) -> None:
    wanted = "\n".join(
        "".join(sign if sign.isprintable() else " " for sign in line if sign.isprintable() or sign.isspace())
        for line in text.splitlines()
    )
    assert unescaped(escaped(text)) == wanted


@given(st.text())
def test_an_escaped_value_is_one_line_and_one_part(text: str) -> None:
    value = escaped(text)
    assert len(value.splitlines()) <= 1
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value)


@given(st.text(alphabet=st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp"])))
@example("ñ" * 200)
@example("a" * LINE_BYTES)
@example("a" * (LINE_BYTES + 1))
def test_folding_can_be_undone_and_no_line_is_too_long(text: str) -> None:
    pieces = folded(text).split("\r\n")
    assert "".join([pieces[0], *(piece.removeprefix(" ") for piece in pieces[1:])]) == text
    assert all(len(piece.encode()) <= LINE_BYTES for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
