from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import ListingFactory

pytestmark = pytest.mark.django_db


def said(**options: int) -> str:
    out = StringIO()
    call_command("draw_accuracy_sample", stdout=out, **options)
    return out.getvalue()


def test_it_says_what_it_drew_and_by_which_seed() -> None:
    ListingFactory.create_batch(3)
    told = said(per_category=2, seed=5)
    assert told.startswith("2 listings drawn for ")
    assert told.endswith("(seed 5).\n")
    with pytest.raises(CommandError, match="drawn already"):
        said()


def test_at_least_one_is_drawn() -> None:
    with pytest.raises(CommandError, match="at least one"):
        said(per_category=0)
