import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from finder.actions.indexing import index_listings
from finder.actions.sampling import draw_accuracy_sample, record_check
from finder.views.accuracy import percent, response_words
from tests.factories import make_listing

pytestmark = pytest.mark.django_db

RIGHT = {"name_is_right": True, "phone_is_right": True, "service_is_right": True}


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def page(client: Client) -> str:
    return client.get("/accuracy/").content.decode()


def test_without_a_sample_it_says_that_it_does_not_know(client: Client) -> None:
    assert "we do not know how often this directory is right" in page(client)


def test_results_are_published_with_how_sure_they_are(client: Client) -> None:
    for _ in range(4):
        make_listing()
    now = timezone.now()
    sample = draw_accuracy_sample(per_category=3, seed=1, now=now)
    by = User.objects.create_user("eddie")
    for check in sample.checks.order_by("pk")[:2]:
        record_check(check=check, was_reached=True, answers=RIGHT, by=by, now=now)
    html = page(client)
    assert "100% (34 to 100)" in html
    assert "1 listing of the sample has still to be called." in html
    assert "do not know" not in html


def test_made_up_listings_have_no_age(client: Client) -> None:
    index_listings([make_listing(demo=True).pk])
    assert "no listings here yet but made-up examples" in page(client)


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 9, "0%"), (1, 1000, "under 1%"), (999, 1000, "99%"), (5, 5, "100%"), (1, 3, "33%")],
)
def test_few_are_not_none_and_nearly_all_are_not_all(part: int, whole: int, said: str) -> None:
    assert percent(part, whole) == said


@pytest.mark.parametrize(
    ("hours", "said"), [(None, ""), (0.2, "1 hour"), (47, "47 hours"), (50, "2 days"), (24 * 9, "9 days")]
)
def test_how_long_it_took_is_said_as_people_say_it(hours: float | None, said: str) -> None:
    assert response_words(hours) == said
