"""Every page, in every state that it shows apart, is given each variable that its templates ask for."""

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from finder.actions.indexing import index_listings
from finder.enums import CareCategory, Outcome, ReviewerRole, ServiceStatus, VerifiedPart
from finder.models import Guidance, Service
from tests.alert_pages import alert_pages
from tests.factories import SavedSearchFactory, ScheduleFactory, SourceRecordFactory, make_listing
from tests.habits.repository import matches, place, said, template_files
from tests.keepers import keeper
from tests.lived import on
from tests.made_up_checks import checked, doubted, told_of_room
from tests.made_up_voices import voice_pages
from tests.program_pages import program_pages, refused_forms
from tests.public_pages import comparisons, list_pages, take_down_for_pages

pytestmark = pytest.mark.django_db

PAGES = {
    "home": "/",
    "questions for a plan": "/plan/",
    "a plan": "/plan/?near=28801&substance=opioids&substance=kratom&situation=for_my_child&need=medicaid",
    "a plan without a place": "/plan/?substance=alcohol",
    "a plan of gaps": "/plan/?near=99501&substance=alcohol&need=spanish",
    "a plan, misspelt": "/plan/?near=Ashevile&not=methadone",
    "a plan refused": "/plan/?near=Asheville, TX&substance=x",
    "help now": "/help-now/",
    "about": "/about/",
    "lists to print": "/packs/",
    "lists of a state": "/packs/nc/",
    "list of a county": "/packs/nc/buncombe-county/",
    "list of a county, saved": "/packs/nc/buncombe-county/?download=1",
    "list of a county without listings": "/packs/nc/madison-county/",
    "list of no county": "/packs/nc/nowhere/",
    "accuracy": "/accuracy/",
    "guidance": "/guidance/",
    "a text": "/guidance/kratom-and-7-oh/",
    "a text without sources": "/guidance/crisis-and-suicide/",
    "an overdue text": "/guidance/after-detox/",
    "a reviewed text": "/guidance/how-to-call/",
    "a text taken down": "/guidance/paying-for-it/",
    "words that call for a text": "/search/?q=kratom",
    "the API": "/api/",
    "everything": "/search/",
    "near": "/search/?near=28801",
    "a corrected place": "/search/?near=Ashevile",
    "a county": "/search/?near=Buncombe County, NC&sort=name",
    "online": "/search/?near=online",
    "needs and words": "/search/?near=28801&need=medicaid&need=buprenorphine&not=methadone&q=riverside",
    "corrected words": "/search/?q=rivreside",
    "a category": "/search/?near=28801&category=withdrawal_management&within=60",
    "room now": "/search/?near=28801&available=1",
    "nothing found": "/search/?near=99501&within=5&need=medicaid",
    "no such place": "/search/?near=Qwxyzt",
    "every fault": "/search/?near=Qwxyzt&within=0&category=x&need=x&not=x&sort=x&page=x&q=" + "x" * 201,
    "past the end": "/search/?page=99",
    "next": "/next/?near=28801",
    "next, without a place": "/next/",
    "nothing next": "/next/?near=99501",
    "next, every fault": "/next/?near=Qwxyzt&within=0&category=x&page=x",
    "suggesting a place": "/suggest/",
    "looking up a report": "/reports/",
    "an unknown reference": "/reports/CDFGHJKM/",
    "opening a list": "/l/",
    "a wrong code of a list": "/l/?code=K7CM-4X9P-4DTH",
    "a list that does not open": "/l/made-up/",
    "no such page": "/nothing/",
    "no such listing": "/listings/00000000-0000-4000-8000-000000000000/x/",
}


@pytest.fixture
def listings(vocabulary: None) -> dict[str, str]:
    """Addresses of listings in every state that a page shows apart."""
    call_command("loaddata", "crisis_lines", "guidance", verbosity=0)
    Guidance.objects.filter(slug="after-detox").update(review_due_on=date(2020, 1, 1))
    Guidance.objects.filter(slug="how-to-call").update(
        reviewed_on=date(2026, 11, 22), reviewed_by_role=ReviewerRole.NURSE
    )
    take_down_for_pages("paying-for-it")
    made = {
        "detox": make_listing(
            name="Riverside Detox",
            categories=CareCategory.values,
            yes=["medicaid", "medically_supervised", "veterans_affairs"],
            no=["buprenorphine"],
            service__description="In their own words.",
            service__status=ServiceStatus.TEMPORARILY_CLOSED,
        ),
        "bare": make_listing(name="Riverside Counseling", phone="", stated_on=date(2019, 1, 1)),
        "confidential": make_listing(name="Riverside House", confidential=True),
        "online": make_listing(name="Riverside Online", online=True, categories=[CareCategory.SUPPORT_GROUP]),
        "demo": make_listing(name="Example Riverside Group", demo=True),
    }
    ScheduleFactory(listing=made["detox"])
    ScheduleFactory(listing=made["online"], meeting=True)
    SourceRecordFactory(listing=made["bare"], missing=True)
    index_listings([listing.pk for listing in made.values()])
    checked(made["detox"], VerifiedPart.CONTACT)
    told_of_room(made["detox"], available=2)
    doubted(made["bare"], Outcome.WRONG_NUMBER)
    voices = voice_pages(made["detox"], made["online"])
    found = {name: listing.get_absolute_url() for name, listing in made.items()}
    shown = list(made.values())
    return voices | found | comparisons(shown) | list_pages(shown) | program_pages() | alert_pages()


