import logging
import sys

import pytest
from django.db import DatabaseError, connection

from finder.private_log import PrivateFormatter, leave_out_the_request


def record(message: str, *arguments: object, with_error: bool = False) -> logging.LogRecord:
    error = sys.exc_info() if with_error else None
    return logging.LogRecord("gunicorn.error", logging.ERROR, __file__, 1, message, arguments, error)


@pytest.mark.django_db
def test_an_error_is_named_and_placed_without_what_was_asked() -> None:
    asked = "detox near Asheville"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::int", [asked])
    except DatabaseError:
        line = PrivateFormatter("%(message)s").format(
            record("Internal Server Error: /search", with_error=True)
        )
    assert asked not in line
    assert "django.db.utils.DataError" in line
    assert "test_private_log.py" in line


def test_an_error_without_a_cause_is_named_once() -> None:
    asked = "28801"
    try:
        raise ValueError(asked)
    except ValueError:
        line = PrivateFormatter("%(message)s").format(record("failed", with_error=True))
    assert line.count("builtins.ValueError") == 1
    assert asked not in line


@pytest.mark.parametrize(
    ("message", "arguments", "logged"),
    [
        ("Error handling request %s %s", ("GET", "/search?where=28801"), "Error handling request"),
        ("Invalid request from ip=10.0.0.1: '/search?where=28801'", (), "Invalid request"),
        ("Worker (pid:%s) was sent SIGKILL!", (7,), "Worker (pid:7) was sent SIGKILL!"),
    ],
)
def test_gunicorn_leaves_out_the_request(message: str, arguments: tuple[object, ...], logged: str) -> None:
    line = record(message, *arguments)
    assert leave_out_the_request(line)
    assert line.getMessage() == logged


@pytest.mark.parametrize(
    ("message", "logged"),
    [
        ("Internal Server Error: /program/4711.1vH000.xY_-9/", "Internal Server Error: /program/…/"),
        ("Internal Server Error: /es/program/4711.1vH000.xY_-9/", "Internal Server Error: /es/program/…/"),
        ("Forbidden: /program/code/4711.1vH000.xY_-9/", "Forbidden: /program/code/…/"),
        ('"GET /program/stop/4711.1vH000.xY HTTP/1.1" 200', '"GET /program/stop/… HTTP/1.1" 200'),
        ("Not Found: /es/my/alerts/stop/4711.1vH000.xY_-9/", "Not Found: /es/my/alerts/stop/…/"),
        ("Internal Server Error: /l/pKt-wHPaa53Vd2XWcQcor_qy/", "Internal Server Error: /l/…/"),
        ('"GET /es/l/pKt-wHPaa/list.pdf HTTP/1.1" 200', '"GET /es/l/…/list.pdf HTTP/1.1" 200'),
        ("Internal Server Error: /search/", "Internal Server Error: /search/"),
    ],
)
def test_no_link_that_opens_something_is_logged(message: str, logged: str) -> None:
    assert PrivateFormatter("%(message)s").format(record("%s", message)) == logged
