from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from finder.actions.indexing import index_listings
from finder.actions.sampling import draw_accuracy_sample, record_check
from finder.enums import CareCategory, ReportKind, ReviewStatus, ServiceStatus, StatementMethod
from finder.models import ListingReport, ServiceAtLocation
from finder.search import measures
from tests.factories import make_listing

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = NOW.date()
DETOX, TREATMENT, GROUP = CareCategory.values
RIGHT = {"name_is_right": True, "phone_is_right": True, "service_is_right": True}


@pytest.fixture
def caller(db: None) -> User:
    return User.objects.create_user("eddie")


def by_kind(found: list[measures.Rates]) -> dict[str, measures.Rates]:
    return {each.category: each for each in found}


def test_nothing_called_is_no_figure_at_all() -> None:
    make_listing()
    draw_accuracy_sample(per_category=5, seed=1, now=NOW)
    found = by_kind(measures.rates(today=TODAY))
    assert found[TREATMENT].exact is None
    assert found[""].exact is None
    assert (found[TREATMENT].waiting, found[DETOX].waiting) == (1, 0)


def test_the_rates_are_of_what_was_called(caller: User) -> None:
    for _ in range(4):
        make_listing()
    sample = draw_accuracy_sample(per_category=4, seed=1, now=NOW)
    for number, check in enumerate(sample.checks.order_by("pk")[:3]):
        record_check(check=check, was_reached=number > 0, answers=RIGHT, by=caller, now=NOW)
    found = by_kind(measures.rates(today=TODAY))
    assert found[TREATMENT].exact is not None
    assert (found[TREATMENT].exact.right, found[TREATMENT].exact.total) == (2, 3)
    assert found[""].exact is not None
    assert found[""].exact.share == pytest.approx(2 / 3)
    assert found[TREATMENT].waiting == 1


def test_a_sample_of_long_ago_does_not_count(caller: User) -> None:
    make_listing()
    sample = draw_accuracy_sample(per_category=4, seed=1, now=NOW)
    record_check(check=sample.checks.get(), was_reached=True, answers=RIGHT, by=caller, now=NOW)
    assert by_kind(measures.rates(today=TODAY + timedelta(days=330)))[TREATMENT].exact
    assert not by_kind(measures.rates(today=TODAY + timedelta(days=370)))[TREATMENT].exact


def test_ages_are_of_checks_by_people() -> None:
    made = [
        make_listing(method=StatementMethod.PHONE, stated_on=TODAY - timedelta(days=10)),
        make_listing(method=StatementMethod.PROVIDER, stated_on=TODAY - timedelta(days=200)),
        make_listing(method=StatementMethod.PHONE, stated_on=date(2024, 1, 1)),
        make_listing(method=StatementMethod.IMPORT, stated_on=TODAY),
        make_listing(categories=[CareCategory.SUPPORT_GROUP, CareCategory.WITHDRAWAL_MANAGEMENT]),
        make_listing(demo=True),
    ]
    index_listings([each.pk for each in made])
    assert measures.ages(today=TODAY) == {DETOX: [0, 0, 0, 1], TREATMENT: [1, 1, 1, 1], GROUP: [0, 0, 0, 0]}


def report(listing: ServiceAtLocation, number: int, hours: int | None) -> None:
    decided = {"decided_at": NOW, "decided_by": User.objects.get(), "status": ReviewStatus.ACCEPTED}
    ListingReport.objects.create(
        reference=f"R{number}",
        kind=ReportKind.PROBLEM,
        listing=listing,
        reporter_key="x",
        proposed_at=NOW - timedelta(hours=hours or 1),
        **(decided if hours else {}),
    )


def test_half_of_the_reports_were_answered_within_the_median(caller: User) -> None:
    listing = make_listing()
    assert measures.reports_answered(now=NOW) == (0, 0, None)
    for number, hours in enumerate([2, 4, 90, None]):
        report(listing, number, hours)
    assert measures.reports_answered(now=NOW) == (1, 3, 4)


def test_a_county_far_from_any_open_detox_is_a_gap() -> None:
    near = make_listing(categories=[CareCategory.WITHDRAWAL_MANAGEMENT])
    index_listings([near.pk])
    gaps = {place.label for place in measures.counties_without_detox()}
    assert "Buncombe County, NC" not in gaps
    assert "New York County, NY" in gaps
    near.service.status = ServiceStatus.TEMPORARILY_CLOSED
    near.service.save()
    index_listings([near.pk])
    assert "Buncombe County, NC" in {place.label for place in measures.counties_without_detox()}


def test_the_edge_is_fifty_miles() -> None:
    """Asheville to Marion, NC, 31 miles; to Charlotte some 100."""
    listing = make_listing(categories=[CareCategory.WITHDRAWAL_MANAGEMENT])
    index_listings([listing.pk])
    gaps = {place.label for place in measures.counties_without_detox()}
    assert "McDowell County, NC" not in gaps
    assert "Mecklenburg County, NC" in gaps
