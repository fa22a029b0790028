import logging
from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from finder.actions import unmet
from finder.actions.unmet import GapCounted, count_gaps, gaps_of, gaps_of_search, purge_unmet_needs
from finder.enums import CareCategory
from finder.filters import SearchFilterSet
from finder.models import UnmetNeed
from finder.search.answer import answer
from tests.search.plans.asking import ask, listed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
DAY = NOW.date()
DETOX, CARE, GROUP = CareCategory
HERE = ("NC", "Buncombe County")


def searched(query: str) -> set[tuple[str, ...]]:
    parameters = SearchFilterSet(QueryDict(query))
    assert parameters.is_valid(), parameters.errors
    gaps = gaps_of_search(answer(parameters.question, now=NOW))
    assert len(gaps) == len(set(gaps))
    return set(gaps)


def planned(query: str) -> set[tuple[str, ...]]:
    return set(gaps_of(ask(query)))


def counted() -> dict[tuple[str, ...], int]:
    return {
        (str(row.date), row.state_province, row.county, row.category, row.need): row.count
        for row in UnmetNeed.objects.all()
    }


GAP = GapCounted(*HERE, DETOX.value, "medicaid")
OTHER = GapCounted(*HERE, CARE.value, "")


def test_where_nobody_said_whether_there_is_room_nothing_is_counted() -> None:
    assert searched("near=28801&category=withdrawal_management") == {(*HERE, DETOX, "")}
    assert searched("near=28801&category=withdrawal_management&available=1") == set()


def test_each_time_adds_one() -> None:
    count_gaps(gaps=[GAP], day=DAY)
    count_gaps(gaps=[GAP, OTHER], day=DAY)
    assert counted() == {("2026-11-22", *GAP): 2, ("2026-11-22", *OTHER): 1}


def test_another_day_is_another_row() -> None:
    count_gaps(gaps=[GAP], day=DAY)
    count_gaps(gaps=[GAP], day=date(2026, 11, 23))
    assert list(counted().values()) == [1, 1]


def test_the_same_gap_twice_in_one_answer_counts_once() -> None:
    count_gaps(gaps=[GAP, GAP], day=DAY)
    assert counted() == {("2026-11-22", *GAP): 1}


def test_all_gaps_of_an_answer_are_one_statement() -> None:
    with CaptureQueriesContext(connection) as asked:
        count_gaps(gaps=[GAP, OTHER], day=DAY)
    statements = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    assert len(statements) == 1


def test_no_gap_asks_the_database_nothing() -> None:
    with CaptureQueriesContext(connection) as asked:
        count_gaps(gaps=[], day=DAY)
    assert len(asked) == 0


def test_counting_can_be_switched_off(settings: Settings) -> None:
    settings.COUNT_UNMET_NEEDS = False
    count_gaps(gaps=[GAP], day=DAY)
    assert counted() == {}


def test_a_failing_database_is_named_without_the_question(caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.DEBUG),
        patch.object(unmet, "ADD_ONE", "SELECT nothing FROM nowhere" + "%.0s" * 5),
    ):
        count_gaps(gaps=[GAP], day=DAY)
    assert UnmetNeed.objects.count() == 0
    (record,) = [record for record in caplog.records if record.name == "finder.actions.unmet"]
    assert record.getMessage() == "A gap could not be counted: ProgrammingError"
    assert record.exc_info is None


def test_what_the_table_refuses_leaves_the_page_its_transaction() -> None:
    count_gaps(gaps=[GapCounted("NC", "28801", "", "")], day=DAY)
    assert counted() == {}


@pytest.mark.usefixtures("vocabulary")
class TestOfASearch:
    def test_an_answer_is_no_gap(self) -> None:
        listed(DETOX, "Riverside Detox")
        assert searched("near=28801&category=withdrawal_management") == set()

    def test_what_may_fit_is_no_gap(self) -> None:
        listed(DETOX, "Riverside Detox")
        assert searched("near=28801&category=withdrawal_management&need=medicaid") == set()

    def test_each_need_counts_under_its_kind_of_help(self) -> None:
        assert searched("near=28801&category=withdrawal_management&need=medicaid&need=spanish") == {
            (*HERE, DETOX.value, "medicaid"),
            (*HERE, DETOX.value, "spanish"),
        }

    def test_a_kind_of_help_alone_counts_under_itself(self) -> None:
        assert searched("near=28801&category=support_group") == {(*HERE, GROUP.value, "")}

    def test_a_need_counts_under_no_kind_that_it_does_not_concern(self) -> None:
        query = "near=28801&category=withdrawal_management&category=support_group&need=medicaid"
        assert searched(query) == {(*HERE, DETOX.value, "medicaid"), (*HERE, GROUP.value, "")}

    def test_without_a_kind_of_help_the_need_alone_counts(self) -> None:
        assert searched("near=28801&need=medicaid") == {(*HERE, "", "medicaid")}

    @pytest.mark.parametrize(
        ("near", "place"),
        [
            ("28801", HERE),
            ("Asheville, NC", HERE),
            ("35.5951,-82.5515", HERE),
            ("Buncombe County, NC", HERE),
            ("North Carolina", ("NC", "")),
            ("online", ("", "")),
        ],
    )
    def test_a_place_counts_as_its_county_or_what_is_wider(self, near: str, place: tuple[str, str]) -> None:
        assert searched(f"near={near}&category=support_group") == {(*place, GROUP.value, "")}

    def test_words_alone_are_not_counted(self) -> None:
        assert searched("near=28801&q=riverside") == set()

    def test_words_beside_a_kind_of_help_leave_only_that(self) -> None:
        assert searched("near=28801&q=xanax&category=withdrawal_management") == {(*HERE, DETOX.value, "")}


@pytest.mark.usefixtures("vocabulary")
class TestOfAPlan:
    def test_each_empty_leg_counts(self) -> None:
        gaps = planned("near=28801&substance=alcohol")
        assert {category for _state, _county, category, _need in gaps} == set(CareCategory.values)
        assert {(state, county) for state, county, *_rest in gaps} == {HERE}

    def test_a_leg_with_a_choice_does_not_count(self) -> None:
        listed(GROUP, "Example Group")
        assert not [gap for gap in planned("near=28801&substance=alcohol") if gap[2] == GROUP.value]

    def test_a_leg_that_one_may_not_need_does_not_count(self) -> None:
        gaps = planned("near=28801&substance=opioids")
        assert {category for _state, _county, category, _need in gaps} == {CARE.value, GROUP.value}

    def test_the_persons_needs_count(self) -> None:
        assert (*HERE, CARE.value, "medicaid") in planned("near=28801&substance=alcohol&need=medicaid")

    def test_neither_substance_nor_situation_is_in_it(self) -> None:
        """But for what care for it is called, which every search may ask."""
        gaps = planned("near=28801&substance=stimulants&situation=out_of_jail&situation=under_18")
        words = {word for gap in gaps for word in gap}
        assert gaps
        assert not words & {"stimulants", "out_of_jail", "under_18"}


def test_old_rows_go_and_the_last_day_stays() -> None:
    count_gaps(gaps=[GAP, OTHER], day=date(2026, 11, 11))
    count_gaps(gaps=[GAP], day=date(2026, 11, 12))
    assert purge_unmet_needs(older_than_days=10, today=DAY) == 2
    assert counted() == {("2026-11-12", *GAP): 1}
