from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from finder.views import errors

FAULTS: list[tuple[Callable[[HttpRequest], HttpResponse], int]] = [
    (lambda request: errors.bad_request(request, SuspiciousOperation()), 400),
    (lambda request: errors.forbidden(request, PermissionDenied()), 403),
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
