from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import translation

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


@pytest.fixture
def vocabulary(db: None) -> None:
    """The real vocabulary and the sources, as every installation has them."""
    call_command("loaddata", "sources", "vocabulary", verbosity=0)
