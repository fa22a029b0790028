"""A bench of a few hundred listings: what it fills, measures, prints and leaves alone."""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from finder.actions.indexing import untrue_rows
from finder.management.bench import databases
from finder.management.bench.filling import ensure_filled
from finder.management.bench.measuring import Measured
from finder.management.bench.places import areas_within, fixed_tenth, standard_zip_codes, weights
from finder.management.bench.report import missed
from finder.management.bench.searches import COMPARED_AT_A_TENTH, PLANS, SEARCHES
from finder.models import ListingIndex, Service
from finder.search.facet_bits import FacetBits

LISTINGS = 400


def nothing(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def bench_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Outside of any test's transaction, in which no database is made, and under names of its own: a
    developer may keep a filled one."""
    own = connection.settings_dict["NAME"]
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(databases, "bench_name", lambda ending: f"{own}_tried{ending}")
        name = databases.bench_name("_bench")
        ensure_filled(name, LISTINGS, areas=None, say=nothing)
        yield name
        databases.drop(name)
        databases.drop(databases.bench_name("_bench_tenth"))
        connection.close()


@pytest.fixture
def in_bench(bench_database: str, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), databases.using_database(bench_database):
        yield


@pytest.fixture(scope="module")
def result(bench_database: str, django_db_blocker: Any) -> dict[str, Any]:
    """Of one run for all tests that read it: it fills a second database and puts the site under load."""
    printed = StringIO()
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("finder.management.commands.bench.collect_static_files", lambda: None)
        call_command("bench", listings=LISTINGS, rounds=2, seconds=1, json=True, stdout=printed)
    found: dict[str, Any] = json.loads(printed.getvalue())
    return found


def test_a_bench_measures_every_search_plan_and_the_listing_page(result: dict[str, Any]) -> None:
    measured = [page.name for page in (*SEARCHES, *PLANS)]
    assert [page["name"] for page in result["pages"]] == [*measured, "listing pages"]
    assert all(0 < page["p50"] <= page["p95"] and page["sql_p50"] > 0 for page in result["pages"])
    assert all(page["bytes_gzip"] < page["bytes_raw"] for page in result["pages"])
    assert max(page["queries"] for page in result["pages"][: len(SEARCHES)]) <= 8


def test_a_bench_compares_with_a_tenth_and_puts_the_site_under_load(result: dict[str, Any]) -> None:
    assert result["listings"] == LISTINGS
    assert 0 < result["listings_in_tenth"] < LISTINGS / 4
    assert [each["name"] for each in result["growth"]] == [search.name for search in COMPARED_AT_A_TENTH]
    assert result["searches_per_second"] > 0
    assert result["errors"] == 0


@pytest.mark.usefixtures("in_bench")
def test_the_index_of_a_filled_database_is_true() -> None:
    assert untrue_rows() == []


@pytest.mark.usefixtures("in_bench")
def test_listings_are_visibly_made_up() -> None:
    assert not Service.objects.exclude(name__startswith="Example ").exists()


@pytest.mark.usefixtures("in_bench")
def test_facilities_answer_as_much_as_real_ones() -> None:
    facilities = ListingIndex.objects.exclude(categories=["support_group"])
    answered = [(len(row.yes), len(row.no)) for row in facilities]
    assert sum(yes for yes, _ in answered) / len(answered) == pytest.approx(75, rel=0.2)
    assert sum(no for _, no in answered) / len(answered) == pytest.approx(92, rel=0.2)


@pytest.mark.usefixtures("in_bench")
def test_some_of_the_facilities_are_checked_disputed_or_say_that_they_have_room() -> None:
    facilities = ListingIndex.objects.exclude(categories=["support_group"])
    checked = facilities.filter(freshness__has_key="CONTACT").count()
    assert 0.1 < checked / facilities.count() < 0.6
    assert ListingIndex.objects.filter(available_until__isnull=False).exists()
    assert not ListingIndex.objects.filter(freshness={}).exists()


@pytest.mark.usefixtures("in_bench")
def test_every_row_carries_the_bits_of_its_facets() -> None:
    bits = FacetBits.now()
    rows = list(ListingIndex.objects.all())
    assert [row.facets for row in rows] == [bits.packed(row.yes, row.categories) for row in rows]
    assert len({row.facets for row in rows}) > 1


def test_the_site_comes_back_to_its_own_database(bench_database: str, django_db_blocker: Any) -> None:
    own = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        with databases.using_database(bench_database), connection.cursor() as cursor:
            cursor.execute("SELECT current_database()")
            assert cursor.fetchone() == (bench_database,)
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_database()")
            assert cursor.fetchone() == (own,)


@pytest.mark.django_db
def test_a_database_that_the_bench_did_not_make_is_left_alone() -> None:
    with pytest.raises(CommandError, match="not made by this command"):
        databases.drop(connection.settings_dict["NAME"])


def test_the_tenth_holds_a_tenth_and_all_around_its_searches() -> None:
    circles = [search.circle for search in COMPARED_AT_A_TENTH if search.circle]
    tenth = fixed_tenth(circles)
    weighed = list(zip(standard_zip_codes(), weights(), strict=True))
    inside = sum(weight for each, weight in weighed if each.zip_code[:3] in tenth)
    assert inside / sum(weights()) == pytest.approx(0.1, abs=0.005)
    assert areas_within(circles) <= tenth


@pytest.mark.parametrize(
    ("page", "sql", "is_missed"), [(16.0, 3.0, False), (40.0, 10.0, True), (24.0, 9.0, False)]
)
def test_the_ratio_is_missed_only_where_the_sql_costs_something(
    page: float, sql: float, is_missed: bool
) -> None:
    measured = Measured(SEARCHES[0].name, "", page_times=[page] * 3, sql_times=[sql] * 3)
    assert ("times_its_sql" in missed(measured)) == is_missed
