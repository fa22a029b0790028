"""What a county's list says of a detox or treatment place."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from finder.actions.indexing import index_listings
from finder.enums import CareCategory, Outcome, StatementMethod
from finder.models import ServiceAtLocation
from tests.factories import ScheduleFactory, SourceRecordFactory
from tests.made_up_checks import doubted
from tests.read_packs import page, section, words

Make = Callable[..., ServiceAtLocation]

pytestmark = [
    pytest.mark.usefixtures("vocabulary", "crisis_lines", "guidance_texts", "saturday"),
    pytest.mark.django_db,
]

DETOX, TREATMENT, GROUP = CareCategory


def test_a_detox_says_its_number_address_supervision_limits_and_who_pays(
    client: Client, listed: Make
) -> None:
    made = listed(
        name="Riverside Detox",
        categories=[DETOX],
        yes=["medically_supervised", "medicaid", "veterans_affairs", "methadone", "no_alcohol_treatment"],
        no=["women"],
        method=StatementMethod.PHONE,
        location__address_1="12 Main Street",
    )
    ScheduleFactory(listing=made)
    said = section(page(client), "withdrawal_management")
    for words_of_it in (
        "Riverside Detox 828-555-0142 12 Main Street, Asheville, NC 28801",
        "✓ Medically supervised",
        "! Does not treat alcohol use",
        "! Run by: Veterans Affairs (VA). Ask who can come.",
        "! Does not take: Women",
        "Methadone",
        "✓ Takes: Medicaid",
        "Open: Monday to Friday, 9 a.m. to 5 p.m.",
        "Checked by phone, Nov. 1, 2026.",
    ):
        assert words_of_it in said, words_of_it


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ({"no": ["medically_supervised"]}, "✗ Not medically supervised"),
        ({}, "? Medically supervised: not stated, ask"),
    ],
)
def test_supervision_that_is_not_stated_is_not_no(
    client: Client, listed: Make, stated: dict[str, Any], shown: str
) -> None:
    listed(categories=[DETOX], **stated)
    assert shown in section(page(client), "withdrawal_management")


def test_what_is_not_stated_is_said_to_be_so(client: Client, listed: Make) -> None:
    listed(phone="")
    said = section(page(client), "behavioral_health")
    assert "No phone number is known." in said
    assert "? How to pay: not stated, ask" in said
    assert "? Hours: not stated, call" in said


def test_each_listing_says_how_old_its_check_is(client: Client, listed: Make) -> None:
    listed(name="Fresh", method=StatementMethod.PROVIDER, stated_on=date(2026, 11, 2))
    listed(name="Old", method=StatementMethod.PHONE, stated_on=date(2019, 5, 1))
    printed = listed(name="Printed", stated_on=date(2025, 1, 1))
    SourceRecordFactory(listing=printed, edition=date(2025, 1, 1))
    index_listings([printed.pk])
    said = section(page(client), "behavioral_health")
    assert "Checked by the program itself, Nov. 2, 2026." in said
    assert "Checked by phone, May 1, 2019. That is old: ask first." in said
    assert "From a published directory of 2025. Nobody has checked since." in said


def test_a_doubt_is_said(client: Client, listed: Make) -> None:
    doubted(listed(categories=[DETOX]), Outcome.WRONG_NUMBER)
    assert "found a different number. Call first, or try the next one." in section(
        page(client), "withdrawal_management"
    )


def test_a_place_of_two_kinds_is_told_once_and_named_again(client: Client, listed: Make) -> None:
    listed(name="Riverside Both", categories=[DETOX, TREATMENT], yes=["medicaid"])
    shown = page(client)
    assert "Takes: Medicaid" in section(shown, "withdrawal_management")
    assert "Riverside Both 828-555-0142 See Detox above." in section(shown, "behavioral_health")


def test_a_confidential_address_is_its_county_and_nothing_more(client: Client, listed: Make) -> None:
    made = listed(name="Safe House", confidential=True, location__address_1="4711 Hidden Lane")
    shown = page(client)
    assert "Buncombe County, NC. The address is kept private. Call to learn where to go." in words(shown)
    for secret in ("Hidden", made.location.city, "28801"):
        assert secret not in shown


def test_a_county_without_detox_names_the_nearest_with_miles(client: Client, listed: Make) -> None:
    listed()
    listed(name="Far Detox", categories=[DETOX], zip_code="27601", location__address_1="1 Far Road")
    listed(name="Near Detox", categories=[DETOX], zip_code="28739", location__address_1="1 Near Road")
    listed(name="Hidden Detox", categories=[DETOX], zip_code="28739", confidential=True)
    listed(name="Closed Detox", categories=[DETOX], zip_code="28739", service__status="defunct")
    listed(name="Example Detox", categories=[DETOX], zip_code="28739", demo=True)
    said = section(page(client), "withdrawal_management")
    assert "We know of no detox here. The nearest, with miles from the middle of Buncombe County:" in said
    assert re.search(r"1 Near Road, [^(]+\(about \d+ miles\)", said)
    assert said.index("Near Detox") < said.index("Far Detox")
    for absent in ("Hidden", "Closed", "Example"):
        assert f"{absent} Detox" not in said
