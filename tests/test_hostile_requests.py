"""Two thousand hostile requests bring no error of ours, and nothing that was sent comes back alive."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from finder.actions.indexing import rebuild_index
from finder.models import ServiceAtLocation
from tests import hostile
from tests.alert_pages import stop_alerts_page_of
from tests.factories import SavedSearchFactory, ScheduleFactory, make_listing
from tests.hostile import HostileRequest, encoded, requests
from tests.made_up_lists import shared
from tests.own_addresses import own_names
from tests.programs import (
    AskedListingFactory,
    ClaimFactory,
    ContactFactory,
    code_page_of,
    page_of,
    stop_page_of,
)
from tests.rolled_back import rolled_back

pytestmark = pytest.mark.django_db

REQUESTS = 2000
TRANSLATED = (
    *("home", "search", "plan", "next", "help_now", "guidance_index", "about", "api_reference"),
    *("suggest", "references", "accuracy", "list_code", "list_compare", "packs"),
)
PLAIN = (
    "api_search",
    "api_plan",
    "api_vocabulary",
    "openapi",
    "meetings_feed",
    "robots",
    "sitemap",
    "healthz",
    "readyz",
)
OF_ONE = (
    *("listing", "how_to_join", "vcard", "calendar", "meeting_calendar", "guidance", "sitemap_part"),
    *("called", "report", "report_state", "packs_of_state", "pack", "pack_pdf"),
)
OF_LISTS = ("shared_list", "shared_list_file")
OF_OWN_LIST = (
    *("list", "list_file", "list_compare", "list_add", "list_add_plan", "list_remove", "list_move"),
    *("list_clear", "list_name", "list_note", "list_status", "list_share", "list_paper"),
    *("list_link_take_back", "work", "work_begin_list", "work_keep_list", "work_list", "work_open_list"),
    *("work_team_list", "work_throw_away"),
)
OF_PROGRAMS = ("claim", "claim_code", "program", "stop_letters")
OF_WORK = ("save_search", "saved_search", "stop_alerts")


@pytest.fixture(scope="module")
def paths(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """Of every public page and output, in both languages."""
    with rolled_back(django_db_blocker):
        call_command("loaddata", "sources", "vocabulary", "crisis_lines", "guidance", verbosity=0)
        made = [
            make_listing(name=f"<b>Clinic</b> & Sons {number}", yes=["medicaid"], no=["spanish"])
            for number in range(25)
        ]
        rebuild_index()
        meeting = ScheduleFactory(listing=made[0], meeting=True, name="<b>Early</b>")
        of_one = [
            made[0].get_absolute_url(),
            reverse("guidance", args=["kratom-and-7-oh"]),
            reverse("how_to_join", args=[made[0].pk]),
            reverse("vcard", args=[made[0].pk]),
            reverse("calendar", args=[made[0].pk]),
            reverse("meeting_calendar", args=[made[0].pk, meeting.pk]),
            reverse("called", args=[made[0].pk]),
            reverse("report", args=[made[0].pk]),
            reverse("report_state", args=["CDFGHJKM"]),
            reverse("packs_of_state", args=["nc"]),
            reverse("pack", args=["nc", "buncombe-county"]),
            reverse("pack_pdf", args=["nc", "buncombe-county"]),
        ]
        asked = AskedListingFactory(listing=made[0])
        of_one += [
            reverse("claim", args=[made[0].pk]),
            page_of(asked),
            code_page_of(ClaimFactory(listing=made[1], code_read=True)),
            stop_page_of(ContactFactory()),
            *pages_of_work(),
        ]
        hostile_list = shared(made[0], title="<script>x7</script>")
        of_one += [hostile_list.page, *(hostile_list.file(kind) for kind in ("txt", "csv", "ics", "vcf"))]
        of_one += pages_of_own_list(made[0])
        pages = [*map(reverse, TRANSLATED), *of_one, "/listings/", "/nothing/"]
        plain = [*map(reverse, PLAIN), reverse("sitemap_part", args=["listings"])]
        yield pages + [f"/es{path}" for path in pages] + plain


def pages_of_own_list(listing: ServiceAtLocation) -> list[str]:
    """Of whoever asks without a list; those of one of us lead to the desk's door."""
    of_listing, of_kept = ("list_note", "list_status"), ("work_list", "work_open_list", "work_team_list")
    arguments = {name: [listing.pk] for name in of_listing}
    arguments |= {name: [uuid4()] for name in (*of_kept, "work_throw_away")}
    arguments |= {"list_file": ["txt"], "list_link_take_back": [4711]}
    return [reverse(name, args=arguments.get(name, [])) for name in OF_OWN_LIST]


