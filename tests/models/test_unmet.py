from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DataError

from finder.models import UnmetNeed
from finder.models.unmet import MonthlyCount

pytestmark = pytest.mark.django_db

COUNTED: dict[str, Any] = {
    "date": date(2026, 11, 22),
    "state_province": "NC",
    "county": "Buncombe County",
    "category": "withdrawal_management",
    "need": "medicaid",
    "count": 1,
}


@pytest.mark.parametrize(
    "finer",
    [
        {"county": "28801"},
        {"county": "12 Oak Street"},
        {"state_province": ""},
        {"state_province": "nc"},
        {"category": "kratom"},
        {"need": "kratom and xanax"},
        {"need": "28801"},
        {"need": "Medicaid"},
        {"count": 0},
        {"state_province": "North Carolina"},
        {"need": "x" * 61},
    ],
    ids=str,
)
def test_what_is_finer_than_a_county_is_refused(finer: dict[str, Any]) -> None:
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        UnmetNeed.objects.create(**COUNTED | finer)


@pytest.mark.parametrize(
    "wider",
    [{}, {"county": ""}, {"county": "", "state_province": ""}, {"category": ""}, {"need": ""}],
    ids=str,
)
def test_what_is_wider_is_kept(wider: dict[str, Any]) -> None:
    UnmetNeed.objects.create(**COUNTED | wider)
    assert UnmetNeed.objects.get().count == 1


def test_one_day_county_kind_and_need_have_one_row() -> None:
    UnmetNeed.objects.create(**COUNTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnmetNeed.objects.create(**COUNTED | {"count": 2})


def test_there_is_nothing_else_in_a_row() -> None:
    """No number of its own either, which would tell the order within the day."""
    columns = {field.column for field in UnmetNeed._meta.concrete_fields if field.column}
    assert columns == {"date", "state_province", "county", "category", "need", "count"}


def test_days_make_months() -> None:
    UnmetNeed.objects.create(**COUNTED)
    UnmetNeed.objects.create(**COUNTED | {"date": date(2026, 11, 1), "count": 4})
    UnmetNeed.objects.create(**COUNTED | {"date": date(2026, 10, 31)})
    place = ("NC", "Buncombe County", "withdrawal_management", "medicaid")
    assert set(UnmetNeed.objects.by_month()) == {
        MonthlyCount(date(2026, 11, 1), *place, 5),
        MonthlyCount(date(2026, 10, 1), *place, 1),
    }
