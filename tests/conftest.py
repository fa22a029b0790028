from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.serializers import deserialize
from django.db import connection, connections
from django.db.models import Model
from django.test import override_settings
from django.utils import translation
from pytest_django import Settings

from finder.search.vocabulary import forget_vocabulary


@pytest.fixture(autouse=True, scope="session")
def plain_static_files() -> Iterator[None]:
    """Pages link to the files as they lie in the source: nothing is collected, hashed or compressed."""
    plain = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(STORAGES=plain, WHITENOISE_AUTOREFRESH=True, WHITENOISE_USE_FINDERS=True):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database goes when the tests end, whoever still holds a connection: a live server's thread, or
    the process itself where a killed child shared its socket."""
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = %s AND backend_type = 'client backend'",
                [connection.settings_dict["NAME"]],
            )


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A request leaves its language to the thread, which in tests is the next test's too."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def fresh_vocabulary() -> Iterator[None]:
    """The vocabulary is kept in memory for a minute; each test has its own."""
    forget_vocabulary()
    yield
    forget_vocabulary()


@pytest.fixture(autouse=True)
def unlimited(settings: Settings) -> None:
    """All tests ask from one address, faster than any reader; what one counted is not another's."""
    settings.API_RATE = 0
    caches["default"].clear()


@cache
def rows_of(fixture: str) -> list[Model]:
    """A fixture's rows, read once for all tests."""
    text = (settings.BASE_DIR / "fixtures" / f"{fixture}.json").read_text(encoding="utf-8")
    return [read.object for read in deserialize("json", text)]


@pytest.fixture
def vocabulary(db: None) -> None:
    """The real vocabulary and the sources, as every installation has them."""
    rows = [*rows_of("sources"), *rows_of("vocabulary")]
    for model, members in groupby(rows, key=type):
        model._default_manager.bulk_create(members)