def pages_of_work() -> list[str]:
    kept = SavedSearchFactory(rhythm="DAILY")
    return [
        reverse("save_search"),
        reverse("saved_search", args=[kept.pk]),
        stop_alerts_page_of(kept),
    ]


@pytest.fixture
def hostile_client() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


class Page(HTMLParser):
    """Elements and attributes that the page's own templates would never write."""

    def __init__(self) -> None:
        super().__init__()
        self.intruders: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        values = {name: value or "" for name, value in attrs}
        is_data = values.get("type") == "application/ld+json"
        if tag in {"x7", "img", "iframe", "object"} or (
            tag == "script" and not values.get("src") and not is_data
        ):
            self.intruders.append(f"<{tag}>")
        self.intruders += [f"{tag}[{name}]" for name in values if name.startswith("on") or "x7" in name]
        self.intruders += [
            f"{tag}[{name}={value[:40]}]"
            for name, value in values.items()
            if name in {"href", "src", "action"}
            and not value.startswith(("/", "#", "tel:", "sms:", "mailto:?", "https://"))
        ]

    def handle_comment(self, data: str) -> None:
        self.intruders += ["a comment"] if "x7" in data else []

    def handle_data(self, data: str) -> None:
        self.intruders += ["a script"] if self._inside in {"script", "style"} and "x7" in data else []


def send(client: Client, request: HostileRequest) -> HttpResponse:
    headers: dict[str, Any] = {"QUERY_STRING": request.query, **request.headers}
    response: HttpResponse = client.generic(request.method, request.path, b"near=x7&q=<x7>", **headers)
    return response


def faults(response: HttpResponse) -> list[str]:
    """What must hold of every answer to anything."""
    found = [f"status {response.status_code}"] if response.status_code >= 500 else []
    found += ["a cookie"] if response.cookies else []
    found += ["no policy"] if "Content-Security-Policy" not in response else []
    found += [f"header {name}" for name in response.headers if "x7" in name.lower()]
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("text/html"):
        page = Page()
        page.feed(response.content.decode())
        found += page.intruders
    elif kind.startswith("application/json"):
        json.loads(response.getvalue() or b"null")
    elif kind.startswith(("application/xml", "text/vcard", "text/calendar", "text/csv")):
        found += ["what was asked"] if b"x7" in response.content.lower() else []
    elif kind == "application/pdf":
        found += [] if response.content.startswith(b"%PDF-") else ["no paper"]
    elif response.content and not kind.startswith("text/plain"):
        found.append(f"an unknown kind of answer: {kind}")
    return found


def test_every_address_is_attacked() -> None:
    assert own_names() <= {*TRANSLATED, *PLAIN, *OF_ONE, *OF_LISTS, *OF_OWN_LIST, *OF_PROGRAMS, *OF_WORK}, (
        "Name the new address in this module."
    )


def test_hostile_requests_bring_no_error_and_nothing_unescaped(
    hostile_client: Client, paths: list[str]
) -> None:
    wrong: list[str] = []
    for request in requests(paths, count=REQUESTS, seed=2026):
        wrong += [f"{fault}: {request}" for fault in faults(send(hostile_client, request))]
    assert not wrong, f"{len(wrong)}\n" + "\n".join(wrong[:20])


