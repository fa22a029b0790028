import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from finder.views.too_many import at_most_per_minute


@at_most_per_minute(2)
def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("written")


@pytest.fixture
def third_time() -> HttpResponse:
    cache.clear()
    with time_machine.travel("2026-11-22T12:00:20Z", tick=False):
        answers = [page(RequestFactory().get("/report/")) for _ in range(3)]
    assert [answer.status_code for answer in answers[:2]] == [200, 200]
    return answers[2]


def test_says_how_long_to_wait(third_time: HttpResponse) -> None:
    assert third_time.status_code == 429
    assert third_time.headers["Retry-After"] == "40"
    assert "Wait 40 seconds, then try again." in third_time.content.decode()


def test_shows_the_next_step_and_the_lines_without_the_database(third_time: HttpResponse) -> None:
    shown = third_time.content.decode()
    assert 'href="/help-now/"' in shown
    assert "tel:988" in shown
    assert "tel:+18006624357" in shown
