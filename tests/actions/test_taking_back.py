"""An import that is taken back leaves what was there before it, and whatever people did since."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User

from finder.actions.archiving import archive_listing
from finder.actions.refusals import Refused
from finder.actions.taking_back import revert_import
from finder.enums import EditorialStatus
from finder.models import (
    ChangeRequest,
    ListingIndex,
    Schedule,
    Service,
    ServiceAtLocation,
    SourceRecord,
    Statement,
)
from finder.models.history import events_of
from tests.actions.test_importing import CLINIC, HOUSE
from tests.directory_rows import directory
from tests.factories import ListingFactory
from tests.meeting_samples import JOINING, TODAY, group, import_groups, meets
from tests.samples import import_rows, index_row_of
from tests.taken_back import GONE, NEWER, NOW, edit_by_hand, take_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor")


# As though it had never been


@pytest.mark.parametrize("is_edited", [False, True])
def test_a_newer_edition_is_taken_back_without_a_trace(is_edited: bool) -> None:
    import_rows(HOUSE, CLINIC, GONE, edition=2022)
    if is_edited:
        edit_by_hand()
    before = directory()

    run = import_rows(*NEWER, edition=2024)
    assert directory() != before
    take_back(run)

    assert directory() == before


def test_an_older_edition_is_taken_back_without_a_trace() -> None:
    import_rows(HOUSE, edition=2024)
    before = directory()

    take_back(import_rows(HOUSE | {"city": "Arden"}, CLINIC, edition=2022))

    assert directory() == before


def test_a_part_is_taken_back_without_a_trace() -> None:
    import_rows(HOUSE, CLINIC, edition=2022)
    before = directory()

    take_back(import_rows(HOUSE | {"city": "Arden"}, edition=2024, is_whole=False))

    assert directory() == before


def test_a_feed_is_taken_back_without_a_trace() -> None:
    import_groups(
        group("Example Left", meets("a", joining=JOINING), meets("b", "WE")),
        group("Example Right", meets("c")),
    )
    Schedule.objects.filter(source_slug="c").update(notes="Ring twice")
    before = directory()

    run = import_groups(
        group("Example Right", meets("a", "FR")), group("Example Left", meets("d")), edition=TOMORROW
    )
    take_back(run)

    assert directory() == before


def test_groups_that_traded_their_keys_have_them_again() -> None:
    import_groups(group("Example Left", meets("a")), group("Example Right", meets("b")))
    before = directory()

    take_back(
        import_groups(group("Example Left", meets("b")), group("Example Right", meets("a")), edition=TOMORROW)
    )

    assert directory() == before


def test_the_first_import_is_taken_back_to_nothing() -> None:
    before = directory()

    take_back(import_rows(HOUSE, CLINIC))

    assert directory() == before
    assert not ServiceAtLocation.objects.exists()


def test_an_import_that_changed_nothing_is_taken_back_too() -> None:
    import_rows(HOUSE)
    again = import_rows(HOUSE)
    before = directory()

    assert take_back(again).reverted_at == NOW
    assert directory() == before


# Brought in again


@pytest.mark.parametrize("is_edited", [False, True])
def test_the_same_file_comes_in_again(is_edited: bool) -> None:
    import_rows(HOUSE, CLINIC, GONE, edition=2022)
    if is_edited:
        edit_by_hand()
    first = import_rows(*NEWER, edition=2024)
    names = sorted(Service.objects.values_list("name", flat=True))
    asked = sorted(ChangeRequest.objects.values_list("field", "proposed_value"))
    take_back(first)

    again = import_rows(*NEWER, edition=2024)

    counted = ("read", "created", "updated", "unchanged", "merged", "missing", "differences")
    assert [getattr(again, name) for name in counted] == [getattr(first, name) for name in counted]
    assert sorted(Service.objects.values_list("name", flat=True)) == names
    assert sorted(ChangeRequest.objects.values_list("field", "proposed_value")) == asked


def test_listings_that_went_come_back_as_new_ones() -> None:
    run = import_rows(HOUSE)
    gone = ServiceAtLocation.objects.get().pk
    take_back(run)

    import_rows(HOUSE)

    assert ServiceAtLocation.objects.get().pk != gone
    assert index_row_of("Example House").checked_on == date(2024, 1, 1)


def test_an_archived_listing_stays_archived_and_never_returns(editor: User) -> None:
    run = import_rows(HOUSE)
    archive_listing(listing=ServiceAtLocation.objects.get(), reason="Closed", by=editor, now=NOW)
    take_back(run)

    import_rows(HOUSE)

    assert ServiceAtLocation.objects.get().editorial_status == EditorialStatus.ARCHIVED
    assert not ListingIndex.objects.exists()


def test_it_no_longer_counts_as_the_newest_edition() -> None:
    run = import_rows(HOUSE, edition=2024)
    take_back(run)

    import_rows(CLINIC, edition=2022)

    assert SourceRecord.objects.get().missing_since is None


def test_a_feed_that_was_taken_back_no_longer_outdates_older_ones() -> None:
    import_groups(group("Example Left", meets("a")), edition=TODAY)
    take_back(import_groups(group("Example Left", meets("a", "FR")), edition=TODAY + timedelta(days=7)))

    import_groups(group("Example Left", meets("a", "SA")), edition=TOMORROW)

    assert Schedule.objects.get().byday == "SA"


# The taking back itself


def test_it_is_written_down_with_who_and_when(editor: User) -> None:
    run = take_back(import_rows(HOUSE), by=editor)
    assert (run.reverted_at, run.reverted_by) == (NOW, editor)


def test_it_is_itself_history(editor: User) -> None:
    run = import_rows(HOUSE)
    take_back(run, by=editor)
    told = {"user": editor.pk, "decision": "revert_import", "reverted_run": run.pk}
    assert events_of(ServiceAtLocation).get(pgh_label="delete").pgh_context.metadata == told


def test_twice_is_refused_kindly() -> None:
    run = take_back(import_rows(HOUSE))
    before = directory()
    with pytest.raises(Refused, match=r"taken back already, on Dec\. 1, 2026"):
        revert_import(run=run, by=None, now=NOW)
    assert directory() == before


def test_an_import_from_before_all_this_is_refused() -> None:
    run = import_rows(HOUSE)
    SourceRecord.objects.update(created_in=None)
    Statement.objects.update(import_run=None)
    with pytest.raises(Refused, match="too old"):
        revert_import(run=run, by=None, now=NOW)
    assert ServiceAtLocation.objects.exists()


def test_made_up_listings_that_made_way_do_not_come_back() -> None:
    ListingFactory(demo=True)
    run = take_back(import_rows(HOUSE))
    assert run.reverted_words == ["1 made-up listing that made way does not come back."]