class Unknown(str):
    """Stands for a variable that nobody gave: empty, and remembers by which name it was asked for."""

    found: set[str]

    def __mod__(self, name: object) -> str:
        self.found.add(str(name))
        return ""


@pytest.fixture
def unknown() -> Iterator[set[str]]:
    templates: list[dict[str, Any]] = deepcopy(settings.TEMPLATES)
    remembers = Unknown("%s")
    remembers.found = set()
    templates[0]["OPTIONS"]["string_if_invalid"] = remembers
    with override_settings(TEMPLATES=templates):
        yield remembers.found


def every_page(listings: dict[str, str]) -> dict[str, str]:
    found = PAGES | {f"the listing: {name}": url for name, url in listings.items()}
    return found | {f"{name}, in Spanish": f"/es{url}" for name, url in found.items()}


def test_no_page_asks_for_a_variable_that_nobody_gave(
    client: Client, listings: dict[str, str], unknown: set[str]
) -> None:
    faults = []
    for name, url in every_page(listings).items():
        unknown.clear()
        client.get(url)
        client.get(url, headers={"HX-Request": "true"})
        faults += [f"{name}: {variable}, asked for in {lines_that_say(variable)}" for variable in unknown]
    assert not faults, said(faults)


def test_no_page_after_a_form_asks_for_a_variable_that_nobody_gave(
    client: Client, listings: dict[str, str], unknown: set[str]
) -> None:
    called, report = listings["what came of a call"], listings["reporting a problem"]
    place = {"name": "Riverside Detox", "category": "withdrawal_management", "place": "28801"}
    sent: list[tuple[str, dict[str, str]]] = [
        (called, {}),
        (called, {"outcome": "NO_BED", "wait_days": "x"}),
        (report, {"kind": "PROBLEM"}),
        (report, {"kind": "UNSAFE", "text": "I took xanax there."}),
        ("/suggest/", {}),
        ("/suggest/", place),
        ("/suggest/", {**place, "none_of_these": "1"}),
    ]
    faults = []
    for address, said_there in sent:
        unknown.clear()
        client.post(address, said_there)
        client.post(address, said_there, headers={"Sec-Fetch-Site": "cross-site"})
        faults += [f"{address}: {variable}, asked for in {lines_that_say(variable)}" for variable in unknown]
    assert not faults, said(faults)


def test_no_answer_to_a_form_asks_for_a_variable_that_nobody_gave(
    client: Client, vocabulary: None, unknown: set[str]
) -> None:
    faults = []
    for name, (url, form) in refused_forms().items():
        unknown.clear()
        client.post(url, form)
        faults += [f"{name}: {variable}, asked for in {lines_that_say(variable)}" for variable in unknown]
    assert not faults, said(faults)


def test_no_page_of_work_asks_for_a_variable_that_nobody_gave(
    client: Client, listings: dict[str, str], unknown: set[str]
) -> None:
    casey = keeper("keeper")
    client.force_login(casey)
    with on(timezone.now()):
        Service.objects.filter(name="Riverside Detox").update(name="Riverside House")
    faults = []
    for query in ("near=28801", "near=28801&available=1", "q=riverside", "need=forgotten"):
        address = reverse("saved_search", args=[SavedSearchFactory(owner=casey, query=query).pk])
        unknown.clear()
        client.get(address)
        client.post(address, {"verb": "rename", "name": ""})
        client.get(f"/search/?{query}")
        faults += [f"{query}: {variable}, asked for in {lines_that_say(variable)}" for variable in unknown]
    assert not faults, said(faults)


def lines_that_say(variable: str) -> str:
    pattern = r"\{[{%][^}]*[\s=]" + re.escape(variable) + r"\b"
    lines = [place(path, line) for path in template_files() for line, _ in matches(path, pattern)]
    return ", ".join(dict.fromkeys(lines))
