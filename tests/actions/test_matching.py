"""Which facility of a file is which listing, in whatever order the editions come."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finder.actions.indexing import untrue_rows
from finder.models import Merge, ServiceAtLocation
from tests.samples import Row, facility, import_rows, index_row_of, listing_named, what_the_public_sees

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

NAMES = st.sampled_from(["Example House", "Example Center", "EXAMPLE  center", "Example Clinic"])
CODES = st.sampled_from(["SA DT * RD", "SA * OP * BU", "SA DT * OD * SP", "MH * OP * SP"])
FACILITIES = st.builds(
    facility,
    NAMES,
    street1=st.sampled_from(["1 Example Street", "2 Example Street"]),
    phone=st.sampled_from(["828-555-0142", "828-555-0143", ""]),
    website=st.sampled_from(["", "https://example.org"]),
    service_code_info=CODES,
    directory_type=st.sampled_from(["substance", "mental"]),
)
EDITIONS = st.lists(FACILITIES, min_size=1, max_size=5)


def taken_back(act: Callable[[], Any]) -> Any:
    """What `act` returns, and a database as if it had not been."""
    with transaction.atomic():
        result = act()
        transaction.set_rollback(True)
    return result


def seen_after(*imports: tuple[int, list[Row]]) -> Any:
    def act() -> Any:
        for edition, rows in imports:
            import_rows(*rows, edition=edition)
        assert untrue_rows() == []
        return what_the_public_sees()

    return taken_back(act)


@settings(max_examples=40, deadline=timedelta(seconds=10), suppress_health_check=list(HealthCheck))
@given(EDITIONS, EDITIONS)
def test_the_order_in_which_two_editions_come_makes_no_difference_to_readers(
    older: list[Row], newer: list[Row]
) -> None:
    assert seen_after((2022, older), (2024, newer)) == seen_after((2024, newer), (2022, older))


def test_a_name_kept_through_editions_keeps_its_page() -> None:
    import_rows(facility("Example House", phone="828-555-0142"), edition=2022)
    address = listing_named("Example House").get_absolute_url()

    import_rows(facility("Example House", phone="828-555-0199"), edition=2024)

    assert ServiceAtLocation.objects.get().get_absolute_url() == address


def test_case_and_blanks_do_not_make_another_listing() -> None:
    import_rows(facility("Example House", street1="1 Example Street"), edition=2022)
    before = ServiceAtLocation.objects.get().pk

    import_rows(facility("EXAMPLE  house ", street1=" 1 example STREET"), edition=2024)

    assert ServiceAtLocation.objects.get().pk == before


def test_a_new_name_at_the_same_street_zip_and_phone_is_the_same_listing() -> None:
    import_rows(facility("Example House"), edition=2022)
    before = ServiceAtLocation.objects.get().pk

    import_rows(facility("Example Center"), edition=2024)

    listing = ServiceAtLocation.objects.get()
    assert (listing.pk, listing.service.name) == (before, "Example Center")
    assert index_row_of("Example Center").missing_since is None
    assert not Merge.objects.exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["Example House", "Example Annex"], ["Example Center"]),
        (["Example House"], ["Example Center", "Example Clinic"]),
    ],
)
def test_what_could_be_several_listings_is_left_to_people(old: list[str], new: list[str]) -> None:
    import_rows(*map(facility, old), edition=2022)

    import_rows(*map(facility, new), edition=2024)

    pairs = {(merge.listing.service.name, merge.duplicate.service.name) for merge in Merge.objects.all()}
    assert pairs == {(before, after) for before in old for after in new}
    assert ServiceAtLocation.objects.count() == len(old) + len(new)


def test_another_phone_on_the_same_street_is_left_to_people() -> None:
    import_rows(facility("Example House", phone="828-555-0142"), edition=2022)

    import_rows(facility("Example Center", phone="828-555-0199"), edition=2024)

    merge = Merge.objects.get()
    assert (merge.listing.service.name, merge.duplicate.service.name) == ("Example House", "Example Center")
    assert (merge.status, merge.decided_at, merge.decided_by) == ("PROPOSED", None, None)


def test_a_neighbor_that_its_edition_still_names_is_no_question() -> None:
    import_rows(facility("Example House"), edition=2022)

    import_rows(facility("Example House"), facility("Example Center"), edition=2024)

    assert not Merge.objects.exists()


def test_one_key_is_one_listing_in_two_directories_even_when_both_rename_it() -> None:
    su, mh = {"directory_type": "substance"}, {"directory_type": "mental"}
    import_rows(facility("Example House", **su), facility("Example Clinic", **mh), edition=2022)

    import_rows(facility("Example Center", **su), facility("Example Center", **mh), edition=2024)

    assert ServiceAtLocation.objects.filter(service__name="Example Center").count() == 1


def test_a_listing_that_one_directory_still_names_is_not_taken_for_a_renamed_one() -> None:
    su, mh = {"directory_type": "substance"}, {"directory_type": "mental"}
    import_rows(facility("Example House", **su), facility("Example House", **mh), edition=2022)

    import_rows(facility("Example Center", **su), facility("Example House", **mh), edition=2024)

    assert index_row_of("Example House").missing_since is None
    assert index_row_of("Example Center").missing_since is None
    assert Merge.objects.count() == 0
