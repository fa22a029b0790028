from io import StringIO

import pytest
from django.core.management import call_command

from tests.actions.test_duplicates import listed

pytestmark = pytest.mark.django_db


def test_it_says_how_many_pairs_are_new() -> None:
    listed(), listed()
    out = StringIO()
    call_command("find_duplicates", stdout=out)
    call_command("find_duplicates", stdout=out)
    assert out.getvalue() == "1 pairs to look at.\n0 pairs to look at.\n"