@pytest.mark.parametrize("parameter", hostile.PARAMETERS)
@pytest.mark.parametrize("path", ["/search/", "/es/search/", "/api/search"])
def test_each_hostile_value_of_each_parameter(
    hostile_client: Client, paths: list[str], path: str, parameter: str
) -> None:
    wrong: list[str] = []
    for value in hostile.HOSTILE:
        request = HostileRequest("GET", path, f"{parameter}={encoded(value)}")
        wrong += [f"{fault}: {request}" for fault in faults(send(hostile_client, request))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("parameter", ["listing", "near"])
@pytest.mark.parametrize("path", ["/list/compare/", "/es/list/compare/"])
def test_each_hostile_value_beside_two_that_are_compared(
    hostile_client: Client, paths: list[str], path: str, parameter: str
) -> None:
    listings = ServiceAtLocation.objects.published().order_by("pk").values_list("pk", flat=True)[:2]
    compared = "&".join(f"listing={listing}" for listing in listings)
    wrong: list[str] = []
    for value in hostile.HOSTILE:
        request = HostileRequest("GET", path, f"{compared}&{parameter}={encoded(value)}")
        response = send(hostile_client, request)
        wrong += [f"{fault}: {request}" for fault in faults(response)]
        wrong += [] if b"<table" in response.content else [f"no comparison: {request}"]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("parameter", [*hostile.PARAMETERS, "substance", "situation"])
@pytest.mark.parametrize("path", ["/plan/", "/es/plan/"])
def test_each_hostile_answer_to_each_question_of_a_plan(
    hostile_client: Client, paths: list[str], path: str, parameter: str
) -> None:
    wrong: list[str] = []
    for value in hostile.HOSTILE:
        body = f"near=28801&substance=alcohol&{parameter}={encoded(value)}"
        response = hostile_client.post(path, body, content_type="application/x-www-form-urlencoded")
        wrong += [f"{fault}: {body[:200]}" for fault in faults(response)]
    assert not wrong, "\n".join(wrong)


FORMS: dict[str, dict[str, str]] = {
    "called": {"outcome": "NO_BED", "wait_days": "10"},
    "report": {"kind": "PROBLEM", "text": "The number is wrong."},
    "suggest": {
        "name": "Clinic",
        "category": "support_group",
        "place": "28801",
        "phone": "828-555-0199",
        "website": "https://clinic.example.org/",
        "text": "A group.",
    },
}


@pytest.mark.parametrize("language", ["", "/es"])
@pytest.mark.parametrize("form", FORMS)
def test_each_hostile_value_in_each_field_of_what_people_tell_us(
    hostile_client: Client, paths: list[str], form: str, language: str
) -> None:
    path = next(each for each in paths if each.startswith("/") and each.rstrip("/").endswith(form))
    wrong: list[str] = []
    for field in (*FORMS[form], "leave_empty", "none_of_these", "x7"):
        for value in hostile.HOSTILE:
            said = {name: words.encode() for name, words in FORMS[form].items()} | {field: value}
            body = "&".join(f"{name}={encoded(words)}" for name, words in said.items())
            response = hostile_client.post(
                language + path, body, content_type="application/x-www-form-urlencoded"
            )
            wrong += [f"{fault}: {body[:200]}" for fault in faults(response)]
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.parametrize("parameter", ["within", "category", "need", "not", "sort", "page"])
def test_what_is_invalid_is_refused_by_name_and_never_answered(
    hostile_client: Client, paths: list[str], parameter: str
) -> None:
    for value in hostile.HOSTILE:
        query = f"near=28801&{parameter}={encoded(value)}"
        of_api = send(hostile_client, HostileRequest("GET", "/api/search", query))
        of_page = send(hostile_client, HostileRequest("GET", "/search/", query))
        assert (of_api.status_code, of_page.status_code) == (400, 400), query[:200]
        errors = json.loads(of_api.content)["errors"]
        assert list(errors) == [parameter]
        assert all(sentence for sentence in errors[parameter])
        assert b'role="alert"' in of_page.content


def test_a_text_that_is_searched_for_is_shown_as_text(hostile_client: Client, paths: list[str]) -> None:
    response = hostile_client.get("/search/", {"q": '"><img src=x7> <script>x7</script> clinic'})
    assert response.status_code == 200
    assert b"&lt;script&gt;x7&lt;/script&gt;" in response.content
    assert b"<img src=x7" not in response.content


def test_what_a_listing_says_is_shown_as_text(hostile_client: Client, paths: list[str]) -> None:
    response = hostile_client.get(paths[len(TRANSLATED)])
    assert b"&lt;b&gt;Clinic&lt;/b&gt; &amp; Sons" in response.content
    assert b"<b>Clinic" not in response.content


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_only_reading_is_allowed(client: Client, paths: list[str], method: str) -> None:
    pressed = (
        "/how-to-join/",
        "/plan/",
        "/called/",
        "/report/",
        "/suggest/",
        "/claim/",
        "/program/",
        "/my/",
        "/list/",
    )
    known = [
        path
        for path in paths
        if "nothing" not in path
        and not path.endswith("/listings/")
        and not (method == "post" and any(each in path for each in pressed))
    ]
    assert {getattr(client, method)(path).status_code for path in known} == {405}


def test_a_host_that_is_not_ours_is_refused(hostile_client: Client, paths: list[str]) -> None:
    for path in paths:
        assert hostile_client.get(path, HTTP_HOST="x7.example").status_code == 400, path
