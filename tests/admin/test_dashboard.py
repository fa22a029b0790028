from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from finder.actions.indexing import index_listings
from finder.admin.dashboard import by_week
from finder.admin.plots import WIDTH, bars, lines
from finder.enums import CareCategory
from finder.models import QueueItem
from tests.admin.conftest import desk_of
from tests.factories import ImportRunFactory, make_listing

pytestmark = pytest.mark.django_db

PAGE = "admin:upkeep"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


@pytest.mark.parametrize(
    ("role", "status"), [("case_worker", 403), ("editor", 403), ("reviewer", 403), ("administrator", 200)]
)
def test_who_may_open_it(role: str, status: int, request: pytest.FixtureRequest) -> None:
    assert desk_of(request.getfixturevalue(role)).get(reverse(PAGE)).status_code == status


def test_it_says_what_there_is(administrator: User, vocabulary: None) -> None:
    listing = make_listing(categories=[CareCategory.WITHDRAWAL_MANAGEMENT])
    index_listings([listing.pk])
    ImportRunFactory(file_name="directory.xlsx")
    QueueItem.objects.create(
        listing=listing, reasons=["DUE", "MISSING"], priority=1, opened_at=timezone.now()
    )
    html = desk_of(administrator).get(reverse(PAGE)).content.decode()
    assert "<svg" in html
    assert "directory.xlsx" in html
    assert "<strong>1</strong> due for a check" in html
    assert "<strong>1</strong> missing from its source" in html
    assert "New York County" in html
    assert "Buncombe County" not in html


def test_a_bar_is_a_whole() -> None:
    plot = bars(["a", "b"], [("x", [1, 3]), ("empty", [0, 0])])
    assert [piece.width for piece in plot.bars[0].pieces] == [WIDTH / 4, WIDTH * 3 / 4]
    assert plot.bars[0].pieces[1].x == WIDTH / 4
    assert [piece.width for piece in plot.bars[1].pieces] == [0, 0]


def test_lines_share_one_scale() -> None:
    plot = lines(["1", "2"], [("a", [0, 4]), ("b", [2, 2])])
    assert [dot.y for dot in plot.lines[0].dots] == [plot.height, 0]
    assert [dot.y for dot in plot.lines[1].dots] == [plot.height / 2, plot.height / 2]
    assert lines([], []).highest == 0


def test_each_moment_counts_in_its_week() -> None:
    now = timezone.now()
    starts = [now - timedelta(weeks=2), now - timedelta(weeks=1)]
    moments = [now - timedelta(days=13), now - timedelta(days=1), now - timedelta(hours=1), None]
    assert by_week(moments, starts) == [1, 2]
