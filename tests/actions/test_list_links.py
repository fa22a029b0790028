"""Links that open a list: hard to guess, kept as hashes, ended in time."""

import re
from datetime import UTC, datetime, timedelta
from math import log2

import pytest
from django.contrib.auth.models import User
from django.db import connection

from finder.actions.list_links import (
    LASTS,
    MOST_LINKS,
    SIGNS,
    SIGNS_OF_A_CODE,
    TOKEN_BYTES,
    make_link,
    open_link,
    revoke_link,
    spaced,
)
from finder.actions.lists import keep_list
from finder.actions.refusals import Refused
from finder.models import ReferralList
from finder.referral.contents import Contents, with_listings
from tests.factories import make_listing

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> ReferralList:
    owner = User.objects.create_user("owner", is_staff=True)
    return keep_list(contents=with_listings(Contents("Asheville"), [make_listing().pk]), by=owner, now=NOW)


def test_a_secret_has_the_bits_that_the_decision_counts() -> None:
    assert TOKEN_BYTES * 8 >= 128
    assert SIGNS_OF_A_CODE * log2(len(SIGNS)) > 51


def test_both_open_the_list_however_the_code_is_typed(kept: ReferralList) -> None:
    link, secret = make_link(kept=kept, now=NOW)
    code = spaced(secret.code)
    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}", code)
    for typed in (secret.token, secret.code, code, code.lower(), code.replace("-", " "), f"  {code} "):
        assert open_link(typed, now=NOW) == link


@pytest.mark.parametrize("typed", ["", "x", "x" * 24, "3333-3333-3333", "\x00", "\ud800", "é" * 12])
def test_nothing_else_does(kept: ReferralList, typed: str) -> None:
    make_link(kept=kept, now=NOW)
    assert open_link(typed, now=NOW) is None


def test_of_the_secret_only_hashes_are_kept(kept: ReferralList) -> None:
    _link, secret = make_link(kept=kept, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row::text FROM finder_sharedlink AS row")
        ((row,),) = cursor.fetchall()
    assert secret.token not in row
    assert secret.code not in row


def test_it_ends_by_time_or_when_it_is_taken_back(kept: ReferralList) -> None:
    _first, old = make_link(kept=kept, now=NOW)
    second, other = make_link(kept=kept, now=NOW)
    assert open_link(old.token, now=NOW + LASTS - timedelta(seconds=1))
    assert open_link(old.token, now=NOW + LASTS) is None
    revoke_link(link=second, now=NOW)
    assert open_link(other.token, now=NOW) is None
    assert open_link(other.code, now=NOW) is None
    assert open_link(old.token, now=NOW)


def test_no_list_has_links_without_end(kept: ReferralList) -> None:
    for _ in range(MOST_LINKS):
        make_link(kept=kept, now=NOW)
    with pytest.raises(Refused, match="Take one back"):
        make_link(kept=kept, now=NOW)
    make_link(kept=kept, now=NOW + LASTS)
