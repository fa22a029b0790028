"""Lists that are kept here: who may see and change them, and when they are gone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from pytest_django import Settings

from finder.actions.list_links import make_link, revoke_link
from finder.actions.lists import (
    change_list,
    contents_of,
    forget_list,
    keep_list,
    purge_lists,
    share_with_team,
)
from finder.enums import TeamRole
from finder.models import ReferralItem, ReferralList, ServiceAtLocation, SharedLink, Team, TeamMember
from finder.referral.contents import Contents, noted, with_listings, without
from tests.factories import make_listing

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def person(name: str) -> User:
    return User.objects.create_user(name, is_staff=True)


def kept_list(owner: User | None = None, *, places: int = 2, now: datetime = NOW) -> ReferralList:
    listings = [make_listing().pk for _ in range(places)]
    return keep_list(contents=with_listings(Contents("Asheville"), listings), by=owner, now=now)


def test_a_list_is_read_as_it_was_written() -> None:
    listings = [make_listing().pk for _ in range(3)]
    contents = noted(
        with_listings(Contents("Asheville", starts=(("behavioral_health", "now"),)), listings),
        listings[1],
        note="Bring an ID.",
        is_shown=True,
    )
    assert contents_of(keep_list(contents=contents, by=None, now=NOW)) == contents


def test_a_change_is_dated_and_none_is_not() -> None:
    kept = kept_list()
    change_list(kept=kept, change=lambda contents: contents, now=NOW + timedelta(days=1))
    kept.refresh_from_db()
    assert kept.changed_at == NOW
    first = contents_of(kept).entries[0].listing
    change_list(kept=kept, change=lambda contents: without(contents, first), now=NOW + timedelta(days=1))
    kept.refresh_from_db()
    assert (kept.changed_at, kept.items.count()) == (NOW + timedelta(days=1), 1)


def test_two_who_add_at_once_lose_nothing() -> None:
    kept = kept_list()
    stale = ReferralList.objects.get(pk=kept.pk)
    one, another = make_listing().pk, make_listing().pk
    change_list(kept=kept, change=lambda contents: with_listings(contents, [one]), now=NOW)
    change_list(kept=stale, change=lambda contents: with_listings(contents, [another]), now=NOW)
    assert {one, another} < {entry.listing for entry in contents_of(kept).entries}


def test_a_team_reads_or_writes_by_role_and_strangers_see_nothing() -> None:
    owner, reader, writer, stranger = map(person, ("owner", "reader", "writer", "stranger"))
    team, other = Team.objects.create(name="North"), Team.objects.create(name="South")
    for member, role in ((owner, TeamRole.READER), (reader, TeamRole.READER), (writer, TeamRole.WRITER)):
        TeamMember.objects.create(team=team, user=member, role=role)
    TeamMember.objects.create(team=other, user=stranger, role=TeamRole.WRITER)
    kept = kept_list(owner)
    rows = ReferralList.objects

    def who(allowed: str) -> list[str]:
        everyone = (owner, reader, writer, stranger)
        return [
            each.username for each in everyone if getattr(rows, allowed)(each).filter(pk=kept.pk).exists()
        ]

    assert (who("readable_by"), who("writable_by")) == (["owner"], ["owner"])
    share_with_team(kept=kept, team=team, now=NOW)
    assert (who("readable_by"), who("writable_by")) == (["owner", "reader", "writer"], ["owner", "writer"])
    assert [each.username for each in (owner, reader) if rows.shared_with(each).exists()] == ["reader"]
    share_with_team(kept=kept, team=None, now=NOW)
    assert who("readable_by") == ["owner"]
    share_with_team(kept=kept, team=team, now=NOW)
    team.delete()
    assert who("readable_by") == ["owner"]


def test_what_is_thrown_away_leaves_nothing() -> None:
    kept = kept_list(person("owner"))
    make_link(kept=kept, now=NOW)
    forget_list(kept=kept)
    assert [model.objects.count() for model in (ReferralList, ReferralItem, SharedLink)] == [0, 0, 0]


def test_old_lists_are_purged_by_age_and_no_history_keeps_them(settings: Settings) -> None:
    settings.LISTS_KEPT_DAYS = 90
    owner = person("owner")
    old, young = (
        kept_list(owner, now=NOW - timedelta(days=91)),
        kept_list(owner, now=NOW - timedelta(days=89)),
    )
    assert purge_lists(now=NOW) == 1
    assert [kept.pk for kept in ReferralList.objects.all()] == [young.pk]
    assert not holders_of(str(old.pk))


def holders_of(key: str) -> list[str]:
    """Tables with this text in any row, history included."""
    tables = [
        name for name in connection.introspection.table_names() if name.startswith(("finder_", "pghistory_"))
    ]
    found = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT 1 FROM {table} AS row WHERE row::text LIKE %s LIMIT 1", [f"%{key}%"])
            found += [table] if cursor.fetchone() else []
    return found


def test_a_readers_list_goes_when_no_link_opens_it() -> None:
    kept = kept_list()
    link, _secret = make_link(kept=kept, now=NOW)
    assert holders_of(str(kept.pk)) == ["finder_referralitem", "finder_referrallist", "finder_sharedlink"]
    assert purge_lists(now=NOW) == 0
    revoke_link(link=link, now=NOW)
    assert purge_lists(now=NOW) == 1
    assert holders_of(str(kept.pk)) == []


def test_a_listing_that_was_removed_meanwhile_is_left_out() -> None:
    kept = kept_list()
    gone = contents_of(kept)
    ReferralItem.objects.filter(referral_list=kept).delete()
    kept.refresh_from_db()
    missing = with_listings(gone, [make_listing().pk])
    extra = missing.entries[-1].listing
    ServiceAtLocation.objects.filter(pk=extra).delete()
    change_list(kept=kept, change=lambda contents: missing, now=NOW)
    assert len(contents_of(kept)) == 2
