import json
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from finder.views import errors

FAULTS: list[tuple[Callable[[HttpRequest], HttpResponse], int]] = [
    (lambda request: errors.bad_request(request, SuspiciousOperation()), 400),
    (lambda request: errors.forbidden(request, PermissionDenied()), 403),
    (errors.form_expired, 403),
    (lambda request: errors.not_found(request, Exception()), 404),
    (errors.server_error, 500),
]


@pytest.mark.parametrize(("view", "status"), FAULTS)
def test_says_what_to_do_next_without_the_database(
    rf: RequestFactory, view: Callable[[HttpRequest], HttpResponse], status: int
) -> None:
    response = view(rf.get("/somewhere/"))
    page = response.content.decode()
    assert response.status_code == status
    assert 'href="/help-now/"' in page
    for line in ("tel:911", "tel:988", "tel:+18006624357", "tel:+18002221222"):
        assert f'href="{line}"' in page


def test_a_program_gets_a_fault_it_can_read(rf: RequestFactory) -> None:
    response = errors.server_error(rf.get("/api/search"))
    assert response.status_code == 500
    assert list(json.loads(response.content)["errors"]) == ["request"]


def test_a_form_from_elsewhere_is_refused_kindly() -> None:
    response = Client(enforce_csrf_checks=True).post("/desk/login/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "Please send this once more" in response.content.decode()
