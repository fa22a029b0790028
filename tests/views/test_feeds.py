import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from finder.exporters.feed_keys import key_of
from finder.models import Schedule, Source
from tests.made_up_groups import fellowship_source, make_group
from tests.meeting_guide_rules import faults

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

JOIN = {"url": "https://zoom.us/j/123456789", "notes": "Password: 1234"}


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def asked(client: Client, query: str = "", **headers: str) -> Any:
    return client.get(f"{reverse('meetings_feed')}?{query}", headers=headers)


def text(response: Any) -> str:
    return b"".join(response.streaming_content).decode()


def slugs(response: Any) -> list[str]:
    return [each["slug"] for each in json.loads(text(response))]


def test_the_feed_is_json_that_keeps_the_rules(client: Client) -> None:
    make_group()
    response = asked(client)
    assert response.headers["Content-Type"] == "application/json"
    feed = json.loads(text(response))
    assert [each["name"] for each in feed] == ["Tuesday Night Group"]
    assert faults(feed) == []


def test_a_directory_without_groups_is_an_empty_feed(client: Client) -> None:
    assert text(asked(client)) == "[]\n"


def test_an_entry_leads_to_the_page_of_its_listing(client: Client) -> None:
    listing = make_group()
    assert json.loads(text(asked(client)))[0]["url"] == f"http://testserver{listing.get_absolute_url()}"


def test_any_page_of_the_web_may_read_it(client: Client) -> None:
    assert asked(client).headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("fellowship=aa", ["tuesday-night"]),
        ("fellowship=na", []),
        ("state=nc&county=Buncombe+County", ["tuesday-night"]),
        ("state=SC", []),
        ("source=example-intergroup", ["tuesday-night"]),
        ("source=staff", []),
    ],
)
def test_a_part_can_be_asked_for(client: Client, query: str, found: list[str]) -> None:
    make_group()
    assert slugs(asked(client, query)) == found


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("fellowship=xx", "fellowship"),
        ("state=XX", "state"),
        ("county=Wake", "county"),
        ("source=nobody", "source"),
        ("near=28801", "near"),
        ("key=x", "key"),
        ("source=example-intergroup&key=x", "key"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(client: Client, query: str, field: str) -> None:
    make_group()
    response = asked(client, query)
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [field]


def test_a_source_that_opted_out_has_no_feed(client: Client) -> None:
    make_group()
    Source.objects.update(opted_out_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert asked(client, "source=example-intergroup").status_code == 400
    own = f"source=example-intergroup&key={key_of('example-intergroup')}"
    assert asked(client, own).status_code == 400


def test_what_has_not_changed_is_not_sent_again(client: Client) -> None:
    make_group()
    first = asked(client)
    assert first.headers["ETag"]
    again = asked(client, **{"If-None-Match": first.headers["ETag"]})
    since = asked(client, **{"If-Modified-Since": first.headers["Last-Modified"]})
    assert (again.status_code, since.status_code) == (304, 304)


@pytest.mark.django_db(transaction=True)  # what one transaction writes twice looks the same to itself
@pytest.mark.parametrize("change", ["changed", "added", "removed"])
def test_what_changed_is_sent(client: Client, change: str) -> None:
    listing = make_group()
    first = asked(client)
    match change:
        case "changed":
            Schedule.objects.update(notes="Ring the bell.")
        case "added":
            make_group(row={"slug": "another"})
        case "removed":
            listing.schedules.all().delete()
    cache.delete("feed:version")
    assert asked(client, **{"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_next_day_it_is_sent_since_seasons_end(client: Client) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        first = asked(client)
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        assert asked(client, **{"If-None-Match": first.headers["ETag"]}).status_code == 200


def own_feed(client: Client, source: str) -> Any:
    return asked(client, f"source={source}&key={key_of(source)}")


def test_a_source_gets_how_to_join_back_with_its_key(client: Client) -> None:
    make_group(meeting={"attending_type": "hybrid"}, join=JOIN)
    assert JOIN["url"] not in text(asked(client, "source=example-intergroup"))
    assert JOIN["url"] in text(own_feed(client, "example-intergroup"))


def test_the_own_feed_of_a_source_is_kept_nowhere(client: Client) -> None:
    make_group()
    headers = own_feed(client, "example-intergroup").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert not {"ETag", "Access-Control-Allow-Origin"} & set(headers)


def test_the_key_of_one_source_opens_no_other(client: Client) -> None:
    make_group()
    fellowship_source("other")
    assert asked(client, f"source=example-intergroup&key={key_of('other')}").status_code == 400


def test_the_feed_counts_against_the_limit_of_the_api(client: Client, settings: Settings) -> None:
    settings.API_RATE = 1
    answers = [client.get(reverse("meetings_feed"), REMOTE_ADDR="198.51.100.7") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]


def test_it_is_only_read(client: Client) -> None:
    response: HttpResponse = client.post(reverse("meetings_feed"))
    assert response.status_code == 405


def test_many_groups_cost_no_more_queries_than_one(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        make_group(row={"slug": f"group-{number}"})
    asked(client)
    with django_assert_max_num_queries(12):
        assert len(slugs(asked(client))) == 20


def test_a_meeting_in_its_last_season_is_left_out_the_day_after(client: Client) -> None:
    make_group(meeting={"valid_to": date(2026, 11, 22)})
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        assert slugs(asked(client)) == ["tuesday-night"]
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        assert slugs(asked(client)) == []
