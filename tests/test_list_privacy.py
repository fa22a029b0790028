"""What a shared list must not tell whoever has its link: in every form in which it can be had.

A new form of a list adds its line to FORMS, and is then asked for every secret here.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any, NamedTuple

import pypdfium2
import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from finder.actions.indexing import index_listings
from finder.actions.list_statuses import set_status
from finder.actions.lists import share_with_team
from finder.enums import CareCategory, ItemStatus, Refusal, TeamRole
from finder.models import Location, ServiceAtLocation, Team, TeamMember
from tests.factories import HowToJoinFactory, PhoneFactory, ScheduleFactory, make_listing
from tests.made_up_lists import Shared, entry, shared, taken_out
from tests.rolled_back import rolled_back

pytestmark = pytest.mark.django_db

FORMS = {
    "page": "",
    "page in Spanish": "",
    "page since it was printed": "?since={since}",
    "paper": "list.pdf",
    "paper in large type": "list.pdf?size=large",
    "paper in Spanish": "list.pdf?language=es",
    "text": "list.txt",
    "table": "list.csv",
    "calendar": "list.ics",
    "contacts": "list.vcf",
}
SHOWN = "Willow Clinic"

SECRETS = {
    "a private note": ("Her sister drives",),
    "a note of what is gone": ("Old note",),
    "another list of the same owner": ("Other Title", "Birch Clinic", "828-555-0191"),
    "a list of somebody else": ("Strange Title", "Alder Clinic", "828-555-0192"),
    "an archived listing": ("828-555-0193", "19 Archive Street", "Archive Organization"),
    "a draft": ("Unseen Place", "828-555-0194", "20 Draft Street", "Draft Organization"),
    "what was archived as a draft": ("Never Public", "828-555-0196"),
    "a merged listing": ("828-555-0195", "21 Merged Street"),
    "a confidential address": ("Hidden Hollow", "Unit Zebra", "28711", "Black Mountain", "35.648", "82.298"),
    "where it was before": ("17 Former Street",),
    "how far someone has come": ("Refused", "REFUSED", "held", "BED_HELD", "Payment", "PAYMENT"),
    "who made it": ("Wilhelmina", "Quartermaine", "wquartermaine", "wq@example.org"),
    "for whom it is shared": ("Harbor Outreach Team",),
    "how to join online": ("meet.example.org", "Password", "5550122"),
}
"""By what is hidden. "held" is no word of any shown text here."""


class Made(NamedTuple):
    shared: Shared
    everything: dict[str, HttpResponse]


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Made]:
    with rolled_back(django_db_blocker):
        call_command("loaddata", "sources", "vocabulary", "crisis_lines", "guidance", verbosity=0)
        cache.clear()
        found = list_with_secrets()
        yield Made(found, {name: asked(found, name) for name in FORMS})


def asked(found: Shared, form: str) -> HttpResponse:
    language = "/es" if form == "page in Spanish" else ""
    since = f"{timezone.now():%Y%m%dT%H%M%SZ}"
    return Client().get(f"{language}{found.page}{FORMS[form].format(since=since)}")


def list_with_secrets() -> Shared:
    owner = User.objects.create_user(
        "wquartermaine", "wq@example.org", first_name="Wilhelmina", last_name="Quartermaine"
    )
    at = datetime.now(UTC) - timedelta(days=2)
    found = shared(*entries(), title="For Tuesday", by=owner, at=at)
    shared(clinic("Birch Clinic", "828-555-0191"), title="Other Title", by=owner)
    shared(clinic("Alder Clinic", "828-555-0192"), title="Strange Title")
    team = Team.objects.create(name="Harbor Outreach Team")
    TeamMember.objects.create(team=team, user=owner, role=TeamRole.WRITER)
    share_with_team(kept=found.kept, team=team, now=at)
    first, second = found.kept.items.order_by("position")[:2]
    set_status(item=first, status=ItemStatus.REFUSED, refusal=Refusal.PAYMENT, by=owner, now=at)
    set_status(item=second, status=ItemStatus.BED_HELD, held_until=at + timedelta(days=9), by=owner, now=at)
    moved = Location.objects.get(address_1="17 Former Street")
    Location.objects.filter(pk=moved.pk).update(address_1="18 Present Street")
    return found


def entries() -> list[Any]:
    hidden_house = make_listing(
        name="Safe House",
        zip_code="28711",
        confidential=True,
        categories=[CareCategory.WITHDRAWAL_MANAGEMENT],
        location__address_1="4711 Hidden Hollow Lane",
        location__address_2="Unit Zebra",
        location__latitude=35.648217,
        location__longitude=-82.298431,
    )
    ScheduleFactory(listing=hidden_house, meeting=True)
    willow = clinic(SHOWN, "828-555-0190", location__address_1="17 Former Street")
    meeting = ScheduleFactory(listing=willow, meeting=True, online=True)
    HowToJoinFactory(schedule=meeting)
    archived = clinic(
        "Old Mill",
        "828-555-0193",
        location__address_1="19 Archive Street",
        service__organization__name="Archive Organization",
    )
    draft = clinic(
        "Unseen Place",
        "828-555-0194",
        draft=True,
        location__address_1="20 Draft Street",
        service__organization__name="Draft Organization",
    )
    merged = clinic("Twin", "828-555-0195", location__address_1="21 Merged Street")
    for each in (archived, draft, merged):
        ScheduleFactory(listing=each, meeting=True)
    never_public = clinic("Never Public", "828-555-0196", archived=True)
    taken_out(archived)
    taken_out(merged, into=willow)
    index_listings([hidden_house.pk, willow.pk])
    return [
        entry(willow, note="Ask for intake.", is_shown=True),
        entry(hidden_house, note="Her sister drives"),
        entry(archived, note="Old note"),
        draft,
        merged,
        never_public,
    ]


def clinic(name: str, phone: str, **traits: Any) -> ServiceAtLocation:
    made = make_listing(name=name, phone=phone, **traits)
    index_listings([made.pk])
    return made


def text_of(response: HttpResponse) -> str:
    """Headers too. What a file folds or packs is taken apart, so that no secret hides in it."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    if response.headers["Content-Type"] == "application/pdf":
        return f"{headers}\n{words_of(response.content)}"
    unfolded = response.content.decode().replace("\r\n ", "")
    return f"{headers}\n{unfolded}"


