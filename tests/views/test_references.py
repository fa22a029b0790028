"""By its reference anyone sees what became of a report, and no more."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from finder.actions.answering import answer_report
from finder.actions.archiving import archive_listing
from finder.enums import ReportKind
from finder.models import ListingReport, ServiceAtLocation
from tests.made_up_voices import NOON, report, suggest

Make = Callable[..., ServiceAtLocation]

pytestmark = pytest.mark.usefixtures("vocabulary")


@pytest.fixture
def eddie() -> User:
    return User.objects.create_user("eddie")


def words(response: Any) -> str:
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", main.partition(">")[2]).split()))


def state(client: Client, kept: ListingReport) -> str:
    response = client.get(f"/reports/{kept.reference}/")
    assert response.status_code == 200
    return words(response)


def test_a_report_waits(client: Client, listed: Make) -> None:
    page = state(client, report(listed(name="Quiet House")))
    assert "Nobody has looked at it yet." in page
    assert "Quiet House" in page
    assert "Sent on Nov. 24, 2026." in page


@pytest.mark.parametrize(
    ("kind", "is_right", "said"),
    [
        (ReportKind.PROBLEM, True, "You were right, and it is mended."),
        (ReportKind.PROBLEM, False, "We looked, and it is right."),
        (ReportKind.UNSAFE, True, "You were right, and we took care of it."),
        (ReportKind.UNSAFE, False, "We looked, and left it as it is."),
    ],
)
def test_an_answer_is_said_in_plain_words(
    client: Client, listed: Make, eddie: User, kind: ReportKind, is_right: bool, said: str
) -> None:
    kept = report(listed(), kind=kind)
    answer_report(report=kept, is_right=is_right, answer="We called them.", by=eddie, now=NOON)
    page = state(client, kept)
    assert said in page
    assert "We called them." in page
    assert "Answered on Nov. 24, 2026." in page


@pytest.mark.parametrize(("is_right", "said"), [(True, "We took it up."), (False, "We did not add it.")])
def test_a_suggestion_is_answered(client: Client, eddie: User, is_right: bool, said: str) -> None:
    kept = suggest()
    answer_report(report=kept, is_right=is_right, answer="It is a clothes shop.", by=eddie, now=NOON)
    assert said in state(client, kept)


def test_neither_the_words_nor_who_answered_are_shown(client: Client, listed: Make, eddie: User) -> None:
    problem = report(listed(), "My sister was there.")
    place = suggest("Example Harbor House")
    answer_report(report=problem, is_right=True, answer="Mended.", by=eddie, now=NOON)
    for kept in (problem, place):
        page = client.get(f"/reports/{kept.reference}/").content.decode()
        for secret in ("sister", "Harbor", "eddie", "recovery.", kept.reporter_key):
            assert secret not in page


def test_a_listing_that_is_no_longer_public_is_not_named(client: Client, listed: Make, eddie: User) -> None:
    listing = listed(name="Quiet House")
    kept = report(listing)
    archive_listing(listing=listing, reason="Closed", by=eddie, now=NOON)
    assert "Quiet House" not in state(client, kept)


@pytest.mark.parametrize("write", [str.lower, lambda sign: f"{sign[:4]}-{sign[4:]}"])
def test_a_reference_may_be_written_as_people_write(
    client: Client, listed: Make, write: Callable[[str], str]
) -> None:
    kept = report(listed())
    assert client.get(f"/reports/{write(kept.reference)}/").status_code == 200
    found = client.get("/reports/", {"reference": f" {write(kept.reference)} "})
    assert found.headers["Location"] == f"/reports/{kept.reference}/"


@pytest.mark.parametrize("address", ["/reports/CDFGHJKM/", "/reports/?reference=CDFGHJKM", "/reports/x%00y/"])
def test_an_unknown_reference_is_a_kind_page_with_a_way_on(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "We do not know this reference" in words(response)
    assert "Look it up" in words(response)


def test_looking_up_asks_for_the_reference(client: Client) -> None:
    response = client.get("/reports/")
    assert response.status_code == 200
    assert "Look up your report" in words(response)


def test_it_is_kept_nowhere_on_the_way(client: Client, listed: Make) -> None:
    response = client.get(f"/reports/{report(listed()).reference}/")
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert not response.cookies
