"""A feed is fetched again and again: all of it or nothing, and nothing where it says nothing new."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps

from finder.actions.merging import accept_merge
from finder.actions.reviewing import accept_change
from finder.meetings.meeting import Joining
from finder.models import (
    ChangeRequest,
    HowToJoin,
    ImportRun,
    Merge,
    Schedule,
    Service,
    ServiceAtLocation,
    Source,
    SourceRecord,
    Statement,
)
from tests.actions.test_importing import in_the_open, newly_written
from tests.factories import ListingFactory, ScheduleFactory
from tests.meeting_samples import JOINING, NOW, TODAY, group, import_groups, meets
from tests.samples import all_rows, index_row_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

TOMORROW = TODAY + timedelta(days=1)
NEXT_WEEK = TODAY + timedelta(days=7)

LEFT = group("Example Left", meets("a", joining=JOINING), meets("b", "WE"))
RIGHT = group("Example Right", meets("c"))


def counted(run: ImportRun) -> tuple[int, ...]:
    assert run.read == run.created + run.updated + run.unchanged + run.merged + run.rejected
    return run.created, run.updated, run.unchanged, run.merged, run.missing


@in_the_open
def test_the_same_feed_on_a_later_day_writes_nothing_but_its_run() -> None:
    assert newly_written(lambda: import_groups(LEFT, RIGHT))["finder_schedule"] == (3, 0, 0)
    shuffled = group("Example Left", meets("b", "WE"), meets("a", joining=JOINING), updated_on=NEXT_WEEK)

    assert newly_written(lambda: import_groups(RIGHT, shuffled, edition=NEXT_WEEK)) == {
        "finder_importrun": (1, 0, 0)
    }


@in_the_open
def test_the_same_feed_after_a_persons_edit_writes_nothing_but_its_run() -> None:
    import_groups(LEFT)
    Schedule.objects.filter(source_slug="a").update(byday="FR")

    assert newly_written(lambda: import_groups(LEFT, edition=TOMORROW)) == {"finder_importrun": (1, 0, 0)}


def test_every_row_is_counted_once() -> None:
    assert counted(import_groups(LEFT, RIGHT)) == (2, 0, 0, 1, 0)

    changed = group("Example Left", meets("a"), meets("b", "WE"))
    new = group("Example New", meets("d"))

    assert counted(import_groups(changed, new, edition=TOMORROW)) == (1, 1, 0, 1, 1)


def test_a_run_names_its_source_and_whether_it_was_whole() -> None:
    import_groups(LEFT)
    import_groups(LEFT, is_whole=False)
    import_groups(LEFT, is_complete=False)

    runs = ImportRun.objects.order_by("pk").values_list("source", "is_whole")
    assert list(runs) == [("example-intergroup", True)] + [("example-intergroup", False)] * 2


def test_a_dry_run_makes_not_even_the_source() -> None:
    ListingFactory(demo=True)
    before = all_rows()

    run = import_groups(LEFT, dry_run=True)

    assert (run.created, run.demo_removed) == (1, 1)
    assert all_rows() == before
    assert not Source.objects.filter(slug="example-intergroup").exists()


# What changed


def test_a_change_is_written_and_stated_anew() -> None:
    import_groups(RIGHT)

    import_groups(group("Example Right", meets("c", "SU")), edition=TOMORROW)

    assert Schedule.objects.get().byday == "SU"
    assert [said.stated_on for said in Statement.objects.all()] == [TOMORROW, TODAY]


def test_a_change_that_the_feed_dates_before_what_we_had_still_holds() -> None:
    import_groups(RIGHT)
    closed = group("Example Right", meets("c"), terms=("alcoholics_anonymous", "closed_meeting"))

    import_groups(
        group("Example Right", meets("c"), terms=closed.terms, updated_on=date(2024, 1, 1)), edition=TOMORROW
    )

    assert SourceRecord.objects.get().edition == TODAY
    assert index_row_of("Example Right").yes == sorted(Statement.objects.latest("pk").affirmed)


def test_a_meeting_that_changes_its_time_keeps_its_row_and_how_to_join() -> None:
    import_groups(LEFT)
    before = Schedule.objects.get(source_slug="a").pk

    import_groups(group("Example Left", meets("a", "SA", joining=JOINING)), edition=TOMORROW)

    schedule = Schedule.objects.get()
    assert (schedule.pk, schedule.byday) == (before, "SA")
    assert schedule.how_to_join.url == JOINING.url


def test_the_history_keeps_what_meetings_and_how_to_join_were() -> None:
    import_groups(LEFT)

    other = Joining(url="https://example.zoom.us/j/777")
    import_groups(group("Example Left", meets("a", "SA", joining=other)), edition=TOMORROW)

    assert past("ScheduleEvent", "source_slug", "byday") == {("a", "TU"), ("b", "WE")}
    assert past("HowToJoinEvent", "url") == {(JOINING.url,)}


def test_how_to_join_goes_with_a_meeting_that_is_no_longer_online() -> None:
    import_groups(LEFT)

    import_groups(group("Example Left", meets("a"), meets("b", "WE")), edition=TOMORROW)

    assert not HowToJoin.objects.exists()
    assert past("HowToJoinEvent", "url") == {(JOINING.url,)}


def past(event: str, *fields: str) -> set[tuple[Any, ...]]:
    return set(apps.get_model("finder", event).objects.values_list(*fields))


# What a person wrote


def test_times_that_a_person_edited_stay_and_the_difference_is_kept_without_how_to_join() -> None:
    import_groups(LEFT)
    Schedule.objects.filter(source_slug="a").update(byday="FR")

    run = import_groups(group("Example Left", meets("a", "SA", joining=JOINING)), edition=TOMORROW)

    assert set(Schedule.objects.values_list("source_slug", "byday")) == {("a", "FR"), ("b", "WE")}
    assert HowToJoin.objects.get().schedule.source_slug == "a"
    question = ChangeRequest.objects.get()
    assert (run.differences, question.field) == (1, "schedules")
    assert [time["byday"] for time in question.proposed_value] == ["SA"]
    assert "zoom" not in repr([question.current_value, question.proposed_value])


def test_taking_the_sources_times_takes_its_word_on_how_to_join_too(django_user_model: Any) -> None:
    import_groups(LEFT)
    Schedule.objects.filter(source_slug="a").update(byday="FR")
    other = Joining(url="https://example.zoom.us/j/777")
    import_groups(group("Example Left", meets("a", "SA", joining=other)), edition=TOMORROW)

    editor = django_user_model.objects.create(username="editor")
    accept_change(request=ChangeRequest.objects.get(), by=editor, now=NOW)

    assert Schedule.objects.values_list("source_slug", "byday").get() == ("a", "SA")
    assert HowToJoin.objects.get().url == other.url


def test_two_listings_that_people_merged_stay_one_with_the_times_of_both(django_user_model: Any) -> None:
    import_groups(LEFT, RIGHT)
    kept, duplicate = (index_row_of(name).listing for name in ("Example Left", "Example Right"))
    merge = Merge.objects.create(listing=kept, duplicate=duplicate, reason="One group.", proposed_at=NOW)
    accept_merge(merge=merge, by=django_user_model.objects.create(username="editor"), now=NOW)

    run = import_groups(LEFT, RIGHT, edition=TOMORROW)

    assert (run.created, run.missing) == (0, 0)
    assert set(kept.schedules.values_list("source_slug", flat=True)) == {"a", "b", "c"}


def test_hours_that_a_person_added_are_not_lost() -> None:
    import_groups(RIGHT)
    ScheduleFactory(listing=ServiceAtLocation.objects.get())

    import_groups(group("Example Right", meets("c", "SU")), edition=TOMORROW)

    assert set(Schedule.objects.values_list("byday", flat=True)) == {"TU", "MO,TU,WE,TH,FR"}


def test_a_name_that_a_person_wrote_stays() -> None:
    import_groups(RIGHT)
    Service.objects.update(name="Example Renamed by Hand")

    import_groups(group("Example Wrong", meets("c")), edition=TOMORROW)

    assert Service.objects.get().name == "Example Renamed by Hand"


# What has gone


def test_a_group_that_its_feed_no_longer_lists_stays_published_and_says_since_when() -> None:
    import_groups(LEFT, RIGHT)

    run = import_groups(RIGHT, edition=TOMORROW)

    assert run.missing == 1
    assert index_row_of("Example Left").missing_since == TOMORROW
    assert Schedule.objects.filter(listing=index_row_of("Example Left").pk).count() == 2


def test_a_group_that_is_gone_on_the_day_it_came_is_missing_from_the_next_day_on() -> None:
    import_groups(LEFT, RIGHT)

    assert import_groups(RIGHT).missing == 0
    assert import_groups(RIGHT, edition=TOMORROW).missing == 1


def test_a_group_that_is_listed_again_is_no_longer_missing() -> None:
    import_groups(LEFT, RIGHT)
    import_groups(RIGHT, edition=TOMORROW)

    import_groups(LEFT, RIGHT, edition=NEXT_WEEK)

    assert index_row_of("Example Left").missing_since is None


@pytest.mark.parametrize("part", [{"is_whole": False}, {"is_complete": False}])
def test_a_part_of_a_feed_misses_nothing(part: dict[str, bool]) -> None:
    import_groups(LEFT, RIGHT)

    assert import_groups(RIGHT, edition=TOMORROW, **part).missing == 0


def test_a_feed_without_one_group_misses_nothing() -> None:
    import_groups(LEFT)

    run = import_groups(edition=TOMORROW)

    assert (run.missing, run.is_whole) == (0, False)


def test_another_feed_misses_nothing_of_this_one() -> None:
    import_groups(LEFT)

    assert import_groups(RIGHT, source="example-south", edition=TOMORROW).missing == 0


# Older feeds


def test_an_older_feed_overrides_nothing_and_adds_what_only_it_has_as_missing() -> None:
    import_groups(LEFT, edition=TOMORROW)
    before = Schedule.objects.get(source_slug="a").byday

    run = import_groups(group("Example Left", meets("a", "SU")), RIGHT)

    assert Schedule.objects.get(source_slug="a").byday == before
    assert (run.created, run.unchanged, run.missing) == (1, 1, 0)
    assert index_row_of("Example Right").missing_since == TOMORROW


def test_a_new_group_with_an_old_date_is_not_missing() -> None:
    import_groups(LEFT, edition=TODAY)

    import_groups(LEFT, group("Example Right", meets("c"), updated_on=date(2019, 5, 1)), edition=TOMORROW)

    assert index_row_of("Example Right").missing_since is None


def test_a_group_that_only_an_older_whole_feed_holds_is_not_missing_since_a_part() -> None:
    import_groups(LEFT, edition=TOMORROW, is_whole=False)

    import_groups(LEFT, RIGHT)

    assert index_row_of("Example Right").missing_since is None
