from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from finder.enums import EditorialStatus
from finder.exporters.feed_keys import key_of
from finder.models import ImportRun, Source
from tests.admin.conftest import desk_of
from tests.factories import SourceFactory
from tests.made_up_groups import fellowship_source, make_group

pytestmark = pytest.mark.django_db

COUNTS = dict.fromkeys(("read", "created", "updated", "unchanged", "rejected", "merged", "missing"), 0)


def address(name: str, source: str = "example-intergroup") -> str:
    return reverse(f"admin:finder_source_{name}", args=[source])


def page(user: User, source: str = "example-intergroup") -> str:
    return desk_of(user).get(address("change", source)).content.decode()


def read_at(source: Source, at: datetime) -> None:
    run = {"format": "meeting_guide", "edition": at.date(), "started_at": at, "finished_at": at}
    ImportRun.objects.create(source=source, **run, **COUNTS)


def test_an_administrator_sees_both_feeds_to_copy(administrator: User) -> None:
    fellowship_source()
    html = page(administrator)
    feed = "http://testserver/feeds/meetings.json?source=example-intergroup"
    assert f'value="{feed}"' in html
    assert f'value="{feed}&amp;key={key_of("example-intergroup")}"' in html


@pytest.mark.parametrize("role", ["case_worker", "editor"])
def test_whoever_may_only_look_does_not_see_the_key(role: str, request: pytest.FixtureRequest) -> None:
    fellowship_source()
    html = page(request.getfixturevalue(role))
    assert "feeds/meetings.json?source=example-intergroup" in html
    assert key_of("example-intergroup") not in html
    assert address("opt_out") not in html


def test_a_directory_has_no_feed_to_copy(administrator: User) -> None:
    SourceFactory(slug="samhsa-su")
    html = page(administrator, "samhsa-su")
    assert "meetings.json" not in html
    assert "It has none." in html


def test_a_stale_feed_says_so(administrator: User) -> None:
    source = fellowship_source()
    read_at(source, datetime(2020, 1, 2, tzinfo=UTC))
    assert "Stale: its meetings may be out of date." in page(administrator)
    listed = desk_of(administrator).get(reverse("admin:finder_source_changelist")).content.decode()
    assert "Stale" in listed
    assert "Jan. 2, 2020" in listed


def test_a_feed_that_was_read_lately_is_up_to_date(administrator: User) -> None:
    read_at(fellowship_source(), datetime.now(UTC))
    assert "Up to date." in page(administrator)


def test_leaving_out_says_what_it_does_and_asks_why(administrator: User) -> None:
    make_group()
    client = desk_of(administrator)
    assert b"1 listing comes from this source alone." in client.get(address("opt_out")).content
    assert b"Say why." in client.post(address("opt_out"), {"reason": ""}).content
    assert Source.objects.get(pk="example-intergroup").opted_out_at is None


def test_a_source_is_left_out_with_its_reason(administrator: User) -> None:
    listing = make_group()
    answered = desk_of(administrator).post(address("opt_out"), {"reason": "By letter"}, follow=True)
    html = answered.content.decode()
    listing.refresh_from_db()
    assert (listing.editorial_status, listing.archived_reason, listing.archived_by) == (
        *(EditorialStatus.ARCHIVED, "By letter", administrator),
    )
    assert "1 listing archived" in html
    assert "Opted out: its feed is not read." in html
    assert "meetings.json" not in html


def test_leaving_out_twice_is_refused(administrator: User) -> None:
    fellowship_source(opted_out_at=datetime(2026, 11, 1, tzinfo=UTC))
    answered = desk_of(administrator).post(address("opt_out"), {"reason": "Again"}, follow=True)
    assert "has opted out already" in answered.content.decode()


@pytest.mark.parametrize(("role", "status"), [("case_worker", 403), ("editor", 403), ("administrator", 200)])
def test_only_who_may_change_sources_leaves_one_out(
    role: str, status: int, request: pytest.FixtureRequest
) -> None:
    make_group()
    client = desk_of(request.getfixturevalue(role))
    assert client.get(address("opt_out")).status_code == status
    assert client.post(address("opt_out"), {"reason": ""}).status_code == status
    assert Source.objects.get(pk="example-intergroup").opted_out_at is None


def test_a_stranger_is_asked_to_sign_in() -> None:
    fellowship_source()
    assert desk_of(None).get(address("opt_out")).status_code == 302


def test_a_source_that_does_not_exist_is_not_found(administrator: User) -> None:
    assert desk_of(administrator).get(address("opt_out", "nobody")).status_code == 404


def test_when_it_opted_out_is_not_typed_in(administrator: User) -> None:
    fellowship_source()
    assert 'name="opted_out_at_0"' not in page(administrator)
