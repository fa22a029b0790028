"""Who may do what at the desk: every page and action that is not the admin's own, by every role."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from finder.admin import desk
from finder.models import (
    AccuracyCheck,
    ChangeRequest,
    Claim,
    Guidance,
    ImportRun,
    Merge,
    QueueItem,
    ServiceAtLocation,
)
from tests.admin.conftest import desk_of
from tests.admin.test_site import one_of_each  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

ROLES = ("case_worker", "editor", "reviewer", "administrator")
EVERYBODY = frozenset(ROLES)
EDITORS = EVERYBODY - {"case_worker"}
REVIEWERS = EDITORS - {"editor"}
ADMINISTRATORS = REVIEWERS - {"reviewer"}
MADE_BY_DJANGO = {"changelist", "add", "history", "delete", "change"}

PAGES: dict[str, tuple[frozenset[str], dict[str, str]]] = {
    # name: who may, and what is sent; without anything it is opened
    "accuracy_sample": (EDITORS, {}),
    "accuracy_check": (EDITORS, {}),
    "listing_outcomes": (EDITORS, {}),
    "listing_room": (EVERYBODY, {}),
    "put_back": (EDITORS, {"x": ""}),
    "questions_by_rule": (EDITORS, {}),
    "queue": (EDITORS, {}),
    "queue_claim": (EDITORS, {"x": ""}),
    "queue_corrections": (EDITORS, {}),
    "queue_csv": (EDITORS, {}),
    "queue_item": (EDITORS, {}),
    "queue_next": (EDITORS, {"x": ""}),
    "queue_resolve": (EDITORS, {"x": ""}),
    "unmet_need": (ADMINISTRATORS, {}),
    "unmet_need_csv": (ADMINISTRATORS, {}),
    "upkeep": (ADMINISTRATORS, {}),
    "finder_changerequest_called_back": (EDITORS, {"x": ""}),
    "finder_changerequest_decide": (EDITORS, {"verb": "reject"}),
    "finder_claim_code": (EDITORS, {"x": ""}),
    "finder_claim_refuse": (EDITORS, {"reason": "Another program."}),
    "finder_guidance_decide": (EDITORS, {"verb": "take_down", "reason": "Wrong."}),
    "finder_importrun_take_back": (REVIEWERS, {}),
    "finder_merge_decide": (EDITORS, {"verb": "reject"}),
    "finder_merge_part": (REVIEWERS, {"x": ""}),
    "finder_serviceatlocation_archive": (EDITORS, {}),
    "finder_serviceatlocation_checked": (EVERYBODY, {}),
    "finder_serviceatlocation_decide": (EDITORS, {"verb": "publish"}),
    "finder_serviceatlocation_terms": (EVERYBODY, {}),
    "finder_source_opt_out": (ADMINISTRATORS, {}),
}
ACTIONS = {
    "calloutcome.resolve_selected": EDITORS,
    "changerequest.accept_selected": EDITORS,
    "changerequest.reject_selected": EDITORS,
    "guidance.take_selected_down": EDITORS,
    "merge.accept_selected": EDITORS,
    "merge.reject_selected": EDITORS,
    "queueitem.archive": EDITORS,
    "queueitem.mark_resolved": EDITORS,
    "queueitem.put_off": EDITORS,
    "serviceatlocation.archive_selected": EDITORS,
    "serviceatlocation.publish_selected": EDITORS,
    "user.forget_second_steps": ADMINISTRATORS,
}
ABOUT: dict[str, Callable[[], Any]] = {
    "accuracy": AccuracyCheck.objects.all,
    "finder_changerequest": ChangeRequest.objects.all,
    "finder_claim": Claim.objects.all,
    "finder_guidance": Guidance.objects.all,
    "finder_importrun": ImportRun.objects.all,
    "finder_merge": Merge.objects.all,
    "queue": QueueItem.objects.all,
}


def named_pages() -> Iterator[str]:
    yield from (each.name for each in desk.own_pages)
    for model_admin in desk._registry.values():
        for url in model_admin.get_urls():
            name = getattr(url, "name", None) or ""
            if name and name.rpartition("_")[2] not in MADE_BY_DJANGO:
                yield name


def named_actions() -> Iterator[str]:
    for model, model_admin in desk._registry.items():
        yield from (f"{model._meta.model_name}.{action}" for action in model_admin.actions or ())


def address(name: str, listing: ServiceAtLocation) -> str:
    if name == "finder_source_opt_out":
        return reverse(f"admin:{name}", args=["samhsa-su"])
    try:
        return reverse(f"admin:{name}")
    except NoReverseMatch:
        rows = next((rows for start, rows in ABOUT.items() if name.startswith(start)), None)
        found = rows().order_by("pk")[0] if rows else listing
        return reverse(f"admin:{name}", args=[found.pk])


def test_the_tables_name_every_page_and_action() -> None:
    assert set(named_pages()) == set(PAGES)
    assert set(named_actions()) == set(ACTIONS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_for_those_who_may(
    name: str,
    role: str,
    one_of_each: ServiceAtLocation,  # noqa: F811
    request: pytest.FixtureRequest,
) -> None:
    client = desk_of(request.getfixturevalue(role))
    allowed, sent = PAGES[name]
    url = address(name, one_of_each)
    status = (client.post(url, sent) if sent else client.get(url)).status_code
    assert (status != 403) == (role in allowed), status
    assert status < 500


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_for_a_stranger(name: str, one_of_each: ServiceAtLocation) -> None:  # noqa: F811
    _allowed, sent = PAGES[name]
    url = address(name, one_of_each)
    answer = desk_of(None).post(url, sent) if sent else desk_of(None).get(url)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ACTIONS)
def test_each_action_is_offered_to_those_who_may(
    name: str, role: str, request: pytest.FixtureRequest
) -> None:
    """What is not offered is not carried out either: the admin takes it from the same list."""
    model_name, _dot, action = name.partition(".")
    model_admin = next(each for model, each in desk._registry.items() if model._meta.model_name == model_name)
    asked = RequestFactory().get("/desk/")
    person: User = request.getfixturevalue(role)
    asked.user = person
    offered = model_admin.has_view_or_change_permission(asked) and action in model_admin.get_actions(asked)
    assert offered == (role in ACTIONS[name])