def words_of(paper: bytes) -> str:
    """What is drawn, and what is said of the file; the addresses of its links too."""
    document = pypdfium2.PdfDocument(BytesIO(paper))
    drawn = " ".join(page.get_textpage().get_text_range() for page in document)
    said = " ".join(document.get_metadata_dict().values())
    document.close()
    return re.sub(r"\s+", " ", f"{drawn} {said} {paper.decode('latin-1')}")


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_it_is_there_and_shows_what_may_be_seen(made: Made, form: str) -> None:
    response = made.everything[form]
    assert response.status_code == 200
    assert SHOWN in text_of(response)


@pytest.mark.parametrize("hidden", SECRETS)
@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_a_list_tells_what_is_hidden(made: Made, form: str, hidden: str) -> None:
    text = text_of(made.everything[form])
    assert [secret for secret in SECRETS[hidden] if secret in text] == []


@pytest.mark.parametrize("form", [form for form in FORMS if form not in {"calendar", "contacts"}])
def test_a_chosen_note_is_in_every_form_that_says_notes(made: Made, form: str) -> None:
    assert "Ask for intake." in text_of(made.everything[form])


@pytest.mark.parametrize("form", [form for form in FORMS if form not in {"calendar", "contacts"}])
def test_of_a_confidential_place_every_form_says_the_county(made: Made, form: str) -> None:
    assert "Buncombe County" in text_of(made.everything[form])


@pytest.mark.parametrize("form", FORMS)
def test_no_form_is_kept_or_gives_a_cookie(made: Made, form: str) -> None:
    response = made.everything[form]
    assert response.headers["Cache-Control"] == "no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_the_secrets_would_be_found_where_they_were_told(made: Made) -> None:
    """What is looked for stands in the database, and what is looked through is read whole."""
    assert PhoneFactory._meta.model.objects.filter(number="828-555-0194").exists()
    assert Location.objects.filter(address_1="4711 Hidden Hollow Lane", city="Black Mountain").exists()
    assert "Old Mill" in text_of(made.everything["table"])
    assert "18 Present Street" in text_of(made.everything["table"])
    assert "828-555-0190" in text_of(made.everything["paper"])
